"""Wagtail's command of this name, which one failure does not stop.

Wagtail's ends with the first error, when the schedule of the page in question is lost already.
This app must stand before `wagtail` in INSTALLED_APPS, or Wagtail's command is the one that runs.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import DraftStateMixin, Page, Revision

from ...gate import failed_schedules
from ...gate.log_entries import FAIL_EXPIRY, FAIL_SCHEDULE

logger = logging.getLogger(__name__)


class Command(WagtailCommand):
    """Publishes what is due, and unpublishes what has expired.

    What is not done keeps its schedule, is tried again in the next run, and its owner and the
    author of the revision are told once. What goes wrong otherwise than by a refusal is logged as
    well, and makes the command fail at its end.
    """

    help = "Publish what is scheduled and unpublish what has expired; one failure stops no other."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        broken = 0
        for instance in _expired():
            broken += not self.unpublish(instance)
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            broken += not self.publish(revision)
        if broken:
            raise CommandError(
                f"{broken} of what was due failed with an error, which is in the log; see above."
            )

    def unpublish(self, instance: DraftStateMixin) -> bool:
        """Unpublish what has expired. False for errors of the program; then it stays live."""
        action = partial(_unpublish, instance)
        return self.attempt_or_tell(FAIL_EXPIRY, instance, instance.live_revision, action)

    def publish(self, revision: Revision) -> bool:
        """Publish a revision. False for errors of the program."""
        try:
            instance = revision.content_object
        except Exception:
            logger.exception("Revision %s is of an object that cannot be loaded.", revision.pk)
            return False
        if instance is None:
            logger.error("Revision %s is of an object that is not there any more.", revision.pk)
            return False
        action = partial(revision.publish, log_action="wagtail.publish.scheduled")
        return self.attempt_or_tell(FAIL_SCHEDULE, instance, revision, action)

    def attempt_or_tell(
        self,
        failure: str,
        instance: models.Model,
        revision: Revision | None,
        action: Callable[[], Any],
    ) -> bool:
        """Do it, or tell those concerned why not. False for errors of the program.

        failure: the action in the audit log when it is not done
        """
        refusal = None
        try:
            language = failed_schedules.language_of_refusals(instance, revision)
        except Exception:
            logger.exception("Whoever would be told of %s has no language.", instance)
            language = get_language()
        with override(language):
            try:
                if self.attempt(instance, action):
                    return True
            except ValidationError as error:
                refusal = error
                self.stderr.write(f"{instance}: {' '.join(refusal.messages)}")
            try:
                failed_schedules.tell(failure, instance, revision, refusal)
            except Exception:
                logger.exception("Nobody could be told of %s.", instance)
        return refusal is not None

    def attempt(self, instance: models.Model, action: Callable[[], Any]) -> bool:
        """Do it wholly or not at all. Returns False, and logs, when it fails; raises refusals."""
        try:
            with transaction.atomic():
                action()
        except ValidationError:
            raise
        except Exception:
            logger.exception(
                "%s %s failed in the scheduled run.", instance._meta.label, instance.pk
            )
            self.stderr.write(f"{instance}: failed, see the log")
            return False
        return True


def _expired() -> Iterator[DraftStateMixin]:
    models_with_drafts = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *models_with_drafts]:
        expired = model._default_manager.filter(live=True, expire_at__lt=timezone.now())
        yield from list(expired.order_by("expire_at"))


def _unpublish(instance: DraftStateMixin) -> None:
    instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
