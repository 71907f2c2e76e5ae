"""Mails that remind of reviews: when a review comes near, and when it is overdue, once each."""

from __future__ import annotations

import logging
from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.mail import send_mail
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from .reviews import DueReview, due_reviews, people_to_remind

logger = logging.getLogger(__name__)

REMIND = "accessibility.policies.remind"


def remind() -> tuple[int, int]:
    """Mail each person one list of what is newly due. Returns (mails sent, mails that failed).

    That people were told stands in the history of the page. When every mail about a policy has
    failed, the next run tries again.
    """
    by_person: dict[AbstractUser, list[DueReview]] = defaultdict(list)
    for review in due_reviews():
        if not _is_told(review):
            for person in people_to_remind(review.page):
                by_person[person].append(review)
    told: dict[int, DueReview] = {}
    failed = 0
    for person, reviews in by_person.items():
        try:
            _send(person, reviews)
        except Exception:
            logger.exception("The reminder for %s could not be sent.", person)
            failed += 1
        else:
            told.update({review.page.pk: review for review in reviews})
    for review in told.values():
        log(instance=review.page, action=REMIND, data=_data(review))
    return len(by_person) - failed, failed


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        REMIND,
        gettext_lazy("Remind of the review"),
        gettext_lazy("Those responsible were reminded of the review by mail"),
    )


def _data(review: DueReview) -> dict[str, object]:
    return {
        "review_date": review.page.review_date.isoformat(),
        "is_overdue": review.is_overdue,
    }


def _is_told(review: DueReview) -> bool:
    entries = PageLogEntry.objects.filter(page=review.page.pk, action=REMIND)
    return any(entry.data == _data(review) for entry in entries)


def _send(person: AbstractUser, reviews: list[DueReview]) -> None:
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        lines = [
            _(
                "These policies must be reviewed. Change what is no longer right, and set the next "
                "review:"
            )
        ]
        for review in reviews:
            text = (
                _("%(title)s (%(language)s), version %(version)s: overdue since %(date)s")
                if review.is_overdue
                else _("%(title)s (%(language)s), version %(version)s: by %(date)s")
            )
            line = text % {
                "title": review.page.title,
                "language": review.page.locale.get_display_name(),
                "version": review.page.version,
                "date": date_format(review.page.review_date),
            }
            lines.append(f"{line}\n{_editor_url(review)}")
        send_mail(_("Policies to review"), "\n\n".join(lines), [person.email])


def _editor_url(review: DueReview) -> str:
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
    return base + reverse("wagtailadmin_pages:edit", args=[review.page.pk])
