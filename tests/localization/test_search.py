"""Words are found in unspaced Thai text, and no string from a reader breaks the search."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText
from wagtail.search import index
from wagtail.search.query import PlainText

from localization.search import search_query, segmented_text
from newsroom.models import NewsArticlePage
from tests.factories import NewsArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def segmented_articles(monkeypatch):
    """Articles index their words, as a searchable model of a project would."""
    monkeypatch.setattr(
        NewsArticlePage,
        "segmented_text",
        lambda self: segmented_text(self, "title", "introduction", "body"),
        raising=False,
    )
    monkeypatch.setattr(
        NewsArticlePage,
        "search_fields",
        [*NewsArticlePage.search_fields, index.SearchField("segmented_text")],
    )


@pytest.fixture
def flood(bilingual_site):
    return NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="แถลงการณ์เรื่องน้ำท่วมภาคเหนือ พ.ศ. ๒๕๖๗",
        introduction="กรมป้องกันสาธารณภัยเตือนประชาชน",
        body=[("text", RichText("<p>ข่าวจากจังหวัดเชียงใหม่และ UNESCO</p>"))],
    )


def found(text: str) -> list:
    return list(NewsArticlePage.objects.search(search_query(text)))


@pytest.mark.parametrize(
    "words",
    ["น้ำท่วม", "ท่วม", "ภาคเหนือ", "น้ำท่วมภาคเหนือ", "เชียงใหม่", "unesco", "2567", "๒๕๖๗", "นํ้าท่วม"],
)
def test_a_word_is_found_in_unspaced_text(flood, words):
    assert found(words) == [flood]


@pytest.mark.parametrize("words", ["ข้าว", "นา", "ชา", "น้ำท่วม ภาคใต้", "", "!", '"'])
def test_what_is_not_there_is_not_found(flood, words):
    assert found(words) == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "`",
        "'",
        "\\",
        "\x00",
        "*",
        "(",
        "NEAR(",
        "a AND",
        "%s",
        "{title}:",
        "word " * 500,
        "\ud800",
    ],
)
def test_no_string_breaks_the_search(flood, text):
    found(text)


@given(st.text(max_size=80))
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_generated_string_breaks_the_search(text):
    found(text)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's tokenizer")
def test_the_index_of_sqlite_keeps_thai_marks(flood):
    # A query object reaches the index as it is: a title of one unbroken word, mark by mark.
    assert list(NewsArticlePage.objects.search(PlainText("น้ำท่วม"))) == [flood]
    assert list(NewsArticlePage.objects.search(PlainText("นำทวม"))) == []
    assert list(NewsArticlePage.objects.search(PlainText("ท"))) == []
