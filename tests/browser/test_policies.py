"""Readers find earlier policies with or without scripts; editors see what is not so."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

THAI = "/th/นโยบายการรักษาความมั่นคงปลอดภัยเว็บไซต์/"
ENGLISH = "/en/security-policy/"


@pytest.mark.parametrize(
    ("path", "earlier", "ended"),
    [
        (THAI, "ฉบับ 1.3", "ฉบับนี้สิ้นผลใช้บังคับแล้ว"),
        (ENGLISH, "Version 1.3", "This version is no longer in force"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_reads_an_earlier_version_and_comes_back(visit, path, earlier, ended, scripts):
    page = visit(path, java_script_enabled=scripts)
    page.get_by_role("main").get_by_role("link", name=earlier).click()
    expect(page.get_by_role("complementary", name=ended)).to_be_visible()
    page.get_by_role("complementary", name=ended).get_by_role("link").click()
    expect(page.get_by_role("link", name=earlier)).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [THAI, THAI + "versions/1-3/", ENGLISH, ENGLISH + "versions/1-3/", "/en/privacy-policy/"],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(visit, axe, path, width):
    page = visit(path, viewport={"width": width, "height": 900})
    assert axe(page) == []


def test_an_editor_sees_the_error_where_the_policy_states_what_is_not_so(sign_in):
    page = sign_in("moderator", "/admin/accessibility/policies/")
    page.get_by_role("link", name="นโยบายการรักษาความมั่นคงปลอดภัยเว็บไซต์").first.click()
    measures = page.locator("[data-contentpath=measures]")
    # The server of this test answers over plain HTTP.
    measures.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name="HTTPS").first.click()
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-publish]").last.click()
    stated = measures.locator("[data-streamfield-child]", has_text="HTTPS")
    expect(stated).to_contain_text("SECURE_SSL_REDIRECT")
    above = page.locator("div.help-critical", has_text="SECURE_SSL_REDIRECT")
    expect(above).to_be_visible()
