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
FAIL_EXPIRY = "accessibility.fail_expiry"


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
    """outcome: of publishing; outcome_of_conversion: of making an alias a page of its own"""

    outcome: object = ""
    outcome_of_conversion: object = ""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        is_converted = log_entry.data.get("is_converted")
        return _("%(outcome)s. %(summary)s") % {
            "outcome": self.outcome_of_conversion if is_converted else self.outcome,
            "summary": summary(log_entry.data.get("counts", {})),
        }


class RefusalFormatter(JudgementFormatter):
    label = gettext_lazy("Refuse publication for accessibility errors")
    outcome = gettext_lazy("Publication refused")


class WarningFormatter(JudgementFormatter):
    label = gettext_lazy("Publish with a warning of accessibility errors")
    outcome = gettext_lazy("Published with a warning")
    outcome_of_conversion = gettext_lazy("Converted from an alias, live with accessibility errors")


class OverrideFormatter(JudgementFormatter):
    label = gettext_lazy("Publish despite accessibility errors")
    outcome = gettext_lazy("Published despite accessibility errors")
    outcome_of_conversion = gettext_lazy(
        "Converted from an alias, with the decision on its original"
    )

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        return log_entry.data.get("reason", "")


class FailedScheduleFormatter(JudgementFormatter):
    label = gettext_lazy("Fail to publish as scheduled")
    outcome = gettext_lazy("Not published as scheduled")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        # Other refusals and errors of the program have nothing to count.
        return (
            super().format_message(log_entry) if "counts" in log_entry.data else str(self.outcome)
        )

    def format_comment(self, log_entry: BaseLogEntry) -> str:
        if "messages" in log_entry.data:
            return "\n".join(log_entry.data["messages"])
        return _("Something went wrong in the program. The reason stands in the log of the site.")


class FailedExpiryFormatter(FailedScheduleFormatter):
    label = gettext_lazy("Fail to unpublish as scheduled")
    outcome = gettext_lazy("Not unpublished as scheduled")


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(REFUSE)(RefusalFormatter)
    actions.register_action(WARN)(WarningFormatter)
    actions.register_action(OVERRIDE)(OverrideFormatter)
    actions.register_action(FAIL_SCHEDULE)(FailedScheduleFormatter)
    actions.register_action(FAIL_EXPIRY)(FailedExpiryFormatter)
