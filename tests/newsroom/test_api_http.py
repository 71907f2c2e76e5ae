"""HTTP of the whole API: caching, methods, languages of addresses, other origins."""

import pytest
from wagtail.models import APIToken

READ = [
    "/api/v2/pages/",
    "/api/v2/images/",
    "/api/v2/documents/",
    "/api/v3/pages/",
    "/api/v3/images/",
    "/api/v3/documents/",
    "/api/v3/news/",
    "/api/v3/site/",
    "/api/v3/openapi.json",
]


def test_answers_can_lie_in_shared_caches_and_be_asked_for_anew(client, newsroom):
    for path in READ:
        first = client.get(path)
        assert first.status_code == 200, path
        assert first["Cache-Control"] == "public, max-age=60", path
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path


def test_a_change_gives_another_etag(client, newsroom):
    path = f"/api/v3/news/{newsroom.article.pk}/"
    before = client.get(path)["ETag"]
    newsroom.article.title = "แก้ชื่อข่าว"
    newsroom.article.save_revision().publish()
    after = client.get(path, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after["ETag"] != before


def test_head_says_what_get_says_without_the_body(client, newsroom):
    for path in [*READ, f"/api/v3/news/{newsroom.article.pk}/"]:
        get, head = client.get(path), client.head(path)
        assert head.status_code == 200, path
        assert head.content == b""
        assert head["ETag"] == get["ETag"]
        assert head["Content-Type"] == get["Content-Type"]


def test_options_says_what_may_be_done(client, newsroom):
    for path in READ:
        response = client.options(path)
        assert response.status_code in (200, 204), path
        assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", ")), path


def test_what_may_not_be_done_is_refused_with_what_may(client, newsroom):
    response = client.delete("/api/v3/news/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_answers_for_somebody_known_do_not_lie_in_shared_caches(client, newsroom, administrator):
    _token, key = APIToken.create_token(user=administrator, name="test")
    response = client.get("/api/v3/pages/", headers={"Authorization": f"Bearer {key}"})
    assert response["Cache-Control"] == "private, no-cache"
    assert "Authorization" in client.get("/api/v3/pages/")["Vary"]
    client.force_login(administrator)
    assert client.get("/api/v2/pages/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("language", ["th", "en", "de"])
def test_addresses_of_the_api_have_no_language(client, newsroom, language):
    for path in [*READ, "/api/v3/docs/", "/api/", "/api/v9/", "/api/v2/x/"]:
        response = client.get(path, headers={"Accept-Language": language})
        assert response.status_code in (200, 404), path


@pytest.mark.parametrize("path", ["/api/", "/api/v9/", "/api/v2/nothing/", "/api/v3/nothing/"])
def test_what_is_not_there_is_said_in_json(client, bilingual_site, path):
    for method in (client.get, client.post):
        response = method(path)
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 404
    assert client.get("/api/v2/pages/999999/").json() == {
        "message": "No Page matches the given query."
    }


def test_a_missing_slash_at_the_end_is_put_right(client, newsroom):
    response = client.get("/api/v3/news?language=en")
    assert response.status_code == 308
    assert response["Location"] == "/api/v3/news/?language=en"
    assert client.get("/api/v3/news?language=en", follow=True).status_code == 200


def test_only_origins_that_were_allowed_may_call_from_a_browser(client, newsroom, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    allowed = client.get("/api/v3/news/", headers={"Origin": "https://app.example.org"})
    assert allowed["Access-Control-Allow-Origin"] == "https://app.example.org"
    refused = client.get("/api/v3/news/", headers={"Origin": "https://other.example.org"})
    assert "Access-Control-Allow-Origin" not in refused
    page = client.get("/th/", headers={"Origin": "https://app.example.org"})
    assert "Access-Control-Allow-Origin" not in page


def test_thai_is_written_as_it_is(client, newsroom):
    assert "น้ำท่วม" in client.get("/api/v3/news/").content.decode()
