"""The news endpoints: what a front end may rely on."""

from django.urls import reverse
from wagtail.models import PageViewRestriction

from newsroom.audience import set_opening_views
from tests import factories


def listing(client, **query):
    response = client.get("/api/v3/news/", query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def titles(client, **query):
    return [item["title"] for item in listing(client, **query)["items"]]


def whole(client, page):
    response = client.get(f"/api/v3/news/{page.pk}/")
    assert response.status_code == 200, response.content.decode()
    return response.json()


def is_there(client, url):
    response = client.get(url)
    response.close()
    return response.status_code == 200


def test_the_listing_says_what_a_front_page_needs(client, newsroom):
    set_opening_views(newsroom.article, 1234)
    [item, _other] = listing(client, language="th")["items"]
    assert item | {"edition": None, "lead_image": None, "updated_at": None} == {
        "id": newsroom.article.pk,
        "title": "เปิดรับลงทะเบียนผู้ประสบน้ำท่วมภาคเหนือ",
        "language": "th",
        "url": "http://testserver/th/news/flood/",
        "api_url": f"http://testserver/api/v3/news/{newsroom.article.pk}/",
        "publication_date": "2025-09-03T02:30:00Z",
        "updated_at": None,
        "event_date": "2025-09-10",
        "event_time": "13:00:00",
        "category": {
            "id": newsroom.site.category.pk,
            "name": "ประกาศ",
            "slug": "ประกาศ",
            "language": "th",
            "feed_url": "http://testserver" + reverse("news_category_feed", args=["th", "ประกาศ"]),
        },
        "tags": ["น้ำท่วม", "ภาคเหนือ"],
        "introduction": "ยื่นคำขอได้ทุกแห่ง",
        "lead_image": None,
        "pinned": True,
        "correction": {"date": "2025-09-04", "reason": "แก้วันปิดรับลงทะเบียน"},
        "edition": None,
        "translations": [
            {
                "id": newsroom.english.pk,
                "language": "en",
                "title": "Registration opens for those hit by floods in the North",
                "url": "http://testserver/en/news/flood/",
                "api_url": f"http://testserver/api/v3/news/{newsroom.english.pk}/",
            }
        ],
        "views": 1234,
    }


def test_the_lead_image_comes_with_sizes_and_its_own_alternative(client, newsroom):
    [thai] = listing(client, language="th", pinned="true")["items"]
    [english] = listing(client, language="en")["items"]
    picture = thai["lead_image"]
    assert picture["alternative"] == "ชาวบ้านต่อแถวหน้าศูนย์"
    assert english["lead_image"]["alternative"] == "People queueing at the centre"
    assert not picture["decorative"]
    assert (picture["width"], picture["height"]) == (64, 48)
    assert picture["url"].startswith("http://testserver/media/")
    assert (picture["caption"], picture["credit"]) == ("ศูนย์ช่วยเหลือ", "ฝ่ายสื่อสาร")
    assert [rendition["type"] for rendition in picture["renditions"]] == ["image/webp"] * 3
    for rendition in picture["renditions"]:
        assert is_there(client, rendition["url"])


def test_a_decorative_lead_image_has_no_alternative(client, newsroom):
    newsroom.article.lead_image_alt = ""
    newsroom.article.lead_image_decorative = True
    newsroom.article.save()
    picture = whole(client, newsroom.article)["lead_image"]
    assert (picture["decorative"], picture["alternative"]) == (True, "")


def test_a_picture_whose_file_is_gone_does_not_take_the_article_with_it(client, newsroom):
    newsroom.picture.renditions.all().delete()
    newsroom.picture.file.storage.delete(newsroom.picture.file.name)
    assert listing(client, pinned="true")["items"][0]["lead_image"]["renditions"] == []
    assert whole(client, newsroom.article)["lead_image"]["renditions"] == []


def test_a_whole_article_has_its_body_as_html_and_in_parts(client, newsroom):
    article = whole(client, newsroom.article)
    html = article["body_html"]
    assert "<ol><li>บัตรประชาชน</li></ol>" in html
    assert '<a href="http://testserver/th/news/only-thai/">ข่าวก่อน</a>' in html
    assert 'alt="เจ้าหน้าที่แจกสิ่งของ"' in html
    assert 'src="http://testserver/media/' in html
    assert 'srcset="http://testserver/media/' in html
    assert ", http://testserver/media/" in html or html.count("srcset") == 1
    assert "<script" not in html
    assert "style=" not in html
    by_type = {block["type"]: block["value"] for block in article["body"]}
    assert by_type["heading"] == {"level": "h2", "text": "ผู้มีสิทธิ"}
    assert by_type["text"].startswith('<p>อ่าน <a href="')
    assert by_type["image"]["caption"] == "ที่ว่าการอำเภอ"
    assert by_type["image"]["image"]["alternative"] == "เจ้าหน้าที่แจกสิ่งของ"
    assert by_type["image"]["image"]["url"].startswith("http://testserver/media/")
    assert by_type["document"]["title"] == "รายงานประจำปี"


def test_attachments_say_their_type_size_and_language(client, newsroom):
    [attachment] = whole(client, newsroom.article)["attachments"]
    assert attachment == {
        "id": newsroom.report.pk,
        "title": "แบบคำขอ",
        "url": f"http://testserver{newsroom.report.url}",
        "filename": newsroom.report.filename,
        "type": "application/pdf",
        "size": len(b"%PDF-1.4\n%%EOF\n"),
        "language": "th",
    }
    assert is_there(client, attachment["url"])


def test_contact_related_articles_and_alternates_come_along(client, newsroom):
    article = whole(client, newsroom.article)
    assert article["contact"]["telephone"] == "0 2000 1000"
    assert [other["title"] for other in article["related"]] == ["ข่าวที่ยังไม่แปล"]
    assert article["alternates"] == [
        {"hreflang": "th", "href": "http://testserver/th/news/flood/"},
        {"hreflang": "en", "href": "http://testserver/en/news/flood/"},
        {"hreflang": "x-default", "href": "http://testserver/th/news/flood/"},
    ]
    assert article["site_url"] == "http://testserver/api/v3/site/?language=th"
    assert client.get(article["site_url"]).status_code == 200


def test_every_address_in_an_answer_leads_somewhere(client, newsroom):
    article = whole(client, newsroom.english)
    for url in (
        article["api_url"],
        article["category"]["feed_url"],
        article["lead_image"]["url"],
        article["translations"][0]["api_url"],
    ):
        assert is_there(client, url), url


# --- Languages --------------------------------------------------------------------------------


def test_what_is_only_in_thai_is_not_passed_off_as_english(client, newsroom):
    assert titles(client, language="en") == [newsroom.english.title]
    assert len(titles(client)) == 3


def test_untranslated_articles_come_when_asked_for_and_say_what_they_are(client, newsroom):
    items = listing(client, language="en", untranslated="include")["items"]
    [alias] = [item for item in items if item["id"] == newsroom.alias.pk]
    assert alias["language"] == "th"
    assert alias["edition"]["state"] == "untranslated"
    assert alias["edition"]["locale"] == "en"
    assert alias["edition"]["source_url"] == "http://testserver/th/news/only-thai/"


def test_a_translation_that_is_older_than_its_source_says_so(client, newsroom):
    assert whole(client, newsroom.english)["edition"]["state"] == "translation"
    newsroom.article.save_revision().publish()
    edition = whole(client, newsroom.english)["edition"]
    assert edition["state"] == "older"
    assert edition["source_url"] == "http://testserver/th/news/flood/"
    assert edition["source_updated_at"] > edition["translated_at"]


def test_content_language_says_what_the_text_is_in(client, newsroom):
    assert client.get("/api/v3/news/?language=en")["Content-Language"] == "en"
    assert client.get("/api/v3/news/")["Content-Language"] == "en, th"
    assert client.get(f"/api/v3/news/{newsroom.alias.pk}/")["Content-Language"] == "th"


def test_the_reader_s_browser_does_not_change_the_answer(client, newsroom):
    path = f"/api/v3/news/{newsroom.article.pk}/"
    answers = {
        client.get(path, headers={"Accept-Language": language}).content
        for language in ("th", "en", "xx", "")
    }
    assert len(answers) == 1


# --- Filters ----------------------------------------------------------------------------------


FILTERS = [
    ({"category": "ประกาศ"}, 2),
    ({"category": "announcements"}, 1),
    ({"category": "announcements", "language": "en"}, 1),
    ({"tag": "น้ำท่วม", "language": "th"}, 1),
    ({"tag": "never used"}, 0),
    ({"year": 2025, "language": "th"}, 2),
    ({"year": 2025, "month": 3, "language": "th"}, 1),
    ({"year": 2025, "month": 12}, 0),
    ({"year": 2024}, 0),
    ({"since": "2025-09-03", "language": "th"}, 1),
    ({"since": "2025-09-04"}, 0),
    ({"until": "2025-03-01", "language": "th"}, 1),
    ({"until": "2025-02-28", "language": "th"}, 0),
    ({"since": "2025-09-03T09:30:00+07:00", "until": "2025-09-03T09:30:00+07:00"}, 2),
    ({"pinned": "true", "language": "th"}, 1),
    ({"pinned": "false", "language": "th"}, 1),
    ({"q": "น้ำท่วม", "language": "th"}, 1),
    ({"q": "floods NORTH"}, 1),
    ({"q": "floods south"}, 0),
    ({"q": "ข้าว"}, 0),
    ({"q": "!?"}, 0),
    ({"language": "TH"}, 2),
]


def test_filters_find(client, newsroom):
    found = [(query, len(titles(client, **query))) for query, _number in FILTERS]
    assert found == FILTERS


def test_a_day_begins_at_midnight_where_the_site_is(client, newsroom):
    newsroom.other.publication_date = "2025-12-31T18:00:00+00:00"  # 1 January in Bangkok
    newsroom.other.save()
    assert titles(client, year=2026, language="th") == ["ข่าวที่ยังไม่แปล"]
    assert titles(client, since="2026-01-01", language="th") == ["ข่าวที่ยังไม่แปล"]


REFUSED = [
    ("colour=red", "'colour' is no parameter here; there are: language, category, tag"),
    ("date__gte=2025-01-01", "'date__gte' is no parameter here"),
    ("{colour}=red", "'{colour}' is no parameter here"),
    ("language=de", "language='de' is not allowed: the languages here are th, en"),
    ("language=th&language=en", "'language' is given 2 times: give it once"),
    ("category=nothing", "category='nothing' is not allowed: there are ประกาศ, announcements"),
    ("category=announcements&language=th", "there are ประกาศ"),
    ("year=2567", "2567 of the Buddhist era is 2024"),
    ("year=twenty", "year='twenty' is not allowed"),
    ("month=2", "`month` needs `year` too"),
    ("year=2025&month=13", "month='13' is not allowed"),
    ("since=tomorrow", "since='tomorrow' is not allowed: give a date such as 2025-01-31"),
    ("since=0001-01-01", "since='0001-01-01' is not allowed"),
    ("until=9999-12-31T23:59:59-12:00", "until='9999-12-31T23:59:59-12:00' is not allowed"),
    ("since=2025-02-01&until=2025-01-01", "nothing lies between"),
    ("pinned=perhaps", "pinned='perhaps' is not allowed: Input should be 'true' or 'false'"),
    ("untranslated=yes", "untranslated='yes' is not allowed"),
    ("limit=0", "limit='0' is not allowed"),
    ("limit=101", "limit='101' is not allowed: Input should be less than or equal to 100"),
    ("cursor=backwards", "cursor='backwards' is not allowed"),
    ("q=", "q='' is not allowed"),
    ("q=" + "x" * 201, "at most 200 characters"),
    ("q=" + "x" * 2000, "a value of 2000 characters is too long: at most 1000"),
    ("q=%00", r"'\x00' holds a control character"),
    ("limit=99999999999999999999", "99999999999999999999 is too large"),
    ("%00=1", r"'\x00' holds a control character"),
]


def test_what_cannot_be_answered_is_refused_by_name(client, bilingual_site):
    for query, named in REFUSED:
        response = client.get(f"/api/v3/news/?{query}")
        assert response.status_code == 422, query
        assert response["Content-Type"] == "application/problem+json"
        assert named in " ".join(error["msg"] for error in response.json()["errors"])


def test_one_article_takes_no_parameters(client, newsroom):
    response = client.get(f"/api/v3/news/{newsroom.article.pk}/?fields=title")
    assert response.status_code == 422
    assert "'fields' is no parameter here; there are: none" in response.content.decode()


# --- Paging -----------------------------------------------------------------------------------


def test_the_cursor_leads_through_all_articles_once(client, newsroom):
    for number in range(5):
        # Several of one moment: the primary key then decides.
        factories.NewsArticlePageFactory(
            parent=newsroom.site.news,
            category=newsroom.site.category,
            publication_date="2025-05-01T00:00:00Z",
            title=f"ข่าวที่ {number}",
        )
    seen, address = [], "/api/v3/news/?language=th&limit=2"
    while address:
        page = client.get(address).json()
        seen += [item["id"] for item in page["items"]]
        assert (page["next"] is None) == (page["cursor"] is None)
        address = page["next"]
    everything = listing(client, language="th")["items"]
    assert seen == [item["id"] for item in everything]
    assert len(seen) == len(set(seen)) == 7
    dates = [item["publication_date"] for item in everything]
    assert dates == sorted(dates, reverse=True)


def test_what_is_published_meanwhile_does_not_shift_the_next_page(client, newsroom):
    first = listing(client, language="th", limit=1)
    factories.NewsArticlePageFactory(parent=newsroom.site.news, category=newsroom.site.category)
    second = client.get(first["next"]).json()
    assert [item["title"] for item in second["items"]] == ["ข่าวที่ยังไม่แปล"]


# --- Who may read -----------------------------------------------------------------------------


def test_drafts_and_private_articles_are_not_there_even_for_editors(
    client, newsroom, administrator
):
    newsroom.other.unpublish()
    PageViewRestriction.objects.create(
        page=newsroom.article, restriction_type=PageViewRestriction.LOGIN
    )
    client.force_login(administrator)
    assert titles(client, language="th") == []
    assert whole(client, newsroom.english)["translations"] == []
    for page in (newsroom.other, newsroom.article):
        response = client.get(f"/api/v3/news/{page.pk}/")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert str(page.pk) in response.json()["detail"]


def test_a_private_related_article_is_not_told_of(client, newsroom):
    PageViewRestriction.objects.create(
        page=newsroom.other, restriction_type=PageViewRestriction.LOGIN
    )
    assert whole(client, newsroom.article)["related"] == []


def test_pages_of_another_site_are_not_there(client, newsroom):
    elsewhere = factories.HomePageFactory(slug="elsewhere")
    index = factories.NewsIndexPageFactory(parent=elsewhere)
    stranger = factories.NewsArticlePageFactory(parent=index, category=newsroom.site.category)
    assert stranger.title not in titles(client)
    assert client.get(f"/api/v3/news/{stranger.pk}/").status_code == 404


# --- Cost -------------------------------------------------------------------------------------


def test_a_listing_of_twenty_takes_at_most_ten_queries(
    client, newsroom, django_assert_max_num_queries
):
    for number in range(20):
        article = factories.NewsArticlePageFactory(
            parent=newsroom.site.news,
            category=newsroom.site.category,
            lead_image=newsroom.picture,
            lead_image_alt=f"ชาวบ้านเดินลุยน้ำบนถนนสาย {number}",
        )
        article.tags.add("ทดสอบ", f"ที่ {number}")
        article.save()
        if number < 3:
            factories.translate(
                article,
                slug=f"a-{number}",
                title=f"Article {number}",
                introduction="",
                body=[],
                category=newsroom.site.category_en,
                lead_image_alt="Villagers wading along a road",
            )
    client.get("/api/v3/news/?language=th")
    with django_assert_max_num_queries(10):
        assert len(listing(client, language="th", category="ประกาศ", limit=20)["items"]) == 20


def test_a_whole_article_takes_at_most_fifteen_queries(
    client, newsroom, django_assert_max_num_queries
):
    pictures = [factories.SiteImageFactory() for _number in range(6)]
    documents = [factories.SiteDocumentFactory(title=f"รายงานไตรมาส {n}") for n in range(1, 5)]
    for number, picture in enumerate(pictures, start=1):
        picture.contextual_alt_text = f"ชาวบ้านเดินลุยน้ำบนถนนสาย {number}"
        picture.decorative = False
    newsroom.article.body = [
        *[("image", {"image": picture}) for picture in pictures[:3]],
        ("gallery", {"items": [{"image": picture} for picture in pictures[3:]]}),
        *[("document", {"document": document}) for document in documents],
    ]
    newsroom.article.save_revision().publish()
    whole(client, newsroom.article)
    with django_assert_max_num_queries(15):
        whole(client, newsroom.article)
