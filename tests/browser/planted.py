"""What the panels of the admin have to show, for the demo site, whose pages are in order.

`site.manage("shell", "-c", "from tests.browser.planted import plant; print(plant())")`
"""

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from accessibility.models import Audit, AuditFinding, GateOverride, PolicyPage
from accessibility.rules import RULES
from newsroom.models import NewsArticlePage
from tests.factories import AuditFactory, AuditFindingFactory, PageAuditFactory

#: The ages of the looks in days, and how many findings each look has on the worst page.
LOOKS = {45: 9, 24: 11, 12: 6, 3: 4}


#: Read out in a Thai voice where it is not marked as English (WCAG 3.1.2).
SENTENCE = "All citizens may apply at any office of the agency before the end of the year."


LEFT_TO_PEOPLE: dict[str, Any] = {
    "rule": "color-contrast",
    "criterion": "1.4.3",
    "count": 2,
    "places": [{"selector": "main > p:nth-child(2)", "excerpt": '<p class="over-a-picture">'}],
}


def plant() -> dict[str, int]:
    """Something for every panel. Returns ids of the pages concerned: {"article": 12, …}"""
    articles = NewsArticlePage.objects.live().filter(locale__language_code="th").order_by("pk")
    plain, refused, overridden = articles[:3]
    draft = refused.get_latest_revision_as_object()
    draft.introduction = SENTENCE
    draft.save_revision()
    override(overridden)
    translation = NewsArticlePage.objects.live().filter(
        locale__language_code="en", alias_of=None, translation_key=plain.translation_key
    )
    policy = PolicyPage.objects.live().first()
    PolicyPage.objects.update(review_date=timezone.localdate() + timedelta(days=3))
    look_at_pages()
    return {
        "article": plain.pk,
        "refused": refused.pk,
        "overridden": overridden.pk,
        "translation": translation.get().pk,
        "policy": policy.pk,
    }


def override(page: Page) -> None:
    GateOverride.objects.create(
        page=page,
        revision=page.latest_revision,
        content_hash="0" * 64,
        reason="The flood warning could not wait. It is mended on Monday.",
        findings=[{"rule": "language-unmarked"}],
        user=get_user_model().objects.get(username="moderator"),
    )


def look_at_pages() -> None:
    """Looks at every live page, with findings of every rule, fewer from look to look."""
    # Those that were made when the demo was published are newer, and found nothing.
    Audit.objects.all().delete()
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
                not_checked={"reflow": "no-browser", LEFT_TO_PEOPLE["rule"]: "needs-person"},
                left_to_people=[LEFT_TO_PEOPLE],
                mended=[{"rule": "image-alt-missing"}] * (number % 3 == 1),
                failure="The browser died." if number == 4 and age == min(LOOKS) else "",
            )
            for rule in islice(rules, (most - number) % most):
                example = rule.fails[0]
                found = {
                    language: next(
                        finding
                        for finding in RULES.check(
                            example.html, example.lang, message_lang=language
                        )
                        if finding.rule == rule.id
                    )
                    for language in ("en", "th")
                }
                finding = found["en"]
                AuditFindingFactory(
                    page_audit=look,
                    rule=rule.id,
                    severity=rule.severity,
                    criterion=rule.criterion,
                    selector=finding.selector.replace("body", "main"),
                    excerpt=finding.excerpt,
                    message={language: said.message for language, said in found.items()},
                    remedy={language: said.remedy for language, said in found.items()},
                    state=AuditFinding.State.NEW if number % 2 else AuditFinding.State.KNOWN,
                    first_found_at=day - timedelta(days=number),
                )
