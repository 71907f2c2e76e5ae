"""The counts in the words of the language that is active."""

from django.utils.translation import ngettext

from localization.templatetags.localization_tags import local_number

from .counts import Totals


def views_text(number: int) -> str:
    """ "1,234 views", in the reader's digits and grouping."""
    text = ngettext("%(number)s view", "%(number)s views", number)
    return text % {"number": local_number(number)}


def totals_texts(totals: Totals) -> dict[str, str]:
    """ "1,234 visitors in all" and "12 visitors today", by the names of the fields of `Totals`."""
    total, today = totals
    return {
        "visitors_total": ngettext("%(number)s visitor in all", "%(number)s visitors in all", total)
        % {"number": local_number(total)},
        "visitors_today": ngettext("%(number)s visitor today", "%(number)s visitors today", today)
        % {"number": local_number(today)},
    }
