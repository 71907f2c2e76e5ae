"""What the newest looks at the pages prove, for statements and reports: seven queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min
from wagtail.models import Locale, Page

from ..models import AuditFinding, PageAudit
from ..models.audits import PageAuditQuerySet
from .pages import auditable_pages


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """The open findings against one success criterion of WCAG 2.2.

    criterion: its number, such as "1.1.1"; "" for best practice
    findings: how many, by severity
    rules: ids of the rules that found them, by name
    pages: a few of the pages concerned
    """

    criterion: str
    findings: Mapping[str, int]
    rules: tuple[str, ...]
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the public pages of a locale, or of all.

    pages: how many were looked at; failures: how many of these could not be looked at, of which
    only older findings are known; never_audited: how many nobody has looked at yet
    oldest, newest: when the first and the last of these looks was
    engines: versions by name, of all engines that ran on some page
    findings: open ones by severity
    criteria: those with findings, by number
    not_checked: check id → reason → number of pages
    """

    pages: int
    failures: int
    never_audited: int
    oldest: datetime | None
    newest: datetime | None
    engines: Mapping[str, tuple[str, ...]]
    findings: Mapping[str, int]
    criteria: tuple[CriterionEvidence, ...]
    not_checked: Mapping[str, Mapping[str, int]]


def newest_page_audits(locale: Locale | None = None) -> PageAuditQuerySet:
    """The last look at each page that is still public."""
    return PageAudit.objects.newest().filter(page__in=auditable_pages(locale))


def evidence(locale: Locale | None = None) -> Evidence:
    """Sum up the newest looks at the public pages of a locale, or of all."""
    looks = newest_page_audits(locale)
    times = looks.aggregate(oldest=Min("checked_at"), newest=Max("checked_at"))
    engines: dict[str, set[str]] = defaultdict(set)
    not_checked: dict[str, Counter[str]] = defaultdict(Counter)
    pages = failures = 0
    for used, missing, failure in looks.values_list("engines", "not_checked", "failure"):
        pages += 1
        failures += bool(failure)
        for engine in used:
            engines[engine["name"]].add(engine["version"])
        for check, reason in missing.items():
            not_checked[check][reason] += 1
    groups = list(
        AuditFinding.objects.filter(page_audit__in=looks)
        .order_by()
        .values("criterion", "severity", "rule")
        .annotate(
            count=Count("pk"), first=Min("page_audit__page_id"), last=Max("page_audit__page_id")
        )
    )
    findings: Counter[str] = Counter()
    for group in groups:
        findings[group["severity"]] += group["count"]
    return Evidence(
        pages=pages,
        failures=failures,
        never_audited=auditable_pages(locale).count() - pages,
        engines={name: tuple(sorted(versions)) for name, versions in sorted(engines.items())},
        findings=dict(findings),
        criteria=tuple(_criteria(groups)),
        not_checked={check: dict(reasons) for check, reasons in sorted(not_checked.items())},
        **times,
    )


def _criteria(groups: Sequence[Mapping[str, Any]]) -> Iterable[CriterionEvidence]:
    pages = Page.objects.in_bulk({group[end] for group in groups for end in ("first", "last")})
    by_criterion = defaultdict(list)
    for group in groups:
        by_criterion[group["criterion"]].append(group)
    for criterion in sorted(by_criterion, key=_number):
        findings: Counter[str] = Counter()
        for group in (found := by_criterion[criterion]):
            findings[group["severity"]] += group["count"]
        ids = dict.fromkeys(group[end] for group in found for end in ("first", "last"))
        yield CriterionEvidence(
            criterion=criterion,
            findings=dict(findings),
            rules=tuple(sorted({group["rule"] for group in found})),
            pages=tuple(pages[id] for id in ids),
        )


def _number(criterion: str) -> list[int]:
    return [int(part) for part in criterion.split(".") if part]
