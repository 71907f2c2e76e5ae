"""An alias that becomes a page of its own takes along what is known of its errors.

Readers see the same page before and after, so that nothing is refused: wagtail-localize converts
the alias when somebody begins a translation. Signal handlers, since it does so without Wagtail's
action.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page

from .. import conf
from ..models import GateOverride
from .content import content_hash
from .judgement import judge
from .log_entries import OVERRIDE, WARN, log_judgement


def note_conversion(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Note of which page this one has been an alias until now (pre_save)."""
    if raw or not isinstance(instance, Page) or instance.pk is None or instance.alias_of_id:
        return
    if update_fields is None or not {"alias_of", "alias_of_id"}.isdisjoint(update_fields):
        stored = Page.objects.filter(pk=instance.pk, live=True)
        instance._was_alias_of = stored.values_list("alias_of", flat=True).first()


def record_conversion(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Let the decision on the original cover a page that has just been its alias (post_save).

    Where there is none, the errors that readers get once all is saved are recorded.
    """
    original = vars(instance).pop("_was_alias_of", None)
    if original is None or conf.gate_mode(instance.specific_class) == "off":
        return
    page = _as_readers_see_it(instance.pk)
    if page and not _carry_over(page, original):
        user = get_active_log_context().user
        transaction.on_commit(partial(_record_errors, page.pk, user), robust=True)


def _as_readers_see_it(pk: int) -> Page | None:
    """The page as it is stored, where it is live and no alias.

    What is being saved can hold more: wagtail-localize fills in its texts before it converts.
    """
    page = Page.objects.filter(pk=pk, live=True, alias_of=None).first()
    return page.specific if page else None


def _carry_over(page: Page, original: int) -> bool:
    """Copy the override of a page to one with the same content.

    In another language the same content has other errors, on which nobody has decided.
    """
    decided = GateOverride.objects.in_force().filter(
        page=original, page__locale=page.locale_id, content_hash=content_hash(page)
    )
    override = decided.first()
    if override is None:
        return False
    copy = GateOverride.objects.create(
        page=page,
        content_hash=override.content_hash,
        reason=override.reason,
        findings=override.findings,
        user_id=override.user_id,
    )
    # Of the day when it was decided: the field would not take it from create().
    GateOverride.objects.filter(pk=copy.pk).update(created_at=override.created_at)
    counts = {"error": len(override.findings)}
    data = {"counts": counts, "reason": override.reason, "is_converted": True}
    log(instance=page, action=OVERRIDE, data=data)
    return True


def _record_errors(pk: int, user: AbstractBaseUser | None) -> None:
    page = _as_readers_see_it(pk)
    if page and (judgement := judge(page)).errors:
        log_judgement(WARN, page, judgement, user=user, is_converted=True)
