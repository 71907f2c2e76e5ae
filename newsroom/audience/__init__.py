"""Audience counts: views of each page, visitors in all and today (docs/audience.md)."""

from .counts import (
    Totals,
    set_opening_views,
    set_opening_visitors,
    sum_of_views,
    totals,
    views,
    views_of,
)

__all__ = [
    "Totals",
    "set_opening_views",
    "set_opening_visitors",
    "sum_of_views",
    "totals",
    "views",
    "views_of",
]
