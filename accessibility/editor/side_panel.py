"""The screen-reader panel beside the preview of Wagtail's editors.

Wagtail has no hook for side panels, and wagtail-localize's editor of translations makes its own
list of them. Both give out what is registered for `insert_editor_js`, so the panel travels in a
`<template>` there, and a small script puts it among the others before Wagtail counts them.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.admin.ui.side_panels import BaseSidePanel


class ScreenReaderSidePanel(BaseSidePanel):
    """What a screen reader says of the preview, which its script finds by itself."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle screen reader")
        icon_name = "screen-reader"

    name = "screen-reader"
    title = gettext_lazy("Screen reader")
    template_name = "accessibility/admin/screen_reader_panel.html"
    order = 360

    def __init__(self) -> None:
        super().__init__(None, None)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "panel": self,
            "views": VIEWS,
            "configuration": {
                "checkUrl": reverse("accessibility_admin:check"),
                # 0 stands for the page that the address of the editor names.
                "publishedUrl": reverse("accessibility_admin:published", args=[0]),
                "editUrl": reverse("wagtailadmin_pages:edit", args=[0]),
                "texts": texts(),
            },
        }


#: Each view of the transcript: its id, its tab, and what it holds.
VIEWS = (
    ("transcript", gettext_lazy("Everything"), gettext_lazy("Everything that is said, in order")),
    ("headings", gettext_lazy("Headings"), gettext_lazy("Headings, by level")),
    ("landmarks", gettext_lazy("Landmarks"), gettext_lazy("Landmarks of the page")),
    ("links", gettext_lazy("Links"), gettext_lazy("Links, in order")),
    ("changes", gettext_lazy("Changes"), gettext_lazy("What has changed since it was published")),
)


def texts() -> dict[str, Any]:
    """The words of the panel's script. A pair is singular and plural, with `{n}` for the number."""

    return {
        "phrases": [ngettext("{n} phrase.", "{n} phrases.", n) for n in (1, 2)],
        "phrasesWithIssues": [
            ngettext("{n} with an issue.", "{n} with an issue.", n) for n in (1, 2)
        ],
        "noIssues": gettext("No issue found by the content rules."),
        "notChecked": gettext("The content rules could not be checked. Reload the page."),
        "noPreview": gettext("The preview could not be read. Correct the errors in the form."),
        "noScript": gettext(
            "The preview does not allow scripts of this site (Content-Security-Policy), so it "
            "cannot be read."
        ),
        "wholePage": gettext("The whole page"),
        "error": gettext("Error"),
        "warning": gettext("Warning"),
        "advice": gettext("Advice"),
        "none": {
            "transcript": gettext("Nothing is said."),
            "headings": gettext("This page has no heading."),
            "landmarks": gettext("This page has no landmark."),
            "links": gettext("This page has no link."),
            "changes": gettext("Nothing has changed since it was published."),
        },
        "notPublished": gettext("This page has not been published yet."),
        "publishedUnread": gettext(
            "The published version could not be read. Choose another view, then this one again."
        ),
        "added": gettext("Added:"),
        "removed": gettext("Removed:"),
        "changed": gettext("Changed:"),
        "shownWithField": gettext("Shown in the preview. Now in the field “{field}”."),
        "shown": gettext("Shown in the preview. No field of this form holds it."),
        "previewTitle": gettext("Preview of the translation"),
    }


def editor_js() -> str:
    """The panel and its script, for the hook `insert_editor_js`."""
    return render_to_string(
        "accessibility/admin/screen_reader.html", {"panel": ScreenReaderSidePanel()}
    )
