"""Nothing of another language goes live as a translation, whichever of Wagtail's ways is taken.

Signal handlers, since bulk actions, workflows, schedules, the API and code have only signals in
common.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail_localize.models import Translation

from . import thai
from .completeness import (
    IncompleteTranslationError,
    MissingSegment,
    label_of_field,
    missing_segments,
)


def refuse_incomplete_publication(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Stop a page that is not completely translated from going live (pre_save).

    Raises IncompleteTranslationError.
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
    stored: TranslatableMixin, instance: TranslatableMixin, update_fields: Iterable[str] | None
) -> bool:
    """Return whether this save changes what readers see: a new revision, or an alias no longer."""
    if getattr(stored, "alias_of_id", None) and (
        update_fields is None or "alias_of_id" in update_fields or "alias_of" in update_fields
    ):
        return stored.alias_of.locale_id != instance.locale_id
    if update_fields is not None:
        return False
    return not stored.live or stored.live_revision_id != instance.live_revision_id


def _title_of_the_original(instance: TranslatableMixin) -> list[MissingSegment]:
    """Return the title of a page that was copied for translation, if it is still in Thai."""
    title = getattr(instance, "title", "")
    if instance.locale.language_code.split("-")[0] == "th" or not thai.is_thai(title):
        return []
    originals = type(instance)._default_manager.filter(
        translation_key=instance.translation_key, title=title
    )
    if not originals.exclude(pk=instance.pk).exists():
        return []
    return [MissingSegment("title", label_of_field(type(instance), "title"), title)]


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
