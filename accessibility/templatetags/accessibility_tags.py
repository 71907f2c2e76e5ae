"""Tags for a site's templates. docs/preferences.md shows where they stand."""

from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from .. import conf
from ..measures import cookies
from ..measures.measurement import Measurement, measurement
from ..models import AbstractPolicyPage
from ..models.policy_versions import Period
from ..statement.wording import in_sentence, listed
from ..views.preference_resources import script_address
from ..wcag import CRITERIA

register = template.Library()
register.filter("in_sentence", in_sentence)


@register.inclusion_tag("accessibility/preferences_head.html")
def preferences_head() -> dict[str, str]:
    """Apply the reader's choices before the first paint; stands in the head, after the styles."""
    return {"script": script_address()}


@register.inclusion_tag("accessibility/text_size_controls.html", takes_context=True)
def text_size_controls(context: Context) -> dict[str, str | None]:
    """Show A− A A+ and the link to the preferences page; once a page, for its id."""
    request = context.get("request")
    # Previews and error pages may have no request; then the browser's Referer leads back.
    address = request.get_full_path() if request else None
    language = get_language()
    query = {"lang": language, "next": address} if address else {"lang": language}
    return {
        "language": language,
        "next": f"{address}#text-size" if address else None,
        "page": f"{reverse('accessibility:preferences')}?{urlencode(query)}",
    }


# --- Policies -----------------------------------------------------------------------------------


@register.simple_tag
def reader_date(value: date | str | None) -> SafeString | str:
    """A date as this site writes it for readers, by the template `accessibility/date.html`.

    Takes a date, a time, or either in ISO 8601, as JSON keeps them.
    """
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return mark_safe(render_to_string("accessibility/date.html", {"date": value}).strip())


@register.simple_tag(takes_context=True)
def policy_version_url(context: Context, page: AbstractPolicyPage, period: Period) -> str:
    """The address of a version of a policy."""
    return page.version_url(period, context.get("request"))


@register.simple_tag
def measurement_of(page: Page) -> Measurement | None:
    """The technical measures of the site that a page belongs to."""
    return measurement(page.get_site())


@register.filter
def duration(seconds: int) -> str:
    """A time span in words: "1 year", "30 days"."""
    return cookies.duration(seconds)


# --- The statement ------------------------------------------------------------------------------


@register.simple_tag
def criterion_name(number: str) -> str:
    """A success criterion by number, name and level, and the same in EN 301 549 and in TWCAG."""
    criterion = CRITERIA.get(number)
    if criterion is None:
        return number
    name = criterion.name.in_language(get_language() or "en")
    places = [gettext("level %(level)s") % {"level": criterion.level}]
    places += [f"EN 301 549: {criterion.en_301_549}"] if criterion.en_301_549 else []
    places += [f"TWCAG: {criterion.twcag}"] if criterion.twcag else []
    return f"{number} {name} ({listed(places)})"


@register.simple_tag
def feedback_deadline() -> int:
    """Working days within which feedback is answered."""
    return conf.feedback_deadline()
