from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class NewsArticleForm(WagtailAdminPageForm):
    """What must fit together before an article goes out; a draft may still be unfinished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # With it the browser would cut a long title that is pasted, and say nothing.
        if "title" in self.fields:
            self.fields["title"].widget.attrs.pop("maxlength", None)

    def clean(self):
        data = super().clean()
        if self.is_deferred_validation:
            return data
        image = data.get("lead_image")
        alternative = (data.get("lead_image_alt") or "").strip()
        decorative = data.get("lead_image_decorative")
        if image and not decorative and not alternative:
            self.complain(
                "lead_image_alt",
                _("Say what the lead image shows, or mark it as decorative (WCAG 1.1.1)."),
            )
        if image and decorative and alternative:
            self.complain(
                "lead_image_decorative",
                _("A decorative image has no alternative: take away one of the two."),
            )
        if data.get("event_time") and not data.get("event_date"):
            self.complain("event_date", _("A time of the event needs its date too."))
        corrected, reason = data.get("correction_date"), (data.get("correction") or "").strip()
        if bool(corrected) != bool(reason):
            self.complain(
                "correction" if corrected else "correction_date",
                _("A correction notice needs both its date and its reason."),
            )
        return data

    def complain(self, field: str, message: str) -> None:
        """At the field, or of the whole where the form lacks it, as forms of API v3 may."""
        self.add_error(field if field in self.fields else None, message)
