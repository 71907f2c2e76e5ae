"""Findings for the demo site, whose pages have none: what the reports show must be seen.

`site.manage("shell", "-c", "from tests.browser.findings import plant; plant()")`
"""

from datetime import timedelta
from itertools import cycle, islice

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from accessibility.models import AuditFinding
from accessibility.rules import RULES
from tests.factories import AuditFactory, AuditFindingFactory, PageAuditFactory

#: The ages of the looks in days, and how many findings each look has on the worst page.
LOOKS = {45: 9, 24: 11, 12: 6, 3: 4}


def plant() -> None:
    """Looks at every live page, with findings of every rule, fewer from look to look."""
    owner = get_user_model().objects.get(username="editor")
    rules = cycle(RULES)
    for age, most in LOOKS.items():
        day = timezone.now() - timedelta(days=age)
        audit = AuditFactory(started_at=day, ended_at=day)
        pages = Page.objects.live().filter(depth__gt=1, alias_of=None).order_by("pk")
        for number, page in enumerate(pages):
            if number % 3 == 0:
                Page.objects.filter(pk=page.pk).update(owner=owner)
            look = PageAuditFactory(
                audit=audit,
                page=page,
                url=page.full_url,
                checked_at=day,
                not_checked={"reflow": "no-browser"},
                mended=[{"rule": "image-alt-missing"}] * (number % 3 == 1),
                failure="The browser died." if number == 4 and age == min(LOOKS) else "",
            )
            for rule in islice(rules, (most - number) % most):
                example = rule.fails[0]
                finding = RULES.check(example.html, example.lang)[0]
                AuditFindingFactory(
                    page_audit=look,
                    rule=rule.id,
                    severity=rule.severity,
                    criterion=rule.criterion,
                    selector=f"main > div:nth-of-type(2) > {finding.selector}",
                    excerpt=finding.excerpt,
                    message=rule.message.as_dict(),
                    remedy=rule.remedy.as_dict(),
                    state=AuditFinding.State.NEW if number % 2 else AuditFinding.State.KNOWN,
                    first_found_at=day - timedelta(days=number),
                )
