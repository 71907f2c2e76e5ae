"""What every response of this site says to browsers, and which requests have a language."""

import logging
from collections.abc import Callable
from copy import deepcopy

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.cache import has_vary_header, patch_cache_control

from .models.media import STORAGE_ERRORS

logger = logging.getLogger(__name__)

# Their pages have inline scripts and styles of their own making, which Sala cannot take away.
INLINE_PREFIXES = ("/admin/", "/api/v3/docs/")

# These exist once for all languages, so they are never redirected to /th/ or /en/.
WITHOUT_LANGUAGE = (
    "/.well-known/",
    "/accessibility/",
    "/admin/",
    "/api/",
    "/audience/",
    "/documents/",
    "/feeds/",
    "/media/",
    "/robots.txt",
    "/security.txt",
    "/sitemap.xml",
    "/static/",
)

# Features of the browser that no page here ever asks for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)

Handler = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Left empty so that the server behind does not put its own name there.
        response.headers["Server"] = ""
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy for readers; the admin, which does not work under it, has its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(INLINE_PREFIXES):
            parts.replace = deepcopy(settings.ADMIN_DIRECTIVES)
        elif getattr(request, "is_preview", False):
            # The editor frames what it previews, which answers as the page's own address.
            parts.replace = {"frame-ancestors": [SELF]}
        return parts


class UnavailableMiddleware:
    """A database or a storage that is away is a 503 that asks to come back, not a bare 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, InterfaceError, *STORAGE_ERRORS)):
            return None
        logger.error("Unavailable: %s", request.path, exc_info=exception)
        if request.path_info.startswith("/api/"):
            problem = {"title": "Service Unavailable", "status": 503}
            response: HttpResponse = JsonResponse(
                problem, status=503, content_type="application/problem+json"
            )
        else:
            response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "30"
        response.headers["Cache-Control"] = "no-store"
        return response


class PublicLocaleMiddleware(LocaleMiddleware):
    """Django's, without the redirect to a language for what has none."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class PublicCacheMiddleware:
    """Readers' pages may lie in any shared cache; what depends on a session may not.

    Stands outside the session's middleware, which says whether the session was asked. A page with
    view restrictions asks it, and so is never public.
    """

    max_age = 60  # seconds

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method not in ("GET", "HEAD")
            or response.has_header("Cache-Control")
            or request.path_info.startswith(WITHOUT_LANGUAGE)
        ):
            return response
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or has_vary_header(response, "Cookie")
            or response.cookies
        ):
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == 200:
            patch_cache_control(response, public=True, max_age=self.max_age)
        return response
