"""Mails to the office and to the reader. A message is stored before: no mail can lose it."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url

from ..models import AccessibilityStatementPage, FeedbackMessage
from .limits import may_confirm

logger = logging.getLogger(__name__)

#: RFC 3834, 5: no out-of-office notice answers these.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def send_mails(message: FeedbackMessage, statement: AccessibilityStatementPage | None) -> None:
    """Tell the office, and confirm to a reader who wants an answer. Never raises.

    No subject and no confirmation repeats what was written: the form would be a way to send
    anything to anybody.
    """
    if statement is not None:
        with override(statement.locale.language_code):
            subject = _("Accessibility feedback %(reference)s") % {"reference": message.reference}
            _send(
                subject,
                "accessibility/feedback/office_mail.txt",
                statement.feedback_email,
                reply_to=[message.email] if message.email else None,
                message=message,
                url=_admin_url(message),
            )
    if message.email and may_confirm(message.email):
        with override(message.language):
            subject = _("We have your message %(reference)s") % {"reference": message.reference}
            _send(
                subject,
                "accessibility/feedback/reader_mail.txt",
                message.email,
                reply_to=[statement.feedback_email] if statement else None,
                message=message,
                statement=statement,
            )


def _send(
    subject: str, template: str, to: str, *, reply_to: list[str] | None, **context: Any
) -> None:
    mail = EmailMessage(
        subject,
        render_to_string(template, context),
        settings.DEFAULT_FROM_EMAIL,
        [to],
        reply_to=reply_to,
        headers=AUTOMATIC,
    )
    try:
        mail.send()
    except OSError:
        # SMTPException is one too. The address stays out of the log.
        logger.exception(
            "Feedback %s is stored, but a mail about it could not be sent.",
            context["message"].reference,
        )


def _admin_url(message: FeedbackMessage) -> str:
    try:
        path = reverse("accessibility_feedback:edit", args=[message.pk])
    except NoReverseMatch:
        return ""
    return f"{get_admin_base_url() or ''}{path}"
