"""The report of what no machine can decide, for the people who then look."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from home.models import ContentPage
from newsroom.models import NewsArticlePage
from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/accessibility/findings/left-to-people/"
CONTRAST = "Color contrast"
NOTHING = "Nothing is left to people"


def left(rule: str, *selectors: str, criterion: str = "1.4.3") -> dict:
    places = [{"selector": place, "excerpt": f"<p id={place[1:]}>"} for place in selectors]
    return {"rule": rule, "criterion": criterion, "count": len(places) + 10, "places": places}


@pytest.fixture
def article(bilingual_site, editor):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="ประกาศเรื่องน้ำท่วม",
        owner=editor,
    )


@pytest.fixture
def two(article):
    """Two rules are left to people on a Thai article, and one of them on the English one."""
    translation = factories.translate(article, title="Notice of floods", slug="floods")
    contrast = left("color-contrast", "#thai", "#banner")
    video = left("video-caption", "#video", criterion="1.2.2")
    factories.PageAuditFactory(page=article, left_to_people=[contrast, video])
    factories.PageAuditFactory(
        page=translation, left_to_people=[left("color-contrast", "#english")]
    )
    return article, translation


@pytest.fixture
def reader(client, moderator):
    """A moderator with an English admin, signed in: may read of every page."""
    say_in_english(moderator)
    client.force_login(moderator)
    return client


def report(client, **query) -> str:
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def exported(client, **query) -> list[dict[str, str]]:
    content = client.get(ADDRESS, {"export": "csv", **query}).getvalue()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_rule_of_a_page_is_told_with_its_criterion_and_its_places(reader, two):
    html = report(reader)
    assert html.count(f"<strong>{CONTRAST}</strong>") == 2
    assert "WCAG 1.2.2" in html
    assert "12 places" in html
    assert "#banner" in html
    assert "&lt;p id=banner&gt;" in html
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[two[0].pk])}"' in html


def test_it_speaks_the_language_of_the_admin(client, moderator, two):
    client.force_login(moderator)
    html = report(client)
    assert CONTRAST not in html
    assert "ต้องให้คนตัดสิน" in html


def test_only_the_newest_look_counts(reader, article):
    before = timezone.now() - timedelta(days=2)
    kept = [left("color-contrast", "#old")]
    factories.PageAuditFactory(page=article, left_to_people=kept, checked_at=before)
    assert "#old" in report(reader)
    factories.PageAuditFactory(page=article)
    assert NOTHING in report(reader)


def test_the_findings_lead_to_it(reader, two):
    html = reader.get(reverse("accessibility_reports:findings")).content.decode()
    assert html.count(f'href="{ADDRESS}"') == 2


@pytest.mark.parametrize(
    ("query", "thai", "video", "english"),
    [
        ({}, True, True, True),
        ({"rule": "color-contrast"}, True, False, True),
        ({"rule": "video-caption"}, False, True, False),
        ({"rule": "no-such-rule"}, True, True, True),
        ({"q": "floods"}, False, False, True),
    ],
)
def test_it_is_filtered(reader, two, query, thai, video, english):
    html = report(reader, **query)
    assert ("#thai" in html) == thai
    assert ("#video" in html) == video
    assert ("#english" in html) == english


def test_a_rule_that_a_page_only_quotes_is_not_left_on_it(reader, article):
    quoting = left("video-caption", "#video")
    quoting["places"][0]["excerpt"] = '{"rule": "color-contrast"}'
    factories.PageAuditFactory(page=article, left_to_people=[quoting])
    other = factories.NewsArticlePageFactory(parent=article.get_parent())
    factories.PageAuditFactory(page=other, left_to_people=[left("color-contrast", "#other")])
    html = report(reader, rule="color-contrast")
    assert "#other" in html
    assert article.title not in html


def test_it_is_filtered_by_locale_owner_and_type_of_page(reader, two, thai, editor):
    assert "#english" not in report(reader, locale=thai.pk)
    two[1].owner = None
    two[1].save()
    html = report(reader, page__owner=editor.pk)
    assert "#thai" in html
    assert "#english" not in html
    types = ContentType.objects.get_for_models(ContentPage, NewsArticlePage)
    assert "#thai" not in report(reader, page__content_type=types[ContentPage].pk)
    assert "#thai" in report(reader, page__content_type=types[NewsArticlePage].pk)


def test_each_place_is_exported_on_a_line_of_its_own(reader, two):
    rows = exported(reader)
    assert {row["Place"] for row in rows} == {"#thai", "#banner", "#video", "#english"}
    row = next(row for row in rows if row["Place"] == "#banner")
    assert row["Page"] == "ประกาศเรื่องน้ำท่วม"
    assert row["Id of the rule"] == "color-contrast"
    assert row["Success criterion"] == "1.4.3"
    assert row["Number of places"] == "12"
    assert row["Excerpt"] == "<p id=banner>"


def test_nothing_is_said_of_pages_that_axe_has_not_looked_at(reader, article):
    look = factories.PageAuditFactory(page=article, not_checked={"axe": "no-browser"})
    html = report(reader)
    assert "Of 1 page nothing is known: axe-core, which needs a browser, could not" in html
    assert "Nothing is known to be left to people" in html
    assert NOTHING not in html
    look.not_checked = {}
    look.save()
    assert NOTHING in report(reader)
    assert "nothing is known" not in report(reader)


def test_what_is_filtered_is_exported(reader, two):
    assert [row["Place"] for row in exported(reader, rule="video-caption")] == ["#video"]


def test_one_reads_only_of_pages_that_one_may_edit(client, two, translator):
    say_in_english(translator)
    client.force_login(translator)
    html = report(client)
    assert "#english" in html
    assert "#thai" not in html
    assert {row["Place"] for row in exported(client)} == {"#english"}


def test_it_takes_as_many_queries_for_many(
    reader, two, bilingual_site, django_assert_num_queries, django_assert_max_num_queries
):
    report(reader)
    with django_assert_max_num_queries(30) as few:
        report(reader)
    for _number in range(10):
        page = factories.NewsArticlePageFactory(
            parent=bilingual_site.news,
            category=bilingual_site.category,
            owner=factories.UserFactory(),
        )
        factories.PageAuditFactory(page=page, left_to_people=[left("color-contrast", "#many")])
    with django_assert_num_queries(len(few)):
        assert report(reader).count("#many") == 10
