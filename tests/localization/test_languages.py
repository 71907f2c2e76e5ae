"""The language switch, from every kind of page, and what search engines are told."""

from urllib.parse import unquote

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from localization import languages
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def http(bilingual_site):
    def request(path="/th/"):
        return RequestFactory().get(path, headers={"host": "localhost"})

    return request


def render(tag: str, request, **context) -> LexborHTMLParser:
    template = Template("{% load localization_tags %}" + tag)
    return LexborHTMLParser(template.render(Context({"request": request, **context})))


def links(html) -> dict[str, dict]:
    return {link.attributes["lang"]: link for link in html.css("nav a")}


def test_the_switch_leads_straight_to_the_same_page(article, http):
    page = factories.translate(article, title="Statement", slug="statement")
    found = links(render("{% language_switch page %}", http(), page=article))
    assert found["en"].attributes["href"] == page.url == "/en/news/statement/"
    assert found["en"].attributes["hreflang"] == "en"
    assert found["en"].text(strip=True) == "English"
    assert found["th"].attributes["aria-current"] == "true"
    assert "aria-current" not in found["en"].attributes
    assert found["th"].text(strip=True) == "ภาษาไทย"


def test_the_switch_has_a_name(article, http):
    html = render("{% language_switch page %}", http(), page=article)
    assert html.css_first("nav").attributes["aria-label"] == "Language"


def test_an_untranslated_page_says_so_before_the_click_and_leads_to_the_nearest_one(
    article, alias, http
):
    with override("th"):
        link = links(render("{% language_switch page %}", http(), page=article))["en"]
    assert link.text(strip=True, separator=" ") == (
        "English ( not yet translated; goes to “News” )".replace("( ", "(").replace(" )", ")")
    )
    assert link.attributes["href"] == "/en/news/"


def test_a_page_without_counterpart_leads_to_the_nearest_one(article, http):
    link = links(render("{% language_switch page %}", http(), page=article))["en"]
    assert link.attributes["href"] == "/en/news/"
    assert "not yet translated" in link.text()


def test_a_draft_translation_is_not_offered(article, http):
    factories.translate(article, live=False, title="Draft")
    link = links(render("{% language_switch page %}", http(), page=article))["en"]
    assert link.attributes["href"] == "/en/news/"


def test_an_untranslated_page_leads_back_to_its_original(article, alias, http):
    found = links(render("{% language_switch page %}", http(), page=alias))
    assert found["th"].attributes["href"] == article.url
    assert found["th"].text(strip=True) == "ภาษาไทย"
    assert found["en"].attributes["aria-current"] == "true"


def test_where_nothing_above_is_translated_the_switch_leads_home(bilingual_site, article, http):
    bilingual_site.news_en.unpublish()
    link = links(render("{% language_switch page %}", http(), page=article))["en"]
    assert link.attributes["href"] == "/en/"


def test_a_language_without_a_home_page_is_left_out(article, http):
    factories.locale("lo")
    assert set(links(render("{% language_switch page %}", http(), page=article))) == {"th", "en"}


def test_a_language_added_later_needs_no_code(bilingual_site, article, http, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("th", "ไทย"),
        ("en", "English"),
        ("lo", "ລາວ"),
    ]
    factories.locale("lo")
    factories.translate(bilingual_site.home, "lo", title="Home", slug="lo")
    found = links(render("{% language_switch page %}", http(), page=article))
    assert found["lo"].attributes["href"] == "/lo/"


def test_a_single_language_needs_no_switch(bilingual_site, article, http):
    bilingual_site.home_en.delete()
    assert render("{% language_switch page %}", http(), page=article).css_first("nav") is None


def test_the_search_leads_to_the_same_search(http):
    request = http("/th/search/?query=%E0%B8%99%E0%B9%89%E0%B8%B3")
    with override("th"):
        found = links(render("{% language_switch %}", request))
    assert found["en"].attributes["href"] == "/en/search/?query=%E0%B8%99%E0%B9%89%E0%B8%B3"
    assert found["th"].attributes["aria-current"] == "true"
    assert "not yet" not in found["en"].text()


