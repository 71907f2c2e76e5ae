"""Only what is translated is published as a translation.

wagtail-localize fills what is not translated yet with the source text, and writes it to the live
page. Here its one way to write a target, `TranslationSource.create_or_update_translation`, is
replaced by ours, and Wagtail's ways to publish are guarded, so that:

- an alias of another language stays an alias, and its readers go on seeing the original, marked
  as such, until the translation is complete;
- a translation is complete when every text of the newest original has been translated without
  error. The slug comes from the translated title where the translator gave none;
- publishing an incomplete translation is refused, the first time and every time, and what is live
  stays as it was; saving a draft never touches what is live.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    SourceDeletedError,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from . import thai
from .freshness import genuine
from .languages import translated_name
from .slugs import suggest_slug

_upstream_write = TranslationSource.create_or_update_translation

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


# --- What is missing --------------------------------------------------------------------------


def missing_segments(source: TranslationSource, locale: Locale) -> list[MissingSegment]:
    """Return what must be translated before `source` can be published in `locale`.

    Texts without letters, such as telephone numbers, need no translation; nor does the slug, once
    the title has one. Objects that it refers to, such as a category, must be translated as well.
    """
    model = _model(source)
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
            path, _label(model, path), _text(segment.string.data), has_error=bool(translation)
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
                MissingSegment(path, _label(model, path), str(original) if original else "")
            )
    return missing


def _needs_translation(html: str) -> bool:
    return any(character.isalpha() for character in _text(html))


def _text(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def _label(model: type[models.Model], path: str) -> str:
    field = model._meta.get_field(path.split(".")[0])
    return capfirst(getattr(field, "verbose_name", None) or field.name)


# --- Writing a target -------------------------------------------------------------------------


def create_or_update_translation(
    self: TranslationSource,
    locale: Locale,
    user: Any = None,
    publish: bool = True,
    copy_parent_pages: bool = False,
    fallback: bool = False,
) -> tuple[models.Model, bool]:
    """Write this source's translation, as wagtail-localize's method of this name, but safely.

    With `publish`, the source is first brought up to date with the original. If the translation
    is then complete, it is published. If not, a target that does not exist yet is made as a draft
    for the translator, and for one that exists IncompleteTranslationError is raised.

    Without `publish`, an alias stays an alias, and what is live gets a draft revision only.

    Returns (target, whether it was created).
    """
    target = _target(self, locale)
    if target is not None and not getattr(target, "alias_of_id", None):
        _adopt_translation(self, target, locale)
    if publish:
        bring_up_to_date(self)
        missing = missing_segments(self, locale)
        if not missing:
            _translate_slug(self, locale)
            # What needs no translation, such as numbers, falls back to the source.
            return _upstream_write(self, locale, user, True, copy_parent_pages, fallback=True)
        if target is not None:
            raise IncompleteTranslationError(self.object_repr, locale, missing)
    if isinstance(target, Page) and target.alias_of_id:
        return target, False
    if isinstance(target, DraftStateMixin) and target.live:
        return _save_draft_revision(self, target, locale, user), False
    if target is None and not issubclass(_model(self), DraftStateMixin):
        return _make_placeholder(self, locale), True
    return _upstream_write(self, locale, user, False, copy_parent_pages, fallback=True)


def bring_up_to_date(source: TranslationSource) -> None:
    """Read the original again, so that a translation is of what readers of it see now."""
    try:
        source.update_from_db()
    except ObjectDoesNotExist as error:
        raise SourceDeletedError from error


def _model(source: TranslationSource) -> type[models.Model]:
    return source.specific_content_type.model_class()


def _target(source: TranslationSource, locale: Locale) -> models.Model | None:
    try:
        return source.get_translated_instance(locale)
    except ObjectDoesNotExist:
        return None


def _adopt_translation(source: TranslationSource, target: models.Model, locale: Locale) -> None:
    """Read in what was translated by hand, before wagtail-localize knew of it.

    It would overwrite that with the source text. Texts that are the same as the original's count
    as not translated; if all are, the target is a mere copy.
    """
    if (
        source.translation_logs.filter(locale=locale).exists()
        or StringTranslation.objects.filter(
            context__object_id=source.object_id, locale=locale
        ).exists()
    ):
        return
    texts = _texts_by_path(target)
    places: Counter[str] = Counter()
    adopted = []
    for segment in source.stringsegment_set.select_related("context", "string").order_by("order"):
        path = segment.context.path
        here = texts.get(path, [])
        place = places[path]
        places[path] += 1
        if place < len(here) and here[place] != segment.string.data:
            adopted.append(
                StringTranslation.objects.create(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    data=here[place],
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                )
            )
    if adopted:
        source.translation_logs.create(locale=locale)


def _texts_by_path(instance: models.Model) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts.setdefault(segment.path, []).append(segment.string.data)
    return texts


def _translate_slug(source: TranslationSource, locale: Locale) -> None:
    """Give the slug a translation made from that of the title, unless the translator gave one."""
    segments = {
        segment.context.path: segment
        for segment in source.stringsegment_set.filter(context__path__in=(SLUG_PATH, *TITLE_PATHS))
        .annotate_translation(locale)
        .select_related("context")
    }
    slug = segments.pop(SLUG_PATH, None)
    title = next((segment.translation for segment in segments.values()), None)
    suggestion = suggest_slug(title) if title else ""
    if slug and not slug.translation and suggestion:
        StringTranslation.objects.create(
            translation_of_id=slug.string_id,
            locale=locale,
            context_id=slug.context_id,
            data=suggestion,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=_("the title"),
        )


def _save_draft_revision(
    source: TranslationSource, live: models.Model, locale: Locale, user: Any
) -> models.Model:
    draft = source.get_ephemeral_translated_instance(locale, fallback=True)
    with transaction.atomic():
        if isinstance(draft, Page):
            # The slug of what is live does not fall back to the source's.
            if not _has_translation(source, locale, SLUG_PATH):
                draft.slug = live.slug
            source.sync_view_restrictions(source.as_instance(), draft)
        draft.save_revision(user=user)
    return draft


def _has_translation(source: TranslationSource, locale: Locale, path: str) -> bool:
    return (
        source.stringsegment_set.filter(context__path=path)
        .annotate_translation(locale)
        .filter(translation__isnull=False)
        .exists()
    )


def _make_placeholder(source: TranslationSource, locale: Locale) -> models.Model:
    """Copy an object that cannot be a draft, for the translator to begin with.

    wagtail-localize would log it as translated; without that, `freshness.genuine` leaves it out.
    """
    placeholder = source.as_instance().copy_for_translation(locale)
    placeholder.save()
    return placeholder


# --- Guarding Wagtail's own ways to publish ---------------------------------------------------


def refuse_incomplete_publication(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Stop text of another language from going live as a translation, whoever publishes it.

    A handler of pre_save, since bulk actions, workflows, schedules and the API have only that in
    common. Raises IncompleteTranslationError.
    """
    if (
        raw
        or not isinstance(instance, DraftStateMixin)
        or not isinstance(instance, TranslatableMixin)
    ):
        return
    if not instance.live or instance.pk is None or getattr(instance, "alias_of_id", None):
        return
    stored = sender._base_manager.filter(pk=instance.pk).first()
    if stored is None or not _goes_live(stored, instance, update_fields):
        return
    translation = (
        Translation.objects.filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=True,
        )
        .select_related("source")
        .first()
    )
    if translation:
        missing = missing_segments(translation.source, instance.locale)
    else:
        missing = _title_of_the_original(instance)
    if missing:
        raise IncompleteTranslationError(str(instance), instance.locale, missing)


