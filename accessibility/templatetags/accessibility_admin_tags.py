"""Tags for this plugin's templates in Wagtail's admin."""

from typing import Any

from django import template
from django.template import Context
from wagtail.models import Page

from ..gate.status import gate_status as _gate_status
from ..models import PageAudit

register = template.Library()


@register.simple_tag(takes_context=True)
def gate_status(context: Context, page: Page) -> dict[str, Any]:
    """How a page stands at the gate; see `gate.status.gate_status`."""
    return _gate_status(page, context["request"].user)


@register.simple_tag
def last_check(page: Page) -> PageAudit | None:
    """The newest look at a page with the numbers of `errors` and `warnings`; one query."""
    return PageAudit.objects.newest().filter(page=page.pk).with_counts().first()
