"""sitemap.xml and robots.txt: every page that is really in its language, with its alternates."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from localization.freshness import genuine
from localization.languages import bcp47
from newsroom.api.queries import Visible
from newsroom.api.representations import absolute_url, page_url

MAX_AGE = 3600  # seconds that a shared cache may give them on


class PagesSitemap(Sitemap):
    """All public pages of a site, 2,000 in each file."""

    limit = 2000

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.pages = genuine(Visible(request).filter(Page.objects.all()))

    def items(self) -> Any:
        return self.pages.select_related("locale").order_by("path")

    def get_latest_lastmod(self) -> datetime | None:
        latest = self.pages.order_by("-last_published_at").values_list("last_published_at")
        return next((moment for (moment,) in latest[:1]), None)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: Any = None) -> list[Any]:
        found = list(self.paginator.page(page).object_list)
        relatives: dict[UUID, list[Page]] = defaultdict(list)
        for relative in self.items().filter(
            translation_key__in={page.translation_key for page in found}
        ):
            relatives[relative.translation_key].append(relative)
        return [
            {
                "item": each,
                "location": page_url(each, self.request),
                "lastmod": each.last_published_at or each.latest_revision_created_at,
                "alternates": self._alternates(relatives[each.translation_key]),
            }
            for each in found
        ]

    def _alternates(self, editions: list[Page]) -> list[dict[str, str]]:
        """Return nothing for a page of one language: it has no alternates."""
        if len(editions) == 1:
            return []
        urls = {each.locale.language_code: page_url(each, self.request) for each in editions}
        alternates = [
            {"lang_code": bcp47(code), "location": url} for code, url in sorted(urls.items())
        ]
        default = urls.get(settings.LANGUAGE_CODE)
        if default:
            alternates.append({"lang_code": "x-default", "location": default})
        return alternates


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages in one file, or where they are too many, an index of files (sitemaps.org)."""
    pages = PagesSitemap(request)
    if pages.paginator.num_pages == 1 or "p" in request.GET:
        return _public(views.sitemap(request, {"pages": pages}))
    address = absolute_url(request.path, request)
    lastmod = pages.get_latest_lastmod()
    files = [
        {"location": f"{address}?p={number}", "last_mod": lastmod}
        for number in pages.paginator.page_range
    ]
    return _public(
        TemplateResponse(
            request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml"
        )
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read everything but the admin (RFC 9309)."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        "",
        f"Sitemap: {absolute_url(reverse('sitemap'), request)}",
        "",
    ]
    return _public(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def _public(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
