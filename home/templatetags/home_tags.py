"""Tags for the templates of this site."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from localization.freshness import edition

register = template.Library()


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: Context, page: Page | None = None, current: str = "") -> dict[str, Any]:
    """The way from the home page. `current` names a view below the page, such as a month."""
    furniture = context["furniture"]
    links = furniture.breadcrumbs(page) if page else [furniture.home]
    page_url = page.get_url(context.get("request")) if page else ""
    lang = ""
    if page and not edition(page).is_genuine:
        lang = edition(page).language
    return {"links": links, "page": page, "current": current, "lang": lang, "page_url": page_url}


@register.simple_tag
def this_year() -> int:
    return timezone.localdate().year


@register.simple_tag(takes_context=True)
def editor_userbar(context: Context) -> SafeString | str:
    """Wagtail's user bar, for who comes with a session only.

    Asking for the user reads the session, and the page would then vary by cookie: a reader's HTML
    must be the same for all, so that it can lie in a shared cache.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)
