"""The panel of the dashboard that tells people which of their pages need them."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import BooleanField, Case, QuerySet, Value, When
from wagtail.admin.ui.components import Component

from ..models import PageAudit
from .base import may_read_reports, pages_of

#: More would not be read in passing; the report has them all.
LONGEST_LIST = 5


def looks_with_errors(user: AbstractUser | AnonymousUser) -> QuerySet[PageAudit]:
    """The newest looks that found errors on pages the user may edit or publish.

    The user's own pages first, and then those with most errors.
    """
    return (
        PageAudit.objects.newest()
        .filter(page__in=pages_of(user))
        .with_counts()
        .filter(errors__gt=0)
        .annotate(
            own=Case(
                When(page__owner=user.pk, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .select_related("page__locale", "page__latest_revision")
        .order_by("-own", "-errors", "-warnings", "pk")
    )


class PagesThatNeedYouPanel(Component):
    """Stands above Wagtail's own panels, which have orders from 200."""

    name = "pages_that_need_you"
    template_name = "accessibility/admin/pages_that_need_you.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not may_read_reports(user):
            return {"shown": False}
        looks = looks_with_errors(user)
        found = list(looks[: LONGEST_LIST + 1])
        anything = found or PageAudit.objects.filter(page__in=pages_of(user)).exists()
        return {
            "shown": bool(anything),
            "looks": found[:LONGEST_LIST],
            "more": len(found) > LONGEST_LIST,
        }

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["accessibility/reports/reports.css"]})
