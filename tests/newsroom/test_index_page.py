import pytest
from django.core.cache import cache
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Site
from wagtail.rich_text import RichText

from newsroom.models import NewsIndexPage
from tests import factories


def parse(response) -> LexborHTMLParser:
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


TITLES = "main .card__title"


@pytest.fixture
def articles(bilingual_site):
    """Four Thai articles of two years, in two categories; the first two are in English too."""
    site = bilingual_site
    other = factories.NewsCategoryFactory(name="กิจกรรม", slug="กิจกรรม")
    other_en = factories.translate(other, name="Activities", slug="activities")
    made = {}
    for name, date, category, category_en, pinned in (
        ("หนึ่ง", "2024-02-14", site.category, site.category_en, False),
        ("สอง", "2024-02-20", other, other_en, False),
        ("สาม", "2024-05-01", site.category, None, True),
        ("สี่", "2025-01-01", site.category, None, False),
    ):
        article = factories.NewsArticlePageFactory(
            parent=site.news,
            title=name,
            category=category,
            publication_date=f"{date}T00:30:00+07:00",
            pinned=pinned,
        )
        if category_en:
            factories.translate(
                article,
                title=f"News of {date}",
                introduction="In short",
                body=[("text", RichText("<p>Anybody may apply.</p>"))],
                category=category_en,
            )
        else:
            factories.alias(article)
        made[name] = article
    return made


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "page_size", 2)


def test_pinned_articles_stand_above_the_others_and_say_so(client, articles):
    tree = parse(client.get("/th/news/"))
    assert texts(tree, TITLES) == ["สาม", "สี่", "สอง", "หนึ่ง"]
    assert tree.css_first(".card").css_first(".card__pinned")
    assert len(tree.css(".card__pinned")) == 1


def test_an_english_listing_shows_what_is_in_english_and_says_what_waits(client, articles):
    tree = parse(client.get("/en/news/"))
    assert texts(tree, TITLES) == ["News of 2024-02-20", "News of 2024-02-14"]
    notice = tree.css_first(".notice")
    assert "2 more articles are not yet translated" in notice.text()
    assert notice.css_first("a[lang=th]").attributes["href"] == "/th/news/"


def test_a_month_is_addressed_in_the_gregorian_calendar_and_named_in_the_readers(client, articles):
    thai = parse(client.get("/th/news/2024/02/"))
    assert texts(thai, TITLES) == ["สอง", "หนึ่ง"]
    assert thai.css_first("h1").text() == "ข่าว, กุมภาพันธ์ 2567"
    english = parse(client.get("/en/news/2024/02/"))
    assert english.css_first("h1").text() == "News, February 2024"
    other = english.css_first(".language-switch a[lang=th]")
    assert other.attributes["href"] == "/th/news/2024/02/"


def test_a_month_begins_at_local_midnight(client, articles):
    assert texts(parse(client.get("/th/news/2025/01/")), TITLES) == ["สี่"]
    assert client.get("/th/news/2024/12/").status_code == 404


def test_a_year_lists_all_its_months(client, articles):
    tree = parse(client.get("/th/news/2024/"))
    assert texts(tree, TITLES) == ["สาม", "สอง", "หนึ่ง"]
    assert tree.css_first("h1").text() == "ข่าว, 2567"
    archive = {
        node.text(): node.attributes["href"]
        for node in tree.css("[aria-labelledby=facet-archive] a")
    }
    assert archive["พฤษภาคม 2567"] == "/th/news/2024/05/"
    assert "มกราคม 2568" in archive


def test_a_category_has_a_page_like_listing_of_its_own(client, articles):
    tree = parse(client.get("/en/news/category/activities/"))
    assert tree.css_first("h1").text() == "Activities"
    assert tree.css_first("title").text().startswith("Activities")
    assert tree.css_first(".lede").text() == "ข่าวของหมวดนี้"
    assert texts(tree, TITLES) == ["News of 2024-02-20"]
    feed = tree.css_first("link[rel=alternate][type='application/atom+xml']")
    assert feed.attributes["href"] == "/feeds/en/category/activities/"
    assert client.get(feed.attributes["href"]).status_code == 200
    assert tree.css_first(".breadcrumbs [aria-current=page]").text() == "Activities"


