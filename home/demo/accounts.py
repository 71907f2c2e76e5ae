"""Four people who show the roles. Their one password is made for this machine."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from home.roles import EDITORS, MODERATORS, TRANSLATORS


@dataclass(frozen=True, slots=True)
class Account:
    """username: also the key; group: None for an administrator; language: of their admin."""

    username: str
    role: Promise
    group: str | None
    language: str


ACCOUNTS = (
    Account("editor", _("writes and submits"), EDITORS, "th"),
    Account("moderator", _("approves and publishes"), MODERATORS, "th"),
    Account("translator", _("translates and publishes in English"), TRANSLATORS, "en"),
    Account("admin", _("administers the site"), None, "en"),
)


def password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-password.txt"


def demo_password() -> str:
    """Return DEMO_PASSWORD, or what this machine's file holds; made where there is neither."""
    if password := os.environ.get("DEMO_PASSWORD"):
        return password
    file = password_file()
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        password = secrets.token_urlsafe(12)
        file.parent.mkdir(parents=True, exist_ok=True)
        # Nobody else may read it, from the first moment on.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(password + "\n")
        return password


def create_accounts(password: str) -> dict[str, User]:
    """Return the people by username. Who exists already is left as they are."""
    people = {}
    for account in ACCOUNTS:
        user, created = User.objects.get_or_create(
            username=account.username,
            defaults={
                "email": f"{account.username}@prac.example",
                "first_name": account.username.capitalize(),
                "is_superuser": account.group is None,
                "is_staff": account.group is None,
            },
        )
        if created:
            user.set_password(password)
            user.save()
            if account.group:
                user.groups.add(Group.objects.get(name=account.group))
            profile = UserProfile.get_for_user(user)
            profile.preferred_language = account.language
            profile.save()
        people[account.username] = user
    return people
