"""The cookies of the site: one table for the privacy policy and for what is measured."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks

from .. import preferences

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MINUTE, HOUR, DAY, WEEK, YEAR = 60, 3_600, 86_400, 604_800, 31_536_000  # seconds

#: Of Wagtail's admin, which a script there sets: whether the menu is folded up.
SIDEBAR_COOKIE = "wagtail_sidebar_collapsed"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that the site may set.

    readers: for whom, such as "Signed-in staff"
    max_age: seconds; None where it ends with the browser's session
    """

    name: str
    readers: "str | StrPromise"
    purpose: "str | StrPromise"
    max_age: int | None

    @property
    def lifetime(self) -> str:
        """How long it lives, in words of the active language: "1 year", "2 weeks"."""
        return duration(self.max_age) if self.max_age else str(_("Until the browser is closed"))


def cookies() -> list[Cookie]:
    """All cookies that this site may set, by its settings and its `register_cookies` hooks.

    A hook takes nothing and returns a list of `Cookie`.
    """
    staff = _("Signed-in staff only")
    found = [
        Cookie(
            preferences.COOKIE_NAME,
            _("Readers who change how pages look"),
            _("Remembers the text size and display chosen; no personal data"),
            preferences.COOKIE_MAX_AGE,
        ),
        Cookie(
            settings.SESSION_COOKIE_NAME,
            staff,
            _("Knows who is signed in"),
            None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE,
        ),
    ]
    if not settings.CSRF_USE_SESSIONS:
        found.append(
            Cookie(
                settings.CSRF_COOKIE_NAME,
                staff,
                _("Prevents forged requests"),
                settings.CSRF_COOKIE_AGE,
            )
        )
    if apps.is_installed("django.contrib.messages") and not settings.MESSAGE_STORAGE.endswith(
        "SessionStorage"
    ):
        found.append(
            Cookie("messages", staff, _("Carries a notice to the next page, then goes"), None)
        )
    if apps.is_installed("wagtail.admin"):
        found.append(Cookie(SIDEBAR_COOKIE, staff, _("Remembers the folded menu"), None))
    for hook in hooks.get_hooks("register_cookies"):
        found.extend(hook())
    return found


def duration(seconds: int) -> str:
    """A time span in the greatest unit that measures it exactly: "1 year", "364 days"."""
    if seconds % YEAR == 0:
        return ngettext("%(count)d year", "%(count)d years", seconds // YEAR) % {
            "count": seconds // YEAR
        }
    if seconds % WEEK == 0:
        return ngettext("%(count)d week", "%(count)d weeks", seconds // WEEK) % {
            "count": seconds // WEEK
        }
    if seconds % DAY == 0 or seconds > WEEK:
        return ngettext("%(count)d day", "%(count)d days", seconds // DAY) % {
            "count": seconds // DAY
        }
    if seconds >= HOUR:
        return ngettext("%(count)d hour", "%(count)d hours", seconds // HOUR) % {
            "count": seconds // HOUR
        }
    return ngettext("%(count)d minute", "%(count)d minutes", seconds // MINUTE) % {
        "count": seconds // MINUTE
    }
