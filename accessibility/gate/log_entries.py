"""Entries of the gate in Wagtail's audit log."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry, Page, Revision

from .judgement import Judgement, summary

REFUSE = "accessibility.refuse"
WARN = "accessibility.warn"
OVERRIDE = "accessibility.override"
FAIL_SCHEDULE = "accessibility.fail_schedule"


def log_judgement(
    action: str,
    page: Page,
    judgement: Judgement,
    *,
    user: AbstractBaseUser | None = None,
    revision: Revision | None = None,
    **data: Any,
) -> None:
    """Log what the gate did with a page, and how many findings were the reason."""
    log(
        instance=page,
        action=action,
        user=user,
        revision=revision,
        data={"counts": judgement.counts, **data},
    )


class JudgementFormatter(LogFormatter):
    outcome: object = ""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("%(outcome)s. %(summary)s") % {
            "outcome": self.outcome,
            "summary": summary(log_entry.data.get("counts", {})),
        }


class RefusalFormatter(JudgementFormatter):
    label = gettext_lazy("Refuse publication for accessibility errors")
    outcome = gettext_lazy("Publication refused")


class WarningFormatter(JudgementFormatter):
    label = gettext_lazy("Publish with a warning of accessibility errors")
    outcome = gettext_lazy("Published with a warning")


class OverrideFormatter(JudgementFormatter):
    label = gettext_lazy("Publish despite accessibility errors")
    outcome = gettext_lazy("Published despite accessibility errors")

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        return log_entry.data.get("reason", "")


class FailedScheduleFormatter(JudgementFormatter):
    label = gettext_lazy("Fail to publish as scheduled")
    outcome = gettext_lazy("Not published as scheduled")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        # There are other reasons, which have no counts.
        return (
            super().format_message(log_entry) if "counts" in log_entry.data else str(self.outcome)
        )

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        return "\n".join(log_entry.data.get("messages", []))


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(REFUSE)(RefusalFormatter)
    actions.register_action(WARN)(WarningFormatter)
    actions.register_action(OVERRIDE)(OverrideFormatter)
    actions.register_action(FAIL_SCHEDULE)(FailedScheduleFormatter)
