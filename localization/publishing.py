"""Only what is translated is published as a translation.

wagtail-localize fills what is not translated yet with the source text, and writes it to the live
page. Here its one way to write a target, `TranslationSource.create_or_update_translation`, is
replaced by ours (and Wagtail's own ways to publish are guarded by `guards`), so that:

- an alias of another language stays an alias, and its readers go on seeing the original, marked
  as such, until the translation is complete;
- a translation is complete when every text of the newest original has been translated without
  error. The slug comes from the translated title where the translator gave none;
- publishing an incomplete translation is refused, the first time and every time, and what is live
  stays as it was; saving a draft never touches what is live.
"""

from collections import Counter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import SourceDeletedError, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .completeness import SLUG_PATH, TITLE_PATHS, IncompleteTranslationError, missing_segments
from .slugs import suggest_slug

_upstream_write = TranslationSource.create_or_update_translation


def create_or_update_translation(
    self: TranslationSource,
    locale: Locale,
    user: Any = None,
    publish: bool = True,
    copy_parent_pages: bool = False,
    fallback: bool = False,
) -> tuple[TranslatableMixin, bool]:
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


def _target(source: TranslationSource, locale: Locale) -> TranslatableMixin | None:
    try:
        return source.get_translated_instance(locale)
    except ObjectDoesNotExist:
        return None


def _adopt_translation(
    source: TranslationSource, target: TranslatableMixin, locale: Locale
) -> None:
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


def _texts_by_path(instance: TranslatableMixin) -> dict[str, list[str]]:
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
        .select_related("context", "string")
    }
    slug = segments.pop(SLUG_PATH, None)
    # A title without letters, such as a year, may have been left as it is.
    titles = (segment.translation or segment.string.data for segment in segments.values())
    suggestion = suggest_slug(next(titles, ""))
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
    source: TranslationSource, live: TranslatableMixin, locale: Locale, user: Any
) -> TranslatableMixin:
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


def _make_placeholder(source: TranslationSource, locale: Locale) -> TranslatableMixin:
    """Copy an object that cannot be a draft, for the translator to begin with.

    wagtail-localize would log it as translated; without that, `freshness.genuine` leaves it out.
    """
    placeholder = source.as_instance().copy_for_translation(locale)
    placeholder.save()
    return placeholder
