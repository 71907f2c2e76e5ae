"""Wagtail's own APIs, v2 and v3, as Sala makes them: whole articles, and no 500 from any query."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import APIToken, Collection, CollectionViewRestriction

from newsroom.models import NewsArticlePage
from tests import factories

NASTY = [
    "",
    "-1",
    '"',
    "%s",
    "AND OR NOT ( * ^ :",
    "None",
    "2025-13-45",
    "๑๒๓",
    "a(b(c",
    "root",
    "localhost:port",
    "🦆",
]
PARAMETERS = {
    "/api/v2/pages/": "limit offset fields order search search_operator rich_text_format format "
    "type child_of ancestor_of descendant_of translation_of locale site id title slug "
    "first_published_at show_in_menus parent nonsense",
    "/api/v2/pages/?type=newsroom.NewsArticlePage": "publication_date event_date event_time "
    "category lead_image lead_image_alt pinned correction_date body tags related_articles "
    "edition introduction order fields search",
    "/api/v2/pages/find/": "id html_path site",
    "/api/v2/images/": "limit offset fields order search id title width tags credit",
    "/api/v2/documents/": "limit offset fields order search id title tags language",
    "/api/v3/pages/": "limit offset order search search_operator type child_of ancestor_of "
    "descendant_of translation_of locale site title slug first_published_at pk nonsense",
    "/api/v3/pages/?type=newsroom.NewsArticlePage": "publication_date event_date event_time "
    "category lead_image lead_image_alt pinned correction_date body tags related_articles "
    "introduction edition order search",
    "/api/v3/pages/find/": "id html_path site version",
    "/api/v3/images/": "limit offset order search id title width tags credit",
    "/api/v3/documents/": "limit offset order search id title tags language",
    "/api/v3/news/": "language category tag year month since until q pinned untranslated limit "
    "cursor nonsense",
    "/api/v3/site/": "language nonsense",
}


@pytest.mark.parametrize("address", PARAMETERS)
def test_no_query_answers_500(client, newsroom, address):
    client.raise_request_exception = False
    asked = [(name, value) for name in PARAMETERS[address].split() for value in NASTY]
    # What the same guard refuses for every parameter needs one parameter only.
    asked += [("limit", value) for value in ("\x00", "9" * 20, str(2**63 - 1), "9" * 5000)]
    failed = []
    for name, value in asked:
        url = f"{address}{'&' if '?' in address else '?'}{urlencode({name: value})}"
        if client.get(url).status_code >= 500:
            failed.append(url)
    assert not failed


def test_no_path_answers_500(client, newsroom):
    client.raise_request_exception = False
    for path in (
        "/api/v2/pages/99999999999999999999/",
        "/api/v2/images/0/",
        "/api/v3/pages/99999999999999999999/",
        "/api/v3/pages/-1/",
        "/api/v3/images/99999999999999999999/",
        "/api/v3/news/99999999999999999999/",
        "/api/v3/news/9223372036854775807/",
        "/api/v3/news/%00/",
    ):
        assert client.get(path).status_code in (404, 422), path


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_an_offset_beyond_all_numbers_is_refused_by_name(client, newsroom, version):
    response = client.get(f"/api/{version}/pages/?offset=99999999999999999999")
    assert response.status_code == 422
    assert "99999999999999999999 is too large" in response.content.decode()


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_quotation_marks_in_a_search_are_only_words(client, newsroom, version):
    for words in ('"floods" NORTH', "floods' `north", "floods) (north*", 'north "'):
        response = client.get(f"/api/{version}/pages/", {"search": words})
        assert response.status_code == 200, words
        assert newsroom.english.title in response.content.decode(), words


# --- Articles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_articles_come_with_all_their_fields(client, newsroom, version):
    article = client.get(f"/api/{version}/pages/{newsroom.article.pk}/").json()
    assert article["title"] == "เปิดรับลงทะเบียนผู้ประสบน้ำท่วมภาคเหนือ"
    assert article["meta"]["type"] == "newsroom.NewsArticlePage"
    assert article["meta"]["locale"] == "th"
    assert article["introduction"] == "ยื่นคำขอได้ทุกแห่ง"
    assert article["publication_date"].startswith("2025-09-03T")
    assert article["event_date"] == "2025-09-10"
    assert article["event_time"] == "13:00:00"
    assert article["category"]["name"] == "ประกาศ"
    assert article["category"]["slug"] == "ประกาศ"
    assert sorted(article["tags"]) == ["น้ำท่วม", "ภาคเหนือ"]
    assert article["pinned"] is True
    assert article["correction_date"] == "2025-09-04"
    assert article["correction"] == "แก้วันปิดรับลงทะเบียน"
    assert article["lead_image"]["alternative"] == "ชาวบ้านต่อแถวหน้าศูนย์"
    assert article["lead_image"]["width"] == 64
    assert len(article["lead_image"]["renditions"]) == 3
    assert article["contact"][0]["value"]["name"] == "ศูนย์ช่วยเหลือ"
    attachment = article["attachments"][0]["value"]
    assert attachment["url"].endswith(newsroom.report.url)
    assert (attachment["type"], attachment["language"]) == ("application/pdf", "th")
    assert [other["title"] for other in article["related_articles"]] == ["ข่าวที่ยังไม่แปล"]
    assert article["edition"]["state"] == "original"
    assert [other["language"] for other in article["translations"]] == ["en"]
    body = {block["type"]: block["value"] for block in article["body"]}
    assert '<a href="/th/news/only-thai/">' in body["text"]
    assert body["image"]["image"]["alternative"] == "เจ้าหน้าที่แจกสิ่งของ"
    assert body["image"]["image"]["url"].startswith("http")
    assert body["document"]["size"] > 0


def test_every_column_of_an_article_is_in_the_api(newsroom):
    exposed = {field.name for field in NewsArticlePage.api_fields}
    own = {
        field.name
        for field in NewsArticlePage._meta.get_fields(include_parents=False)
        if field.concrete and field.name != "page_ptr"
    }
    assert own <= exposed


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_links_in_a_text_do_not_follow_the_browser_s_language(client, newsroom, version):
    path = f"/api/{version}/pages/{newsroom.article.pk}/"
    thai = client.get(path, headers={"Accept-Language": "th"})
    english = client.get(path, headers={"Accept-Language": "en"})
    assert thai.json()["body"] == english.json()["body"]
    assert thai["Content-Language"] == "th"


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_an_alias_says_what_language_its_text_is_in(client, newsroom, version):
    response = client.get(f"/api/{version}/pages/{newsroom.alias.pk}/")
    assert response.json()["edition"]["state"] == "untranslated"
    assert response.json()["edition"]["language"] == "th"
    assert response["Content-Language"] == "th"


def test_v2_lists_all_fields_of_articles_when_asked(client, newsroom):
    response = client.get(
        "/api/v2/pages/?type=newsroom.NewsArticlePage&fields=*&locale=en&order=-publication_date"
    )
    first = response.json()["items"][0]
    assert first["category"]["slug"] == "announcements"
    assert first["lead_image"]["alternative"] == "People queueing at the centre"


def test_an_editor_s_token_writes_an_article_by_v3(client, newsroom):
    editor = get_user_model().objects.create_superuser("writer", password="x" * 20)
    _token, key = APIToken.create_token(user=editor, name="test")
    response = client.post(
        "/api/v3/pages/",
        {
            "meta": {"type": "newsroom.NewsArticlePage", "parent_id": newsroom.site.news.pk},
            "title": "ข่าวจาก API",
            "slug": "from-api",
            "introduction": "เขียนผ่าน API",
            "category_id": newsroom.site.category.pk,
            "publication_date": "2025-10-01T09:00:00+07:00",
        },
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert response.status_code == 201, response.content.decode()
    assert response.json()["category"]["name"] == "ประกาศ"
    assert response["Cache-Control"] == "private, no-cache"
    assert not NewsArticlePage.objects.get(slug="from-api").live


# --- Pictures and documents -------------------------------------------------------------------


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_pictures_and_documents_can_be_read_by_anybody(client, newsroom, version):
    picture = client.get(f"/api/{version}/images/{newsroom.picture.pk}/").json()
    assert (picture["width"], picture["height"]) == (64, 48)
    assert picture["description"] == "สี่เหลี่ยมสีเขียวน้ำทะเล"
    assert picture["credit"] == ""
    assert picture["meta"]["download_url"].endswith(newsroom.picture.file.url)
    document = client.get(f"/api/{version}/documents/{newsroom.report.pk}/").json()
    assert document["title"] == "รายงานประจำปี"
    assert document["language"] == "th"
    assert document["file_size"] == len(b"%PDF-1.4\n%%EOF\n")
    assert document["meta"]["download_url"].endswith(newsroom.report.url)


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_what_lies_in_a_private_collection_is_not_told_of(client, newsroom, version):
    secret = Collection.get_first_root_node().add_child(name="ลับ")
    CollectionViewRestriction.objects.create(
        collection=secret, restriction_type=CollectionViewRestriction.LOGIN
    )
    picture = factories.SiteImageFactory(collection=secret)
    document = factories.SiteDocumentFactory(collection=secret)
    assert client.get(f"/api/{version}/images/{picture.pk}/").status_code == 404
    assert client.get(f"/api/{version}/documents/{document.pk}/").status_code == 404
    for kind in ("images", "documents"):
        assert len(client.get(f"/api/{version}/{kind}/").json()["items"]) == 1


def test_locales_need_a_token(client, newsroom):
    assert client.get("/api/v3/locales/").status_code == 401


def test_nobody_writes_without_a_token(client, newsroom, administrator):
    client.force_login(administrator)
    for method, path in (
        (client.post, "/api/v3/pages/"),
        (client.delete, f"/api/v3/images/{newsroom.picture.pk}/"),
        (client.patch, f"/api/v3/pages/{newsroom.article.pk}/"),
    ):
        assert method(path, {}, content_type="application/json").status_code == 401
