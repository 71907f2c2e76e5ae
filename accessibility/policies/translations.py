"""In which languages policies can be read, and which of the translations are up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from ..models import AbstractPolicyPage
from .reviews import policies

ORIGINAL = _("original")
MISSING = _("missing")
DRAFT = _("draft")
OLDER = _("older than the original")
UP_TO_DATE = _("up to date")


@dataclass(frozen=True, slots=True)
class TranslationState:
    """How a policy stands in one language.

    pk: of the page in that language, None where there is none
    """

    locale: Locale
    label: object
    pk: int | None

    @property
    def is_current(self) -> bool:
        """Whether readers of this language get what readers of the original get."""
        return self.label in (ORIGINAL, UP_TO_DATE)

    def __str__(self) -> str:
        return f"{self.locale.language_code}: {self.label}"


def translation_states(
    pages: Iterable[AbstractPolicyPage],
) -> dict[object, list[TranslationState]]:
    """How each policy stands in each language of the site, by translation key.

    The original is the page in the site's first language, or where there is none the page that
    was published first. A translation is older when it has another version, or was published
    before the original was published last. Three queries and one for each type of policy.
    """
    keys = {page.translation_key for page in pages}
    families: dict[object, dict[int, AbstractPolicyPage]] = {key: {} for key in keys}
    for page in policies().filter(translation_key__in=keys).specific():
        families[page.translation_key][page.locale_id] = page
    locales = list(Locale.objects.order_by("pk"))
    first = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    locales.sort(key=lambda locale: locale.language_code != first)
    return {key: _states(family, locales) for key, family in families.items()}


def _states(family: dict[int, AbstractPolicyPage], locales: list[Locale]) -> list[TranslationState]:
    source = family.get(locales[0].pk) or min(
        family.values(), key=lambda page: (page.first_published_at is None, page.pk)
    )
    return [
        TranslationState(locale, _label(page, source), page.pk if page else None)
        for locale in locales
        for page in [family.get(locale.pk)]
    ]


def _label(page: AbstractPolicyPage | None, source: AbstractPolicyPage) -> object:
    if page is None:
        return MISSING
    if not page.live:
        return DRAFT
    if page.pk == source.pk:
        return ORIGINAL
    published, changed = page.last_published_at, source.last_published_at
    older = bool(published and changed and changed > published)
    return OLDER if older or page.version != source.version else UP_TO_DATE
