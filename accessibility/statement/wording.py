"""How sentences are put together in the active language."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language, pgettext

_THAI = re.compile(r"[\u0E00-\u0E7F]")


def listed(parts: Iterable[str]) -> str:
    """Parts as one phrase: "a, b and c". Thai sets them apart by spaces, without commas."""
    *others, last = parts
    if not others:
        return last
    # Translators: the space matters.
    comma, conjunction = pgettext("in a list", ", "), pgettext("in a list", " and ")
    return f"{comma.join(others)}{conjunction}{last}"


def in_sentence(value: str) -> str:
    """A value that stands between the words of a sentence.

    Thai writes no spaces between words, but sets words in other scripts apart by them.
    """
    if not (get_language() or "").startswith("th") or not value:
        return value
    before = "" if _THAI.match(value[0]) else " "
    after = "" if _THAI.match(value[-1]) else " "
    return f"{before}{value}{after}"
