"""Names of rules and stored messages in the language of the admin."""

from collections.abc import Mapping

from django.utils.translation import get_language

from ..audits import findings
from ..audits.browser.rules import BROWSER_RULES
from ..audits.coverage import CHECK_NAMES
from ..editor.checker import axe_locale
from ..ruleset import site_rules


def rule_names() -> dict[str, str]:
    """What rules are called, by their id; see `rule_name` for those that are not among them."""
    language = (get_language() or "en").split("-")[0]
    axe = axe_locale(language).get("rules", {})
    return {
        **{id: texts["help"] for id, texts in axe.items()},
        **{id: rule.name.in_language(language) for id, rule in BROWSER_RULES.items()},
        **{id: rule.name.in_language(language) for id, rule in site_rules().rules.items()},
    }


def rule_name(id: str, names: Mapping[str, str]) -> str:
    """A rule's name; made from its id where an engine gives no name in this language."""
    return names.get(id) or id.replace("-", " ").capitalize()


def check_name(id: str, names: Mapping[str, str]) -> str:
    """The name of what stands in `PageAudit.not_checked`: of a set of rules, or of a rule."""
    return str(CHECK_NAMES.get(id) or rule_name(id, names))


def wording(texts: Mapping[str, str]) -> str:
    """A stored text in the language of the admin, in English where there is no other."""
    language = (get_language() or "en").split("-")[0]
    return findings.wording(texts, language)
