from django.http import HttpRequest

from .furniture import Furniture


def site_furniture(request: HttpRequest) -> dict[str, Furniture]:
    """Give every template `furniture`; it costs nothing until it is used."""
    return {"furniture": Furniture(request)}
