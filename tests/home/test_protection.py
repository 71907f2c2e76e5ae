"""What protects readers and editors: headers, guarded documents, a brake on guessing passwords."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part)}


def test_public_pages_allow_no_inline_code_and_no_foreign_host(client, bilingual_site):
    policy = directives(client.get("/th/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == ["'self'"]
    assert not any("unsafe" in value for values in policy.values() for value in values)


def test_the_admin_has_a_policy_of_its_own_and_no_foreign_host(client):
    policy = directives(client.get("/admin/login/"))
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert not any("http" in value for values in policy.values() for value in values)


@pytest.mark.parametrize("path", ["/th/", "/en/", "/admin/login/", "/api/v2/pages/", "/th/none/"])
def test_every_answer_carries_the_protective_headers(client, bilingual_site, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert headers["Server"] == ""


def test_browsers_are_told_to_come_by_https_only_in_production(client, settings, bilingual_site):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/th/").headers["Location"].startswith("https://")
    secure = client.get("/th/", secure=True)
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


def test_a_document_is_served_by_its_guard_and_never_below_media(client, bilingual_site):
    document = factories.SiteDocumentFactory()
    assert client.get(document.url).status_code == 200
    assert client.get(f"/media/{document.file.name}").status_code == 404
    assert client.get(f"/media/documents/{document.file.name}").status_code == 404
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(document.url).status_code == 302


def test_guessing_a_password_is_slowed_down_after_five_attempts(client, editor):
    def sign_in(password: str):
        return client.post(
            reverse("wagtailadmin_login"), {"username": "editor", "password": password}
        )

    for _ in range(5):
        sign_in("a guess")
    assert sign_in(factories.PASSWORD).status_code == 429


def test_a_database_that_is_away_asks_the_reader_to_come_back(client, bilingual_site, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("wagtail.models.Page.serve", away)
    response = client.get("/th/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert 'lang="th"' in response.content.decode()


@pytest.mark.parametrize("path", ["/api/v3/none/", "/feeds/none/", "/accessibility/none/"])
def test_addresses_without_a_language_are_never_redirected_to_one(client, bilingual_site, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("wanted", "given"), [("en-GB,en", "/en/"), ("th", "/th/"), ("de", "/th/")]
)
def test_the_front_door_leads_to_the_readers_language(client, bilingual_site, wanted, given):
    response = client.get("/", HTTP_ACCEPT_LANGUAGE=wanted)
    assert response.headers["Location"] == given
    assert "Accept-Language" in response.headers["Vary"]
