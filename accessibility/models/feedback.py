"""What readers have told about barriers, until it is answered."""

import secrets
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: No letter or digit that is taken for another one when it is read out or written by hand.
REFERENCE_ALPHABET = "234679CDFGHJKMNPRTWXYZ"
LONGEST_MESSAGE = 5000  # characters
LONGEST_ADDRESS = 2000
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


def new_reference() -> str:
    """A number to name a message by: "C7HJ-4KXW". It tells nothing, and is not guessed."""
    letters = [secrets.choice(REFERENCE_ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


class FeedbackMessage(models.Model):
    """A barrier that a reader has told of. The e-mail is there only if an answer is wanted."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")

    reference = models.CharField(
        _("reference number"), max_length=9, unique=True, default=new_reference, editable=False
    )
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    page_url = models.URLField(_("address of the page"), max_length=LONGEST_ADDRESS, blank=True)
    email = models.EmailField(_("e-mail for the answer"), max_length=LONGEST_EMAIL, blank=True)
    #: Of the form, and so of the answer: a code of LANGUAGES.
    language = models.CharField(_("language"), max_length=15)
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    due_date = models.DateField(_("to be answered by"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What was answered, and when. Readers do not see it.")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("accessibility feedback")
        verbose_name_plural = _("accessibility feedback")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.OPEN and self.due_date < date.today()
