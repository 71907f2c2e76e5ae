"""A reader without scripts finds the statement, tells of a barrier, and hears the result."""

import pytest

pytestmark = pytest.mark.browser

#: Milliseconds between two keys of a person who types fast.
PACE = 40
NAMES = {
    "th": ("คำแถลงการเข้าถึงเว็บไซต์", "แบบฟอร์มแจ้งปัญหาการเข้าถึง", "ส่ง"),
    "en": ("Accessibility statement", "Feedback form", "Send"),
}
MESSAGE = {
    "th": "ฟังตารางในหน้านี้ด้วยโปรแกรมอ่านหน้าจอไม่ได้ เพราะไม่มีหัวตาราง",
    "en": "My screen reader reads the table on this page without its headers.",
}


@pytest.mark.parametrize("language", ["th", "en"])
def test_feedback_without_scripts_from_the_footer_to_the_reference_number(visit, language):
    statement, link, send = NAMES[language]
    page = visit(f"/{language}/", java_script_enabled=False)
    page.locator("footer").get_by_role("link", name=statement).click()
    page.get_by_role("link", name=link).click()

    # Sent empty, the form says what is missing, at the field and above it.
    page.get_by_role("button", name=send, exact=True).click()
    alert = page.get_by_role("alert")
    alert.get_by_role("link").last.click()
    assert page.url.endswith("#message")
    field = page.locator("#message")
    assert field.get_attribute("aria-invalid") == "true"

    field.press_sequentially(MESSAGE[language], delay=PACE)
    page.get_by_role("button", name=send, exact=True).press("Enter")
    status = page.get_by_role("status").filter(has=page.locator("strong"))
    status.wait_for()
    assert page.url.endswith("#sent")
    reference = status.locator("strong").inner_text()
    assert len(reference) == 9
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] != "preferences"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_on_the_form_its_errors_and_its_result(visit, axe, language):
    address = f"/accessibility/feedback/?lang={language}"
    send = NAMES[language][2]
    page = visit(address)
    assert not axe(page)
    page.locator("#email").focus()
    # Nobody comes upon the field that is for machines.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == send
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    # The summary has the focus, so that it is read first (WCAG 4.1.3, 3.3.1).
    assert page.evaluate("document.activeElement.className") == "feedback__errors"
    assert not axe(page)
    page.locator("#message").press_sequentially(MESSAGE[language], delay=PACE)
    page.keyboard.press("Tab")
    page.get_by_role("button", name=send, exact=True).click()
    page.locator("#sent").wait_for()
    assert not axe(page)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "view", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}]
)
def test_axe_finds_nothing_on_the_statement_and_nothing_is_cut_off(visit, axe, language, view):
    page = visit(f"/{language}/", **view)
    page.locator("footer").get_by_role("link", name=NAMES[language][0]).click()
    page.locator(".known-problem").first.wait_for()
    assert not axe(page)
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
