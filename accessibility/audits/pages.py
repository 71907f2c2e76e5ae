"""Which pages are audited."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet


def auditable_pages(locale: Locale | None = None, site: Site | None = None) -> PageQuerySet:
    """The pages that everybody may read, of one locale or of all, of one site or of all.

    A private page shows a visitor its sign-in form and not itself; the gate judges its content.
    """
    pages = Page.objects.live().public().filter(depth__gt=1)
    if locale is not None:
        pages = pages.filter(locale=locale)
    return pages if site is None else pages.filter(_lies_on(site))


def _lies_on(site: Site) -> Q:
    """Below a root of the site, translated ones included, and not of another site within it."""
    roots = Site.get_site_root_paths()
    # Without a root a site has no page.
    lies = Q(pk__in=[])
    for own in (root.root_path for root in roots if root.site_id == site.pk):
        within = Q(url_path__startswith=own)
        for other in {root.root_path for root in roots} - {own}:
            if other.startswith(own):
                within &= ~Q(url_path__startswith=other)
        lies |= within
    return lies


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice among them; "" and None choose all.

    tree: id of a page, for it and all below; locale: language code; type: "app.Model";
    changed_since: ISO 8601, pages published at this time or later
    """

    tree: int | None = None
    locale: str = ""
    type: str = ""
    changed_since: str = ""

    @classmethod
    def parse(
        cls, *, tree: str = "", locale: str = "", type: str = "", changed_since: str = ""
    ) -> "Scope":
        """A scope as people write it. Raises ValueError naming the value, and what is allowed."""
        return cls(
            tree=_tree(tree) if tree else None,
            locale=_locale(locale) if locale else "",
            type=_type(type) if type else "",
            changed_since=_time(changed_since) if changed_since else "",
        )

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Scope":
        """A scope as it is stored with an audit."""
        return cls(**data)

    def as_dict(self) -> dict[str, Any]:
        """The scope as plain data, only what it names."""
        return {name: value for name, value in asdict(self).items() if value}

    def pages(self) -> PageQuerySet:
        """The pages chosen, in the order of the tree."""
        pages = auditable_pages().select_related("locale")
        if self.tree:
            pages = pages.descendant_of(Page.objects.get(pk=self.tree), inclusive=True)
        if self.locale:
            pages = pages.filter(locale__language_code=self.locale)
        if self.type:
            pages = pages.type(apps.get_model(self.type))
        if self.changed_since:
            since = datetime.datetime.fromisoformat(self.changed_since)
            pages = pages.filter(last_published_at__gte=since)
        return pages.order_by("path")


def _tree(value: str) -> int:
    pages = list(Page.objects.filter(pk=value)) if value.isdecimal() else _at(value)
    if not pages:
        raise ValueError(
            f"There is no page “{value}”. Give the id of a page, or its path such as /en/news/."
        )
    if len(pages) > 1:
        known = ", ".join(f"{page.pk} ({page.full_url})" for page in pages)
        raise ValueError(f"“{value}” is a page of several sites. Give the id of one: {known}.")
    return pages[0].pk


def _at(address: str) -> list[Page]:
    """The pages at a path, of each site one; or at a whole address. "/" is the root of a site."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    # Where addresses begin with a language, the root page of a site is not at "/" itself.
    candidates = Q(sites_rooted_here__isnull=False)
    if path:
        # The top pages of sites answer at addresses that need not hold their slugs.
        candidates |= Q(slug=path.rpartition("/")[2]) | Q(depth=2)
    pages = [
        page
        for page in Page.objects.filter(candidates).order_by("path").distinct()
        if not path or _path(page) == path
    ]
    if parts.netloc:
        pages = [page for page in pages if urlsplit(page.full_url or "").netloc == parts.netloc]
    return pages


def _path(page: Page) -> str | None:
    parts = page.get_url_parts()
    return unquote(parts[2] or "").strip("/") if parts else None


def _locale(value: str) -> str:
    codes = list(Locale.objects.values_list("language_code", flat=True))
    if value not in codes:
        raise ValueError(f"There is no locale “{value}”. Use one of: {', '.join(codes)}.")
    return value


def _type(value: str) -> str:
    try:
        model = apps.get_model(value)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, Page):
        labels = sorted(model._meta.label for model in apps.get_models() if issubclass(model, Page))
        raise ValueError(f"“{value}” is no type of page. Use one such as: {', '.join(labels)}.")
    return model._meta.label


def _time(value: str) -> str:
    try:
        time = parse_datetime(value)
        day = parse_date(value) if time is None else None
    except ValueError:
        time = day = None
    if day is not None:
        time = datetime.datetime.combine(day, datetime.time())
    if time is None:
        raise ValueError(
            f"“{value}” is no date. Write it as 2026-11-24, or with a time as 2026-11-24T09:30."
        )
    return (timezone.make_aware(time) if timezone.is_naive(time) else time).isoformat()
