"""What the site really does, shown to the editor above what the policy states of it."""

from typing import Any

from wagtail.admin.panels import Panel

from .claims import differences, site_of_form
from .measurement import measure


class MeasuresPanel(Panel):
    """Measured when the form is opened."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/measures_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            site = site_of_form(self.form)
            measured = measure(site) if site else None
            context["measured"] = measured
            if measured:
                claims = self.instance.measures
                context["differences"] = [
                    (claims[number].block.label, sentences)
                    for number, sentences in differences(claims, measured).items()
                ]
            return context
