"""The gate in Wagtail's ways of publishing.

Publishing a revision, now or at a later time, begins in every way with the check of Wagtail's
PublishPageRevisionAction; there a refusal leaves no trace. Copies, translations and code also
make pages live by saving them, so that `pre_save` is watched as well. The admin's forms ask
beforehand, so that editors keep what they have typed and see each error at its field.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import ngettext
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, WorkflowState
from wagtail.workflows import publish_workflow_state

from .. import conf
from ..models import GateOverride
from .content import BOOKKEEPING, content_hash
from .judgement import Judgement, judge
from .log_entries import WARN, log_judgement
from .notices import Notice, add_notice
from .permissions import may_override, may_override_below
from .refusal import CODE, InaccessiblePageError, headline, way_out, worded_errors

_upstream_check = PublishPageRevisionAction.check
_upstream_copy = CopyPageAction.execute
_upstream_is_valid = WagtailAdminPageForm.is_valid


def install() -> None:
    """Stand in Wagtail's ways. Called once, when all models are there."""
    PublishPageRevisionAction.check = _check
    CopyPageAction.execute = _copy
    WagtailAdminPageForm.is_valid = _is_valid


def require_accessible(page: Page, parent: Page | None = None) -> None:
    """Let a page go live, or raise InaccessiblePageError.

    Does nothing for aliases, whose content is that of another page, for types of pages without
    a gate, for content that is covered by an override, and for what has just been let through.
    """
    mode = conf.gate_mode(type(page))
    if mode == "off" or page.alias_of_id:
        return
    hash = content_hash(page)
    if getattr(page, "_let_through", None) == hash:
        return
    covering = GateOverride.objects.in_force().filter(content_hash=hash)
    if page.pk is None or not covering.filter(page=page.pk).exists():
        judgement = judge(page, parent)
        if judgement.errors:
            if mode == "block":
                add_notice(Notice(page, judgement, hash, refused=True))
                raise InaccessiblePageError(page, judgement)
            is_collected = add_notice(Notice(page, judgement, hash, refused=False))
            if not is_collected and page.pk:
                log_judgement(WARN, page, judgement)
    page._let_through = hash


def _check(self: PublishPageRevisionAction, skip_permission_checks: bool = False) -> None:
    _upstream_check(self, skip_permission_checks)
    require_accessible(self.object)


def _copy(self: CopyPageAction, skip_permission_checks: bool = False) -> Page:
    """Copy a page and those below it wholly, or not at all where one of them is refused."""
    with transaction.atomic():
        return _upstream_copy(self, skip_permission_checks=skip_permission_checks)


def refuse_inaccessible_publication(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Stop a page with errors from going live, in whichever way it is saved (pre_save).

    Raises InaccessiblePageError.
    """
    if raw or not isinstance(instance, Page) or not instance.live or instance.alias_of_id:
        return
    page = instance
    if instance.specific_class and not isinstance(instance, instance.specific_class):
        page = instance.get_specific()
    if _changes_what_readers_see(page, update_fields):
        require_accessible(page)
        if page.pk:
            overrides = GateOverride.objects.filter(page=page.pk)
            overrides.exclude(content_hash=content_hash(page)).end()


def end_overrides(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page that is not live any more is decided on anew (page_unpublished)."""
    GateOverride.objects.filter(page=instance.pk).end()


def _changes_what_readers_see(page: Page, update_fields: Iterable[str] | None) -> bool:
    """Whether saving this live page publishes something, or only records a state of it."""
    if update_fields is not None and BOOKKEEPING - {"live"} >= set(update_fields):
        return False
    stored = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    if stored is None or not stored.live:
        return True
    if update_fields is None and stored.live_revision_id != page.live_revision_id:
        return True
    return content_hash(stored) != content_hash(page)


def _is_valid(self: WagtailAdminPageForm) -> bool:
    """Judge what an editor is about to publish, while the form is still there.

    Drafts and pages sent to moderators may have errors; API v3 is answered by the action's check.
    """
    if not _upstream_is_valid(self):
        return False
    if self.is_deferred_validation or not _publishes(self):
        return True
    page = self.save(commit=False)
    try:
        require_accessible(page, self.parent_page)
    except InaccessiblePageError as refusal:
        _add_errors(self, page, refusal.judgement)
        return False
    return True


def _publishes(form: WagtailAdminPageForm) -> bool:
    """Whether the button that was pressed makes the page live: "Publish", or the last approval.

    Tasks that adopters have made may have other actions that publish, and an edited page may need
    all approvals anew: then the check of the action itself refuses, without the form.
    """
    if form.data.get("action-publish"):
        return True
    if not form.data.get("action-workflow-action"):
        return False
    state = form.instance.current_workflow_state
    return (
        state is not None
        and form.data.get("workflow-action-name") == "approve"
        and WorkflowState.on_finish is publish_workflow_state
        and state.is_at_final_task
        and not getattr(settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False)
    )


class BlocksError(StreamBlockValidationError):
    """Errors at blocks, whose own text, which Wagtail shows above them, is translatable."""

    def __init__(self, block_errors: Mapping[int, ValidationError]) -> None:
        super().__init__(block_errors)
        count = len(block_errors)
        self.message = ngettext(
            "%(count)d part has accessibility errors.",
            "%(count)d parts have accessibility errors.",
            count,
        ) % {"count": count}


def _add_errors(form: WagtailAdminPageForm, page: Page, judgement: Judgement) -> None:
    form.add_error(None, ValidationError(headline(page, judgement), code=CODE))
    user = form.for_user
    if user and (
        may_override(user, page) if page.pk else may_override_below(user, form.parent_page)
    ):
        form.add_error(None, ValidationError(way_out(), code=CODE))
    by_block: dict[str, dict[int, list[str]]] = {}
    for message, place in worded_errors(judgement):
        if place is None or place.field not in form.fields:
            form.add_error(None, ValidationError(message, code=CODE))
        elif place.block is None:
            form.add_error(place.field, ValidationError(message, code=CODE))
        else:
            blocks = by_block.setdefault(place.field, {})
            blocks.setdefault(place.block, []).append(message)
    for field, blocks in by_block.items():
        errors = {
            number: ValidationError(messages, code=CODE) for number, messages in blocks.items()
        }
        form.add_error(field, BlocksError(block_errors=errors))
