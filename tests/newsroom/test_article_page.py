import datetime

import pytest
from django.core.cache import cache
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Site

from tests import factories


def parse(response) -> LexborHTMLParser:
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def words(node) -> str:
    return " ".join(node.text().split())


def in_english(article, **values):
    """Return a translation with nothing Thai left in its own text, as the gate wants it."""
    picture = factories.SiteImageFactory()
    picture.contextual_alt_text, picture.decorative = "Plan of the building", False
    return factories.translate(
        article,
        title="Big news",
        introduction="In short",
        lead_image_alt="People in front of the pavilion",
        lead_image_caption="At the pavilion",
        lead_image_credit="Press office",
        body=[
            ("heading", {"level": "h2", "text": "In brief"}),
            ("image", {"image": picture, "caption": "Plan", "credit": ""}),
        ],
        contact=[("contact", {"name": "Press office", "telephone": "+66 2000 1000"})],
        correction="The right number is 12",
        **values,
    )


@pytest.fixture
def article(bilingual_site):
    site = bilingual_site
    document = factories.SiteDocumentFactory(title="รายงานประจำปี")
    picture = factories.SiteImageFactory()
    picture.contextual_alt_text, picture.decorative = "ผังอาคาร", False
    other = factories.NewsArticlePageFactory(
        parent=site.news, category=site.category, title="ข่าวก่อนหน้า", slug="before"
    )
    factories.alias(other)
    article = factories.NewsArticlePageFactory(
        parent=site.news,
        category=site.category,
        title="ข่าวใหญ่",
        slug="big",
        publication_date="2024-02-14T10:00:00+07:00",
        event_date=datetime.date(2024, 3, 1),
        event_time=datetime.time(9, 30),
        lead_image=factories.SiteImageFactory(),
        lead_image_alt="ชาวบ้านหน้าศาลา",
        lead_image_caption="หน้าศาลา",
        lead_image_credit="ฝ่ายสื่อสาร",
        body=[
            ("heading", {"level": "h2", "text": "สาระสำคัญ"}),
            ("image", {"image": picture, "caption": "ผัง", "credit": ""}),
        ],
        attachments=[("document", {"document": document, "title": ""})],
        contact=[("contact", {"name": "กลุ่มข่าว", "telephone": "0 2000 1000"})],
        related_articles=[("article", other)],
        correction_date=datetime.date(2024, 2, 15),
        correction="จำนวนที่ถูกต้องคือ 12",
    )
    article.tags.add("น้ำท่วม", "WCAG")
    article.save()
    return article


def test_an_article_shows_all_that_it_has(client, article):
    tree = parse(client.get("/th/news/big/"))
    assert tree.css_first("article h1").text() == "ข่าวใหญ่"
    assert [time.attributes["datetime"] for time in tree.css("article header time")] == [
        "2024-02-14",
        "2024-03-01T09:30+07:00",
        "2024-02-15",
    ]
    assert "1 มีนาคม 2567 เวลา 09.30 น." in words(tree.css_first("article header"))
    assert tree.css_first(".page-header__category a").text() == "ประกาศ"
    figure = tree.css_first("figure.figure--lead")
    assert figure.css_first("img").attributes["alt"] == "ชาวบ้านหน้าศาลา"
    assert figure.css_first("img").attributes.get("loading") != "lazy"
    assert words(figure.css_first("figcaption")) == "หน้าศาลา ฝ่ายสื่อสาร"
    assert tree.css_first(".prose img").attributes["alt"] == "ผังอาคาร"
    assert tree.css_first("address a[href='tel:020001000']")
    assert tree.css_first(".related a").attributes["href"] == "/th/news/before/"
    assert tree.css_first("[data-audience=views]")
    assert (
        client.get(tree.css_first(".page-header__category a").attributes["href"]).status_code == 200
    )


def test_a_correction_stands_before_the_text(client, article):
    html = client.get("/th/news/big/").content.decode()
    assert "จำนวนที่ถูกต้องคือ 12" in html
    assert html.index("จำนวนที่ถูกต้องคือ 12") < html.index("สาระสำคัญ")
    assert "15 กุมภาพันธ์ 2567" in html


