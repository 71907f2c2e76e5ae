"""Wagtail's database search, with what people type bounded and quoted on every way in.

Stock Wagtail hands a search box's text to the database as it is: a quotation mark or 500 words
answer 500 on pages, in both APIs and in the admin. Set in WAGTAILSEARCH_BACKENDS.
"""

from typing import Any

from wagtail.search.backends import database

from localization.thai import query_terms


class BoundedQueryMixin:
    """Turns a typed text into words, Thai ones included; query objects are left as they are."""

    def _search(self, compiler: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = " ".join(query_terms(query))
        return super()._search(compiler, query, *args, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802, Wagtail asks for this name
    stock = type(database.SearchBackend(params))
    return type(f"Bounded{stock.__name__}", (BoundedQueryMixin, stock), {})(params)
