"""What HTTP asks of every address of the API (RFC 9110, RFC 9111), for v2 and v3 alike."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models.functions import Coalesce
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja.renderers import JSONRenderer
from wagtail.api.v3.errors import problem_response
from wagtail.models import Page
from wagtail.utils.urlpatterns import decorate_urlpatterns

from localization.languages import bcp47

View = Callable[..., HttpResponseBase]

MAX_AGE = 60  # seconds that a shared cache may give an answer on
MAX_LENGTH = 1000  # characters of one value in a query
MAX_NUMBER = 2**53 - 1  # the greatest whole number that JSON carries safely (RFC 8259, 6)

_NUMBER = re.compile(r"-?\d+")


class UnicodeJSONRenderer(JSONRenderer):
    """Writes Thai as it is: half as long as in escapes, and readable (RFC 8259, 8.1)."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


def public_api(urls: tuple[list[Any], str, str]) -> tuple[list[Any], str, str]:
    """Give `urls`, as `path()` takes them, what this module does. To be used in a URLconf."""
    for decorator in (_in_one_language, _bounded, _readable):
        decorate_urlpatterns(urls[0], decorator)
    return urls


def excesses(query: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield (parameter, fault) for what no endpoint takes and no database could.

    Values over `MAX_LENGTH` characters, whole numbers beyond `MAX_NUMBER`, control characters.
    """
    for name, values in query.lists():
        for value in (name, *values):
            if len(value) > MAX_LENGTH:
                yield (
                    name[:50],
                    (f"a value of {len(value)} characters is too long: at most {MAX_LENGTH}"),
                )
            elif _NUMBER.fullmatch(value) and abs(int(value)) > MAX_NUMBER:
                yield name, f"{value} is too large: at most {MAX_NUMBER}"
            elif any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) < 0xE000 for c in value):
                yield ascii(name)[1:-1], f"{value!a} holds a control character: take it away"


def refuse_bad_query(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer what Wagtail's v3 would answer with 500: a field or a value it cannot look for."""
    return problem_response(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        detail="Validation failed",
        errors=[{"type": "bad_query", "loc": ["query"], "msg": str(error)}],
    )


def _in_one_language(view: View) -> View:
    """Make reading the same for all readers, whatever their browsers prefer.

    In rich text Wagtail links pages of the active language: here that is the language of the page
    that is read.
    """

    @wraps(view)
    def in_one_language(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return view(request, *args, **kwargs)
        language = _language_of_page(request, kwargs)
        with override(language or settings.LANGUAGE_CODE):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        if language and response.status_code == HTTPStatus.OK:
            response.headers.setdefault("Content-Language", bcp47(language))
        return response

    return in_one_language


def _language_of_page(request: HttpRequest, kwargs: dict[str, Any]) -> str | None:
    """Return the language of the text of the page that Wagtail's v2 or v3 is asked for."""
    match = request.resolver_match
    if match and match.url_name == "detail" and match.namespaces[-1:] == ["pages"]:
        page_id = kwargs["pk"]
    elif match and match.url_name == "detail_page":
        page_id = int(kwargs["page_id"])
    else:
        return None
    return (
        Page.objects.filter(pk=page_id)
        .values_list(
            Coalesce("alias_of__locale__language_code", "locale__language_code"), flat=True
        )
        .first()
    )


def _bounded(view: View) -> View:
    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        faults = [
            {"type": "out_of_bounds", "loc": ["query", name], "msg": fault}
            for name, fault in excesses(request.GET)
        ]
        if faults:
            return problem_response(
                status=HTTPStatus.UNPROCESSABLE_ENTITY, detail="Validation failed", errors=faults
            )
        return view(request, *args, **kwargs)

    return bounded


def _readable(view: View) -> View:
    """Add HEAD, OPTIONS, ETag with 304, and Cache-Control to `view`."""
    conditional = conditional_page(_cacheable(view))

    @wraps(view)
    def readable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method
        if method == "HEAD":
            # The server leaves the body away; everything else is as for GET (RFC 9110, 9.3.2).
            request.method = "GET"
        try:
            response = conditional(request, *args, **kwargs)
        finally:
            request.method = method
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED or method == "OPTIONS":
            allowed = {name.strip() for name in response.get("Allow", "GET").split(",")}
            allowed |= {"OPTIONS", "HEAD"} if "GET" in allowed else {"OPTIONS"}
            allow = ", ".join(sorted(allowed))
            if method == "OPTIONS":
                response = HttpResponse(status=HTTPStatus.NO_CONTENT)
            else:
                response = problem_response(
                    status=HTTPStatus.METHOD_NOT_ALLOWED,
                    detail=f"{method} is not allowed here: {allow}",
                )
            response["Allow"] = allow
        return response

    return readable


def _cacheable(view: View) -> View:
    """Let shared caches keep what everybody may read, and nothing else.

    Wagtail shows more to who has a token, or has given the password of a private page in this
    session.
    """

    @wraps(view)
    def cacheable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        known = (
            "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES
        )
        if response.status_code == HTTPStatus.OK and not known and request.method == "GET":
            response.headers.setdefault("Cache-Control", f"public, max-age={MAX_AGE}")
        else:
            # Not "no-store": who has a token may still ask whether something has changed.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization"])
        return response

    return cacheable


@csrf_exempt
def not_found(request: HttpRequest) -> HttpResponseBase:
    """Answer what no endpoint answers, in JSON and never in another language's address.

    Where only the last slash is missing, lead to the right address: this view hides such
    addresses from Django's APPEND_SLASH.
    """
    if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
        try:
            match = resolve(f"{request.path_info}/")
        except Resolver404:
            match = None
        if match and match.func is not not_found:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(
                f"{request.path}/" + (f"?{query}" if query else ""), preserve_request=True
            )
    return problem_response(
        status=HTTPStatus.NOT_FOUND,
        detail="There is nothing here. /api/v3/docs/ lists what there is.",
    )
