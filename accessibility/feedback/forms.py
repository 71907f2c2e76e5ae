"""What readers tell of a barrier, and how machines are told from people without a puzzle."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..controls import without_controls
from ..models.feedback import LONGEST_ADDRESS, LONGEST_EMAIL, LONGEST_MESSAGE
from ..same_site import local_address

#: Seconds that a person needs at least to read the form and to write a sentence.
SHORTEST_TIME = 2
#: Seconds after which a form is asked to be sent again. Readers need all the time they need
#: (WCAG 2.2.1), and what they have written stays in the form.
LONGEST_TIME = 24 * 60 * 60

issued_at = signing.TimestampSigner(salt="accessibility.feedback.form")


class MessageField(forms.CharField):
    """Text as people paste it, without the control characters that come along."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(without_controls(value or ""))


class FeedbackForm(forms.Form):
    """Only the message is needed.

    subject: hidden from everybody but machines, which fill in whatever they find
    issued: when the form was made, signed
    """

    message = MessageField(
        label=gettext_lazy("What is the problem?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("Say what the problem is."),
            "max_length": gettext_lazy(
                "The message has %(show_value)d characters; at most %(limit_value)d can be sent."
            ),
        },
    )
    page = forms.CharField(
        label=gettext_lazy("Address of the page (optional)"),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "max_length": gettext_lazy("The address is too long. Copy it from the address bar.")
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail (optional)"),
        max_length=LONGEST_EMAIL,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            error: gettext_lazy("Write an e-mail address as name@example.org, or leave it out.")
            for error in ("invalid", "max_length")
        },
    )
    subject = forms.CharField(required=False, widget=forms.TextInput)
    issued = forms.CharField(required=False, widget=forms.HiddenInput)

    #: Those that readers see, in their order.
    visible = ("message", "page", "email")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        for name in self.visible:
            hint = f"{name}-hint"
            described = f"{name}-error {hint}" if name in self.errors else hint
            attrs = self.fields[name].widget.attrs
            attrs.update({"id": name, "class": "feedback__input", "aria-describedby": described})
            # With it browsers cut what is pasted, and say nothing.
            attrs.pop("maxlength", None)

    @staticmethod
    def issue() -> str:
        """Return the value of `issued` for a form that is made now."""
        return issued_at.sign("form")

    def clean_page(self) -> str:
        """Return the whole address of a page of this site, or ""."""
        address = self.cleaned_data["page"]
        if not address:
            return ""
        local = local_address(self.request, address)
        if local is None:
            raise ValidationError(
                _("“%(address)s” is no address of this site: these begin with %(site)s.")
                % {"address": address[:100], "site": self.request.build_absolute_uri("/")}
            )
        return self.request.build_absolute_uri(local)

    def clean(self) -> None:
        if self.cleaned_data.get("subject"):
            raise ValidationError(
                _("A field was filled in that is for machines only. Please send the form again.")
            )
        try:
            issued_at.unsign(self.cleaned_data.get("issued", ""), max_age=LONGEST_TIME)
        except signing.BadSignature:
            raise ValidationError(
                _("The form was too old. What you have written is kept: please send it again.")
            ) from None
        if self.errors:
            return  # It comes back in any case.
        try:
            issued_at.unsign(self.cleaned_data["issued"], max_age=SHORTEST_TIME)
        except signing.SignatureExpired:
            return
        raise ValidationError(
            _("The form came back faster than a person writes. Please send it again.")
        )
