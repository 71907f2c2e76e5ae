"""The seam between Thai words and Wagtail's search.

A searchable model indexes its words beside its fields, and what a reader types becomes a query of
words. Both go through the same segmentation:

    class ArticlePage(Page):
        search_fields = [*Page.search_fields, index.SearchField("segmented_text")]

        def segmented_text(self):
            return segmented_text(self, "title", "introduction", "body")

    ArticlePage.objects.live().search(search_query(request.GET.get("query", "")))

PostgreSQL needs nothing more. SQLite's tokenizer splits words at Thai marks: this plugin's
migration makes the index anew with one that does not.
"""

from collections.abc import Iterator
from typing import Any

from wagtail.search.index import Indexed, SearchField
from wagtail.search.query import MATCH_ALL, Not, PlainText, SearchQuery

from . import thai


def segmented_text(instance: Indexed, *fields: str) -> str:
    """Return the words of some fields of `instance`, streams included, with spaces between."""
    texts = (text for name in fields for text in _texts(SearchField(name).get_value(instance)))
    return thai.segmented(" ".join(texts))


def search_query(text: str) -> SearchQuery:
    """Return a query for everything that has all the words of `text`.

    Any string is allowed (see `thai.query_terms`); one without words finds nothing.
    """
    terms = thai.query_terms(text)
    return PlainText(" ".join(terms)) if terms else Not(MATCH_ALL)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
