"""Settings of this plugin beside their defaults, read at call time."""

from collections.abc import Callable
from typing import Any, Literal

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

GateMode = Literal["block", "warn", "off"]
GATE_MODES: tuple[GateMode, ...] = ("block", "warn", "off")
#: In a dictionary of modes: every page type that is not named.
OTHER_TYPES = "*"


#: Languages in which rules are worded.
MESSAGE_LANGUAGES = ("th", "en")


def message_language() -> str:
    """The language of commands that are told of none: the site's own, else English."""
    language = settings.LANGUAGE_CODE.split("-")[0]
    return language if language in MESSAGE_LANGUAGES else "en"


# --- The gate -----------------------------------------------------------------------------------


def gate_setting() -> Any:
    """ACCESSIBILITY_GATE: a mode, or modes by page type. `checks` refuses anything else."""
    return getattr(settings, "ACCESSIBILITY_GATE", "block")


def gate_mode(model: type[models.Model]) -> GateMode:
    """What happens when a page of this type is published with accessibility errors.

    "block" refuses it, "warn" lets it out with a message, "off" does not look.
    """
    setting = gate_setting()
    if not isinstance(setting, dict):
        return setting
    modes = {label.lower(): mode for label, mode in setting.items()}
    return modes.get(model._meta.label_lower, modes.get(OTHER_TYPES, "block"))


def gate_content() -> str:
    """ACCESSIBILITY_GATE_CONTENT: CSS selector of what editors write on a page.

    Findings outside it, in header and footer, are no reason to refuse a page.
    """
    return getattr(settings, "ACCESSIBILITY_GATE_CONTENT", "main")


# --- Audits -------------------------------------------------------------------------------------


def audit_chromium() -> str:
    """ACCESSIBILITY_CHROMIUM: path of the Chromium that audits use; "" for none."""
    return getattr(settings, "ACCESSIBILITY_CHROMIUM", "")


def audit_on_publish() -> bool:
    """ACCESSIBILITY_AUDIT_ON_PUBLISH: whether each published page is audited in the background."""
    return getattr(settings, "ACCESSIBILITY_AUDIT_ON_PUBLISH", True)


# --- The statement and its feedback ---------------------------------------------------------------


def audit_max_age() -> int:
    """ACCESSIBILITY_AUDIT_MAX_AGE: days after which the audit of a page proves nothing any more."""
    return getattr(settings, "ACCESSIBILITY_AUDIT_MAX_AGE", 90)


def feedback_deadline() -> int:
    """ACCESSIBILITY_FEEDBACK_DEADLINE: working days within which readers get an answer."""
    return getattr(settings, "ACCESSIBILITY_FEEDBACK_DEADLINE", 10)


def feedback_limit() -> int:
    """ACCESSIBILITY_FEEDBACK_LIMIT: messages that may come from one network within an hour.

    Counted in the cache; where each process has its own, each counts for itself.
    """
    return getattr(settings, "ACCESSIBILITY_FEEDBACK_LIMIT", 10)


def feedback_limit_all() -> int:
    """ACCESSIBILITY_FEEDBACK_LIMIT_ALL: messages that may come from all readers within an hour."""
    return getattr(settings, "ACCESSIBILITY_FEEDBACK_LIMIT_ALL", 100)


def trusted_proxies() -> int:
    """ACCESSIBILITY_TRUSTED_PROXIES: how many proxies in a row stand before the site.

    Each has added the address it was asked from to X-Forwarded-For. 0: that header is not read.
    """
    return getattr(settings, "ACCESSIBILITY_TRUSTED_PROXIES", 0)


# --- Policies -----------------------------------------------------------------------------------


def review_reminder() -> int:
    """ACCESSIBILITY_REVIEW_REMINDER: how many days beforehand editors are reminded.

    Of the review of a policy, and of the day on which security.txt expires.
    """
    return getattr(settings, "ACCESSIBILITY_REVIEW_REMINDER", 30)


def log_days() -> int | None:
    """ACCESSIBILITY_LOG_DAYS: how many days the operator keeps logs, for the security policy."""
    return getattr(settings, "ACCESSIBILITY_LOG_DAYS", None)


# --- Search -------------------------------------------------------------------------------------


def search_segmenter() -> Callable[[str], str] | None:
    """ACCESSIBILITY_SEARCH_SEGMENTER: dotted path of what puts spaces between words, or none.

    Needed where policies are in a language without spaces, such as Thai.
    """
    path: str = getattr(settings, "ACCESSIBILITY_SEARCH_SEGMENTER", "")
    return import_string(path) if path else None
