"""Columns of the admin's tables that speak the language of what they show (WCAG 3.1.2)."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

EDITOR = "wagtailadmin_pages:edit"


class PageTitleColumn(TitleColumn):
    """The title of a page, in the language of the page, with a link to its editor.

    get_page: the page of an instance; without it, the instance is one
    """

    cell_template_name = "accessibility/admin/page_title_cell.html"

    def __init__(
        self, name: str, *, get_page: Callable[[Any], Page] = lambda page: page, **kwargs: Any
    ) -> None:
        super().__init__(
            name,
            accessor=lambda instance: get_page(instance).get_admin_display_title(),
            get_url=lambda instance: reverse(
                "wagtailadmin_pages:edit", args=[get_page(instance).pk]
            ),
            **kwargs,
        )
        self.get_page = get_page

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "page": self.get_page(instance)}


class PageColumn(PageTitleColumn):
    """The page with a link to its editor, and what type of page it is."""

    cell_template_name = "accessibility/admin/finding_page_cell.html"


class CheckedColumn(Column):
    """When a page was looked at last."""

    cell_template_name = "accessibility/admin/edition_checked_cell.html"
