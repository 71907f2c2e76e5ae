"""How far findings reach: what could not be checked, what is left to people, what was mended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from wagtail.query import PageQuerySet

from ..audits.coverage import REASONS, unchecked
from ..models import PageAudit
from ..models.audits import PageAuditQuerySet
from .wording import check_name, rule_name, wording

#: More pages are not listed; a report of one page has all of it.
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Checks that could not be made on so many pages, for the same reason."""

    reason: str
    pages: int
    checks: list[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Some looks with what is told of each, and the numbers of all these pages and of the others.

    looks: the newest first, each with `told`, a list of dictionaries with `name`, `count`,
    `message` and `places`
    """

    pages: int
    looks: list[Any]

    @property
    def more(self) -> int:
        return self.pages - len(self.looks)


def reach(pages: PageQuerySet, names: Mapping[str, str]) -> dict[str, Any]:
    """How far the newest looks at these pages reach: five queries.

    pages, checked_at: how many were looked at, and when the last was; failed: looks that came to
    nothing; incomplete: number of pages where a check could not be made, and `unchecked`, which;
    left_to_people, mended: what a person must decide, and what was found by the look before only
    """
    newest = PageAudit.objects.newest().filter(page__in=pages)
    counts = newest.aggregate(
        pages=Count("pk"),
        checked_at=Max("checked_at"),
        left=Count("pk", filter=~Q(left_to_people=[])),
        mended=Count("pk", filter=~Q(mended=[])),
    )
    made = newest.filter(failure="").values_list("not_checked", flat=True)
    missing = [reasons for not_checked in made if (reasons := unchecked(not_checked))]
    return {
        "pages": counts["pages"],
        "checked_at": counts["checked_at"],
        "failed": list(newest.exclude(failure="").select_related("page__locale")),
        "incomplete": len(missing),
        "unchecked": _by_reason(missing, names),
        "left_to_people": _listed(newest, "left_to_people", counts["left"], names),
        "mended": _listed(newest, "mended", counts["mended"], names),
    }


def _by_reason(missing: list[dict[str, str]], names: Mapping[str, str]) -> list[Unchecked]:
    counted = Counter(item for reasons in missing for item in reasons.items())
    checks: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (check, reason), pages in counted.items():
        checks[reason, pages].append(check_name(check, names))
    return [
        Unchecked(str(REASONS.get(reason, reason)), pages, sorted(found))
        for (reason, pages), found in sorted(checks.items(), key=lambda item: -item[0][1])
    ]


def _listed(newest: PageAuditQuerySet, field: str, pages: int, names: Mapping[str, str]) -> Listed:
    looks: list[Any] = list(
        newest.exclude(**{field: []}).select_related("page__locale").newest_first()[:MOST_PAGES]
    )
    for look in looks:
        look.told = [_told(item, names) for item in getattr(look, field)]
    return Listed(pages, looks)


def _told(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What is stored of a mended finding, or of a rule that is left to people, in words."""
    return {
        "name": rule_name(item["rule"], names),
        "criterion": item.get("criterion", ""),
        "count": item.get("count", 1),
        "message": wording(item.get("message", {})),
        "places": item.get("places") or [item],
    }
