from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override
from wagtail.admin import messages as admin_messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from .gate.log_entries import REFUSE, WARN, log_judgement
from .gate.notices import Notice, collected_notices, mark_as_told
from .gate.permissions import may_override
from .gate.refusal import InaccessiblePageError, error_list, override_button, warning
from .templatetags.accessibility_admin_tags import quoting


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
            if _is_of_admin(request) and not notice.told:
                with _language_of_admin(request):
                    if not notice.refused:
                        admin_messages.warning(request, warning(notice.page, notice.judgement))
                    elif response.status_code == HTTPStatus.FOUND:
                        # A view that goes on, such as wagtail-localize's, has kept the reason.
                        _tell(request, InaccessiblePageError(notice.page, notice.judgement))
        return response

    def record(self, request: HttpRequest, notice: Notice) -> None:
        """Log a notice, where its page exists still."""
        page = notice.page
        # What was made in a transaction that a refusal has rolled back does not exist.
        stored = Page.objects.filter(pk=page.pk).first()
        if stored:
            user = request.user if request.user.is_authenticated else None
            action = REFUSE if notice.refused else WARN
            revision = stored.latest_revision
            log_judgement(action, page, notice.judgement, user=user, revision=revision)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, InaccessiblePageError) or request.method != "POST":
            return None
        if not _is_of_admin(request):
            return None
        with _language_of_admin(request):
            _tell(request, exception)
        mark_as_told(exception.judgement)
        return redirect(get_valid_next_url_from_request(request) or request.get_full_path())


def _tell(request: HttpRequest, refusal: InaccessiblePageError) -> None:
    page = refusal.page
    buttons = [override_button(page)] if page.pk and may_override(request.user, page) else []
    headline, *errors = refusal.messages
    errors = [quoting(error, page.locale.language_code) for error in errors]
    messages.error(request, admin_messages.render(headline, buttons, detail=error_list(errors)))


def _is_of_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def _language_of_admin(request: HttpRequest) -> AbstractContextManager[None]:
    """The language that the user chose for the admin, which only Wagtail's own views activate."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    return override(profile.get_preferred_language() if profile else get_language())
