"""The search of the site: pages of one language that readers may see."""

from dataclasses import dataclass, field

from wagtail.models import Locale, Page

from localization.freshness import genuine
from localization.search import search_query
from localization.thai import QUERY_MAX_CHARACTERS

# A reader looks at the first pages of results; a word that is everywhere must not cost more.
MOST_RESULTS = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first.

    text: what was looked for, as far as it is read; ids: primary keys of pages really in the
    language; waiting: how many more are found in their original language only
    """

    text: str = ""
    ids: list[int] = field(default_factory=list)
    waiting: int = 0


def find(text: str, locale: Locale) -> Found:
    """Find pages with all the words of `text`. Any string is allowed."""
    text = " ".join(text.replace("\0", " ").split())[:QUERY_MAX_CHARACTERS]
    if not text:
        return Found()
    pages = Page.objects.live().filter(locale=locale)
    ranked = [page.pk for page in pages.search(search_query(text))[:MOST_RESULTS]]
    visible = Page.objects.public().filter(pk__in=ranked)
    translated = set(genuine(visible).values_list("pk", flat=True))
    return Found(text, [pk for pk in ranked if pk in translated], visible.count() - len(translated))
