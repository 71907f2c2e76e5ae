"""sitemap.xml and robots.txt."""

from xml.etree import ElementTree

from wagtail.models import PageViewRestriction

from newsroom.sitemaps import PagesSitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def entries(client, path="/sitemap.xml"):
    """Return {address: {hreflang: address}}."""
    response = client.get(path)
    assert response.status_code == 200
    return {
        url.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")
        }
        for url in ElementTree.fromstring(response.content).findall(f"{SITEMAP}url")
    }


def test_every_page_says_where_it_is_in_other_languages(client, newsroom):
    found = entries(client)
    both = {
        "th": "http://testserver/th/news/flood/",
        "en": "http://testserver/en/news/flood/",
        "x-default": "http://testserver/th/news/flood/",
    }
    assert found["http://testserver/th/news/flood/"] == both
    assert found["http://testserver/en/news/flood/"] == both
    assert found["http://testserver/th/"]["en"] == "http://testserver/en/"


def test_what_is_not_translated_stands_there_once(client, newsroom):
    found = entries(client)
    assert found["http://testserver/th/news/only-thai/"] == {}
    assert "http://testserver/en/news/only-thai/" not in found


def test_private_pages_and_drafts_are_left_out(client, newsroom):
    PageViewRestriction.objects.create(
        page=newsroom.article, restriction_type=PageViewRestriction.LOGIN
    )
    newsroom.other.unpublish()
    found = entries(client)
    assert "http://testserver/th/news/flood/" not in found
    assert "http://testserver/th/news/only-thai/" not in found
    assert found["http://testserver/en/news/flood/"] == {}


def test_a_large_site_is_split_into_files(client, newsroom, monkeypatch):
    everything = entries(client)
    monkeypatch.setattr(PagesSitemap, "limit", 3)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    files = [each.findtext(f"{SITEMAP}loc") for each in index.findall(f"{SITEMAP}sitemap")]
    assert files[0] == "http://testserver/sitemap.xml?p=1"
    found = {}
    for file in files:
        found |= entries(client, file)
    assert found == everything
    assert client.get("/sitemap.xml?p=99").status_code == 404


def test_the_sitemap_costs_the_same_for_many_pages(client, newsroom, django_assert_max_num_queries):
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(6):
        client.get("/sitemap.xml")


def test_who_has_the_sitemap_already_gets_none(client, newsroom):
    first = client.get("/sitemap.xml", headers={"Accept-Language": "th"})
    again = client.get(
        "/sitemap.xml", headers={"If-None-Match": first["ETag"], "Accept-Language": "en"}
    )
    assert again.status_code == 304


def test_robots_may_read_all_but_the_admin_and_are_told_of_the_sitemap(client, bilingual_site):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
