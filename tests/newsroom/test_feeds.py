"""Atom feeds (RFC 4287)."""

from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests import factories

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, path="/feeds/th/"):
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def text(element, name):
    return element.findtext(f"{ATOM}{name}")


def links(element, rel):
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def entry(root, title):
    return next(each for each in root.findall(f"{ATOM}entry") if text(each, "title") == title)


def test_a_feed_says_what_it_is_where_it_is_and_in_which_language(client, newsroom):
    root = feed(client)
    assert root.get(XML_LANG) == "th"
    assert text(root, "title") == "ข่าว – สำนักงานทดสอบแห่งชาติ"
    assert text(root, "id").startswith("urn:uuid:")
    assert links(root, "self") == ["http://testserver/feeds/th/"]
    assert links(root, "alternate") == ["http://testserver/th/news/"]
    response = client.get("/feeds/th/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Content-Language"] == "th"


def test_a_feed_is_published_by_who_the_site_is_in_its_language(client, newsroom):
    author = feed(client, "/feeds/en/").find(f"{ATOM}author")
    assert text(author, "name") == "National Test Office"


def test_a_feed_keeps_its_id_whatever_the_host(client, newsroom, settings):
    settings.ALLOWED_HOSTS = ["*"]
    here = feed(client)
    client.defaults["HTTP_HOST"] = "other.example.org"
    there = feed(client)
    assert text(here, "id") == text(there, "id")
    assert links(there, "self") == ["http://other.example.org/feeds/th/"]


def test_an_entry_has_the_whole_title_introduction_category_and_picture(client, newsroom):
    title = "ประกาศ" * 42  # 252 characters
    newsroom.article.title = title
    newsroom.article.save_revision().publish()
    found = entry(feed(client), title)
    assert "ยื่นคำขอได้ทุกแห่ง" in text(found, "summary")
    assert links(found, "alternate") == ["http://testserver/th/news/flood/"]
    assert text(found, "published") == "2025-09-03T02:30:00+00:00"
    assert text(found, "updated") > text(found, "published")
    categories = {each.get("term"): each.get("label") for each in found.findall(f"{ATOM}category")}
    assert categories["ประกาศ"] == "ประกาศ"
    [enclosure] = links(found, "enclosure")
    response = client.get(enclosure)
    picture = b"".join(response.streaming_content)
    [link] = [each for each in found.findall(f"{ATOM}link") if each.get("rel") == "enclosure"]
    assert link.get("type") == "image/png"
    assert link.get("length") == str(len(picture))


def test_a_picture_whose_file_is_lost_does_not_take_the_feed_with_it(client, newsroom):
    newsroom.picture.file.delete(save=False)
    type(newsroom.picture).objects.update(file="original_images/lost.png", file_size=None)
    assert links(entry(feed(client), newsroom.article.title), "enclosure") == []


def test_a_correction_is_marked_for_people_and_machines(client, newsroom):
    corrected = entry(feed(client), newsroom.article.title)
    assert "แก้วันปิดรับลงทะเบียน" in text(corrected, "summary")
    assert "4 กันยายน 2568" in text(corrected, "summary")
    terms = [each.get("term") for each in corrected.findall(f"{ATOM}category")]
    assert "corrected" in terms
    plain = entry(feed(client), "ข่าวที่ยังไม่แปล")
    assert "corrected" not in [each.get("term") for each in plain.findall(f"{ATOM}category")]


def test_an_entry_keeps_its_id_when_its_address_changes(client, newsroom):
    before = text(entry(feed(client), newsroom.article.title), "id")
    newsroom.article.slug = "another-slug"
    newsroom.article.save_revision().publish()
    after = entry(feed(client), newsroom.article.title)
    assert text(after, "id") == before
    assert links(after, "alternate") == ["http://testserver/th/news/another-slug/"]
    english = feed(client, "/feeds/en/").find(f"{ATOM}entry")
    assert text(english, "id") != before


def test_a_feed_holds_only_what_is_really_in_its_language(client, newsroom):
    root = feed(client, "/feeds/en/")
    assert root.get(XML_LANG) == "en"
    assert [text(each, "title") for each in root.findall(f"{ATOM}entry")] == [
        newsroom.english.title
    ]


def test_a_feed_holds_no_drafts_and_nothing_private(client, newsroom):
    newsroom.other.unpublish()
    PageViewRestriction.objects.create(
        page=newsroom.article, restriction_type=PageViewRestriction.LOGIN
    )
    assert feed(client).findall(f"{ATOM}entry") == []


def test_a_category_has_a_feed_of_its_own(client, newsroom):
    other = factories.NewsCategoryFactory(name="กิจกรรม", slug="กิจกรรม")
    newsroom.other.category = other
    newsroom.other.save_revision().publish()
    root = feed(client, "/feeds/th/category/กิจกรรม/")
    assert [text(each, "title") for each in root.findall(f"{ATOM}entry")] == ["ข่าวที่ยังไม่แปล"]
    assert text(root, "title").startswith("กิจกรรม – ")
    assert client.get(links(root, "self")[0]).status_code == 200


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/feeds/de/", "/feeds/en/\n/feeds/th/"),
        ("/feeds/th/category/nothing/", "/feeds/en/category/announcements/"),
        ("/feeds/de/category/announcements/", "/feeds/en/category/announcements/"),
        ("/feeds/%00/", "/feeds/th/"),
    ],
)
def test_an_unknown_feed_names_those_there_are(client, newsroom, path, named):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")
    assert named in response.content.decode()


def test_a_reader_that_has_the_feed_already_gets_none(client, newsroom):
    first = client.get("/feeds/th/")
    assert "public" in first["Cache-Control"]
    again = client.get("/feeds/th/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_feed_stays_the_same(client, bilingual_site):
    assert client.get("/feeds/en/").content == client.get("/feeds/en/").content


def test_a_feed_is_the_same_for_all_browsers(client, newsroom):
    thai = client.get("/feeds/en/", headers={"Accept-Language": "th"})
    english = client.get("/feeds/en/", headers={"Accept-Language": "en"})
    assert thai.content == english.content
    assert "Accept-Language" not in thai.get("Vary", "")


def test_control_characters_do_not_break_a_feed(client, newsroom):
    type(newsroom.article).objects.filter(pk=newsroom.article.pk).update(
        title="ข่าว\x0bด่วน", introduction="ข้อ\x1fความ"
    )
    assert entry(feed(client), "ข่าวด่วน") is not None


def test_a_feed_takes_at_most_eight_queries(client, newsroom, django_assert_max_num_queries):
    client.get("/feeds/th/")
    with django_assert_max_num_queries(8):
        client.get("/feeds/th/")
