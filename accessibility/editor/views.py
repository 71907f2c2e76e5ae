"""What the editor's scripts ask the server for. All of it is for those who may use the admin."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from ..ruleset import site_rules

#: Characters of HTML that are checked at once. The longest of real pages has a tenth of it.
LONGEST_HTML = 2_000_000


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What the content rules find in HTML.

    Takes JSON `{"html": "…", "lang": "th"}`, `lang` for where the HTML does not say it. Answers
    `{"findings": […]}` with the fields of `Finding`, messages in the language of the admin; 400
    for what is no such JSON, and 413 for more than `LONGEST_HTML` characters.
    """
    try:
        data = json.loads(request.body)
    except RequestDataTooBig:
        return _too_long()
    except ValueError:
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("html"), str):
        return _error(gettext('Send JSON such as {"html": "<p>…</p>", "lang": "th"}.'), 400)
    lang = data.get("lang", "")
    if not isinstance(lang, str):
        return _error(gettext('“lang” must be a string such as "th".'), 400)
    if len(data["html"]) > LONGEST_HTML:
        return _too_long()
    findings = site_rules().check(data["html"], lang, message_lang=get_language() or "en")
    return JsonResponse({"findings": [finding.as_dict() for finding in findings]})


@require_GET
@never_cache
@xframe_options_sameorigin_override
def published(request: HttpRequest, page_id: int) -> HttpResponse:
    """The published version of a page, made as a preview is made, to compare a draft with.

    403 for those who may not edit the page, 404 when it is not published.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not page.live:
        raise Http404(gettext("This page is not published."))
    page = page.specific
    return page.make_preview_request(request, page.default_preview_mode)


def _too_long() -> JsonResponse:
    message = gettext(
        "This page is too long to be checked at once: at most %(longest)s characters."
    )
    return _error(message % {"longest": f"{LONGEST_HTML:,}"}, 413)


def _error(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
