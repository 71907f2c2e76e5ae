"""What every response of this site says to browsers, and which requests have a language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware

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
    "/static/",
)


class SecurityHeadersMiddleware:
    """Permissions-Policy for all, and a Content-Security-Policy of its own for the admin."""

    permissions_policy = ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "camera",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "payment",
            "usb",
        )
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.permissions_policy)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(INLINE_PREFIXES):
            # Read by CSPMiddleware, which stands outside this one.
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response


class PublicLocaleMiddleware(LocaleMiddleware):
    """Django's, without the redirect to a language for what has none."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
