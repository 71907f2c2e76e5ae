"""What would be published of a page if somebody published it now."""

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from .judgement import Place
from .refusal import told_at


@dataclass(frozen=True, slots=True)
class Draft:
    """The content that would go live, and the way to let it.

    content: the page as it would be; not saved
    publish: does it, in the name of a user; raises ValidationError where it is refused
    missing: what else keeps it from being published, in sentences
    """

    content: Page
    publish: Callable[[AbstractBaseUser], object]
    missing: Sequence[str] = ()


def newest_draft(page: Page) -> Draft | None:
    """What the editor of this page shows: of a translation its texts, else the newest revision.

    None where there is nothing of its own to publish, as with aliases.
    """
    if translation := _translation(page):
        content = translation.source.get_ephemeral_translated_instance(page.locale, fallback=True)
        return Draft(content, lambda user: translation.save_target(user=user, publish=True))
    revision = page.latest_revision
    if page.alias_of_id or revision is None:
        return None
    content = revision.as_object()
    return Draft(content, lambda user: revision.publish(user=user), list(_missing(content)))


def _translation(page: Page) -> Any:
    """wagtail-localize's translation that a page is written from, where it is installed."""
    if not apps.is_installed("wagtail_localize"):
        return None
    from wagtail_localize.models import Translation

    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        .select_related("source")
        .first()
    )


def _missing(page: Page) -> Iterator[str]:
    """What Wagtail's form asks for when it publishes; drafts are saved without it."""
    errors: dict[str, list[ValidationError]] = {}
    try:
        copy.copy(page).full_clean()
    except ValidationError as error:
        errors = error.error_dict
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError as error:
                errors.setdefault(field.name, []).append(error)
    for name, found in errors.items():
        yield from _sentences(page, name, found)


def _sentences(page: Page, name: str, errors: list[ValidationError]) -> Iterator[str]:
    place = None if name == NON_FIELD_ERRORS else Place(name)
    for error in errors:
        if isinstance(error, StreamBlockValidationError):
            for number in error.block_errors:
                label = capfirst(getattr(page, name)[number].block.label)
                message = _("“%(block)s” is not complete, or wrong.") % {"block": label}
                yield told_at(page, Place(name, number), message)
            errors_of_all = error.non_block_errors
        else:
            errors_of_all = error.messages
        for message in errors_of_all:
            yield told_at(page, place, message)