def test_a_category_leads_to_itself_in_the_other_language(client, articles):
    tree = parse(client.get("/en/news/category/activities/"))
    thai = tree.css_first(".language-switch a[lang=th]").attributes["href"]
    assert parse(client.get(thai)).css_first("h1").text() == "กิจกรรม"


def test_a_filter_by_category_leads_to_its_listing(client, articles):
    response = client.get("/en/news/", {"category": "activities"})
    assert response.status_code == 302
    assert response["Location"] == "/en/news/category/activities/"


def test_a_tag_lists_the_articles_that_carry_it(client, articles):
    articles["หนึ่ง"].tags.add("น้ำท่วม")
    articles["หนึ่ง"].save()
    tree = parse(client.get("/th/news/", {"tag": "น้ำท่วม"}))
    assert texts(tree, TITLES) == ["หนึ่ง"]
    assert tree.css_first("h1").text() == "ข่าว: “น้ำท่วม”"


def test_paging_is_a_nav_with_a_heading_and_a_list(client, articles, two_a_page):
    first = parse(client.get("/th/news/"))
    assert texts(first, TITLES) == ["สาม", "สี่"]
    nav = first.css_first("nav.pagination")
    assert nav.attributes["aria-labelledby"] == nav.css_first("h2").attributes["id"]
    assert nav.css_first("ul li a[aria-current=page]").attributes["href"] == "/th/news/?page=1"
    assert nav.css_first("a[rel=next]").attributes["href"] == "/th/news/?page=2"
    assert not nav.css_first("a[rel=prev]")
    second = parse(client.get("/th/news/?page=2"))
    assert texts(second, TITLES) == ["สอง", "หนึ่ง"]
    assert second.css_first("nav.pagination a[rel=prev]")


def test_no_number_of_a_page_breaks_a_listing(client, articles, two_a_page):
    for page in ("0", "-1", "3", "x", "1.5", "\0", "9" * 5000, "1e9", "ก"):
        assert client.get("/th/news/", {"page": page}).status_code == 404, page


def test_no_address_breaks_the_archive(client, articles):
    for path in ("0000", "9999", "2024/13", "2024/00", "2024/2", "20240", "category/x", "category"):
        assert client.get(f"/th/news/{path}/").status_code == 404, path
    for query in ({"category": "\0"}, {"category": "x"}):
        assert client.get("/th/news/", query).status_code == 404
    for query in ({"tag": "\0"}, {"tag": "x" * 5000}, {"tag": "'"}):
        assert texts(parse(client.get("/th/news/", query)), TITLES) == []


def test_a_draft_is_not_listed(client, articles):
    articles["สี่"].unpublish()
    assert "สี่" not in texts(parse(client.get("/th/news/")), TITLES)


def test_a_card_says_its_picture_as_the_article_does(client, bilingual_site):
    for decorative in (True, False):
        factories.NewsArticlePageFactory(
            parent=bilingual_site.news,
            category=bilingual_site.category,
            lead_image=factories.SiteImageFactory(),
            lead_image_decorative=decorative,
            lead_image_alt="" if decorative else "ศาลากลางสวน",
        )
    images = parse(client.get("/th/news/")).css(".card img")
    assert sorted(image.attributes["alt"] or "" for image in images) == ["", "ศาลากลางสวน"]
    for image in images:
        assert image.attributes["srcset"]
        assert image.attributes["width"]
        assert image.attributes["height"]
        assert image.attributes["loading"] == "lazy"


@pytest.mark.parametrize("path", ["/th/news/", "/en/news/"])
def test_a_listing_takes_at_most_15_queries(
    client, articles, path, bilingual_site, django_assert_max_num_queries
):
    for _number in range(5):
        factories.NewsArticlePageFactory(
            parent=bilingual_site.news,
            category=bilingual_site.category,
            lead_image=factories.SiteImageFactory(),
            lead_image_alt="ศาลากลางสวน",
        )
    client.get(path)  # furniture and site paths are kept for all pages
    with django_assert_max_num_queries(15):
        client.get(path)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(19):  # and these fetch them, once a minute
        client.get(path)
