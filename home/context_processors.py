from django.http import HttpRequest


def site_furniture(request: HttpRequest) -> dict:
    return {}
