"""The trend: what was known at the end of each day, as a chart and as numbers."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accessibility.models import PageAudit
from accessibility.reports.chart import scale
from accessibility.reports.trend import PERIODS, trend
from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

ADDRESS = "accessibility_reports:trend"


@pytest.fixture
def article(bilingual_site):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )


@pytest.fixture
def reader(client, moderator):
    say_in_english(moderator)
    client.force_login(moderator)
    return client


def look_at(page, days, *rules, **values):
    """A look so many days ago."""
    checked_at = timezone.now() - timedelta(days=days)
    return factories.PageAuditFactory(page=page, checked_at=checked_at, findings=rules, **values)


def points(period="days") -> dict[int, tuple[int, int]]:
    """Errors and mended findings by the age of the day."""
    today = timezone.localdate()
    found = trend(PageAudit.objects.all(), PERIODS[period])
    return {(today - point.day).days: (point.errors, point.mended) for point in found}


def test_a_day_has_what_the_last_look_up_to_then_had_found(article):
    look_at(article, 5, "image-alt-missing", "link-text-vague")
    look_at(article, 2, "link-text-vague", mended=[{"rule": "image-alt-missing"}])
    assert points() == {5: (2, 0), 4: (2, 0), 3: (2, 0), 2: (1, 1), 1: (1, 0), 0: (1, 0)}


def test_what_was_known_before_the_first_day_is_not_forgotten(article):
    look_at(article, 90, "image-alt-missing", mended=[{"rule": "link-text-vague"}])
    look_at(article, 60, "image-alt-missing", "link-text-vague")
    assert points() == dict.fromkeys(range(30), (2, 0))


def test_pages_add_up_and_languages_stay_apart(article):
    translation = factories.translate(article, title="In English")
    other = factories.NewsArticlePageFactory(parent=article.get_parent(), category=article.category)
    look_at(article, 1, "image-alt-missing")
    look_at(other, 0, "image-alt-missing", "link-text-vague")
    factories.AuditFindingFactory(page_audit=look_at(translation, 0), severity="warning")
    newest = [p for p in trend(PageAudit.objects.all(), PERIODS["days"]) if p.day == _today()]
    assert [(p.pages, p.errors, p.warnings) for p in newest] == [(1, 0, 1), (2, 3, 0)]


def _today():
    return timezone.localdate()


def test_a_look_that_failed_changes_nothing(article):
    look_at(article, 3, "image-alt-missing")
    look_at(article, 1, failure="The browser died.")
    assert points() == {3: (1, 0), 2: (1, 0), 1: (1, 0), 0: (1, 0)}


@pytest.mark.parametrize(("period", "days"), [("weeks", 7), ("year", 28)])
def test_a_longer_period_takes_longer_steps(article, period, days):
    look_at(article, days + 1, "image-alt-missing")
    look_at(article, 1, mended=[{"rule": "image-alt-missing"}])
    assert points(period) == {days: (1, 0), 0: (0, 1)}


def test_the_chart_has_a_name_a_description_and_the_same_numbers_in_a_table(reader, article):
    look_at(article, 5, "image-alt-missing", "link-text-vague")
    look_at(article, 2, "link-text-vague", mended=[{"rule": "image-alt-missing"}])
    html = reader.get(reverse(ADDRESS)).content.decode()
    svg = re.search(r"<svg class=\"accessibility-chart__drawing\".*?</svg>", html, re.S).group()
    assert re.search(r'role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', svg)
    assert re.search(r"<title id=\S+>Errors, warnings and mended findings: \S+</title>", svg)
    assert "errors from 2 to 1, warnings from 0 to 0. 1 finding was mended." in svg
    assert html.count('accessibility-chart__mark--errors" cx=') == 6 + 1
    assert html.count("<tr>") >= 6
    # Colours and places come from classes and attributes: a strict policy would stop styles.
    assert "style=" not in svg


def test_numbers_in_a_drawing_are_written_for_machines(client, moderator, article):
    look_at(article, 2, *["image-alt-missing"] * 3)
    client.force_login(moderator)
    html = client.get(reverse(ADDRESS)).content.decode()
    lines = re.findall(r'<path class="\S+ \S+--errors" d="([^"]+)"', html)
    assert len(lines) == 2
    assert all(re.fullmatch(r"M[\dLH. ]+", line) for line in lines)


def test_it_is_exported(reader, article):
    look_at(article, 1, "image-alt-missing")
    response = reader.get(reverse(ADDRESS), {"export": "csv"})
    table = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["Pages looked at"], row["Errors"]) for row in table] == [("1", "1"), ("1", "1")]
    assert reader.get(reverse(ADDRESS), {"export": "xlsx"}).getvalue().startswith(b"PK")


def test_it_is_filtered_by_language(reader, article, thai, english):
    look_at(article, 1, "image-alt-missing")
    assert '<svg class="accessibility-chart__drawing' in _page(reader, locale=thai.pk)
    assert "There is no trend yet" in _page(reader, locale=english.pk)
    assert "There is no trend yet" not in _page(reader, period="year")


def _page(client, **query) -> str:
    return client.get(reverse(ADDRESS), query).content.decode()


def test_it_counts_only_pages_that_one_may_edit(client, translator, article):
    look_at(article, 1, "image-alt-missing")
    say_in_english(translator)
    client.force_login(translator)
    assert "There is no trend yet" in _page(client)


def test_it_takes_as_many_queries_for_many(
    reader, article, django_assert_num_queries, django_assert_max_num_queries
):
    look_at(article, 1, "image-alt-missing")
    _page(reader)
    with django_assert_max_num_queries(12) as few:
        _page(reader)
    parent, category = article.get_parent(), article.category
    for _number in range(5):
        page = factories.NewsArticlePageFactory(parent=parent, category=category)
        for days in (40, 20, 10):
            look_at(page, days, "image-alt-missing", "link-text-vague")
    with django_assert_num_queries(len(few)):
        _page(reader)


@pytest.mark.parametrize("most", [0, 1, 5, 6, 11, 26, 51, 999, 1001, 123_456])
def test_the_scale_is_of_round_numbers_and_holds_everything(most):
    ticks = scale(most)
    assert ticks[0] == 0
    assert most <= ticks[-1] <= max(2.5 * most, 1)
    assert 2 <= len(ticks) <= 6
    assert str(ticks[1]).rstrip("0") in {"1", "2", "5"}
