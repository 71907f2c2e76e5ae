import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import RichText

from home.views import server_error
from tests import factories


def parse(response) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def in_english(original, **values):
    """Return a translation with nothing Thai left in it, as the gate wants it."""
    return factories.translate(
        original,
        introduction="In short",
        body=[("text", RichText("<p>Anybody may apply.</p>"))],
        **values,
    )


@pytest.fixture
def site(bilingual_site):
    about = factories.ContentPageFactory(
        parent=bilingual_site.home, title="เกี่ยวกับเรา", slug="about", show_in_menus=True
    )
    in_english(about, title="About us", slug="about")
    for kind in ("website", "security"):
        policy = factories.PolicyPageFactory(
            parent=bilingual_site.home, kind=kind, title=f"นโยบาย {kind}", slug=kind
        )
        factories.translate(
            policy,
            title=f"Policy {kind}",
            slug=kind,
            office="Office of Information",
            body="<p>This policy covers all pages.</p>",
        )
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        title="ข่าวแรก",
        slug="first",
        category=bilingual_site.category,
        publication_date="2024-02-14T10:00:00+07:00",
    )
    in_english(article, title="First news", slug="first", category=bilingual_site.category_en)
    return bilingual_site


PATHS = [
    "/th/",
    "/th/news/",
    "/th/news/first/",
    "/th/news/2024/",
    "/th/about/",
    "/th/website/",
    "/th/search/?q=ข่าว",
    "/en/",
    "/en/news/",
    "/en/news/first/",
    "/en/about/",
    "/en/website/",
    "/en/search/?q=news",
    "/en/nothing/",
]


def test_every_page_has_the_same_furniture(client, site):
    for path in PATHS:
        tree = parse(client.get(path))
        language = path[1:3]
        assert tree.css_first("html").attributes["lang"] == language
        assert tree.css_first("body a").attributes["href"] == "#content"
        assert tree.css_first("main#content[tabindex='-1']")
        assert len(tree.css("h1")) == 1
        assert tree.css_first("title").text().strip()
        assert tree.css_first("header form[role=search] input[name=q]")
        assert len(tree.css("header .language-switch a")) == 2
        assert len(tree.css("header .text-size-controls button")) == 3
        menu = texts(tree, "header .site-nav a")
        assert menu == (["เกี่ยวกับเรา"] if language == "th" else ["About us"])
        footer = " ".join(texts(tree, "footer"))
        for word in (
            (
                "นโยบาย website",
                "นโยบาย security",
                "1 ถนนทดสอบ",
                "© 2558–25",
                "IPv6",
                "สทช. บน YouTube",
            )
            if language == "th"
            else ("Policy website", "Policy security", "1 Test Road", "© 2015–20", "IPv6")
        ):
            assert word in footer
        assert tree.css_first("footer [data-audience=visitors_total]")


def test_nothing_is_inline_foreign_or_asks_for_scripts(client, site):
    for path in PATHS:
        html = client.get(path).content.decode()
        tree = LexborHTMLParser(html)
        assert not tree.css("style, [style], [onclick], [onload], script:not([src])")
        for node in tree.css("[src], link[rel=stylesheet], link[rel=preload], link[rel=icon]"):
            address = node.attributes.get("src") or node.attributes["href"]
            assert address.startswith("/")
            assert not address.startswith("//")
        assert "support JavaScript" not in html


def test_ids_are_unique_and_references_lead_somewhere(client, site):
    for path in PATHS:
        tree = parse(client.get(path))
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids))
        for node in tree.css("[aria-labelledby], label[for]"):
            assert (node.attributes.get("aria-labelledby") or node.attributes["for"]) in ids


def test_what_a_public_page_loads_is_small(client, site):
    tree = parse(client.get("/th/news/first/"))
    sizes = {"css": 0, "js": 0}
    for node in tree.css("link[rel=stylesheet], script[src]"):
        if node.parent.tag == "noscript":
            continue
        address = node.attributes.get("href") or node.attributes["src"]
        if address.startswith(settings.STATIC_URL):
            content = Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_bytes()
        else:
            content = client.get(address).content
        sizes["js" if node.tag == "script" else "css"] += len(gzip.compress(content))
    assert 0 < sizes["css"] <= 20_000
    assert 0 < sizes["js"] <= 10_000


def test_dates_are_in_the_buddhist_era_for_thai_readers_and_iso_for_machines(client, site):
    for path, date in (
        ("/th/news/first/", "14 กุมภาพันธ์ 2567"),
        ("/en/news/first/", "14 February 2024"),
    ):
        time = parse(client.get(path)).css_first("article time")
        assert time.text() == date
        assert time.attributes["datetime"] == "2024-02-14"


