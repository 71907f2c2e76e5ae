"""What the site really sends: its home page and one page of each other type.

They are asked for in this process as a reader asks for them.

What a proxy in front of Django adds or takes away is not seen.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db.models import Max
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.models import Page, PageQuerySet, Site

from .. import conf
from .cookies import cookies
from .csp import ContentSecurityPolicy

logger = logging.getLogger(__name__)

KEPT_FOR = 3_600  # seconds that readers are shown the same measurement

#: Types of pages of which one is asked, beside the home page.
MOST_TYPES = 10

#: A page that shows measurements may be the home page itself.
_is_measuring: ContextVar[bool] = ContextVar("is_measuring", default=False)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The technical measures of the site at one moment.

    forces_https: whether a request over plain HTTP is sent on to HTTPS
    hsts_max_age: seconds (RFC 6797, 6.1.1); 0 where the header is not sent
    policies: the Content-Security-Policy of each page that was asked
    cookies: names of those that a reader gets without having chosen anything
    log_days: how many days logs are kept; None where the operator has not said
    """

    taken_at: datetime
    forces_https: bool
    hsts_max_age: int
    hsts_includes_subdomains: bool
    policies: tuple[ContentSecurityPolicy, ...]
    cookies: tuple[str, ...]
    log_days: int | None

    @property
    def sends_csp(self) -> bool:
        return all(policy.sources for policy in self.policies)

    @property
    def allows_inline_scripts(self) -> bool:
        """Whether scripts written into one of the pages run."""
        return any(policy.allows_inline_scripts for policy in self.policies)

    @property
    def third_parties(self) -> tuple[str, ...] | None:
        """From where else scripts or styles may come; None where any host may send them."""
        found: list[str] = []
        for policy in self.policies:
            if policy.third_parties is None:
                return None
            found += policy.third_parties
        return tuple(dict.fromkeys(found))

    @property
    def undocumented_cookies(self) -> tuple[str, ...]:
        """Cookies that are set, but are not in the table of cookies."""
        known = {cookie.name for cookie in cookies()}
        return tuple(name for name in self.cookies if name not in known)


def measurement(site: Site | None) -> Measurement | None:
    """The measurement that readers of a site see: at most an hour old."""
    if site is None:
        return None
    found: Measurement | None = cache.get(_cache_key(site))
    return found or measure(site)


def measure(site: Site) -> Measurement | None:
    """Measure a site now. None where its home page is not published or answers an error.

    The pages are rendered: too much for each reader.
    """
    if _is_measuring.get() or not site.root_page.live:
        return None
    token = _is_measuring.set(True)
    try:
        # Middleware for languages leaves behind the one that it has found in the address.
        with override(get_language()):
            home = site.root_page
            plain, secure = _ask(site, home, "http"), _ask(site, home, "https")
            others = [_ask(site, page, "https") for page in _pages_of_other_types(home)]
    finally:
        _is_measuring.reset(token)
    if secure.status_code >= HTTPStatus.BAD_REQUEST:
        logger.warning(
            "The technical measures of %s could not be measured: its home page answers %s.",
            site,
            secure.status_code,
        )
        return None
    # A page that cannot be read says nothing of those that can.
    answers = [secure, *(a for a in others if a.status_code < HTTPStatus.BAD_REQUEST)]
    max_age, includes_subdomains = _hsts(secure.headers.get("Strict-Transport-Security", ""))
    found = Measurement(
        taken_at=timezone.now(),
        forces_https=plain.headers.get("Location", "").startswith("https:"),
        hsts_max_age=max_age,
        hsts_includes_subdomains=includes_subdomains,
        policies=tuple(
            ContentSecurityPolicy.parse(answer.headers.get("Content-Security-Policy", ""))
            for answer in answers
        ),
        cookies=tuple(dict.fromkeys(name for answer in answers for name in answer.cookies)),
        log_days=conf.log_days(),
    )
    cache.set(_cache_key(site), found, KEPT_FOR)
    return found


def _cache_key(site: Site) -> str:
    return f"accessibility.measurement.pages.{site.pk}"


def _pages_of_other_types(home: Page) -> PageQuerySet:
    """The newest public page of each type below the home page. One query."""
    newest = (
        home.get_descendants()
        .live()
        .public()
        .exclude(content_type=home.content_type_id)
        .order_by("content_type")
        .values("content_type")
        .annotate(newest=Max("pk"))
    )
    return Page.objects.filter(pk__in=[row["newest"] for row in newest[:MOST_TYPES]])


def _ask(site: Site, page: Page, scheme: str) -> HttpResponseBase:
    environ = {
        **site.root_page._get_dummy_headers(),
        # As WSGI has it (PEP 3333): bytes in the guise of Latin-1.
        "PATH_INFO": unquote(page.get_url_parts()[2]).encode().decode("latin-1"),
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
