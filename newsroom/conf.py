"""Settings of this plugin beside their defaults, read at call time."""

from django.conf import settings
from django.utils.module_loading import import_string


def trusted_proxies() -> int:
    """NEWSROOM_TRUSTED_PROXIES: how many proxies in a row stand before the site.

    The reader's address is that many entries from the right of X-Forwarded-For; with 0 the header
    is not believed, for anybody can send it.
    """
    return getattr(settings, "NEWSROOM_TRUSTED_PROXIES", 0)


def audience_interval() -> float:
    """NEWSROOM_AUDIENCE_INTERVAL: seconds between two writes of the counts.

    With 0 each view is written before it is answered.
    """
    return getattr(settings, "NEWSROOM_AUDIENCE_INTERVAL", 1.0)


def audience_views_per_minute() -> int:
    """NEWSROOM_AUDIENCE_VIEWS_PER_MINUTE: more views of one page by one visitor are not counted."""
    return getattr(settings, "NEWSROOM_AUDIENCE_VIEWS_PER_MINUTE", 60)


def api_renditions() -> tuple[str, ...]:
    """NEWSROOM_API_RENDITIONS: filters of the smaller pictures in the API, from small to large.

    The defaults are those that the templates use, so that no picture is made twice.
    """
    return getattr(
        settings,
        "NEWSROOM_API_RENDITIONS",
        ("width-480|format-webp", "width-800|format-webp", "width-1200|format-webp"),
    )


def publisher(language_code: str) -> str:
    """NEWSROOM_PUBLISHER: the dotted path of a function that names the publisher in a language.

    Feeds give this name; without the setting, they give the name of Wagtail's site.
    """
    path = getattr(settings, "NEWSROOM_PUBLISHER", None)
    return import_string(path)(language_code) if path else ""
