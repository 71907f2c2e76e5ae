"""What this plugin shows on the status panel of the editors.

Wagtail has no hook for that panel; it is the one that wagtail-localize's editor shows as well.
"""

from typing import Any

from wagtail.admin.ui.side_panels import PageStatusSidePanel

TEMPLATES = ("accessibility/admin/gate_status.html", "accessibility/admin/last_check.html")

_upstream_status_templates = PageStatusSidePanel.get_status_templates


def install() -> None:
    """Add ours to what the status panel shows. Called once."""
    PageStatusSidePanel.get_status_templates = _status_templates


def _status_templates(self: PageStatusSidePanel, context: dict[str, Any]) -> list[str]:
    templates = _upstream_status_templates(self, context)
    return [*templates, *TEMPLATES] if self.object.pk else templates
