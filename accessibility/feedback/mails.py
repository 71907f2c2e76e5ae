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
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from ..models import AccessibilityStatementPage, FeedbackMessage
from .limits import may_confirm

logger = logging.getLogger(__name__)

#: RFC 3834, 5: no out-of-office notice answers these.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def send_mails(message: FeedbackMessage, statement: AccessibilityStatementPage | None) -> None:
    """Tell the office, and confirm to a reader who wants an answer. No mail that fails raises.

    The office is the address in the statement, or without one everybody who answers feedback.
    No subject and no confirmation repeats what was written: the form would be a way to send
    anything to anybody.
    """
    for address, language in _office(statement):
        with override(language):
            subject = _("Accessibility feedback %(reference)s") % {"reference": message.reference}
            _send(
                subject,
                "accessibility/feedback/office_mail.txt",
                address,
                reply_to=[message.email] if message.email else None,
                message=message,
                url=_admin_url(message),
            )
    if message.email and may_confirm(message):
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


def _office(statement: AccessibilityStatementPage | None) -> list[tuple[str, str]]:
    """Addresses to tell, each with its language."""
    if statement is not None:
        return [(statement.feedback_email, statement.locale.language_code)]
    people = policy_registry.get_by_type(FeedbackMessage).users_with_permission("change")
    found = [
        (person.email, UserProfile.get_for_user(person).get_preferred_language())
        for person in people
        if person.email
    ]
    if not found:
        logger.warning(
            "Nobody could be told of feedback: there is no accessibility statement in force, and "
            "nobody who may change feedback has an e-mail address."
        )
    return found


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
