"""What the newest looks at the pages prove, for statements and reports: five queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from ..models import AuditFinding, PageAudit
from ..models.audits import PageAuditQuerySet, Severity
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
class EngineEvidence:
    """An engine, its versions, and the number of pages on which it ran to its end."""

    name: str
    versions: tuple[str, ...]
    pages: int

    @property
    def label(self) -> str:
        """Name and versions: "axe-core 4.14.1"."""
        return f"{self.name} {' / '.join(self.versions)}"


class Look(NamedTuple):
    """The newest look at a page, which was last published at `published_at`.

    page: its id
    not_checked: why checks were not made, by their ids
    """

    page: int
    checked_at: datetime
    published_at: datetime | None
    failure: str
    not_checked: Mapping[str, str]
    has_errors: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the public pages of a locale and of a site, or of all.

    pages: how many were looked at; failures: how many of these could not be looked at, of which
    only older findings are known; never_audited: how many nobody has looked at yet
    oldest, newest: when the first and the last of these looks was
    engines: all that ran on some page, by name
    findings: open ones by severity
    criteria: those with findings, by number
    not_checked: check id → reason → number of pages
    looks: the newest at each page, the latest first
    """

    pages: int
    failures: int
    never_audited: int
    oldest: datetime | None
    newest: datetime | None
    engines: tuple[EngineEvidence, ...]
    findings: Mapping[str, int]
    criteria: tuple[CriterionEvidence, ...]
    not_checked: Mapping[str, Mapping[str, int]]
    looks: tuple[Look, ...] = ()


def newest_page_audits(pages: PageQuerySet) -> PageAuditQuerySet:
    """The last look at each of these pages."""
    return PageAudit.objects.newest().filter(page__in=pages)


def evidence(locale: Locale | None = None, site: Site | None = None) -> Evidence:
    """Sum up the newest looks at the public pages of a locale and of a site, or of all."""
    public = auditable_pages(locale, site)
    newest = newest_page_audits(public)
    errors = AuditFinding.objects.filter(page_audit=OuterRef("pk"), severity=Severity.ERROR)
    looks: list[Look] = []
    engines: list[Sequence[Mapping[str, str]]] = []
    not_checked: dict[str, Counter[str]] = defaultdict(Counter)
    for used, *look in newest.values_list(
        "engines",
        "page_id",
        "checked_at",
        "page__last_published_at",
        "failure",
        "not_checked",
        Exists(errors),
    ):
        looks.append(Look(*look))
        engines.append(used)
        for check, reason in looks[-1].not_checked.items():
            not_checked[check][reason] += 1
    groups = list(
        AuditFinding.objects.filter(page_audit__in=newest)
        .order_by()
        .values("criterion", "severity", "rule")
        .annotate(
            count=Count("pk"), first=Min("page_audit__page_id"), last=Max("page_audit__page_id")
        )
    )
    findings: Counter[str] = Counter()
    for group in groups:
        findings[group["severity"]] += group["count"]
    times = [look.checked_at for look in looks]
    return Evidence(
        pages=len(looks),
        failures=sum(bool(look.failure) for look in looks),
        never_audited=public.count() - len(looks),
        oldest=min(times, default=None),
        newest=max(times, default=None),
        engines=tuple(_engines(engines)),
        findings=dict(findings),
        criteria=tuple(_criteria(groups)),
        not_checked={check: dict(reasons) for check, reasons in sorted(not_checked.items())},
        looks=tuple(looks),
    )


def _engines(looks: Iterable[Sequence[Mapping[str, str]]]) -> Iterable[EngineEvidence]:
    versions: dict[str, set[str]] = defaultdict(set)
    pages: Counter[str] = Counter()
    for engines in looks:
        for engine in engines:
            versions[engine["name"]].add(engine["version"])
        pages.update({engine["name"] for engine in engines})
    for name, of in sorted(versions.items()):
        yield EngineEvidence(name, tuple(sorted(of)), pages[name])


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
