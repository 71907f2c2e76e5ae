"""What the tests of policies have in common: publishing versions, and the editor's form."""

from datetime import date, timedelta
from typing import TypeVar

from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accessibility.models import AbstractPolicyPage

Policy = TypeVar("Policy", bound=AbstractPolicyPage)


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def publish(page: Policy, **values) -> Policy:
    """Publish a page with these values, and return it as it is stored."""
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def policy_form(page, **values):
    """The editor's form of a policy, filled in with its own values and with these."""
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "kind": page.kind,
            "office": page.office,
            "version": page.version,
            "effective_date": page.effective_date.isoformat(),
            "review_date": page.review_date.isoformat(),
            "body": rich_text(page.body),
            "measures": streamfield([]),
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 1000,
            },
            **values,
        }
    )
