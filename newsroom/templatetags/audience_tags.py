"""Tags for templates: the beacon that counts a view, and the counts."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from newsroom import audience
from newsroom.audience.texts import totals_texts, views_text

register = template.Library()


@register.inclusion_tag("newsroom/audience/beacon.html", takes_context=True)
def audience_beacon(context: Context, page: Page | None = None) -> dict[str, Any]:
    """Counts a view of `page` once it is shown; nothing in previews, and without a live page.

    Whether everybody may read the page is asked when the view arrives, not at every rendering.
    """
    request: HttpRequest | None = context.get("request")
    is_counted = isinstance(page, Page) and page.live and not getattr(request, "is_preview", False)
    return {"page": page if is_counted else None}


@register.simple_tag
def page_views(page: Page) -> SafeString:
    """How often `page` was shown: "1,234 views".

    One query, unless the page was fetched with `number_of_views=sum_of_views()`.
    """
    number: int | None = getattr(page, "number_of_views", None)
    return format_html(
        '<span data-audience="views" data-audience-page="{}">{}</span>',
        str(page.pk),
        views_text(audience.views(page) if number is None else number),
    )


@register.inclusion_tag("newsroom/audience/visitor_totals.html", takes_context=True)
def visitor_totals(context: Context) -> dict[str, Any]:
    """Visitors in all and today. One query a request, however often it is shown."""
    request: Any = context.get("request")
    totals = getattr(request, "_audience_totals", None) or audience.totals()
    if request is not None:
        request._audience_totals = totals
    return totals_texts(totals)
