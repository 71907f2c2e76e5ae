"""Which language a page is really in, and whether a translation is older than its source.

A page may stand in a tree of one language and hold the text of another: tree synchronisation fills
the gaps of a tree with aliases, which are the original under another address. Here an alias of
another language is called *untranslated*; `publishing` sees to it that no other page is.

A translation is *older* when its source was published after the translation was made. When it was
made is told by the log of wagtail-localize for the revision that is live, or else by the
translation's own last publication.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog

from .languages import bcp47, relatives

State = Literal["original", "translation", "older", "untranslated"]
ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a page is among the languages of the site.

    language: BCP 47 tag of the text that is really on the page (WCAG 3.1.1)
    locale: BCP 47 tag of the tree that the page stands in
    state: "original"; "translation", as new as its source; "older" than its source;
        "untranslated", the original under an address of another language
    source_page: the live original, or None where this is it or it is not published
    source_updated_at: when the original was last published
    translated_at: when the translation that readers see was made; None unless it is one
    """

    language: str
    locale: str
    state: State
    source_page: Page | None = None
    source_updated_at: datetime | None = None
    translated_at: datetime | None = None

    @property
    def is_genuine(self) -> bool:
        """Whether the page is in the language that its address promises."""
        return self.state != "untranslated"

    def source_url(self, request: HttpRequest | None = None) -> str | None:
        return self.source_page.get_url(request) if self.source_page else None


def edition(page: Page) -> Edition:
    """Return what `page` is among the languages. Two queries, once for each instance.

    The first is the one that the language switch needs too.
    """
    known: Edition | None = getattr(page, "_localization_edition", None)
    if known is None:
        known = _Family([page], relatives(page)).edition(page)
        page._localization_edition = known
    return known


def editions(pages: Iterable[Page]) -> dict[int, Edition]:
    """Return {primary key: Edition} for `pages`, in two queries however many there are."""
    pages = list(pages)
    family = _Family(pages)
    return {page.pk: family.edition(page) for page in pages}


def is_translated(page: Page) -> bool:
    """Return whether `page` is in the language that its address promises."""
    return edition(page).is_genuine


def genuine(queryset: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Return only what can really be read in its own language.

    Takes pages, or any other translatable model: of these, copies that were made for translation
    and never completed are left out.
    """
    if issubclass(queryset.model, Page):
        return queryset.exclude(_page_of_another_language())
    return queryset.exclude(_never_translated())


def untranslated(queryset: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Return what `genuine` leaves out, such as the articles that are only in Thai."""
    if issubclass(queryset.model, Page):
        return queryset.filter(_page_of_another_language())
    return queryset.filter(_never_translated())


def _page_of_another_language() -> Q:
    return Q(alias_of__isnull=False) & ~Q(alias_of__locale_id=F("locale_id"))


def _never_translated() -> Exists:
    completed = TranslationLog.objects.filter(
        source_id=OuterRef("source_id"), locale_id=OuterRef("target_locale_id")
    )
    return Exists(
        Translation.objects.filter(
            ~Exists(completed),
            source__object_id=OuterRef("translation_key"),
            target_locale_id=OuterRef("locale_id"),
        )
    )


class _Family:
    """Some pages with all their translations, aliases and translation records."""

    def __init__(self, pages: list[Page], members: Iterable[Page] = ()) -> None:
        keys = {page.translation_key for page in pages}
        aliased = {page.alias_of_id for page in pages if page.alias_of_id}
        self.members = {member.pk: member for member in members}
        if not self.members or not aliased <= self.members.keys():
            found = Page.objects.filter(Q(translation_key__in=keys) | Q(pk__in=aliased))
            self.members |= {member.pk: member for member in found.select_related("locale")}
        self.by_place = {(m.translation_key, m.locale_id): m for m in self.members.values()}
        self.default_language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
        self.source_locales: dict[tuple[UUID, int], int] = {}
        self.made_at: dict[tuple[UUID, int], datetime | None] = {}
        live_revisions = {page.live_revision_id for page in pages if page.live_revision_id}
        made_at = TranslationLog.objects.filter(
            source_id=OuterRef("source_id"),
            locale_id=OuterRef("target_locale_id"),
            revision_id__in=live_revisions,
        ).order_by("-created_at")
        for key, target, source, made in (
            Translation.objects.filter(source__object_id__in=keys)
            .annotate(made_at=Subquery(made_at.values("created_at")[:1]))
            .values_list("source__object_id", "target_locale_id", "source__locale_id", "made_at")
        ):
            self.source_locales[key, target] = source
            self.made_at[key, target] = made

    def edition(self, page: Page) -> Edition:
        member = self.members.get(page.pk, page)
        if member.alias_of_id != page.alias_of_id:
            member = page  # about to become a translation, and not saved as one yet
        origin = self._end_of_aliases(member)
        locale = bcp47(member.locale.language_code)
        if origin.locale_id != member.locale_id:
            return Edition(
                language=bcp47(origin.locale.language_code),
                locale=locale,
                state="untranslated",
                source_page=origin if origin.live else None,
                source_updated_at=origin.last_published_at,
            )
        source = self._source(member)
        if source is None:
            return Edition(language=locale, locale=locale, state="original")
        made_at = self.made_at.get((member.translation_key, member.locale_id))
        translated_at = made_at or page.last_published_at
        changed_at = source.last_published_at
        older = bool(changed_at and translated_at and changed_at > translated_at)
        return Edition(
            language=locale,
            locale=locale,
            state="older" if older else "translation",
            source_page=source if source.live else None,
            source_updated_at=changed_at,
            translated_at=translated_at,
        )

    def _end_of_aliases(self, page: Page) -> Page:
        seen = {page.pk}
        while page.alias_of_id in self.members and page.alias_of_id not in seen:
            seen.add(page.alias_of_id)
            page = self.members[page.alias_of_id]
        return page

    def _source(self, page: Page) -> Page | None:
        """Return the page that this one was translated from, by record or by convention.

        Without a record, as when translations were made by hand, the page of the site's first
        language is the original.
        """
        locale_id = self.source_locales.get((page.translation_key, page.locale_id))
        if locale_id is not None:
            return self.by_place.get((page.translation_key, locale_id))
        if page.locale.language_code == self.default_language:
            return None
        for other in self.members.values():
            if (
                other.translation_key == page.translation_key
                and other.locale.language_code == self.default_language
                and other.alias_of_id is None
            ):
                return other
        return None
