"""Take pages to the engines, and store what they find."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager

from django.db import close_old_connections
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from .. import conf
from ..models import Audit, PageAudit
from ..preferences import COOKIE_NAME, TEXT_SIZE, decode, encode
from .browser.browsers import Browsers
from .comparison import store
from .content_rules import look_by_rules
from .coverage import BROWSER_CHECKS, CHECKS
from .findings import Look
from .served import Reply, ServedSite, required_scheme

#: A page that was looked at, as it is stored, and what a screen reader says of it.
Looked = tuple[PageAudit, list[dict[str, str]]]
#: A page in a browser, its address, and what was found without one.
Waiting = dict[Future[Look], tuple[Page, str, Look]]


@contextmanager
def started_browsers(site: ServedSite, workers: int) -> Iterator[Browsers]:
    """Browsers for pages of the site, by this site's settings."""

    def get(url: str) -> Reply:
        try:
            return site.get(url)
        finally:
            # The threads of the browsers are no requests, which would end with this.
            close_old_connections()

    with Browsers(
        conf.audit_chromium(), get, workers=workers, largest_text=largest_text()
    ) as browsers:
        yield browsers


def audit_pages(
    audit: Audit,
    pages: Iterable[Page],
    site: ServedSite,
    browsers: Browsers | None = None,
    no_browser: str = "",
) -> Iterator[Looked]:
    """Look at pages, as many at a time as there are browsers; yields each when it is stored.

    no_browser: where there are no browsers, the reason, a code of `coverage.REASONS`
    """
    waiting: Waiting = {}
    for page in pages:
        url = page.full_url or ""
        look = _look_without_browser(page, url, site)
        if look.failure or browsers is None:
            if not look.failure:
                look.not_checked |= dict.fromkeys(BROWSER_CHECKS, no_browser)
            yield from _stored(audit, page, url, look)
            continue
        future = browsers.look(required_scheme(url), page.locale.language_code)
        waiting[future] = page, url, look
        # One page more than there are browsers is ready, so that none of them waits.
        if len(waiting) > browsers.workers:
            yield from _finished(audit, waiting)
    while waiting:
        yield from _finished(audit, waiting)


def _look_without_browser(page: Page, url: str, site: ServedSite) -> Look:
    if not url:
        return _unserved("The page has no address: it lies below no site.")
    reply = site.get(required_scheme(url))
    if not reply.is_page:
        kind = reply.headers.get("Content-Type", "")
        return _unserved(f"{url} answers {reply.status} {kind}, not 200 with HTML.")
    return look_by_rules(reply.html, page.locale.language_code)


def _unserved(failure: str) -> Look:
    return Look(not_checked=dict.fromkeys(CHECKS, "not-served"), failure=failure)


def _finished(audit: Audit, waiting: Waiting) -> Iterator[Looked]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        page, url, look = waiting.pop(future)
        look.add(future.result())
        yield from _stored(audit, page, url, look)


def _stored(audit: Audit, page: Page, url: str, look: Look) -> Iterator[Looked]:
    page_audit = store(audit, page, url, look)
    if page_audit:
        yield page_audit, look.transcript


def largest_text() -> str:
    """The cookie of the largest text size, where this site has the preferences."""
    try:
        reverse("accessibility:preferences")
    except NoReverseMatch:
        return ""
    return f"{COOKIE_NAME}={encode(decode(None) | {TEXT_SIZE.name: TEXT_SIZE.values[-1]})}"
