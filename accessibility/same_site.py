"""Requests and addresses of this site, told from foreign ones.

For the few forms on shared pages: a page that is the same for all readers can carry no CSRF token.
"""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Django's HttpResponseRedirect and many proxies refuse longer ones.
MAX_URL_LENGTH = 2000


def is_same_origin(request: HttpRequest) -> bool:
    """Say whether a form of this very origin sent the request, as far as the browser tells.

    `Sec-Fetch-Site` decides where it is sent; else `Origin` (RFC 6454, 7; RFC 9110, 7.2 for the
    host). A client that sends neither is no browser, and holds no reader's cookies.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Behind a proxy that ends TLS the scheme may differ, the host must not.
    return origin is None or origin.partition("://")[2] == request.get_host()


def local_address(request: HttpRequest, address: str | None) -> str | None:
    """Return path, query and fragment of an address of this site; None for any other."""
    if not address or len(address) > MAX_URL_LENGTH:
        return None
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return None
    parts = urlsplit(address)
    local = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    # `https://here//elsewhere/` is ours, but what is left of it would lead elsewhere.
    if not local.startswith("/") or not url_has_allowed_host_and_scheme(local, None):
        return None
    return local
