"""System checks: what an adopter's project still lacks for this plugin, and how to add it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import NoReverseMatch, reverse
from wagtail_localize.models import TranslationSource

from .publishing import create_or_update_translation

THAI_SLUG = "ที่นี่/"


@register(Tags.compatibility)
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        found.append(
            Error(
                "WAGTAIL_I18N_ENABLED is not True: Wagtail has only one language.",
                hint="Set WAGTAIL_I18N_ENABLED = True and list WAGTAIL_CONTENT_LANGUAGES.",
                id="localization.E001",
            )
        )
    middleware = "localization.middleware.RefusedPublicationMiddleware"
    if middleware not in settings.MIDDLEWARE:
        found.append(
            Warning(
                f"{middleware} is not in MIDDLEWARE: where the admin refuses to publish an "
                "incomplete translation, some of its pages answer 500.",
                hint=f"Add {middleware!r} to MIDDLEWARE, after MessageMiddleware.",
                id="localization.W001",
            )
        )
    return found


@register(Tags.urls)
def check_serve_pattern(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    try:
        reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return []  # pages are not served here at all, as on a headless site
    try:
        reverse("wagtail_serve", args=[THAI_SLUG])
    except NoReverseMatch:
        return [
            Warning(
                "Pages with Thai slugs answer 404: wagtail.urls does not match combining marks.",
                hint='Use include("localization.urls") in place of include(wagtail_urls).',
                id="localization.W002",
            )
        ]
    return []


@register(Tags.compatibility)
def check_publishing_is_guarded(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    if TranslationSource.create_or_update_translation is create_or_update_translation:
        return []
    return [
        Error(
            "Another app has replaced TranslationSource.create_or_update_translation: "
            "incomplete translations may be published.",
            hint="List localization after that app in INSTALLED_APPS, or leave one of them out.",
            id="localization.E002",
        )
    ]
