"""Translations beside their source: one sees what one page has and the other has not."""

import csv
import io

import pytest
from django.urls import reverse

from accessibility.rules import RULES
from tests import factories

from .gate import say_in_english

pytestmark = pytest.mark.django_db

ADDRESS = "accessibility_reports:translations"
VAGUE = RULES.rules["link-text-vague"].name.en
MISSING = RULES.rules["image-alt-missing"].name.en


@pytest.fixture
def article(bilingual_site):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, title="ประกาศเรื่องน้ำท่วม"
    )


@pytest.fixture
def translation(article):
    return factories.translate(article, title="Notice of floods", slug="floods")


@pytest.fixture
def reader(client, moderator):
    say_in_english(moderator)
    client.force_login(moderator)
    return client


def rows(client, **query) -> list[dict[str, str]]:
    """What the report lists, as its CSV has it."""
    response = client.get(reverse(ADDRESS), {"export": "csv", **query})
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def look_at(page, *rules, **values):
    return factories.PageAuditFactory(page=page, findings=rules, **values)


def test_each_translation_follows_its_source_with_its_own_counts(reader, article, translation):
    look_at(article, "image-alt-missing")
    look_at(translation, "image-alt-missing", "link-text-vague")
    listed = [(row["Page"], row["Locale"], row["Source"], row["Errors"]) for row in rows(reader)]
    assert listed == [
        ("ประกาศเรื่องน้ำท่วม", "th", "True", "1"),
        ("Notice of floods", "en", "False", "2"),
    ]


def test_what_only_the_translation_breaks_is_named(reader, article, translation):
    look_at(article, "image-alt-missing")
    look_at(translation, "image-alt-missing", "link-text-vague")
    source, translated = rows(reader)
    assert source["In the translation only"] == ""
    assert translated["In the translation only"] == VAGUE
    html = reader.get(reverse(ADDRESS)).content.decode()
    assert f"<li>{VAGUE}</li>" in html
    assert f"<li>{MISSING}</li>" not in html


def test_advice_tells_no_translation_from_its_source(reader, article, translation):
    look_at(article)
    factories.AuditFindingFactory(page_audit=look_at(translation), severity="advice")
    assert rows(reader)[1]["In the translation only"] == ""
    assert rows(reader, difference="only") == []


def test_the_pairs_that_differ_can_be_picked_out(reader, article, translation):
    look_at(article, "image-alt-missing")
    look_at(translation, "image-alt-missing")
    assert rows(reader, difference="only") == []
    look_at(translation, "link-text-vague")
    assert len(rows(reader, difference="only")) == 2


def test_it_is_filtered_by_language_and_title(reader, article, translation, thai, english):
    look_at(article)
    look_at(translation)
    assert len(rows(reader, into=english.pk)) == 2
    assert rows(reader, into=thai.pk) == []
    assert len(rows(reader, q="น้ำท่วม")) == 2
    assert rows(reader, q="ไฟป่า") == []


def test_the_worst_pair_stands_first(reader, article, translation, bilingual_site):
    worse = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )
    look_at(factories.translate(worse, title="Worse"), "image-alt-missing")
    look_at(translation)
    assert [row["Page"] for row in rows(reader)] == [
        worse.title,
        "Worse",
        "ประกาศเรื่องน้ำท่วม",
        "Notice of floods",
    ]


def test_a_page_that_nobody_looked_at_is_not_taken_for_clean(reader, article, translation):
    look_at(article)
    assert rows(reader)[1]["Errors"] == ""
    html = reader.get(reverse(ADDRESS)).content.decode()
    assert "Not looked at yet" in html
    look_at(translation, failure="The browser died.")
    assert rows(reader)[1]["Errors"] == ""
    assert "The browser died." in reader.get(reverse(ADDRESS)).content.decode()


def test_a_page_without_a_translation_is_not_listed(reader, article):
    look_at(article, "image-alt-missing")
    assert rows(reader) == []


def test_an_alias_is_no_translation(reader, article):
    look_at(article, "image-alt-missing")
    look_at(factories.alias(article), "image-alt-missing")
    assert rows(reader) == []


def test_a_translator_sees_the_source_but_cannot_edit_it(client, translator, article, translation):
    look_at(article, "image-alt-missing")
    look_at(translation, "link-text-vague")
    say_in_english(translator)
    client.force_login(translator)
    html = client.get(reverse(ADDRESS)).content.decode()
    assert "ประกาศเรื่องน้ำท่วม" in html
    assert reverse("wagtailadmin_pages:edit", args=[translation.pk]) in html
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) not in html
    assert f"page_audit__page={article.pk}&" not in html


def test_a_draft_of_somebody_else_is_not_shown(client, translator, article, translation):
    look_at(article, "image-alt-missing")
    look_at(translation)
    article.unpublish()
    client.force_login(translator)
    assert rows(client) == []


def test_it_takes_as_many_queries_for_many(
    reader,
    article,
    translation,
    bilingual_site,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    look_at(translation, "image-alt-missing")
    address = reverse(ADDRESS)
    reader.get(address)
    with django_assert_max_num_queries(20) as few:
        reader.get(address)
    for number in range(10):
        page = factories.NewsArticlePageFactory(
            parent=bilingual_site.news, category=bilingual_site.category
        )
        look_at(page, "image-alt-missing")
        look_at(factories.translate(page, title=f"Notice {number}"), "link-text-vague")
    with django_assert_num_queries(len(few)):
        html = reader.get(address).content.decode()
    assert html.count(f"<li>{VAGUE}</li>") == 10
