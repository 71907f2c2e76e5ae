"""System checks: what is set wrongly for this plugin, and how to mend it."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from shutil import which
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.management import get_commands
from django.db import connections
from selectolax.lexbor import LexborHTMLParser, SelectolaxError
from wagtail.models import Page

from . import conf
from .models import SecurityTxt
from .security_txt.expiry import expiring

MIDDLEWARE = "accessibility.middleware.GateMiddleware"
MODES = ", ".join(f'"{mode}"' for mode in conf.GATE_MODES)


@register(Tags.compatibility)
def check_gate(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found = [*_check_modes(conf.gate_setting()), *_check_content(conf.gate_content())]
    if MIDDLEWARE not in settings.MIDDLEWARE:
        found.append(
            Warning(
                f"{MIDDLEWARE} is not in MIDDLEWARE: where the admin refuses to publish a page "
                "with accessibility errors, some of its pages answer 500, and nothing is logged.",
                hint=f"Add {MIDDLEWARE!r} to MIDDLEWARE, after MessageMiddleware.",
                id="accessibility.W001",
            )
        )
    if get_commands().get("publish_scheduled") != "accessibility":
        found.append(
            Warning(
                "Another app's publish_scheduled is the one that runs: with Wagtail's, a page that "
                "is refused stops all that are due after it, and loses its schedule.",
                hint="List accessibility before the wagtail apps in INSTALLED_APPS.",
                id="accessibility.W002",
            )
        )
    return found


@register(Tags.compatibility)
def check_audits(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    chromium = conf.audit_chromium()
    if not chromium:
        return []
    if which(chromium) is None:
        return [
            Error(
                f"ACCESSIBILITY_CHROMIUM is {chromium!r}, which is no program that can be run.",
                hint='Give the path of a Chromium, such as "/usr/bin/chromium", or leave it out.',
                id="accessibility.E010",
            )
        ]
    if find_spec("playwright") is None:
        return [
            Warning(
                "ACCESSIBILITY_CHROMIUM is set, and Playwright, which drives it, is not installed: "
                "audits check nothing in a browser.",
                hint="Install the extra: pip install wagtail-sala[audit].",
                id="accessibility.W010",
            )
        ]
    return []


def _check_modes(setting: Any) -> Iterator[CheckMessage]:
    modes = setting if isinstance(setting, dict) else {conf.OTHER_TYPES: setting}
    for label, mode in modes.items():
        if label != conf.OTHER_TYPES and not _is_page_type(label):
            yield Error(
                f"ACCESSIBILITY_GATE has a mode for {label!r}, which is no type of page.",
                hint=f'Name types such as "news.ArticlePage", or "{conf.OTHER_TYPES}" for others.',
                id="accessibility.E002",
            )
        if mode not in conf.GATE_MODES:
            yield Error(
                f"ACCESSIBILITY_GATE is {setting!r}, but {mode!r} is no mode of the gate.",
                hint=f"Use one of {MODES}, or a dictionary of page types and modes.",
                id="accessibility.E001",
            )


def _check_content(selector: Any) -> Iterator[CheckMessage]:
    try:
        LexborHTMLParser("").css(selector)
    except (SelectolaxError, TypeError):
        yield Error(
            f"ACCESSIBILITY_GATE_CONTENT is {selector!r}, which is no CSS selector.",
            hint='Name the element that holds what editors write, such as "main".',
            id="accessibility.E003",
        )


def _is_page_type(label: Any) -> bool:
    try:
        return issubclass(apps.get_model(label), Page)
    except (LookupError, ValueError, AttributeError):
        return False


# --- The statement and its feedback ---------------------------------------------------------------

#: The settings that are numbers, and the smallest that each may be.
NUMBERS = {
    "ACCESSIBILITY_AUDIT_MAX_AGE": (conf.audit_max_age, 1),
    "ACCESSIBILITY_FEEDBACK_DEADLINE": (conf.feedback_deadline, 1),
    "ACCESSIBILITY_FEEDBACK_LIMIT": (conf.feedback_limit, 1),
    "ACCESSIBILITY_FEEDBACK_LIMIT_ALL": (conf.feedback_limit_all, 1),
    "ACCESSIBILITY_TRUSTED_PROXIES": (conf.trusted_proxies, 0),
}


@register(Tags.compatibility)
def check_statement(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} is {setting()!r}, but must be a whole number.",
            hint=f"Write {smallest} or more, without quotation marks.",
            id="accessibility.E020",
        )
        for name, (setting, smallest) in NUMBERS.items()
        if type(setting()) is not int or setting() < smallest
    ]


# --- security.txt -------------------------------------------------------------------------------


@register(Tags.database)
def check_security_txt(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Runs in `migrate` and `check --database default`, from Django 6.1 on in every `check`.

    Never an error, which would keep a site from being deployed.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        # Before the first migration there is no table.
        if SecurityTxt._meta.db_table not in connections[alias].introspection.table_names():
            continue
        for record in expiring().using(alias):
            state = "has expired and is not served" if record.is_expired else "expires soon"
            found.append(
                Warning(
                    f"The security.txt of {record.site.hostname} {state}: "
                    f"{record.expires:%Y-%m-%d}.",
                    hint="Check it in the admin, Settings → security.txt, and give it a new day.",
                    id="accessibility.W003",
                )
            )
    return found
