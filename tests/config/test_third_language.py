"""A third language is added by the operator's setting and in the admin, without code."""

import pytest

pytestmark = pytest.mark.integration

ADD_MALAY = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Site
from home.models import HomePage

thai = Locale.objects.get_or_create(language_code="th")[0]
home = HomePage(title="สำนักงาน", slug="home-th", locale=thai, live=False)
Page.get_first_root_node().add_child(instance=home)
home.save_revision().publish()
Site.objects.update(root_page=home, hostname="localhost")

administrator = Client(SERVER_NAME="localhost")
administrator.force_login(
    get_user_model().objects.create_superuser("admin"),
    backend="django.contrib.auth.backends.ModelBackend",
)
sync = "component-wagtail_localize_localesynchronization"
administrator.post(
    reverse("wagtaillocales:add"),
    {"language_code": "ms", f"{sync}-enabled": "on", f"{sync}-sync_from": thai.pk},
)
print(Client(SERVER_NAME="localhost").get("/ms/").text)
"""


def test_its_pages_say_what_they_have_and_mark_what_is_still_thai(new_server):
    server = new_server(LANGUAGES="th,en,ms")
    html = server.manage("shell", "--no-imports", "-c", ADD_MALAY).stdout
    assert '<html lang="ms"' in html
    main = html.split("<main")[1].split("</main>")[0]
    assert 'lang="th"' in main
    assert "สำนักงาน" in main


def test_a_language_that_django_has_no_name_for_goes_by_its_code(new_server):
    server = new_server(LANGUAGES="th,en,lo")
    print_languages = "from django.conf import settings; print(settings.LANGUAGES)"
    assert "('lo', 'lo')" in server.manage("shell", "--no-imports", "-c", print_languages).stdout
