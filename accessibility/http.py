"""What the plugin's views have in common: languages, redirects, and answers that are kept."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import quote_etag
from django.utils.translation import get_language_from_path, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant

LONGEST_LANGUAGE = 35  # characters (RFC 5646, 4.4.1); Wagtail remembers what it was asked for


class SeeOther(HttpResponse):
    """303: look at that address with GET (RFC 9110, 15.4.4)."""

    status_code = HTTPStatus.SEE_OTHER

    def __init__(self, address: str) -> None:
        super().__init__(headers={"Location": iri_to_uri(address)})


def is_known_language(code: str | None) -> bool:
    """Whether it is a language of the site's content."""
    return code in get_content_languages()


def reader_language(request: HttpRequest, asked: str | None, address: str | None) -> str:
    """Return the language asked for, or that of the page one came from, or the browser's.

    Only a language of the site's content: its base template speaks no other.
    """
    spoken = (asked, get_language_from_path(address or ""), get_language_from_request(request))
    for language in filter(None, spoken):
        try:
            return get_supported_content_language_variant(language[:LONGEST_LANGUAGE])
        except LookupError:
            continue
    return next(iter(get_content_languages()))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Add an ETag, and answer 304 to a client that holds the same (RFC 9110, 13.1.2)."""
    etag = quote_etag(digest(response.content))
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def for_any_origin(response: HttpResponse, max_age: int) -> HttpResponse:
    """Let any site read what is the same for everybody, and keep it for `max_age` seconds."""
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def require_safe_from_any_origin(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Django's `require_safe`, which also answers browsers that ask before they send an ETag.

    They do so for scripts of other origins (Fetch, "CORS-preflight fetch").
    """
    safe = require_safe(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "OPTIONS":
            return safe(request, *args, **kwargs)
        headers = {
            "Allow": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)

    return answer