def test_breadcrumbs_lead_from_the_home_page_to_here(client, site):
    tree = parse(client.get("/th/news/first/"))
    assert texts(tree, ".breadcrumbs li") == ["หน้าแรก", "ข่าว", "ข่าวแรก"]
    assert tree.css_first(".breadcrumbs [aria-current=page]").text() == "ข่าวแรก"


def test_the_menu_marks_where_the_reader_is_with_a_thai_address_too(client, site):
    contact = factories.ContentPageFactory(
        parent=site.home, title="ติดต่อเรา", slug="ติดต่อเรา", show_in_menus=True
    )
    current = parse(client.get(contact.url)).css_first(".site-nav [aria-current=page]")
    assert current.text() == "ติดต่อเรา"


def test_languages_stand_in_the_same_order_on_every_page(client, site):
    for path in ("/th/", "/en/", "/th/none/", "/th/search/", "/accessibility/preferences/"):
        page = LexborHTMLParser(client.get(path).content.decode())
        assert texts(page, ".language-switch__link")[0].startswith("ภาษาไทย"), path


def test_an_editor_sees_a_new_menu_at_once(client, site):
    client.get("/th/")
    factories.ContentPageFactory(
        parent=site.home, title="ติดต่อเรา", slug="contact", show_in_menus=True
    )
    site.identity.name = "ชื่อใหม่"
    site.identity.save()
    tree = parse(client.get("/th/"))
    assert "ติดต่อเรา" in texts(tree, ".site-nav a")
    assert tree.css_first(".site-brand__name").text() == "ชื่อใหม่"


# --- The home page


def test_the_home_page_leads_with_what_the_editor_chose_then_pinned_then_new(client, site):
    pinned = factories.NewsArticlePageFactory(
        parent=site.news, title="ปักหมุด", category=site.category, pinned=True
    )
    newest = factories.NewsArticlePageFactory(
        parent=site.news, title="ใหม่สุด", category=site.category
    )
    tree = parse(client.get("/th/"))
    assert tree.css_first(".lead__title").text() == "ปักหมุด"
    assert texts(tree, ".cards .card__title") == ["ใหม่สุด", "ข่าวแรก"]
    site.home.refresh_from_db()
    site.home.lead_story = newest
    site.home.save_revision().publish()
    tree = parse(client.get("/th/"))
    assert tree.css_first(".lead__title").text() == "ใหม่สุด"
    assert pinned.title in texts(tree, ".cards .card__title")


def test_the_english_home_page_shows_only_what_is_in_english(client, site):
    article = factories.NewsArticlePageFactory(
        parent=site.news, title="เฉพาะภาษาไทย", category=site.category
    )
    factories.alias(article)
    assert "เฉพาะภาษาไทย" not in client.get("/en/").content.decode()


def test_the_home_page_links_the_listing_of_each_category(client, site):
    tree = parse(client.get("/en/"))
    assert tree.css_first(".categories a").attributes["href"] == "/en/news/category/announcements/"


def test_the_home_page_takes_at_most_20_queries(client, site, django_assert_max_num_queries):
    for _number in range(6):
        factories.NewsArticlePageFactory(
            parent=site.news,
            category=site.category,
            lead_image=factories.SiteImageFactory(),
            lead_image_alt="ศาลากลางสวน",
        )
    client.get("/th/")
    with django_assert_max_num_queries(20):
        client.get("/th/")


# --- Errors


def test_a_missing_page_says_so_in_the_language_of_the_address(client, site):
    thai, english = client.get("/th/ไม่มี/"), client.get("/en/nothing/")
    assert thai.status_code == english.status_code == 404
    assert parse(thai).css_first("html").attributes["lang"] == "th"
    assert parse(english).css_first("h1").text() == "Page not found"
    assert parse(english).css_first("main form[role=search]")


def test_the_error_page_asks_the_database_for_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/en/news/"))
    assert response.status_code == 500
    tree = parse(response)
    assert tree.css_first("html").attributes["lang"] == "en"
    assert tree.css_first("h1").text() == "Something went wrong"
    assert tree.css_first("a[href='/en/']")


def test_a_nul_in_an_address_is_not_found(client, site):
    for path in ("/th/%00/", "/th/news/%00/", "/th/news/a%00b/"):
        assert client.get(path).status_code == 404


# --- Caches


def test_a_readers_page_may_lie_in_any_shared_cache(client, site):
    for path in ("/th/", "/th/news/", "/th/news/first/", "/th/search/?q=ข่าว"):
        response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304


