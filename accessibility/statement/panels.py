"""What editors of a statement are shown of the evidence."""

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import Locale

from .claim import assess
from .forms import site_of


class EvidencePanel(Panel):
    """What may be claimed today, and why no more."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/evidence_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            # A page that is being created has its language from its parent.
            locale = page.text_locale if page.locale_id else Locale.get_default()
            return {
                **super().get_context_data(parent_context),
                "assessment": assess(
                    locale, page.review_by_people_date, site=site_of(page, self.form.parent_page)
                ),
            }
