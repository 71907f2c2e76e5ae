"""security.txt in the admin's settings: one for each site."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from .. import conf
from ..models import SecurityTxt
from .document import address, document, problems, warnings


class ServedTextPanel(Panel):
    """The file as it is served, and what is wrong with it. Empty before it is first saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "accessibility/admin/security_txt_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            # What stands in the form may be wrong; readers get what is stored.
            record = SecurityTxt.objects.select_related("site").get(pk=self.instance.pk)
            found = problems(record)
            return {
                **super().get_context_data(parent_context),
                # As this very page is served, so that the link leads there.
                "address": address(record.site, self.request.scheme),
                "problems": found,
                "warnings": [] if found else warnings(record, conf.review_reminder()),
                "text": document(record),
            }


class SecurityTxtViewSet(ModelViewSet):
    model = SecurityTxt
    name = "accessibility_security_txt"
    url_prefix = "accessibility/security-txt"
    icon = "lock"
    menu_label = "security.txt"
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        TitleColumn("site", label=_("Site"), accessor="site", url_name=f"{name}:edit"),
        BooleanColumn("is_served", label=_("Served"), accessor=lambda record: not problems(record)),
        DateColumn("expires", label=_("Expires")),
    ]
    panels = [
        ServedTextPanel(heading=_("The file as it is served")),
        MultiFieldPanel(
            [FieldPanel("site"), FieldPanel("contacts"), FieldPanel("expires")],
            heading=_("What must be there"),
        ),
        MultiFieldPanel(
            [FieldPanel("encryption"), FieldPanel("acknowledgments"), FieldPanel("hiring")],
            heading=_("What may be there"),
        ),
        FieldPanel("signature"),
    ]
