"""Store a look at a page, compared with the look before: what is new, known, mended."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page

from ..models import Audit, AuditFinding, PageAudit
from .coverage import AXE_CHECK, check_of
from .doubles import without_doubles
from .findings import Look, fingerprints


def store(audit: Audit, page: Page, url: str, look: Look) -> PageAudit | None:
    """Store a look as the newest of its page. Returns None when the page has been deleted.

    What was known, and belongs to a check that could not be made this time, is neither found nor
    mended: it is carried over, and stays open until a look that could see it does not.
    """
    with transaction.atomic():
        # Two audits of one page wait for each other here.
        if not Page.objects.select_for_update().filter(pk=page.pk).exists():
            return None
        previous = PageAudit.objects.newest().filter(page=page).first()
        known = {item.fingerprint: item for item in previous.findings.all()} if previous else {}
        PageAudit.objects.newest().filter(page=page).update(is_newest=False)
        made = fingerprints(look.found)
        again = set(made)
        gone = [item for fingerprint, item in known.items() if fingerprint not in again]
        # What a content rule says by now is not mended.
        gone = without_doubles(gone, look.found, look.html)
        carried = [item for item in gone if not _was_checked(item, look)]
        page_audit = PageAudit.objects.create(
            audit=audit,
            page=page,
            revision_id=page.live_revision_id,
            locale_id=page.locale_id,
            url=url,
            engines=look.engines,
            not_checked=look.not_checked,
            left_to_people=_left_to_people(look, previous),
            failure=look.failure,
            mended=[_as_dict(item) for item in gone if item not in carried],
        )
        now = page_audit.checked_at
        findings = [
            AuditFinding(
                page_audit=page_audit,
                rule=item.rule,
                severity=item.severity,
                criterion=item.criterion,
                engine=item.engine,
                engine_version=item.engine_version,
                selector=item.selector,
                excerpt=item.excerpt,
                message=dict(item.message),
                remedy=dict(item.remedy),
                fingerprint=fingerprint,
                state=AuditFinding.State.KNOWN if fingerprint in known else AuditFinding.State.NEW,
                first_found_at=known[fingerprint].first_found_at if fingerprint in known else now,
            )
            for item, fingerprint in zip(look.found, made, strict=True)
        ]
        AuditFinding.objects.bulk_create([*findings, *_carry_over(carried, page_audit)])
    return page_audit


def _was_checked(finding: AuditFinding, look: Look) -> bool:
    check = check_of(finding.engine, finding.rule)
    return check not in look.not_checked and finding.rule not in look.not_checked


def _left_to_people(look: Look, previous: PageAudit | None) -> list[dict[str, Any]]:
    """Without axe-core, what it left to people the last time is still theirs."""
    if previous and AXE_CHECK in look.not_checked:
        return previous.left_to_people
    return look.left_to_people


def _carry_over(findings: Iterable[AuditFinding], page_audit: PageAudit) -> Iterable[AuditFinding]:
    for finding in findings:
        finding.pk = None
        finding._state.adding = True
        finding.page_audit = page_audit
        finding.state = AuditFinding.State.UNCHECKED
        yield finding


def _as_dict(finding: AuditFinding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "criterion": finding.criterion,
        "engine": finding.engine,
        "selector": finding.selector,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "first_found_at": finding.first_found_at.isoformat(),
    }
