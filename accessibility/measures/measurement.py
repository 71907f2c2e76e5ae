"""What the site really sends: its home page, asked for in this process as a reader asks for it.

What a proxy in front of Django adds or takes away is not seen.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.models import Site

from .. import conf
from .cookies import cookies

logger = logging.getLogger(__name__)

KEPT_FOR = 3_600  # seconds that readers are shown the same measurement

#: CSP sources that are neither a keyword nor this site (CSP Level 3, 2.3.1).
_OWN_SOURCES = ("'", "data:", "blob:", "mediastream:", "filesystem:")

#: A page that shows measurements may be the home page itself.
_is_measuring: ContextVar[bool] = ContextVar("is_measuring", default=False)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The technical measures of the site at one moment.

    forces_https: whether a request over plain HTTP is sent on to HTTPS
    hsts_max_age: seconds (RFC 6797, 6.1.1); 0 where the header is not sent
    csp: sources by directive; empty where no policy is sent
    cookies: names of those that a reader gets without having chosen anything
    log_days: how many days logs are kept; None where the operator has not said
    """

    taken_at: datetime
    forces_https: bool
    hsts_max_age: int
    hsts_includes_subdomains: bool
    csp: dict[str, tuple[str, ...]]
    cookies: tuple[str, ...]
    log_days: int | None

    @property
    def allows_inline_scripts(self) -> bool:
        """Whether scripts written into a page run: no CSP, or one that says 'unsafe-inline'."""
        sources = self._sources("script-src")
        if sources is None:
            return True
        # A nonce or a hash switches 'unsafe-inline' off (CSP Level 3, 6.7.3.2).
        if any(source.startswith(("'nonce-", "'sha")) for source in sources):
            return False
        return "'unsafe-inline'" in sources

    @property
    def third_parties(self) -> tuple[str, ...] | None:
        """Foreign hosts from which scripts or styles may come; None where any may."""
        found: list[str] = []
        for directive in ("script-src", "style-src"):
            sources = self._sources(directive)
            if sources is None or "*" in sources:
                return None
            found += [s for s in sources if not s.startswith(_OWN_SOURCES)]
        return tuple(dict.fromkeys(found))

    @property
    def undocumented_cookies(self) -> tuple[str, ...]:
        """Cookies that are set, but are not in the table of cookies."""
        known = {cookie.name for cookie in cookies()}
        return tuple(name for name in self.cookies if name not in known)

    def _sources(self, directive: str) -> tuple[str, ...] | None:
        return self.csp.get(directive, self.csp.get("default-src"))


def measurement(site: Site | None) -> Measurement | None:
    """The measurement that readers of a site see: at most an hour old."""
    if site is None:
        return None
    found: Measurement | None = cache.get(_cache_key(site))
    return found or measure(site)


def measure(site: Site) -> Measurement | None:
    """Measure a site now. None where its home page is not published or answers an error."""
    if _is_measuring.get() or not site.root_page.live:
        return None
    token = _is_measuring.set(True)
    try:
        # Middleware for languages leaves behind the one that it has found in the address.
        with override(get_language()):
            plain, secure = _ask(site, "http"), _ask(site, "https")
    finally:
        _is_measuring.reset(token)
    if secure.status_code >= HTTPStatus.BAD_REQUEST:
        logger.warning(
            "The technical measures of %s could not be measured: its home page answers %s.",
            site,
            secure.status_code,
        )
        return None
    max_age, includes_subdomains = _hsts(secure.headers.get("Strict-Transport-Security", ""))
    found = Measurement(
        taken_at=timezone.now(),
        forces_https=plain.headers.get("Location", "").startswith("https:"),
        hsts_max_age=max_age,
        hsts_includes_subdomains=includes_subdomains,
        csp=_csp(secure.headers.get("Content-Security-Policy", "")),
        cookies=tuple(secure.cookies),
        log_days=conf.log_days(),
    )
    cache.set(_cache_key(site), found, KEPT_FOR)
    return found


def _cache_key(site: Site) -> str:
    return f"accessibility.measurement.{site.pk}"


def _ask(site: Site, scheme: str) -> HttpResponseBase:
    environ = {
        **site.root_page._get_dummy_headers(),
        "PATH_INFO": site.root_page.get_url_parts()[2],
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": "443" if scheme == "https" else "80",
        "HTTP_HOST": site.hostname,
        "wsgi.url_scheme": scheme,
    }
    if settings.SECURE_PROXY_SSL_HEADER and scheme == "https":
        header, value = settings.SECURE_PROXY_SSL_HEADER
        environ[header] = value
    handler = BaseHandler()
    handler.load_middleware()
    return handler.get_response(WSGIRequest(environ))


def _hsts(header: str) -> tuple[int, bool]:
    """Seconds, and whether subdomains are meant, of a header (RFC 6797, 6.1)."""
    directives = dict(part.strip().lower().partition("=")[::2] for part in header.split(";"))
    max_age = directives.get("max-age", "").strip('" ')
    return int(max_age) if max_age.isdecimal() else 0, "includesubdomains" in directives


def _csp(header: str) -> dict[str, tuple[str, ...]]:
    """Sources by directive. A page with several policies is judged by the first."""
    policy: dict[str, tuple[str, ...]] = {}
    for part in header.split(",")[0].split(";"):
        if words := part.split():
            policy.setdefault(words[0].lower(), tuple(words[1:]))
    return policy