@pytest.mark.parametrize("path", ["/th/nothing/here/", "/th/nothing", "/nowhere/"])
def test_a_page_that_is_not_found_leads_home(http, path):
    with override("th"):
        found = links(render("{% language_switch %}", http(path)))
    assert found["en"].attributes["href"] == "/en/"


def test_the_switch_takes_one_query_from_a_page(article, http, django_assert_num_queries):
    page = Page.objects.select_related("locale").get(pk=article.pk)
    request = http()
    languages.choices_for_page(Page.objects.get(pk=article.pk), request)  # Wagtail's own caches
    with django_assert_num_queries(1):
        languages.choices_for_page(page, request)


def test_the_switch_takes_at_most_four_queries_from_a_view(http, django_assert_max_num_queries):
    request = http("/th/nothing/")
    with django_assert_max_num_queries(4):
        languages.choices_for_view(request)


# --- Search engines


def test_translations_are_each_others_alternates(article, http):
    page = factories.translate(article, title="Statement", slug="statement")
    html = render("{% alternate_links page %}", http(), page=page)
    found = {link.attributes["hreflang"]: link.attributes["href"] for link in html.css("link")}
    assert found == {
        "th": article.full_url,
        "en": page.full_url,
        "x-default": article.full_url,
    }


def test_an_untranslated_page_is_nobodys_alternate(article, alias, http):
    assert not render("{% alternate_links page %}", http(), page=article).css("link")
    assert not render("{% alternate_links page %}", http(), page=alias).css("link")


def test_the_original_is_canonical_for_an_untranslated_page(article, alias, http):
    for page in (article, alias):
        link = render("{% canonical_link page %}", http(), page=page).css_first("link")
        assert link.attributes["href"] == article.full_url


@pytest.mark.parametrize("below", ["2024/02/", "?page=2", "2024/?page=3", "category/ข่าวน้ำท่วม/"])
def test_archives_and_further_pages_are_each_their_own(bilingual_site, http, below):
    page = bilingual_site.news
    request = http(f"/th/news/{below}")
    link = render("{% canonical_link page %}", request, page=page).css_first("link")
    assert unquote(link.attributes["href"]) == f"http://localhost/th/news/{below}"
    assert not render("{% alternate_links page %}", request, page=page).css("link")


def test_other_parameters_make_no_address_of_their_own(bilingual_site, http):
    request = http("/th/news/?utm_source=x&page=1")
    link = render("{% canonical_link page %}", request, page=bilingual_site.news).css_first("link")
    assert link.attributes["href"] == "http://localhost/th/news/"


# --- Notices


def test_a_reader_is_told_that_a_page_is_not_translated(article, alias, http):
    html = render("{% edition_notice page %}", http(), page=alias)
    notice = html.css_first("aside")
    assert notice.attributes["lang"] == "en"
    assert "not yet translated. Below is the original in Thai" in notice.text()
    assert notice.css_first("a").attributes == {"href": article.url, "hreflang": "th"}


def test_a_reader_is_told_that_a_translation_is_older(article, published, desk, http):
    desk.publish_original(article)
    page = published.get_target_instance()
    notice = render("{% edition_notice page %}", http(), page=page).css_first("aside")
    assert "The original in Thai was changed on" in notice.text()
    assert len(notice.css("time[datetime]")) == 2
    assert notice.css_first("a").attributes["href"] == article.url


def test_original_and_fresh_translation_need_no_notice(article, published, http):
    for page in (article, published.get_target_instance()):
        assert not render("{% edition_notice page %}", http(), page=page).css("aside")


def test_the_text_of_an_alias_is_marked_as_thai(article, alias, http):
    html = render('<i lang="{% content_language page %}"></i>', http(), page=alias)
    assert html.css_first("i").attributes["lang"] == "th"
