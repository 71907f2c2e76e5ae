"""Which language a page is really in, and whether its translation is older than the original."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from localization.freshness import edition, editions, genuine, is_translated, untranslated
from newsroom.models import NewsArticlePage
from tests import factories
from tests.factories import NewsArticlePageFactory

pytestmark = pytest.mark.django_db


def test_the_thai_page_is_the_original(article):
    found = edition(article)
    assert (found.state, found.language, found.locale) == ("original", "th", "th")
    assert found.source_page is None


def test_an_alias_is_known_to_be_the_thai_original(article, alias):
    found = edition(alias)
    assert (found.state, found.language, found.locale) == ("untranslated", "th", "en")
    assert found.source_page == Page.objects.get(pk=article.pk)
    assert found.source_url() == article.url
    assert not is_translated(alias)


def alias_in(page, language_code):
    locale = factories.locale(language_code)
    return page.copy_for_translation(locale, copy_parents=True, alias=True)


def test_an_alias_of_an_alias_is_known_to_be_the_thai_original(article, alias):
    lao = alias_in(alias, "lo")
    assert lao.alias_of_id == alias.pk
    assert edition(lao).language == "th"
    assert edition(lao).state == "untranslated"


def test_an_alias_within_one_language_is_as_genuine_as_its_page(bilingual_site, article):
    copy = article.create_alias(parent=bilingual_site.news, update_slug="again")
    assert edition(copy).language == "th"
    assert is_translated(copy)
    assert copy in genuine(NewsArticlePage.objects.all())


def test_a_translation_knows_its_original_and_when_it_was_made(article, published):
    found = edition(published.get_target_instance())
    assert (found.state, found.language) == ("translation", "en")
    assert found.source_page.pk == article.pk
    assert found.source_updated_at == article.last_published_at
    assert found.translated_at > article.last_published_at


def test_a_translation_is_older_once_its_original_was_published_again(article, published, desk):
    desk.publish_original(article)
    found = edition(published.get_target_instance())
    assert found.state == "older"
    assert found.source_updated_at > found.translated_at


def test_a_draft_of_the_original_makes_no_translation_older(article, published):
    article.save_revision()
    assert edition(published.get_target_instance()).state == "translation"


def test_publishing_an_old_revision_does_not_make_a_translation_new(article, published, desk):
    desk.publish_original(article)
    page = published.get_target_instance()
    page.live_revision.publish()
    assert edition(published.get_target_instance()).state == "older"


def test_a_translation_made_by_hand_is_dated_by_its_own_publication(article, desk):
    page = factories.translate(article, title="Statement")
    assert edition(page).state == "translation"
    assert edition(page).translated_at == page.last_published_at
    desk.publish_original(article)
    assert edition(Page.objects.get(pk=page.pk)).state == "older"


def test_an_original_that_is_not_live_is_not_linked(article, published):
    article.unpublish()
    found = edition(published.get_target_instance())
    assert found.state == "translation"
    assert found.source_page is None
    assert found.source_url() is None


def test_an_english_page_without_a_thai_one_is_an_original(bilingual_site):
    page = NewsArticlePageFactory(
        parent=bilingual_site.news_en, category=bilingual_site.category_en, title="Only here"
    )
    assert edition(page).state == "original"
    assert edition(page).language == "en"


def test_language_tags_are_those_of_bcp_47(article):
    assert edition(alias_in(article, "zh-hans")).locale == "zh-Hans"


def test_only_what_can_be_read_in_english_is_genuine(bilingual_site, article, alias):
    translated = factories.translate(
        NewsArticlePageFactory(parent=bilingual_site.news, category=bilingual_site.category),
        title="Translated",
    )
    in_english = NewsArticlePage.objects.filter(locale__language_code="en")
    assert list(genuine(in_english)) == [translated]
    assert list(untranslated(in_english)) == [alias]


def test_many_pages_take_as_many_queries_as_one(bilingual_site, django_assert_num_queries):
    articles = [
        NewsArticlePageFactory(parent=bilingual_site.news, category=bilingual_site.category)
        for _number in range(4)
    ]
    pages = [*articles, *(factories.alias(article) for article in articles[:2])]
    pages += [factories.translate(article, title="x") for article in articles[2:]]
    pages = list(NewsArticlePage.objects.filter(pk__in=[page.pk for page in pages]))
    with django_assert_num_queries(2):
        found = editions(pages)
    assert len(found) == 8
    with django_assert_num_queries(2):
        editions(pages[-1:])


def test_a_page_is_asked_once(article, django_assert_num_queries):
    page = NewsArticlePage.objects.get(pk=article.pk)
    edition(page)
    with django_assert_num_queries(0):
        edition(page)


def test_no_pages_have_no_editions():
    assert editions([]) == {}


def test_a_translation_that_was_never_published_is_not_older(article):
    page = factories.translate(article, live=False, title="Draft")
    article.last_published_at = timezone.now()
    article.save()
    assert edition(page).state == "translation"
