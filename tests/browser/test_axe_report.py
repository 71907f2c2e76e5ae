"""django-axe in development: pages are checked in a real browser, and the report opens."""

import re
import shutil

import pytest

from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(demo_data, tmp_path_factory):
    """The demo site as a developer runs it."""
    directory = tmp_path_factory.mktemp("site")
    shutil.copytree(demo_data, directory, dirs_exist_ok=True)
    with Server(directory, DEBUG="true") as server:
        yield server


def wait_until_stored(page, path):
    # The first page of a server in development is slow, and so is axe on a busy machine.
    with page.expect_response("**/axe/store/", timeout=120_000) as stored:
        page.goto(path)
    assert stored.value.status == 200, stored.value.text()
    return stored.value.json()


def test_each_page_is_checked_and_the_report_lists_it(sign_in):
    page = sign_in("editor")
    for path in ("/th/", "/en/", "/accessibility/preferences/?lang=th", "/en/search/?q=x"):
        assert wait_until_stored(page, path)["url"] == path
    page.goto("/axe/")
    addresses = page.locator("main h2").all_inner_texts()
    assert {"/th/", "/en/", "/accessibility/preferences/?lang=th"} <= set(addresses)
    assert page.locator("main").get_by_text(re.compile(r"axe-core 4\.")).count() == len(addresses)


def test_the_report_is_cleared_by_its_button(sign_in):
    page = sign_in("editor")
    wait_until_stored(page, "/th/")
    page.goto("/axe/")
    page.locator("main form button").click()
    page.wait_for_load_state()
    assert page.locator("main h2").count() == 0


def test_a_visitor_is_led_to_the_sign_in(visit):
    page = visit("/th/")
    assert page.locator("script[src*=django_axe]").count() == 0
    page.get_by_role("link", name="axe").click()
    page.wait_for_url("**/admin/login/**")


def test_the_admin_the_report_and_fragments_are_not_checked(sign_in):
    page = sign_in("editor")
    for path in ("/admin/", "/axe/"):
        page.goto(path)
        assert page.locator("#django_axe_placeholder").count() == 0
    fragment = page.request.get("/th/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert "django_axe" not in fragment.text()
