"""Policies whose review is near or overdue, and who is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

from .. import conf
from ..models import AbstractPolicyPage


@dataclass(frozen=True, slots=True)
class DueReview:
    """A policy that must be reviewed: by `page.review_date`, or long since."""

    page: AbstractPolicyPage
    is_overdue: bool


def policies() -> PageQuerySet:
    """The pages of all types of policies that are no aliases, which are reviewed elsewhere."""
    return Page.objects.type(AbstractPolicyPage).filter(alias_of=None)


def due_reviews(pages: PageQuerySet | None = None, today: date | None = None) -> list[DueReview]:
    """The live policies whose review is at most `conf.review_reminder()` days away, oldest first.

    One query, and one for each type of policy.
    """
    today = today or timezone.localdate()
    limit = today + timedelta(days=conf.review_reminder())
    found = (policies() if pages is None else pages).live().prefetch_related("locale").specific()
    due = [page for page in found if page.review_date <= limit]
    due.sort(key=lambda page: page.review_date)
    return [DueReview(page, page.review_date < today) for page in due]


def editable_policies(user: AbstractUser) -> PageQuerySet:
    """Those that a user may edit or publish."""
    editable = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
        user, ["change", "publish"]
    )
    return policies().filter(pk__in=editable)


def people_to_remind(page: Page) -> Iterable[AbstractUser]:
    """Its owner and who may publish it: those who are active and can be reached."""
    users = policy_registry.get_by_type(Page).users_with_permission_for_instance("publish", page)
    found = dict.fromkeys([page.owner, *users])
    return [user for user in found if user and user.is_active and user.email]
