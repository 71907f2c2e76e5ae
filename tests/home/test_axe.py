"""django-axe: there in development for staff, and nowhere in production."""

import json
from types import ModuleType

import pytest
from config.urls import urlpatterns as site_urlpatterns
from django.apps import apps
from django.template import Context, Template
from django.test import Client
from django.urls import include, path

from home.axe import report as reports

RESULT = {
    "testEngine": {"name": "axe-core", "version": "4.9.1"},
    "timestamp": "2026-11-23T10:00:00.000Z",
    "url": "http://testserver/th/",
    "violations": [
        {
            "id": "image-alt",
            "impact": "critical",
            "help": "Images must have alternative text",
            "helpUrl": "https://dequeuniversity.com/rules/axe/4.9/image-alt",
            "tags": ["wcag2a"],
            # Nested where the element lies in a shadow root.
            "nodes": [{"target": [["#host", "img"], "b"], "html": "<img>", "any": []}],
        }
    ],
    "incomplete": [],
    "passes": [{"id": "html-lang"}],
    "inapplicable": [],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def development(settings, tmp_path):
    """The addresses that the settings add with DEBUG."""
    urlconf = ModuleType("development_urls")
    urlconf.urlpatterns = [path("axe/", include("home.axe.urls")), *site_urlpatterns]
    settings.ROOT_URLCONF = urlconf
    settings.DJANGO_AXE_REPORT_PATH = str(tmp_path / "axe" / "report.json")


@pytest.fixture
def staff_client(django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create_user("developer", is_staff=True))
    return client


def store(client, result=RESULT, url="http://testserver/th/?q=1"):
    body = result if isinstance(result, str) else json.dumps(result)
    return client.post("/axe/store/", {"result": body, "url": url, "rules": "[]"})


def tag(request) -> str:
    template = Template("{% load axe_tags %}{% axe_script %}")
    return template.render(Context({"request": request})).strip()


def signed_in(request, user):
    request.user = user
    return request


# --- In production ----------------------------------------------------------------------------


def test_production_has_neither_app_nor_address_nor_output(client, rf, admin_user):
    assert not apps.is_installed("django_axe")
    assert client.get("/axe/", follow=True).status_code == 404
    assert client.post("/axe/store/", {"result": "{}"}, follow=True).status_code == 404
    assert tag(signed_in(rf.get("/th/"), admin_user)) == ""


def test_a_production_page_does_not_mention_axe(admin_client):
    page = admin_client.get("/accessibility/preferences/").text
    assert "django_axe" not in page
    assert 'href="/axe/"' not in page


# --- In development: tests/browser/test_axe_report.py has the tag and the whole way ------------


def test_the_report_shows_what_was_stored(development, staff_client):
    assert store(staff_client).json() == {"url": "/th/?q=1", "violations": 1}
    page = staff_client.get("/axe/").text
    assert "Images must have alternative text" in page
    assert "/th/?q=1" in page
    assert "#host &gt; img &gt; b" in page


def test_a_page_that_was_mended_leaves_the_report_clean(development, staff_client):
    store(staff_client)
    store(staff_client, RESULT | {"violations": []})
    assert "Images must have alternative text" not in staff_client.get("/axe/").text


def test_the_report_is_empty_before_the_first_check(development, staff_client):
    assert staff_client.get("/axe/").status_code == 200
    assert reports.read() == {}


@pytest.mark.parametrize(
    ("result", "url"),
    [
        ("", "http://testserver/th/"),
        ("[1]", "http://testserver/th/"),
        ('{"violations": 1}', "http://testserver/th/"),
        ("nonsense", "http://testserver/th/"),
        (RESULT, "https://evil.example/"),
        (RESULT, "javascript:alert(1)"),
        (RESULT, "http://[evil/"),
        (RESULT, ""),
    ],
)
def test_what_is_no_result_of_a_page_of_this_site_is_refused(
    development, staff_client, result, url
):
    response = store(staff_client, result, url)
    assert response.status_code == 400
    assert response.json()["error"]
    assert reports.read() == {}


def test_an_empty_or_too_large_form_is_refused(development, staff_client, settings):
    assert staff_client.post("/axe/store/").status_code == 400
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert store(staff_client).status_code == 400
    assert reports.read() == {}


def test_odd_shapes_are_kept_as_text_and_scripts_are_no_links(development, staff_client):
    finding = {
        "id": "<b>x</b>",
        "help": None,
        "helpUrl": "javascript:alert(1)",
        "tags": [1, "wcag2a"],
        "nodes": [{"target": [[["a"]], 5]}, "no node"],
    }
    store(staff_client, {"violations": [finding, "no finding"]})
    page = staff_client.get("/axe/").text
    assert "javascript:" not in page
    assert "<b>x</b>" not in page


def test_only_staff_may_see_store_and_reset(development, client, django_user_model):
    assert client.get("/axe/").url == "/admin/login/?next=/axe/"
    assert store(client).status_code == 403
    assert client.post("/axe/reset/").status_code == 403
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get("/axe/").status_code == 403
    assert store(client).status_code == 403
    assert client.post("/axe/reset/").status_code == 403
    assert reports.read() == {}


def test_storing_and_resetting_need_a_csrf_token(development, django_user_model):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_user("developer", is_staff=True))
    assert store(client).status_code == 403
    assert client.post("/axe/reset/").status_code == 403


def test_reset_is_not_a_link(development, staff_client):
    store(staff_client)
    assert staff_client.get("/axe/reset/").status_code == 405
    assert reports.read()
    assert staff_client.post("/axe/reset/").url == "/axe/"
    assert reports.read() == {}
