"""The statement for machines: JSON and OpenACR, the same for everybody."""

from http import HTTPStatus

import yaml
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import override
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

from .. import conf
from ..http import (
    conditional,
    for_any_origin,
    is_known_language,
    reader_language,
    require_safe_from_any_origin,
)
from ..models import AccessibilityStatementPage
from .current import current_statement
from .facts import StatementFacts, statement_facts
from .openacr import openacr

MAX_AGE = 60  # seconds; an audit may end at any time


def facts_of(page: AccessibilityStatementPage, request: HttpRequest) -> StatementFacts:
    """Return what a statement says, in its own language, with absolute addresses."""
    language = page.text_locale.language_code
    with override(language):
        return statement_facts(
            page,
            deadline=conf.feedback_deadline(),
            form_url=_address(request, "feedback", language),
            openacr_url=_address(request, "statement_openacr", language),
        )


def _address(request: HttpRequest, name: str, language: str) -> str:
    return f"{request.build_absolute_uri(reverse(f'accessibility:{name}'))}?lang={language}"


@require_safe_from_any_origin
def statement_json(request: HttpRequest) -> HttpResponseBase:
    """The newest statement in force, as JSON. Takes `lang`, a language of the content."""
    page = _statement(request)
    if isinstance(page, HttpResponse):
        return page
    response = JsonResponse(facts_of(page, request), json_dumps_params={"ensure_ascii": False})
    return _public(request, response, page)


@require_safe_from_any_origin
def statement_openacr(request: HttpRequest) -> HttpResponseBase:
    """The newest statement in force, as OpenACR in YAML (RFC 9512). Takes `lang`."""
    page = _statement(request)
    if isinstance(page, HttpResponse):
        return page
    text = yaml.safe_dump(openacr(page), allow_unicode=True, sort_keys=False, width=100)
    response = HttpResponse(text, content_type="application/yaml")
    response.headers["Content-Disposition"] = 'inline; filename="statement.openacr.yaml"'
    return _public(request, response, page)


def _statement(request: HttpRequest) -> AccessibilityStatementPage | HttpResponse:
    """The statement asked for, or an answer that says what is wrong with the question."""
    asked = request.GET.get("lang")
    if asked and not is_known_language(asked):
        allowed = ", ".join(get_content_languages())
        return _refusal(f"{asked[:50]!a} is no language of this site: {allowed}.", status=422)
    page = current_statement(Site.find_for_request(request), reader_language(request, asked, None))
    if page is None:
        return _refusal("There is no accessibility statement in this language.", status=404)
    return page


def _refusal(detail: str, *, status: int) -> HttpResponse:
    """Problem details (RFC 9457)."""
    problem = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    response = JsonResponse(problem, status=status, content_type="application/problem+json")
    return for_any_origin(response, max_age=0)


def _public(
    request: HttpRequest, response: HttpResponse, page: AccessibilityStatementPage
) -> HttpResponseBase:
    response.headers["Content-Language"] = page.text_locale.language_code
    if not request.GET.get("lang"):
        response.headers["Vary"] = "Accept-Language"
    return conditional(request, for_any_origin(response, MAX_AGE))
