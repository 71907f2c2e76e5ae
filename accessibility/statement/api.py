"""The statement in Wagtail's API v3. `apps` adds the router where that API is installed."""

from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.api.v3.auth import AllowAnonymous
from wagtail.api.v3.errors import ProblemDetail
from wagtail.models import Site

from .current import current_statement
from .facts import StatementFacts
from .resources import facts_of


class StatementParameters(Schema):
    language: Annotated[
        str | None,
        Field(
            max_length=15,
            description="A language of the site's content; left away, the first",
            examples=["en"],
        ),
    ] = None


router = Router(tags=["accessibility"])


@router.get(
    "/statement/",
    response={200: StatementFacts, 404: ProblemDetail},
    url_name="accessibility_statement",
    operation_id="accessibility_statement",
    summary="The accessibility statement",
    description="The newest statement in force, with what the newest audits prove of it today.",
    auth=AllowAnonymous(),
)
def get_statement(
    request: HttpRequest,
    response: HttpResponse,
    wanted: Annotated[StatementParameters, Query()],
) -> StatementFacts:
    language = (wanted.language or settings.LANGUAGE_CODE).lower()
    page = current_statement(Site.find_for_request(request), language)
    if page is None:
        raise Http404("There is no accessibility statement in this language.")
    response["Content-Language"] = language
    return facts_of(page, request)
