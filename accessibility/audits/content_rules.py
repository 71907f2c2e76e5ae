"""The engine that needs no browser: the content rules, on the HTML as it is served."""

from importlib.metadata import version

from ..ruleset import silenced_rules, site_rules
from .coverage import BROWSER, CONTENT_RULES, LANGUAGE_RULES
from .findings import Found, Look


def look_by_rules(html: str, language: str) -> Look:
    """What this site's rules find in a page, header and footer included.

    A rule that is silenced has checked nothing: it proves neither conformance nor that something
    is mended.
    """
    engine = {"name": CONTENT_RULES, "version": version("wagtail-sala")}
    return Look(
        found=_found(html, language, **engine),
        engines=[engine],
        not_checked={rule.id: "silenced" for rule in silenced_rules() if rule.in_force},
    )


def rendered_language(html: str, language: str, browser_version: str) -> list[Found]:
    """Text in the wrong language in what a browser has made of the page (WCAG 3.1.2)."""
    found = _found(html, language, BROWSER, browser_version)
    return [item for item in found if item.rule in LANGUAGE_RULES]


def _found(html: str, language: str, name: str, version: str) -> list[Found]:
    rules = site_rules()
    english = rules.check(html, language, page=True, message_lang="en")
    thai = rules.check(html, language, page=True, message_lang="th") if english else []
    return [
        Found(
            rule=finding.rule,
            severity=finding.severity,
            criterion=finding.criterion,
            engine=name,
            engine_version=version,
            selector=finding.selector,
            excerpt=finding.excerpt,
            message={"en": finding.message, "th": in_thai.message},
            remedy={"en": finding.remedy, "th": in_thai.remedy},
        )
        for finding, in_thai in zip(english, thai, strict=True)
    ]