def _goes_live(
    stored: models.Model, instance: models.Model, update_fields: Iterable[str] | None
) -> bool:
    """Return whether this save changes what readers see: a new revision, or an alias no longer."""
    if getattr(stored, "alias_of_id", None) and (
        update_fields is None or "alias_of_id" in update_fields or "alias_of" in update_fields
    ):
        return stored.alias_of.locale_id != instance.locale_id
    if update_fields is not None:
        return False
    return not stored.live or stored.live_revision_id != instance.live_revision_id


def _title_of_the_original(instance: models.Model) -> list[MissingSegment]:
    """Return the title of a page that was copied for translation, if it is still in Thai."""
    title = getattr(instance, "title", "")
    if instance.locale.language_code.split("-")[0] == "th" or not thai.is_thai(title):
        return []
    originals = type(instance)._default_manager.filter(
        translation_key=instance.translation_key, title=title
    )
    if not originals.exclude(pk=instance.pk).exists():
        return []
    return [MissingSegment("title", _label(type(instance), "title"), title)]


def unpublish_aliases_of_deleted_page(
    sender: type[models.Model], instance: models.Model, **kwargs: Any
) -> None:
    """Take away the aliases in other languages of a page that is being deleted.

    Wagtail would leave them live, as pages of their own that claim to be in their tree's language.
    """
    if isinstance(instance, Page):
        orphans = Page.objects.filter(alias_of=instance.pk, live=True)
        for alias in orphans.exclude(locale_id=instance.locale_id).specific():
            alias.unpublish()