def test_a_readers_page_is_the_same_with_and_without_preferences(client, site):
    plain = client.get("/th/").content
    client.cookies["preferences"] = "1.text_size-200"
    assert client.get("/th/").content == plain


def test_what_an_editor_gets_is_private(client, site, editor):
    client.force_login(editor)
    response = client.get("/th/news/first/")
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_a_page_behind_a_password_is_never_public(client, site):
    article = Page.objects.get(slug="first", locale=site.news.locale)
    PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.PASSWORD, password="เปิดประตู"
    )
    response = client.get("/th/news/first/")
    assert "public" not in response.get("Cache-Control", "")
    assert "ประชาชนยื่นคำขอ" not in response.content.decode()


# --- Search


@pytest.fixture
def flood(site):
    article = factories.NewsArticlePageFactory(
        parent=site.news,
        title="ประกาศเตือนภัยน้ำท่วมภาคเหนือ",
        slug="flood",
        category=site.category,
    )
    factories.NewsArticlePageFactory(
        parent=site.news, title="ราคาข้าวหอมมะลิ", slug="rice", category=site.category
    )
    in_english(article, title="Flood warning", slug="flood", category=site.category_en)
    return article


def found(client, language, text, **query) -> list[str]:
    return texts(parse(client.get(f"/{language}/search/", {"q": text, **query})), ".results a")


def test_a_thai_word_is_found_inside_unspaced_text(client, flood):
    assert found(client, "th", "น้ำท่วม") == ["ประกาศเตือนภัยน้ำท่วมภาคเหนือ"]
    assert found(client, "th", "ท่วม") == ["ประกาศเตือนภัยน้ำท่วมภาคเหนือ"]


def test_rice_does_not_find_news(client, flood):
    assert found(client, "th", "ข้าว") == ["ราคาข้าวหอมมะลิ"]


def test_each_language_finds_its_own_pages(client, flood):
    assert found(client, "en", "flood") == ["Flood warning"]
    assert found(client, "th", "flood") == []


def test_pages_in_their_original_language_only_are_counted_apart(client, site):
    article = factories.NewsArticlePageFactory(
        parent=site.news, title="ปลาในแม่น้ำ", category=site.category
    )
    factories.alias(article)
    response = client.get("/en/search/", {"q": "แม่น้ำ"})
    assert texts(parse(response), ".results a") == []
    assert "1 more page is found in its original language only." in response.content.decode()


def test_the_title_says_how_many_were_found_and_nothing_found_gets_help(client, flood):
    tree = parse(client.get("/en/search/", {"q": "flood"}))
    assert tree.css_first("title").text().startswith("1 result for “flood”")
    assert tree.css_first("main input[name=q]").attributes["value"] == "flood"
    tree = parse(client.get("/en/search/", {"q": "zebra"}))
    assert tree.css_first("h1").text() == "0 results for “zebra”"
    assert len(tree.css("main h2 + ul li")) >= 2


ANY_TEXT = (
    *('"', "'", "`", "\0", "\\", "*", "a*", "(", "NEAR(", "%", "<b>", "🙂", "๏", " ", "AND", "-x"),
    *("ก" * 5000, "word " * 500, "a:b"),
)


def test_no_query_breaks_the_search(client, site):
    for text in ANY_TEXT:
        assert client.get("/th/search/", {"q": text}).status_code == 200


def test_a_page_of_results_that_is_not_there_is_not_found(client, flood):
    for page in ("0", "-1", "x", "9" * 5000, "\0", "1.5", "2"):
        assert client.get("/th/search/", {"q": "น้ำท่วม", "page": page}).status_code == 404


def test_what_is_typed_is_shown_as_text(client, site):
    html = client.get("/en/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_the_stylesheet_keeps_the_contract_with_preferences():
    css = Path(finders.find("home/site.css")).read_text()
    for property_ in ("text-size", "line-height", "letter-spacing", "word-spacing", "typeface"):
        assert f"var(--{property_}" in css
    assert not re.search(r"font-size:\s*[\d.]+px", css)


@pytest.mark.parametrize("asked", ["ความเป็นส่วนตัว", "คุกกี้", "ผู้ตรวจการ"])
def test_words_inside_a_policy_are_found(client, bilingual_site, asked):
    factories.PolicyPageFactory(
        parent=bilingual_site.home,
        slug="privacy",
        title="นโยบายความเป็นส่วนตัวและคุกกี้",
        body="<p>ร้องเรียนต่อผู้ตรวจการแผ่นดินได้</p>",
    )
    assert "/th/privacy/" in client.get("/th/search/", {"q": asked}).text
