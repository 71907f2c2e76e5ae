"""Settings of this plugin beside their defaults, read at call time."""

from django.conf import settings

from .thai import SLUG_MAX_LENGTH


def thai_digits() -> bool:
    """LOCALIZATION_THAI_DIGITS: dates and numbers for Thai readers in ๐–๙ instead of 0–9."""
    return getattr(settings, "LOCALIZATION_THAI_DIGITS", False)


def slug_max_length() -> int:
    """LOCALIZATION_SLUG_MAX_LENGTH: characters of a suggested slug; a typed one may be longer."""
    return getattr(settings, "LOCALIZATION_SLUG_MAX_LENGTH", SLUG_MAX_LENGTH)
