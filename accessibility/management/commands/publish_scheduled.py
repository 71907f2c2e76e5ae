"""Wagtail's command of this name, which one failure does not stop.

Wagtail's ends with the first error, when the schedule of the page in question is lost already.
This app must stand before `wagtail` in INSTALLED_APPS, or Wagtail's command is the one that runs.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log, registry
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from ...gate.log_entries import FAIL_SCHEDULE
from ...gate.refusal import InaccessiblePageError

logger = logging.getLogger(__name__)


class Command(WagtailCommand):
    """Publishes what is due, and unpublishes what has expired.

    What is not published keeps its schedule, is tried again in the next run, and its owner and
    the author of the revision are told once for each reason. What is no refusal, but goes wrong,
    is logged, and makes the command fail at its end.
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

    def unpublish(self, instance: models.Model) -> bool:
        """Unpublish what has expired. False where that was refused or failed; it stays live."""
        try:
            return self.attempt(instance, partial(_unpublish, instance))
        except ValidationError as refusal:
            logger.error("%s %s stays live.", instance._meta.label, instance.pk, exc_info=True)
            self.stderr.write(f"{instance}: {' '.join(refusal.messages)}")
            return False

    def publish(self, revision: Revision) -> bool:
        """Publish a revision, or tell those concerned why not. False for errors of the program."""
        try:
            instance = revision.content_object
        except Exception:
            logger.exception("Revision %s is of an object that cannot be loaded.", revision.pk)
            return False
        people = _people(instance, revision)
        with override(_language(people)):
            try:
                is_done = self.attempt(
                    instance, lambda: revision.publish(log_action="wagtail.publish.scheduled")
                )
            except ValidationError as refusal:
                self.stderr.write(f"{instance}: {' '.join(refusal.messages)}")
                advice = _(
                    "Cancel it, mend the page, and publish or schedule it again. The reason:"
                )
                self.tell(instance, revision, people, advice, refusal)
                return True
            if not is_done:
                fault = ValidationError(_("Something went wrong in the program."))
                advice = _(
                    "The page need not be the reason. Those who operate the site find the reason "
                    "in its log: tell them if this page must go out."
                )
                self.tell(instance, revision, people, advice, fault)
            return is_done

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

    def tell(
        self,
        instance: models.Model,
        revision: Revision,
        people: list[AbstractUser],
        advice: str,
        reason: ValidationError,
    ) -> None:
        """Log why a revision was not published and mail it to its people, once for each reason."""
        logs = registry.get_logs_for_instance(instance)
        earlier = logs.filter(action=FAIL_SCHEDULE, revision=revision)
        if any(entry.data.get("messages") == reason.messages for entry in earlier):
            return
        data: dict[str, Any] = {"messages": reason.messages}
        if isinstance(reason, InaccessiblePageError):
            data["counts"] = reason.judgement.counts
        log(instance=instance, action=FAIL_SCHEDULE, revision=revision, data=data)
        if not people:
            return
        subject = _("“%(title)s” was not published as scheduled") % {"title": instance}
        text = _("What was scheduled is tried again until its schedule is cancelled.")
        lines = [f"{text} {advice}", *reason.messages]
        if path := AdminURLFinder().get_edit_url(instance):
            lines.append(f"{get_admin_base_url() or ''}{path}")
        try:
            send_mail(subject, "\n\n".join(lines), [person.email for person in people])
        except Exception:
            logger.exception("The mail on revision %s could not be sent.", revision.pk)


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


def _people(instance: models.Model, revision: Revision) -> list[AbstractUser]:
    """The owner, and who wrote this revision; where nobody can be reached, who may publish it.

    Administrators, who may publish everything, are the last to be asked.
    """
    near = _reachable(dict.fromkeys((getattr(instance, "owner", None), revision.user)))
    if near:
        return near
    policy = policy_registry.get(instance)
    publishers = _reachable(policy.users_with_permission_for_instance("publish", instance))
    return [person for person in publishers if not person.is_superuser] or publishers


def _reachable(people: Iterable[AbstractUser | None]) -> list[AbstractUser]:
    return [person for person in people if person and person.is_active and person.email]


def _language(people: list[AbstractUser]) -> str | None:
    """That of the first of them: a refusal is worded where it happens."""
    return UserProfile.get_for_user(people[0]).get_preferred_language() if people else None
