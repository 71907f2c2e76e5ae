"""Spreadsheets of the admin: they open in every program, run nothing, and speak its language."""

import codecs
from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..controls import without_controls

#: What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
FORMULA = tuple("=+-@\t\r")


class SafeExportMixin(SpreadsheetExportMixin):
    """Stands before a view of Wagtail that exports."""

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        # Now, while the language of the admin is in force: it no longer is when the answer is sent.
        # Without the mark Excel takes UTF-8 for another encoding, and Thai becomes unreadable.
        return iter([codecs.BOM_UTF8, *super().stream_csv(queryset)])

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return what stands in the cell: text without control characters, and no formula."""
        cell = super().preprocess_field_value(field, value, export_format)
        if not isinstance(cell, str):
            return cell
        text = without_controls(cell)
        # In XLSX a cell has a type: Wagtail's are text.
        is_formula = export_format == self.FORMAT_CSV and text.startswith(FORMULA)
        return f"'{text}" if is_formula else text
