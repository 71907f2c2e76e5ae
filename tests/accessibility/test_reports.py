"""The report of findings: what the newest looks found, for those whose pages they are."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from accessibility.models import AuditFinding, PageAudit
from accessibility.reports import reach
from accessibility.rules import RULES
from home.models import ContentPage
from newsroom.models import NewsArticlePage
from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

IMAGE = RULES.rules["image-alt-missing"]
FINDINGS = "accessibility_reports:findings"


def ago(**time) -> timezone.datetime:
    return timezone.now() - timedelta(**time)


@pytest.fixture
def article(bilingual_site, editor):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="ประกาศเรื่องน้ำท่วม",
        owner=editor,
    )


@pytest.fixture
def translation(article):
    return factories.translate(article, title="Notice of floods", slug="floods")


@pytest.fixture
def reader(client, moderator):
    """A moderator with an English admin, signed in: may read of every page."""
    say_in_english(moderator)
    client.force_login(moderator)
    return client


def report(client, name=FINDINGS, **query) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def look_at(page, *rules, **values):
    return factories.PageAuditFactory(page=page, findings=rules, **values)


# --- What it lists


def test_a_finding_is_told_with_its_rule_its_place_and_how_to_mend_it(reader, article):
    look_at(article, "image-alt-missing")
    html = report(reader)
    assert IMAGE.name.en in html
    assert "The image has no alternative." in html
    assert "Say what it shows." in html
    assert "WCAG 1.1.1" in html
    assert "main &gt; img" in html
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[article.pk])}"' in html


def test_it_speaks_the_language_of_the_admin(client, moderator, article):
    look_at(article, "image-alt-missing")
    client.force_login(moderator)
    html = report(client)
    assert IMAGE.name.th in html
    assert "รูปภาพไม่มีข้อความทดแทน" in html
    assert "The image has no alternative." not in html


def test_a_rule_of_another_engine_is_named_too(reader, article):
    look_at(article, "color-contrast-enhanced")
    assert "Color contrast enhanced" in report(reader)


def test_only_the_newest_look_counts(reader, article):
    look_at(article, "link-text-vague", checked_at=ago(days=2))
    look_at(article, "image-alt-missing")
    html = report(reader)
    assert IMAGE.name.en in html
    assert RULES.rules["link-text-vague"].name.en not in html


def test_a_page_that_nobody_can_read_any_more_is_not_listed(reader, article):
    look_at(article, "image-alt-missing")
    article.unpublish()
    assert "Nothing to mend" in report(reader)


def test_errors_come_first(reader, article, translation):
    look = look_at(translation)
    for severity in ("advice", "error", "warning"):
        factories.AuditFindingFactory(page_audit=look, severity=severity, selector=f"#{severity}")
    html = report(reader)
    assert html.index("#error") < html.index("#warning") < html.index("#advice")
    html = report(reader, ordering="-rank")
    assert html.index("#advice") < html.index("#warning") < html.index("#error")


def test_it_says_how_far_the_checks_reach(reader, article, translation):
    look_at(article, not_checked={"reflow": "no-browser"})
    look_at(translation, failure="The browser died.")
    html = report(reader)
    assert "2 pages, most recently on" in html
    assert "On 1 page, some checks could not be made." in html
    assert "On 1 page, because no Chromium is configured (ACCESSIBILITY_CHROMIUM):" in html
    assert "1 page could not be looked at" in html
    assert "The browser died." in html


def test_it_says_which_checks_were_not_made_on_how_many_pages_and_why(reader, article, translation):
    left = {"color-contrast": "needs-person"}
    look_at(article, not_checked={"axe": "timeout", "content-rules": "timeout", **left})
    look_at(translation, not_checked={"axe": "timeout", "link-text-vague": "silenced"})
    html = report(reader)
    assert "On 2 pages, some checks could not be made." in html
    assert "On 2 pages, because the page took too long: axe-core</li>" in html
    assert "On 1 page, because the page took too long: Content rules</li>" in html
    vague = RULES.rules["link-text-vague"].name.en
    assert f"On 1 page, because this site has silenced the rule: {vague}</li>" in html


LEFT = {
    "rule": "color-contrast",
    "criterion": "1.4.3",
    "count": 12,
    "places": [{"selector": "#banner", "excerpt": '<p id="banner">'}],
}


def test_what_is_left_to_people_is_no_check_that_was_missed(reader, article, translation):
    left = {"not_checked": {"color-contrast": "needs-person"}, "left_to_people": [LEFT]}
    look_at(article, **left)
    html = report(reader)
    assert "some checks could not be made" not in html
    assert "On 1 page, something is left to people." in html
    assert "(12 places)" in html
    assert "#banner" not in html
    assert "Nothing to mend" in html
    html = report(reader, page_audit__page=article.pk)
    assert "<code>#banner</code>" in html
    assert "&lt;p id=&quot;banner&quot;&gt;" in html
    assert "left to people" not in report(reader, page_audit__page=translation.pk)


def test_what_was_mended_since_the_look_before_is_shown_with_its_place(
    reader, article, translation
):
    message = {"en": "The image has no alternative.", "th": "รูปภาพไม่มีข้อความทดแทน"}
    gone = {"rule": "image-alt-missing", "criterion": "1.1.1", "selector": "#gone"}
    look_at(article, checked_at=ago(days=2), mended=[{**gone, "selector": "#long-ago"}])
    look_at(article, mended=[{**gone, "excerpt": "<img>", "message": message}])
    html = " ".join(report(reader).split())
    assert "Mended since the look before, on 1 page<" in html
    assert IMAGE.name.en in html
    assert "The image has no alternative." in html
    assert "<code>#gone</code>" in html
    assert "#long-ago" not in html
    assert "#gone" not in report(reader, page_audit__page=translation.pk)


def test_no_more_than_fifty_pages_are_listed_at_once(reader, article, monkeypatch):
    monkeypatch.setattr(reach, "MOST_PAGES", 1)
    for page in (article, factories.NewsArticlePageFactory(parent=article.get_parent())):
        look_at(page, left_to_people=[LEFT])
    html = report(reader)
    assert html.count("(12 places)") == 1
    assert "And 1 more page." in html


def test_markup_of_the_page_stays_text(reader, article):
    look = look_at(article)
    factories.AuditFindingFactory(
        page_audit=look, excerpt="<script>alert(1)</script>", message={"en": "<script>alert(2)"}
    )
    html = report(reader)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_reports_lead_to_each_other(reader, article):
    names = ("findings", "left_to_people", "translations", "trend")
    addresses = [reverse(f"accessibility_reports:{name}") for name in names]
    addresses.append(reverse("accessibility_gate:overrides"))
    for address in addresses:
        html = reader.get(address).content.decode()
        assert f'<a href="{address}" aria-current="page">' in html
        assert all(f'<a href="{other}"' in html for other in addresses)


# --- Filters


@pytest.fixture
def two(article, translation, editor):
    """An old known error on the Thai article of the editor, a new warning on the English one."""
    look = look_at(article)
    factories.AuditFindingFactory(page_audit=look, selector="#thai", first_found_at=ago(days=31))
    Page.objects.filter(pk=translation.pk).update(owner=None)
    look = look_at(translation)
    factories.AuditFindingFactory(
        page_audit=look,
        selector="#english",
        rule="link-text-vague",
        severity="warning",
        criterion="2.4.4",
        state=AuditFinding.State.NEW,
    )
    return article, translation


@pytest.mark.parametrize(
    ("query", "thai", "english"),
    [
        ({}, True, True),
        ({"severity": "error"}, True, False),
        ({"severity": ["error", "warning"]}, True, True),
        ({"rule": "link-text-vague"}, False, True),
        ({"criterion": "1.1.1"}, True, False),
        ({"state": "new"}, False, True),
        ({"age": "7"}, True, False),
        ({"age": "30"}, True, False),
        ({"age": "90"}, False, False),
        ({"q": "floods"}, False, True),
        ({"q": "น้ำท่วม"}, True, False),
        ({"rule": "no-such-rule"}, True, True),
        ({"page_audit__page": "x"}, True, True),
    ],
)
def test_it_is_filtered(reader, two, query, thai, english):
    html = report(reader, **query)
    assert ("#thai" in html) == thai
    assert ("#english" in html) == english


def test_it_is_filtered_by_locale_owner_and_page(reader, two, thai, editor):
    _article, translation = two
    assert "#english" not in report(reader, page_audit__locale=thai.pk)
    assert "#english" not in report(reader, page_audit__page__owner=editor.pk)
    html = report(reader, page_audit__page=translation.pk)
    assert "#english" in html
    assert "#thai" not in html


def test_it_is_filtered_by_page_type(reader, two):
    type_ = ContentType.objects.get_for_model(ContentPage)
    assert "#thai" not in report(reader, page_audit__page__content_type=type_.pk)
    article = ContentType.objects.get_for_model(NewsArticlePage)
    assert "#thai" in report(reader, page_audit__page__content_type=article.pk)


# --- Export


def test_it_is_exported_as_csv(reader, two, editor):
    editor.first_name, editor.last_name = "สมหญิง", "ใจดี"
    editor.save()
    revision = two[0].save_revision()
    PageAudit.objects.filter(page=two[0]).update(revision=revision)
    response = reader.get(reverse(FINDINGS), {"export": "csv", "severity": "error"})
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["Page"] == "ประกาศเรื่องน้ำท่วม"
    assert rows[0]["Locale"] == "th"
    assert rows[0]["Id of the rule"] == "image-alt-missing"
    assert rows[0]["Severity"] == "Error"
    assert rows[0]["How to mend it"] == "Say what it shows."
    assert rows[0]["Page owner"] == "สมหญิง ใจดี"
    assert rows[0]["Revision"] == str(revision.pk)


def test_it_is_exported_as_xlsx(reader, two):
    response = reader.get(reverse(FINDINGS), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Page"
    assert {row[0] for row in rows[1:]} == {"ประกาศเรื่องน้ำท่วม", "Notice of floods"}


def test_a_control_character_in_a_page_breaks_no_export(reader, two):
    AuditFinding.objects.update(excerpt="<img\x0b>")
    response = reader.get(reverse(FINDINGS), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    assert "<img>" in next(sheet.iter_rows(min_row=2, values_only=True))


# --- Who may read it


def test_one_reads_only_of_pages_that_one_may_edit(client, two, translator):
    say_in_english(translator)
    client.force_login(translator)
    html = report(client)
    assert "#english" in html
    assert "#thai" not in html
    assert "1 page, most recently" in html
    assert "#thai" not in report(client, page_audit__page=two[0].pk)
    exported = client.get(reverse(FINDINGS), {"export": "csv"}).getvalue().decode()
    assert "#thai" not in exported


def test_who_works_in_another_tree_reads_nothing_of_this_one(client, two, bilingual_site):
    other = factories.ContentPageFactory(parent=bilingual_site.home)
    group = Group.objects.create(name="Another tree")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(pk=other.pk),
        permission=Permission.objects.get(
            codename="change_page", content_type__app_label="wagtailcore"
        ),
    )
    person = factories.UserFactory()
    person.groups.add(group)
    say_in_english(person)
    client.force_login(person)
    assert "Nothing to mend" in report(client)


@pytest.mark.parametrize("name", ["findings", "left_to_people", "translations", "trend"])
def test_who_has_no_pages_has_no_report(client, two, name):
    person = factories.UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    address = reverse(f"accessibility_reports:{name}")
    assert client.get(address).status_code == 302
    assert client.get(reverse(f"accessibility_reports:{name}_results")).status_code == 302
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["findings", "left_to_people", "translations", "trend"])
def test_a_visitor_is_led_to_the_sign_in(client, name):
    response = client.get(reverse(f"accessibility_reports:{name}"))
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


# --- Cost


def test_it_takes_as_many_queries_for_many(
    reader, article, bilingual_site, django_assert_num_queries, django_assert_max_num_queries
):
    told = {"left_to_people": [LEFT], "mended": [{"rule": "image-alt-missing"}]}
    look_at(article, "image-alt-missing", **told)
    report(reader)
    with django_assert_max_num_queries(40) as few:
        report(reader)
    for _number in range(20):
        page = factories.NewsArticlePageFactory(
            parent=bilingual_site.news,
            category=bilingual_site.category,
            owner=factories.UserFactory(),
        )
        look_at(page, "image-alt-missing", "link-text-vague", **told)
    with django_assert_num_queries(len(few)):
        html = report(reader)
    assert html.count(IMAGE.name.en) >= 20


# --- On the page


def test_the_status_panel_tells_of_the_last_check(reader, article):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert "Last accessibility check" not in reader.get(address).content.decode()
    look_at(article, "image-alt-missing", "image-alt-missing")
    html = " ".join(reader.get(address).content.decode().split())
    assert "Last accessibility check" in html
    link = f'href="{reverse(FINDINGS)}?page_audit__page={article.pk}"> 2 errors, 0 warnings </a>'
    assert link in html


@pytest.mark.parametrize(
    ("not_checked", "said"),
    [
        ({}, ""),
        ({"color-contrast": "needs-person"}, ""),
        ({"axe": "no-worker", "link-text-vague": "silenced"}, "In part: without a browser"),
        ({"reflow": "timeout"}, "In part: not every check could be made"),
    ],
)
def test_the_status_panel_says_how_far_the_last_check_went(reader, article, not_checked, said):
    look_at(article, not_checked=not_checked)
    html = reader.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Last accessibility check" in html
    assert said in html
    assert ("In part" in html) == bool(said)


def test_the_status_panel_says_why_a_page_could_not_be_looked_at(reader, article):
    look_at(article, failure="The browser died.")
    html = reader.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "the page could not be looked at. The browser died." in html
