"""Whether a translation is complete, and what it still lacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from .freshness import genuine
from .languages import translated_name

SLUG_PATH = "slug"
TITLE_PATHS = ("title", "name")
NAMED_SEGMENTS = 5


@dataclass(frozen=True, slots=True)
class MissingSegment:
    """A text of the original that has no valid translation.

    path: where it stands, as wagtail-localize writes it; label: the field's name for people
    text: the original, without markup; has_error: whether a translation exists, but is refused
    """

    path: str
    label: str
    text: str
    has_error: bool = False

    def __str__(self) -> str:
        excerpt = Truncator(self.text).chars(60)
        shown = f"{self.label}: “{excerpt}”" if excerpt else self.label
        return f"{shown} ({_('its translation has an error')})" if self.has_error else shown


class IncompleteTranslationError(ValidationError):
    """A translation was not published, because texts of its original are not translated.

    missing: the MissingSegments; the message names the first five and counts them all.
    """

    def __init__(self, title: str, locale: Locale, missing: Iterable[MissingSegment]) -> None:
        self.missing = list(missing)
        count = len(self.missing)
        message = ngettext(
            "“%(title)s” was not published in %(language)s: %(count)d text of the original is "
            "not translated yet. Translate it, then publish again: %(segments)s",
            "“%(title)s” was not published in %(language)s: %(count)d texts of the original are "
            "not translated yet. Translate them, then publish again: %(segments)s",
            count,
        ) % {
            "title": title,
            "language": translated_name(locale.language_code),
            "count": count,
            "segments": self._name_segments(),
        }
        # wagtail-localize reads error_dict, which only a dictionary gives.
        super().__init__({NON_FIELD_ERRORS: [message]})

    def _name_segments(self) -> str:
        named = [str(segment) for segment in self.missing[:NAMED_SEGMENTS]]
        rest = len(self.missing) - len(named)
        if rest:
            named.append(ngettext("and %(rest)d more", "and %(rest)d more", rest) % {"rest": rest})
        return "; ".join(named)


def missing_segments(source: TranslationSource, locale: Locale) -> list[MissingSegment]:
    """Return what must be translated before `source` can be published in `locale`.

    Texts without letters, such as telephone numbers, need no translation; nor does the slug, once
    the title has one. Objects that it refers to, such as a category, must be translated as well.
    """
    model = source.specific_content_type.model_class()
    segments = source.stringsegment_set.select_related("context", "string").order_by("order")
    translations = {
        (translation.translation_of_id, translation.context_id): translation
        for translation in segments.get_translations(locale)
    }
    missing = []
    title_is_missing = True
    slug: MissingSegment | None = None
    for segment in segments:
        path = segment.context.path
        translation = translations.get((segment.string_id, segment.context_id))
        is_missing = (
            translation is None or translation.has_error or not translation.data.strip()
        ) and _needs_translation(segment.string.data)
        if path in TITLE_PATHS:
            title_is_missing = is_missing
        if not is_missing:
            continue
        found = MissingSegment(
            path,
            label_of_field(model, path),
            _text(segment.string.data),
            has_error=bool(translation),
        )
        if path == SLUG_PATH and translation is None:
            slug = found
        else:
            missing.append(found)
    if slug and title_is_missing and not any(item.path in TITLE_PATHS for item in missing):
        missing.append(slug)
    return missing + _missing_related_objects(source, locale, model)


def _missing_related_objects(
    source: TranslationSource, locale: Locale, model: type[models.Model]
) -> list[MissingSegment]:
    missing = []
    for segment in source.relatedobjectsegment_set.select_related("context", "object"):
        related = segment.object.content_type.model_class()
        translated = related._default_manager.filter(
            translation_key=segment.object_id, locale=locale
        )
        if not genuine(translated).exists():
            path = segment.context.path
            original = segment.get_source_instance()
            missing.append(
                MissingSegment(path, label_of_field(model, path), str(original) if original else "")
            )
    return missing


def _needs_translation(html: str) -> bool:
    return any(character.isalpha() for character in _text(html))


def _text(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def label_of_field(model: type[models.Model], path: str) -> str:
    field = model._meta.get_field(path.split(".")[0])
    return capfirst(getattr(field, "verbose_name", None) or field.name)
