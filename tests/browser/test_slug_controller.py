"""In the real browser, with Wagtail's own scripts: what a typed title makes of the slug."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.core.validators import validate_unicode_slug
from playwright.sync_api import Browser, Page, expect
from wagtail.admin.widgets import SlugInput

pytestmark = pytest.mark.browser

# As Wagtail's TitleFieldPanel renders a title.
FORM = """<!doctype html><html lang="th"><body>
<script type="application/json" id="wagtail-config">{{}}</script>
<input id="id_title" data-controller="w-sync" data-w-sync-target-value="#id_slug"
 data-action="focus->w-sync#check blur->w-sync#apply change->w-sync#apply keyup->w-sync#apply">
{slug}
</body></html>"""


@pytest.fixture
def form(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.set_content(FORM.format(slug=SlugInput().render("slug", "", {"id": "id_slug"})))
    for script in (
        "wagtailadmin/js/vendor/jquery-3.6.0.min.js",
        "wagtailadmin/js/vendor.js",
        "wagtailadmin/js/core.js",
        "localization/js/slug-controller.js",
    ):
        page.add_script_tag(path=finders.find(script))
    yield page
    page.close()


def type_title(form: Page, title: str) -> None:
    form.locator("#id_title").focus()
    form.keyboard.press("Control+A")
    form.keyboard.insert_text(title)
    form.keyboard.press("Tab")


def expect_slug(form: Page, slug: str) -> None:
    expect(form.locator("#id_slug")).to_have_value(slug)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("ข่าวน้ำท่วมภาคเหนือ", "ข่าวน้ำท่วมภาคเหนือ"),
        ("แถลงการณ์ (ฉบับที่ ๒) — COVID-19!", "แถลงการณ์-ฉบับที่-๒-covid-19"),
        ("นํ้า เเม่", "น้ำ-แม่"),
        ("The minister’s reply", "the-ministers-reply"),
    ],
)
def test_a_title_suggests_a_slug_that_can_be_read(form, title, slug):
    type_title(form, title)
    expect_slug(form, slug)
    validate_unicode_slug(slug)


def test_a_long_title_suggests_a_slug_of_whole_words(form):
    type_title(form, "แถลงการณ์เรื่องน้ำท่วม " * 10)
    expect_slug(form, "แถลงการณ์เรื่องน้ำท่วม-แถลงการณ์เรื่องน้ำท่วม-แถลงการณ์เรื่องน้ำท่วม-แถลงการณ์")


def test_the_slug_follows_the_title_until_it_is_changed(form):
    type_title(form, "ข่าวน้ำท่วม")
    expect_slug(form, "ข่าวน้ำท่วม")
    type_title(form, "ข่าวไฟป่า")
    expect_slug(form, "ข่าวไฟป่า")
    form.fill("#id_slug", "ที่อยู่เดิม")
    form.locator("#id_slug").blur()
    type_title(form, "ข่าวที่สาม")
    expect_slug(form, "ที่อยู่เดิม")


def test_what_is_typed_into_the_slug_keeps_its_marks(form):
    form.fill("#id_slug", "ข่าว น้ำท่วม?/#1")
    form.locator("#id_slug").blur()
    expect_slug(form, "ข่าว-น้ำท่วม1")


def test_ascii_sites_keep_wagtails_own_slugs(form):
    form.eval_on_selector(
        "#id_slug", "field => field.setAttribute('data-w-slug-allow-unicode-value', 'false')"
    )
    type_title(form, "ข่าว flood")
    expect_slug(form, "-flood")