def test_a_document_link_says_type_size_and_language(client, article):
    link = parse(client.get("/th/news/big/")).css_first(".documents a")
    assert words(link).startswith("รายงานประจำปี (PDF, ")
    assert "15" in words(link)
    assert link.attributes["hreflang"] == "th"
    english = in_english(article, slug="big")
    link = parse(client.get(english.url)).css_first(".documents a")
    assert words(link).endswith("in Thai)")


def test_a_tag_leads_to_the_articles_that_carry_it(client, article):
    tags = parse(client.get("/th/news/big/")).css(".tags a")
    assert {tag.text() for tag in tags} == {"น้ำท่วม", "WCAG"}
    for tag in tags:
        listing = parse(client.get(tag.attributes["href"]))
        assert "ข่าวใหญ่" in listing.css_first("main").text()


def test_a_decorative_lead_image_is_passed_over(client, article):
    article.lead_image_alt, article.lead_image_decorative = "", True
    article.save_revision().publish()
    image = parse(client.get("/th/news/big/")).css_first("figure.figure--lead img")
    assert image.attributes["alt"] in ("", None)
    assert "alt" in image.attributes


def test_an_untranslated_page_says_so_and_marks_the_original(client, article):
    factories.alias(article)
    tree = parse(client.get("/en/news/big/"))
    assert tree.css_first("html").attributes["lang"] == "en"
    notice = tree.css_first(".edition-notice")
    assert "not yet translated" in notice.text()
    assert notice.css_first("a").attributes["href"] == "/th/news/big/"
    marked = tree.css_first("article")
    assert marked.attributes["lang"] == "th"
    assert "14 กุมภาพันธ์ 2567" in marked.text()
    assert tree.css_first(".breadcrumbs [aria-current=page]").attributes["lang"] == "th"
    assert tree.css_first("link[rel=canonical]").attributes["href"].endswith("/th/news/big/")


def test_thai_words_on_an_english_page_say_that_they_are_thai(client, article):
    english = in_english(article, slug="big")
    tree = parse(client.get(english.url))
    assert "lang" not in tree.css_first("article").attributes
    assert tree.css_first(".page-header__category [lang=th]").text() == "ประกาศ"
    assert tree.css_first(".related a").attributes["lang"] == "th"
    tags = {tag.text(): tag.attributes.get("lang") for tag in tree.css(".tags a")}
    assert tags == {"น้ำท่วม": "th", "WCAG": None}


def test_a_related_article_is_the_translated_one_even_when_it_was_translated_later(client, article):
    english = in_english(article, slug="big")
    other = article.get_related_articles()[0]
    other.get_translation(english.locale).delete()  # the alias
    factories.translate(other, slug="before-in-english", title="What came before")
    link = parse(client.get(english.url)).css_first(".related a")
    assert link.attributes["href"] == "/en/news/before-in-english/"
    assert "lang" not in link.attributes
    thai = parse(client.get(article.url)).css_first(".related a")
    assert thai.attributes["href"] == "/th/news/before/"


def test_both_languages_know_of_each_other(client, article):
    in_english(article, slug="big-news")
    for path in ("/th/news/big/", "/en/news/big-news/"):
        tree = parse(client.get(path))
        alternates = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in tree.css("link[rel=alternate][hreflang]")
        }
        assert alternates["th"].endswith("/th/news/big/")
        assert alternates["en"].endswith("/en/news/big-news/")


def test_shared_links_show_title_introduction_and_picture(client, article):
    tree = parse(client.get("/th/news/big/"))
    meta = {
        node.attributes["property"]: node.attributes["content"]
        for node in tree.css("meta[property]")
    }
    assert meta["og:title"] == "ข่าวใหญ่"
    assert meta["og:image"].startswith("http")
    assert meta["og:image:alt"] == "ชาวบ้านหน้าศาลา"


@pytest.mark.parametrize("path", ["/th/news/big/", "/en/news/big/"])
def test_an_article_takes_at_most_15_queries(
    client, article, path, bilingual_site, django_assert_max_num_queries
):
    in_english(article, slug="big", category=bilingual_site.category_en)
    client.get(path)  # furniture and site paths are kept for all pages
    with django_assert_max_num_queries(15):
        client.get(path)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(19):  # and these fetch them, once a minute
        client.get(path)
