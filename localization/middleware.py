from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request

from .completeness import IncompleteTranslationError


class RefusedPublicationMiddleware:
    """In the admin, a refused publication is a message on the page that one came from.

    Bulk actions, workflows and conversion of aliases do not expect that publishing can be
    refused, and would answer 500. Anywhere else the error is left alone: the API answers 422.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IncompleteTranslationError) or request.method != "POST":
            return None
        try:
            admin_home = reverse("wagtailadmin_home")
        except NoReverseMatch:
            return None
        if not request.path.startswith(admin_home):
            return None
        for message in exception.messages:
            messages.error(request, message)
        return redirect(get_valid_next_url_from_request(request) or request.get_full_path())
