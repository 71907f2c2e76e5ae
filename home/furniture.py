"""What stands around every page: names, navigation and policies of one language."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, Site

from accessibility.models import PolicyPage, PolicyVersion
from localization.languages import bcp47

from .models import SiteIdentity


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page. `lang` is set where its title is in another language (WCAG 3.1.2)."""

    title: str
    url: str
    lang: str = ""
    is_current: bool = False
    is_ancestor: bool = False


KEPT_FOR = 60  # seconds, for processes that do not share a cache


def _cache_key(site: Site, language: str) -> str:
    return f"home.furniture.{site.pk}.{language}"


def forget_furniture(**kwargs: object) -> None:
    """Read it anew at the next page: a page or the identity of the site has changed."""
    keys = [_cache_key(site, code) for site in Site.objects.all() for code, _ in settings.LANGUAGES]
    cache.delete_many(keys)
    # Once more, for who has read before the change was committed.
    transaction.on_commit(lambda: cache.delete_many(keys))


class Furniture:
    """Names, navigation, breadcrumbs and policies for a request, in the active language.

    Nothing is read before a template asks, and then two queries answer for all of it and for the
    pages to come.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE

    @property
    def identity(self) -> SiteIdentity | None:
        """The names of the publisher; those of the first language where others are missing."""
        return self._kept[0]

    @property
    def _pages(self) -> list[Page]:
        """The home page, its children and the policies, in the order of the tree."""
        return self._kept[1]

    @cached_property
    def _kept(self) -> tuple[SiteIdentity | None, list[Page]]:
        site = Site.find_for_request(self.request)
        if site is None:
            return None, []
        key = _cache_key(site, self.language)
        kept: tuple[SiteIdentity | None, list[Page]] | None = cache.get(key)
        if kept is None:
            kept = self._read_identity(), self._read_pages(site.root_page)
            cache.set(key, kept, KEPT_FOR)
        return kept

    def _read_identity(self) -> SiteIdentity | None:
        found = {
            identity.locale.language_code: identity
            for identity in SiteIdentity.objects.filter(
                locale__language_code__in=[self.language, settings.LANGUAGE_CODE]
            ).select_related("locale")
        }
        return found.get(self.language) or found.get(settings.LANGUAGE_CODE)

    def _read_pages(self, root: Page) -> list[Page]:
        # The version in force, while that of the page may be one to come.
        in_force = PolicyVersion.objects.filter(
            Q(page=OuterRef("pk")) | Q(page=OuterRef("alias_of")),
            effective_date__lte=timezone.localdate(),
        ).values("effective_date")[:1]
        pages = (
            Page.objects.live()
            .filter(locale__language_code=self.language)
            .filter(
                Q(translation_key=root.translation_key)
                | Q(depth=root.depth + 1)
                | Q(policypage__isnull=False)
                | Q(accessibilitystatementpage__isnull=False)
            )
            .annotate(
                original_language=F("alias_of__locale__language_code"),
                policy_kind=Case(
                    When(
                        accessibilitystatementpage__isnull=False,
                        then=Value(PolicyPage.Kind.ACCESSIBILITY),
                    ),
                    default=F("policypage__kind"),
                ),
                policy_date=Coalesce(
                    Subquery(in_force),
                    F("policypage__effective_date"),
                    F("accessibilitystatementpage__effective_date"),
                ),
            )
            .order_by("path")
        )
        home = next((p for p in pages if p.translation_key == root.translation_key), None)
        return [page for page in pages if home and page.path.startswith(home.path)]

    @cached_property
    def home(self) -> Link:
        page = self._pages[0] if self._pages else None
        return self._link(page) if page else Link("", f"/{self.language}/")

    @cached_property
    def navigation(self) -> list[Link]:
        """Children of the home page that are shown in menus, in the order of the tree."""
        return [
            self._link(page)
            for page in self._pages[1:]
            if page.show_in_menus and page.depth == self._pages[0].depth + 1
        ]

    @cached_property
    def policies(self) -> list[Link]:
        """The newest policy in force of each kind, in the order of the kinds."""
        newest: dict[str, Page] = {}
        for page in sorted(
            (p for p in self._pages if p.policy_kind and p.policy_date <= timezone.localdate()),
            key=lambda page: page.policy_date,
        ):
            newest[page.policy_kind] = page
        return [self._link(newest[kind]) for kind in PolicyPage.Kind.values if kind in newest]

    def breadcrumbs(self, page: Page) -> list[Link]:
        """The pages above `page` from the home page on. A query only for those far below."""
        known = {above.path: above for above in self._pages}
        depth = self._pages[0].depth if self._pages else page.depth
        paths = [
            page.path[:end] for end in range(depth * page.steplen, len(page.path), page.steplen)
        ]
        missing = [path for path in paths if path not in known]
        if missing:
            above = Page.objects.filter(path__in=missing).annotate(
                original_language=F("alias_of__locale__language_code")
            )
            known |= {page.path: page for page in above}
        return [self._link(known[path]) for path in paths if path in known]

    def _link(self, page: Page) -> Link:
        url = page.get_url(self.request) or "/"
        # The address of a Thai slug is percent-encoded; that of a request is not.
        path = unquote(url)
        foreign = page.original_language not in (None, self.language)
        return Link(
            title=page.title,
            url=url,
            lang=bcp47(page.original_language) if foreign else "",
            is_current=self.request.path == path,
            is_ancestor=self.request.path.startswith(path),
        )
