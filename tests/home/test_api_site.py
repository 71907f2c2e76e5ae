"""What a front end shows around every page: /api/v3/site/."""

import pytest
from django.core.cache import cache
from wagtail.models import Page
from wagtail.rich_text import RichText

from newsroom.audience import set_opening_visitors
from tests import factories

ENGLISH = [("text", RichText("<p>We look after public data.</p>"))]


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def furnished(bilingual_site):
    about = factories.ContentPageFactory(
        parent=bilingual_site.home, slug="about", show_in_menus=True
    )
    factories.translate(
        about, slug="about", title="About us", introduction="What we do", body=ENGLISH
    )
    policy = factories.PolicyPageFactory(parent=bilingual_site.home, slug="policy")
    factories.translate(policy, slug="policy", title="Website policy", body="<p>For all pages.</p>")
    set_opening_visitors(5000)
    return bilingual_site


def site(client, **query):
    response = client.get("/api/v3/site/", query)
    assert response.status_code == 200, response.content.decode()
    return response


def test_it_tells_names_contact_and_copyright_in_the_language_asked_for(client, furnished):
    thai, english = site(client).json(), site(client, language="en").json()
    assert thai["language"] == "th"
    assert thai["names"]["short_name"] == "สทช."
    assert english["names"] == {
        "name": "National Test Office",
        "short_name": "NTO",
        "tagline": "Open to everybody",
    }
    assert english["contact"]["address"] == "1 Test Road, Bangkok 10000"
    assert english["copyright"]["owner"] == "National Test Office"
    assert english["copyright"]["first_year"] == 2015
    assert site(client, language="en")["Content-Language"] == "en"


def test_it_tells_navigation_policies_and_social_links(client, furnished):
    english = site(client, language="en").json()
    assert english["home"]["url"] == "http://testserver/en/"
    assert [link["title"] for link in english["navigation"]] == ["About us"]
    assert english["navigation"][0]["url"] == "http://testserver/en/about/"
    assert [link["title"] for link in english["policies"]] == ["Website policy"]
    [social] = english["social_links"]
    assert social["platform"] == "youtube"


def test_it_tells_visitors_and_languages(client, furnished):
    thai = site(client).json()
    assert thai["visitors"] == {"total": 5000, "today": 0}
    assert [(each["language"], each["is_current"]) for each in thai["languages"]] == [
        ("th", True),
        ("en", False),
    ]


def test_its_addresses_lead_somewhere(client, furnished):
    thai = site(client).json()
    addresses = [thai["preferences_url"], thai["sitemap_url"]]
    addresses += [each[key] for each in thai["languages"] for key in ("api_url", "feed_url")]
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("query", ["language=de", "colour=red", "language=th&language=en"])
def test_what_it_does_not_know_is_refused(client, furnished, query):
    assert client.get(f"/api/v3/site/?{query}").status_code == 422


def test_a_site_without_names_says_what_to_do(client, db):
    assert Page.objects.exists()
    response = client.get("/api/v3/site/")
    assert response.status_code == 404
    assert "site identity" in response.json()["detail"]


def test_it_takes_at_most_ten_queries(client, furnished, django_assert_max_num_queries):
    site(client)
    with django_assert_max_num_queries(10):
        site(client)
