from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue


class CellsBlock(TypedTableBlock):
    """A table whose caption, headings and cells are segments for the translator.

    wagtail-localize knows no tables. Segment paths: ``caption``, ``column-<c>``, ``cell-<r>-<c>``.
    """

    text = CharBlock(required=False, label=_("Text"))

    def clean(self, table: TypedTable) -> TypedTable:
        table = super().clean(table)
        if self.is_deferred_validation:
            return table  # a draft may still be unfinished
        missing: list[object] = []
        if not table.caption.strip():
            missing.append(_("Give the table a caption: it says what the table is about."))
        if not table.columns:
            missing.append(_("Add at least one column."))
        missing += [
            _("Column %(number)d has no heading (WCAG 1.3.1).") % {"number": number}
            for number, column in enumerate(table.columns, start=1)
            if not column["heading"].strip()
        ]
        if missing:
            raise TypedTableBlockValidationError(non_block_errors=missing)
        return table

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        return [
            StringSegmentValue(path, text) for path, text, _put in _texts(table) if text.strip()
        ]

    def restore_translated_segments(
        self, table: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        put = {path: put for path, _text, put in _texts(table)}
        for segment in segments:
            put[segment.path](segment.render_text())
        return table


def _texts(table: TypedTable):
    """Every text of the table as (segment path, text, function that replaces it)."""
    yield "caption", table.caption, lambda text: setattr(table, "caption", text)
    for c, column in enumerate(table.columns):
        yield (
            f"column-{c}",
            column["heading"],
            lambda text, column=column: column.update(heading=text),
        )
    for r, row in enumerate(table.row_data):
        for c, text in enumerate(row["values"]):
            yield (
                f"cell-{r}-{c}",
                text,
                lambda text, values=row["values"], c=c: values.__setitem__(c, text),
            )


class TableBlock(StructBlock):
    row_headers = BooleanBlock(
        required=False,
        default=True,
        label=_("The first column holds headings"),
        help_text=_("A screen reader then says the first cell of a row with each of its cells."),
    )
    table = CellsBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Facts")
        template = "newsroom/blocks/table.html"
        preview_value = {
            "row_headers": True,
            "table": {
                "caption": "เรื่องร้องเรียนแยกตามปี",
                "columns": [
                    {"type": "text", "heading": "ปี"},
                    {"type": "text", "heading": "จำนวนเรื่อง"},
                ],
                "rows": [{"values": ["2567", "1,204"]}, {"values": ["2568", "1,311"]}],
            },
        }
        description = _("Figures with a caption and headings")
