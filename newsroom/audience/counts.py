"""The counts as the database has them, and the opening totals that a site moves in with."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from newsroom.models import PageViews, Visitors
from newsroom.models.audience import OPENING_DAY

# What the columns of all supported databases can hold.
MAX_TOTAL = 2**63 - 1


class Totals(NamedTuple):
    """Visitors of the whole site. Who comes on two days counts on both."""

    visitors_total: int
    visitors_today: int


def views(page: Page) -> int:
    """How often `page` was shown, its opening total included. One query."""
    return views_of([page])[page.pk]


def views_of(pages: Iterable[Page]) -> Counter[int]:
    """Views by primary key, in one query; a page that nobody has seen has 0.

    Each language counts for itself. All languages of one article:
    ``views_of(page.get_translations(inclusive=True)).total()``.
    """
    rows = PageViews.objects.filter(page__in=[page.pk for page in pages])
    return Counter(dict(rows.values_list("page_id").annotate(Sum("views"))))


def sum_of_views() -> Coalesce:
    """An annotation of a queryset of pages: the views of each, to list and to sort by."""
    rows = PageViews.objects.filter(page=models.OuterRef("pk")).order_by().values("page")
    return Coalesce(models.Subquery(rows.annotate(number=Sum("views")).values("number")), 0)


def totals() -> Totals:
    """Visitors in all, opening total included, and today. One query."""
    today = timezone.localdate()
    return Totals(
        **Visitors.objects.aggregate(
            visitors_total=Coalesce(Sum("visitors"), 0),
            visitors_today=Coalesce(Sum("visitors", filter=Q(day=today)), 0),
        )
    )


def set_opening_views(page: Page, number: int) -> None:
    """Set how often `page` was shown before the site counted for itself.

    Setting it again replaces it. Raises ValueError for what is not a number of views.
    """
    PageViews.objects.update_or_create(
        page=page, day=OPENING_DAY, defaults={"views": _total(number, "views")}
    )


def set_opening_visitors(number: int) -> None:
    """Set how many visitors came before the site counted for itself.

    Setting it again replaces it. Raises ValueError for what is not a number of visitors.
    """
    Visitors.objects.update_or_create(
        day=OPENING_DAY, defaults={"visitors": _total(number, "visitors"), "salt": b""}
    )


def _total(number: int, counted: str) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_TOTAL:
        raise ValueError(
            f"{number!r} is no number of {counted}: give a whole number from 0 to {MAX_TOTAL}."
        )
    return number
