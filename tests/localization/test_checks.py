"""What an adopter is told, and what the API gets back."""

import pytest
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.models import APIToken
from wagtail_localize.models import TranslationSource

from localization import checks

urlpatterns = [path("", include(wagtail_urls))]


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_this_project_lacks_nothing():
    assert checks.check_settings(None) == []
    assert checks.check_serve_pattern(None) == []
    assert checks.check_publishing_is_guarded(None) == []


def test_a_site_of_one_language_is_told(settings):
    settings.WAGTAIL_I18N_ENABLED = False
    assert ids(checks.check_settings(None)) == ["localization.E001"]


def test_a_missing_middleware_is_told(settings):
    settings.MIDDLEWARE = []
    assert ids(checks.check_settings(None)) == ["localization.W001"]


def test_urls_that_lose_thai_pages_are_told(settings):
    settings.ROOT_URLCONF = __name__
    assert ids(checks.check_serve_pattern(None)) == ["localization.W002"]


def test_a_headless_site_needs_no_urls(settings):
    settings.ROOT_URLCONF = "tests.localization.no_urls"
    assert checks.check_serve_pattern(None) == []


def test_another_app_that_takes_the_guard_away_is_told(monkeypatch):
    monkeypatch.setattr(TranslationSource, "create_or_update_translation", lambda self: None)
    assert ids(checks.check_publishing_is_guarded(None)) == ["localization.E002"]


@pytest.mark.django_db
def test_the_api_lists_the_languages(client, administrator, thai, english):
    _token, secret = APIToken.create_token(user=administrator, name="test")
    response = client.get("/api/v3/locales/", headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 200
    assert {item["language_code"] for item in response.json()["items"]} == {"th", "en"}


@pytest.mark.django_db
def test_the_api_keeps_languages_from_strangers(client, thai):
    assert client.get("/api/v3/locales/").status_code == 401
