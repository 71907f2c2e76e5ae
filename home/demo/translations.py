"""Brings English to the demo the way a translator does: segment by segment, then publishes."""

import json
from collections import defaultdict
from copy import copy
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from wagtail.models import Locale, Page, Revision
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def translate(
    original: Model,
    locale: Locale,
    values: dict[str, Any],
    *,
    user: User,
    at: datetime | None = None,
) -> None:
    """Publish `original` in another language.

    values: the fields in that language, of the same structure as those of the original
    at: when that was done; None for now. Raises ValueError where the structures differ.
    """
    source, _created = TranslationSource.get_or_create_from_instance(original)
    translation = Translation.objects.create(source=source, target_locale=locale)
    _store_strings(source, locale, original, values, user)
    if not isinstance(original, Page):
        translation.save_target(user=user)
        return
    # A page is published here and now: wagtail-localize would do it after the transaction.
    translation.save_target(user=user, publish=False)
    page = translation.get_target_instance()
    revision = page.latest_revision
    if own := _own_fields(original) & values.keys():
        draft = revision.as_object()
        for name in own:
            original._meta.get_field(name).save_form_data(draft, values[name])
        revision = draft.save_revision(user=user)
    revision.publish(user=user)
    if at:
        set_dates(page, at)
        TranslationLog.objects.filter(source=source, locale=locale).update(created_at=at)
        TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=at)


def _own_fields(original: Model) -> set[str]:
    """What each language says for itself: wagtail-localize neither translates nor copies it."""
    return {
        field.field_name
        for field in get_translatable_fields(type(original))
        if not field.is_translated(original) and not field.is_synchronized(original)
    }


def set_dates(page: Page, published: datetime, changed: datetime | None = None) -> None:
    """Let the history of `page` begin at `published`, and end at `changed` if it was changed."""
    Page.objects.filter(pk=page.pk).update(
        first_published_at=published,
        last_published_at=changed or published,
        latest_revision_created_at=changed or published,
    )
    revisions = Revision.objects.filter(object_id=str(page.pk), content_type=page.content_type_id)
    first = revisions.order_by("pk").first()
    revisions.update(created_at=changed or published)
    if first:
        Revision.objects.filter(pk=first.pk).update(created_at=published)


def _store_strings(
    source: TranslationSource,
    locale: Locale,
    original: Model,
    values: dict[str, Any],
    user: User,
) -> None:
    twin = copy(original)
    for name, value in values.items():
        setattr(twin, name, value)
    texts: dict[str, list[str]] = defaultdict(list)
    overrides: dict[str, Any] = {}
    for segment in extract_segments(twin):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
        elif isinstance(segment, OverridableSegmentValue):
            overrides[segment.path] = segment.data

    translations = []
    for segment in source.stringsegment_set.select_related("context", "string").order_by("order"):
        here = texts[segment.context.path]
        if not here:
            raise ValueError(
                f"{original} has no translation of {segment.string.data!r} at "
                f"{segment.context.path}: both languages need the same structure."
            )
        translations.append(
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=here.pop(0),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
        )
    if left := [text for rest in texts.values() for text in rest]:
        raise ValueError(f"{original} has translations of nothing: {left}.")
    # The same text may stand twice at one place, as in two paragraphs of a block.
    StringTranslation.objects.bulk_create(translations, ignore_conflicts=True)
    for segment in source.overridablesegment_set.select_related("context"):
        value = overrides.get(segment.context.path, segment.data)
        if value != segment.data:
            SegmentOverride.objects.create(
                locale=locale,
                context=segment.context,
                data_json=json.dumps(value),
                last_translated_by=user,
            )
