"""What was not done as scheduled: who is told of it, in which words, and how often."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log, registry
from wagtail.models import Revision
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from .judgement import judge
from .log_entries import FAIL_EXPIRY
from .refusal import InaccessiblePageError

logger = logging.getLogger(__name__)


def tell(
    action: str,
    instance: models.Model,
    revision: Revision | None,
    refusal: ValidationError | None,
) -> None:
    """Log that a revision was not published, or not unpublished, and mail it to its people.

    action: FAIL_SCHEDULE or FAIL_EXPIRY
    revision: the live one with FAIL_EXPIRY; None where something went live without a revision

    Once for a refusal, and once for an error of the program (`refusal` is None), which may come
    before or after it: only the first can be mended by those who write.
    """
    entries = registry.get_logs_for_instance(instance)
    entries = entries.filter(action=action, revision=revision)
    if any(("messages" in entry.data) == (refusal is not None) for entry in entries):
        return
    data: dict[str, object] = {}
    if refusal is not None:
        data["messages"] = refusal.messages
    if isinstance(refusal, InaccessiblePageError):
        data["counts"] = refusal.judgement.counts
    log(instance=instance, action=action, revision=revision, data=data)
    by_language: dict[str, list[AbstractUser]] = defaultdict(list)
    for person in people_to_tell(instance, revision):
        by_language[_language(person)].append(person)
    for language, people in by_language.items():
        worded = refusal
        if isinstance(refusal, InaccessiblePageError) and language != get_language():
            with override(language):
                worded = InaccessiblePageError(refusal.page, judge(refusal.page))
        with override(language):
            subject = _subject(action) % {"title": instance}
            text = _letter(action, instance, worded)
        for person in people:
            try:
                send_mail(subject, text, [person.email])
            except Exception:
                logger.exception("The mail on %s could not be sent.", instance)


def language_of_refusals(instance: models.Model, revision: Revision | None) -> str:
    """That of the first who would be told: a refusal is worded where it happens."""
    people = _owner_and_author(instance, revision)
    return _language(people[0]) if people else get_language()


def people_to_tell(instance: models.Model, revision: Revision | None) -> list[AbstractUser]:
    """The owner, and who wrote this revision; where neither can be reached, who may publish it.

    Superusers may publish everything: they are told where nobody else may.
    """
    if people := _owner_and_author(instance, revision):
        return people
    policy = policy_registry.get(instance)
    publishers = _reachable(policy.users_with_permission_for_instance("publish", instance))
    return [person for person in publishers if not person.is_superuser] or publishers


def _owner_and_author(instance: models.Model, revision: Revision | None) -> list[AbstractUser]:
    author = revision.user if revision else None
    return _reachable(dict.fromkeys((getattr(instance, "owner", None), author)))


def _reachable(people: Iterable[AbstractUser | None]) -> list[AbstractUser]:
    return [person for person in people if person and person.is_active and person.email]


def _language(person: AbstractUser) -> str:
    return UserProfile.get_for_user(person).get_preferred_language()


def _subject(action: str) -> str:
    if action == FAIL_EXPIRY:
        return _("“%(title)s” was not unpublished as scheduled")
    return _("“%(title)s” was not published as scheduled")


def _letter(action: str, instance: models.Model, refusal: ValidationError | None) -> str:
    if action == FAIL_EXPIRY and refusal is None:
        text = _(
            "It is still public. Something went wrong in the program while it was being "
            "unpublished. Those who operate the site find the reason in its log. It is tried "
            "again; unpublish it yourself, or tell them, if it cannot wait."
        )
    elif action == FAIL_EXPIRY:
        text = _(
            "It is still public, and will be tried again. Unpublish it yourself if it cannot "
            "wait. The reason:"
        )
    elif refusal is None:
        text = _(
            "Something went wrong in the program while it was being published. Those who operate "
            "the site find the reason in its log. It is tried again until its schedule is "
            "cancelled; tell them if it cannot wait."
        )
    else:
        text = _(
            "What was scheduled is tried again until its schedule is cancelled. Cancel it, mend "
            "the page, and publish or schedule it again. The reason:"
        )
    # Nothing of an error of the program: it may hold what is nobody's business, and helps none.
    lines = [text] if refusal is None else [text, *refusal.messages]
    if path := AdminURLFinder().get_edit_url(instance):
        address = f"{(get_admin_base_url() or '').rstrip('/')}{path}"
        lines.append(_("You can edit it here: %(address)s") % {"address": address})
    return "\n\n".join(lines)
