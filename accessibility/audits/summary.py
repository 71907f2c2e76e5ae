"""Audits as text for people at a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ..models import AuditFinding, PageAudit
from ..models.audits import Severity
from .coverage import reason
from .findings import wording


def audit_text(page_audits: Iterable[PageAudit], message_lang: str) -> str:
    """What was found, page by page, what was mended, what was not checked; all in one language.

    Only why a page could not be looked at is quoted as it is stored, in English.
    """
    looks = list(page_audits)
    with override(message_lang):
        pages = (line for look in looks for line in _page(look, message_lang))
        return "\n".join([*pages, *_not_checked(looks, message_lang), *_numbers(looks)])


def _page(look: PageAudit, lang: str) -> Iterator[str]:
    findings = look.findings.all()
    if findings or look.failure or look.mended:
        yield look.url
    if look.failure:
        yield "  " + _("could not be looked at: %(failure)s") % {"failure": look.failure}
    for finding in findings:
        yield from _finding(finding, lang)
    for mended in look.mended:
        yield from _mended(mended)


def _finding(finding: AuditFinding, lang: str) -> Iterator[str]:
    severity, state = finding.get_severity_display(), finding.get_state_display()
    about = f"{_criterion(finding.criterion)}, {finding.engine}, {state.lower()}"
    yield f"  {severity.lower()} {finding.rule} ({about})"
    yield f"    {finding.selector}"
    yield f"    {finding.excerpt}"
    yield f"    {wording(finding.message, lang)} {wording(finding.remedy, lang)}"


def _mended(mended: Mapping[str, Any]) -> Iterator[str]:
    about = f"{_criterion(mended['criterion'])}, {mended['engine']}"
    yield "  " + _("mended: %(what)s") % {"what": f"{mended['rule']} ({about})"}
    yield f"    {mended['selector']}"


def _criterion(number: str) -> str:
    return f"WCAG {number}" if number else _("best practice")


def _not_checked(looks: Iterable[PageAudit], lang: str) -> Iterator[str]:
    missing = Counter(item for look in looks for item in look.not_checked.items())
    for (check, code), pages in sorted(missing.items()):
        text = ngettext(
            "not checked on %(pages)s page: %(check)s, because %(reason)s",
            "not checked on %(pages)s pages: %(check)s, because %(reason)s",
            pages,
        )
        yield text % {"pages": pages, "check": check, "reason": reason(code, lang)}


def _numbers(looks: Iterable[PageAudit]) -> Iterator[str]:
    looks = list(looks)
    yield _("pages: %(pages)s, could not be looked at: %(failures)s, mended: %(mended)s") % {
        "pages": len(looks),
        "failures": sum(bool(look.failure) for look in looks),
        "mended": sum(len(look.mended) for look in looks),
    }
    counts = Counter(finding.severity for look in looks for finding in look.findings.all())
    yield ", ".join(f"{str(item.label).lower()}: {counts[item]}" for item in Severity)
