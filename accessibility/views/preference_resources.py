"""What browsers and headless front ends fetch: stylesheet, script and design tokens."""

import json
from functools import cache
from typing import TypedDict

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.coreutils import get_content_languages

from .. import preferences
from ..http import conditional, digest, for_any_origin, require_safe_from_any_origin


class ChoiceTokens(TypedDict):
    value: str
    label: dict[str, str]
    properties: dict[str, str]
    css: str


class PreferenceTokens(TypedDict):
    name: str
    label: dict[str, str]
    help: dict[str, str]
    default: str
    choices: list[ChoiceTokens]


class CookieTokens(TypedDict):
    name: str
    version: str
    format: str
    example: str
    path: str
    same_site: str
    max_age: int


class Tokens(TypedDict):
    """The design tokens. Labels are by language code; `properties` belong on `:root`."""

    languages: dict[str, str]
    cookie: CookieTokens
    preferences: list[PreferenceTokens]


@cache
def _script(stylesheet: str) -> str:
    table = {
        "cookie": preferences.COOKIE_NAME,
        "version": preferences.COOKIE_VERSION,
        "stylesheet": stylesheet,
        "preferences": [
            {
                "name": preference.name,
                "choices": [
                    {"value": choice.value, "css": preferences.choice_css(preference, choice)}
                    for choice in preference.choices
                ],
            }
            for preference in preferences.PREFERENCES
        ],
    }
    return render_to_string(
        "accessibility/preferences_head.js",
        {"table": json.dumps(table, ensure_ascii=False, separators=(",", ":"))},
    )


def script() -> str:
    """Return the script of the head, with the table of preferences in it."""
    return _script(reverse("accessibility:preferences_stylesheet"))


def script_address() -> str:
    """Return where the script lies; the address changes with its content."""
    return reverse("accessibility:preferences_script", args=[digest(script().encode())])


@require_safe
def preferences_script(request: HttpRequest, fingerprint: str) -> HttpResponseBase:
    """The script of the head. Kept for a year, except at an address of an older one."""
    content = script()
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    # A page from a cache may still ask for yesterday's: it gets today's, and nobody keeps it.
    current = fingerprint == digest(content.encode())
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if current else "public, no-cache"
    )
    return conditional(request, response)


@require_safe
def preferences_stylesheet(request: HttpRequest) -> HttpResponseBase:
    """The reader's own stylesheet, written from the cookie, for browsers without scripts."""
    choices = preferences.decode(request.COOKIES.get(preferences.COOKIE_NAME))
    response = HttpResponse(preferences.stylesheet(choices), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return conditional(request, response)


def _in_each_language(label: object) -> dict[str, str]:
    labels = {}
    for code in get_content_languages():
        with override(code):
            labels[code] = str(label)
    return labels


def tokens(address: preferences.Address) -> Tokens:
    """Return all that a headless front end needs to offer and apply the same preferences.

    `address` says where a font lies, for a page of any origin.
    """
    example = preferences.decode("1.text_size-125.theme-dark")
    return {
        "languages": {code: str(name) for code, name in get_content_languages().items()},
        "cookie": {
            "name": preferences.COOKIE_NAME,
            "version": preferences.COOKIE_VERSION,
            "format": "<version>.<name>-<value>.<name>-<value>…, without the defaults",
            "example": preferences.encode(example),
            "path": "/",
            "same_site": "Lax",
            "max_age": preferences.COOKIE_MAX_AGE,
        },
        "preferences": [
            {
                "name": preference.name,
                "label": _in_each_language(preference.label),
                "help": _in_each_language(preference.help),
                "default": preference.default,
                "choices": [
                    {
                        "value": choice.value,
                        "label": _in_each_language(choice.label),
                        "properties": dict(choice.properties),
                        "css": choice.css(address),
                    }
                    for choice in preference.choices
                ],
            }
            for preference in preferences.PREFERENCES
        ],
    }


@require_safe_from_any_origin
def preferences_tokens(request: HttpRequest) -> HttpResponseBase:
    """The design tokens as JSON, for any origin to read: they are the same for everybody."""

    def address(path: str) -> str:
        return request.build_absolute_uri(static(path))

    response = JsonResponse(tokens(address), json_dumps_params={"ensure_ascii": False})
    return conditional(request, for_any_origin(response, max_age=3600))
