"""Which pages are audited."""

from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet


def auditable_pages(locale: Locale | None = None) -> PageQuerySet:
    """The pages that everybody may read, of one locale or of all.

    A private page shows a visitor its sign-in form and not itself; the gate judges its content.
    """
    pages = Page.objects.live().public().filter(depth__gt=1)
    return pages if locale is None else pages.filter(locale=locale)
