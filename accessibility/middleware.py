from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from wagtail.admin import messages as admin_messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from .gate.log_entries import REFUSE, WARN, log_judgement
from .gate.notices import Notice, collected_notices
from .gate.permissions import may_override
from .gate.refusal import InaccessiblePageError, override_button, warning


class GateMiddleware:
    """What the gate refused is logged, and in the admin it is a message, not a server error.

    Bulk actions, workflows and copies do not expect that publishing can be refused, and would
    answer 500. Outside the admin the error is left alone: API v3 answers 422.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with collected_notices() as notices:
            response = self.get_response(request)
        for notice in notices.values():
            self.record(request, notice)
        return response

    def record(self, request: HttpRequest, notice: Notice) -> None:
        """Log a notice, and tell of a page that was let out with errors."""
        page = notice.page
        # What was made in a transaction that a refusal has rolled back does not exist.
        stored = Page.objects.filter(pk=page.pk).first()
        if stored:
            user = request.user if request.user.is_authenticated else None
            action = REFUSE if notice.refused else WARN
            revision = stored.latest_revision
            log_judgement(action, page, notice.judgement, user=user, revision=revision)
        if not notice.refused and _is_of_admin(request):
            with _language_of_admin(request):
                admin_messages.warning(request, warning(page, notice.judgement))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, InaccessiblePageError) or request.method != "POST":
            return None
        if not _is_of_admin(request):
            return None
        page = exception.page
        buttons = []
        if page.pk and may_override(request.user, page):
            with _language_of_admin(request):
                buttons.append(override_button(page))
        headline, *errors = exception.messages
        messages.error(request, admin_messages.render(headline, buttons, detail=_list(errors)))
        return redirect(get_valid_next_url_from_request(request) or request.get_full_path())


def _is_of_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def _language_of_admin(request: HttpRequest) -> AbstractContextManager[None]:
    """The language that the user chose for the admin, which only Wagtail's own views activate."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    return override(profile.get_preferred_language() if profile else get_language())


def _list(texts: Iterable[str]) -> SafeString:
    items = format_html_join("\n", "<li>{}</li>", ((text,) for text in texts))
    return format_html('<ul class="errorlist">{}</ul>', items)
