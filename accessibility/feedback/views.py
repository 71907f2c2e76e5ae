"""The form for feedback, at one address for all languages."""

from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

from .. import conf
from ..http import SeeOther, is_known_language, reader_language
from ..models import FeedbackMessage
from ..same_site import is_same_origin
from ..statement.current import current_statement
from .forms import FeedbackForm
from .limits import HOUR, are_too_many, may_send
from .mails import send_mails

FORM_MAX_AGE = 60  # seconds that a shared cache may keep the empty form
signer = signing.Signer(salt="accessibility.feedback.sent")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form (GET), or store a message and say so (POST).

    GET takes `lang` (a language of the site's content) and `page`, the address that the message
    is about. POST takes the fields of FeedbackForm and `lang`. It answers 303; 403 to another
    origin; 422 to a form with errors and 429 to who sends too many, both with the form as it was
    filled in.
    """
    fields = request.POST if request.method == "POST" else request.GET
    language = reader_language(request, fields.get("lang"), fields.get("page"))
    with override(language):
        # Templates of the site may ask the request instead of the thread.
        request.LANGUAGE_CODE = language
        if request.method != "POST":
            response = _show(request, language)
        elif is_same_origin(request):
            response = _receive(request, language)
        else:
            response = HttpResponseForbidden(
                gettext("Feedback can only be sent from this site itself."),
                content_type="text/plain; charset=utf-8",
            )
    response.headers["Content-Language"] = language
    if not is_known_language(fields.get("lang")):
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _show(request: HttpRequest, language: str) -> HttpResponse:
    """The empty form, the same for all readers; or, after sending, what happens next."""
    sent = _sent(request.GET.get("sent"))
    form = FeedbackForm(request=request, initial={"page": request.GET.get("page", "")})
    response = _page(request, language, form, sent=sent)
    kept = sent is None and is_known_language(request.GET.get("lang"))
    response.headers["Cache-Control"] = (
        f"public, max-age={FORM_MAX_AGE}" if kept else "private, no-cache"
    )
    if sent is not None:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _receive(request: HttpRequest, language: str) -> HttpResponse:
    form = FeedbackForm(request.POST, request=request)
    if not form.is_valid():
        response = _page(request, language, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    elif not may_send(request):
        response = _refuse(
            request,
            language,
            form,
            gettext("Too many messages have come from your network. Please send this one later."),
        )
    elif (message := _store(request, form, language)) is None:
        response = _refuse(
            request,
            language,
            form,
            gettext(
                "Too many messages have come within the last hour. Please send this one later."
            ),
        )
    else:
        query = urlencode({"lang": language, "sent": signer.sign(message.reference)})
        response = SeeOther(f"{reverse('accessibility:feedback')}?{query}#sent")
    response.headers["Cache-Control"] = "no-store"
    return response


def _refuse(request: HttpRequest, language: str, form: FeedbackForm, reason: str) -> HttpResponse:
    form.add_error(None, reason)
    response = _page(request, language, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(HOUR)
    return response


@transaction.atomic
def _store(request: HttpRequest, form: FeedbackForm, language: str) -> FeedbackMessage | None:
    """Store a message, and have mails sent. None, and nothing is stored, where there are too many.

    It is stored before it is counted: SQLite lets one process at a time do so, and none is missed.
    """
    site = Site.find_for_request(request)
    statement = current_statement(site, language) or current_statement(site)
    message = FeedbackMessage.objects.create(
        message=form.cleaned_data["message"],
        page_url=form.cleaned_data["page"],
        email=form.cleaned_data["email"],
        language=language,
        due_date=add_working_days(timezone.localdate(), conf.feedback_deadline()),
    )
    if are_too_many():
        transaction.set_rollback(True)
        return None
    transaction.on_commit(partial(send_mails, message, statement))
    return message


def _sent(signed: str | None) -> FeedbackMessage | None:
    """The message that the reader has just sent."""
    try:
        reference = signer.unsign(signed or "")
    except signing.BadSignature:
        return None
    return FeedbackMessage.objects.filter(reference=reference).only("due_date", "reference").first()


def _page(
    request: HttpRequest,
    language: str,
    form: FeedbackForm,
    *,
    sent: FeedbackMessage | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    site = Site.find_for_request(request)
    context = {
        "form": form,
        "shown_fields": [form[name] for name in form.visible],
        "issued": form.issue(),
        "sent": sent,
        "deadline": conf.feedback_deadline(),
        "statement": current_statement(site, language),
        "language": language,
        # For a site's language switch, which otherwise follows pages.
        "language_choices": [
            {
                "code": code,
                "name": name,
                "url": f"{reverse('accessibility:feedback')}?{urlencode({'lang': code})}",
                "is_current": code == language,
            }
            for code, name in get_content_languages().items()
        ],
    }
    return render(request, "accessibility/feedback.html", context, status=status)


def add_working_days(day: date, count: int) -> date:
    """The day that is so many days later, Saturdays and Sundays not counted.

    Public holidays differ from year to year and place to place; they make the date a little early.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
