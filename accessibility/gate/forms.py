from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

#: Characters: a sentence, not "ok".
SHORTEST_REASON, LONGEST_REASON = 20, 1000


class OverrideForm(forms.Form):
    """Why a page must go out despite its errors.

    content: the hash of what was shown to the one who decides; what has been changed since then
    is not covered by the decision
    """

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Why must this page be published before it is mended, and when will it be mended? "
            "Everybody who may edit the page can read this."
        ),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=AdminAutoHeightTextInput,
    )
    content = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, content_hash: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content_hash = content_hash
        self.fields["content"].initial = content_hash

    def clean(self) -> None:
        if self.cleaned_data.get("content") != self.content_hash:
            # The form is shown again, with the errors that there are now.
            self.data = {**dict(self.data.items()), "content": self.content_hash}
            raise ValidationError(
                _("The page has been changed in the meantime. Read its errors again.")
            )
