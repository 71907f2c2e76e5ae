"""A reader sets how the site looks, in a real Chromium, with scripts and without."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from accessibility.preferences import PREFERENCES

pytestmark = pytest.mark.browser

PAGE = "/accessibility/preferences/"
THEME = next(preference for preference in PREFERENCES if preference.name == "theme")
SAID = {"th": "ขนาดตัวอักษร {} เปอร์เซ็นต์", "en": "Text size {} percent"}

scripted = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
in_each_language = pytest.mark.parametrize("language", ["th", "en"])


def with_cookie(value: str, **options) -> dict:
    """Options for a reader who comes with a cookie."""
    cookie = {"name": "preferences", "value": value, "domain": "localhost", "path": "/"}
    return {"storage_state": {"cookies": [cookie], "origins": []}, **options}


def expect_text_size(page: Page, percent: int) -> None:
    pixels = 16 * percent / 100
    expect(page.locator("html")).to_have_css("font-size", f"{pixels:g}px")


def expect_status(page: Page, words: str) -> None:
    """The status beside A− A A+ is text for a script, and written by the stylesheet without."""
    status = page.locator(".text-size-controls__status")
    if status.inner_text():
        expect(status).to_have_text(words)
    else:
        size = status.locator(".text-size-controls__size")
        content = size.evaluate("element => getComputedStyle(element, '::before').content")
        assert json.loads(content) == words


def press(page: Page, name: str, scripts: bool) -> None:
    """Press A−, A or A+ with the keyboard, and wait for the answer."""
    button = page.locator(f".text-size-controls button[aria-label^='{name} ']")
    button.focus()
    if scripts:
        with page.expect_response(f"**{PAGE}") as answer:
            page.keyboard.press("Enter")
        answer.value.finished()
    else:
        with page.expect_navigation():
            page.keyboard.press("Enter")


def save(page: Page) -> None:
    page.locator(".preferences__buttons button").first.click()


@scripted
@in_each_language
def test_a_plus_enlarges_the_text_step_by_step_and_says_so(visit, language, scripts):
    page = visit(f"/{language}/", java_script_enabled=scripts)
    address = page.url
    expect_status(page, SAID[language].format(100))
    for percent in (125, 150):
        press(page, "A+", scripts)
        expect_text_size(page, percent)
        expect_status(page, SAID[language].format(percent))
    assert page.url.split("#")[0] == address
    press(page, "A−", scripts)
    expect_text_size(page, 125)
    page.goto(f"/{language}/search/")
    expect_text_size(page, 125)
    press(page, "A", scripts)
    expect_text_size(page, 100)
    assert page.context.cookies() == []


@scripted
def test_the_largest_size_says_that_it_is_and_keeps_the_button(visit, scripts):
    page = visit("/en/", **with_cookie("1.text_size-150", java_script_enabled=scripts))
    for _press in range(2):
        press(page, "A+", scripts)
        expect_text_size(page, 200)
        expect_status(page, "Text size 200 percent, the largest")
    expect(page.locator("button[aria-label^='A+ ']")).to_be_enabled()


def test_with_scripts_the_focus_stays_on_the_button(visit):
    page = visit("/th/")
    press(page, "A+", True)
    expect_text_size(page, 125)
    expect(page.locator("button[aria-label^='A+ ']")).to_be_focused()


def test_without_scripts_the_focus_comes_back_to_the_announcement(visit):
    page = visit("/th/", java_script_enabled=False)
    press(page, "A+", False)
    expect(page.locator(".text-size-controls__status")).to_be_focused()


def test_quick_presses_are_all_counted(visit):
    page = visit("/en/")
    button = page.locator("button[aria-label^='A+ ']")
    button.focus()
    for _press in range(3):
        page.keyboard.press("Enter")
    expect(page.locator(".text-size-controls__status")).to_have_text(
        "Text size 200 percent, the largest"
    )
    expect_text_size(page, 200)


def test_a_script_that_gets_no_answer_leaves_the_work_to_the_form(visit):
    page = visit("/en/")
    page.route(
        f"**{PAGE}",
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    with page.expect_navigation():
        page.locator("button[aria-label^='A+ ']").click()
    expect_text_size(page, 125)


def test_with_scripts_no_frame_is_painted_in_another_size(visit):
    page = visit("/robots.txt", **with_cookie("1.text_size-200"))
    page.add_init_script(
        """window.sizes = new Set();
        (function look() {
            if (document.body) sizes.add(getComputedStyle(document.documentElement).fontSize);
            requestAnimationFrame(look);
        })();"""
    )
    page.goto("/th/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...sizes]") == ["32px"]


def test_without_scripts_the_first_paint_waits_for_the_readers_stylesheet(visit):
    page = visit("/th/", **with_cookie("1.text_size-200", java_script_enabled=False))
    expect_text_size(page, 200)
    blocking = page.evaluate(
        """performance.getEntriesByType("resource")
            .filter(entry => entry.name.endsWith("/accessibility/preferences.css"))
            .map(entry => entry.renderBlockingStatus)"""
    )
    assert blocking == ["blocking"]


def test_the_page_is_the_same_for_all_readers(visit):
    plain = visit("/th/").request.get("/th/").body()
    chosen = visit("/th/", **with_cookie("1.text_size-200.theme-dark")).request.get("/th/").body()
    assert chosen == plain


@scripted
def test_a_tampered_cookie_means_the_defaults(visit, scripts):
    cookie = "1.text_size-999.theme-dark}body{display:none"
    page = visit("/th/", **with_cookie(cookie, java_script_enabled=scripts))
    expect_text_size(page, 100)
    expect(page.locator("body")).to_be_visible()


@scripted
@in_each_language
def test_the_preferences_page_saves_all_choices_and_leads_back(visit, language, scripts):
    page = visit(f"/{language}/search/", java_script_enabled=scripts)
    page.locator(".text-size-controls a").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    for choice in (
        "text_size-150",
        "line_height-wider",
        "letter_spacing-wide",
        "word_spacing-wide",
        "theme-contrast-dark",
        "typeface-hyperlegible",
        "links-underlined",
        "motion-reduced",
    ):
        page.locator(f"#{choice}").check()
    save(page)
    saved = page.locator("#saved")
    expect(saved).to_be_focused()
    expect(saved).to_have_attribute("role", "status")
    expect(saved).to_contain_text({"th": "150 เปอร์เซ็นต์", "en": "150 percent"}[language])
    expect_text_size(page, 150)
    styles = page.locator(".preferences p").first.evaluate(
        """element => {
            const {color, letterSpacing, wordSpacing, lineHeight, fontFamily, fontSize} =
                getComputedStyle(element);
            const em = length => Math.round(parseFloat(length) / parseFloat(fontSize) * 100) / 100;
            return {color, fontFamily: fontFamily.split(",")[0], letters: em(letterSpacing),
                    words: em(wordSpacing), lines: em(lineHeight)};
        }"""
    )
    assert styles == {
        "color": "rgb(255, 255, 255)",
        "fontFamily": '"Atkinson Hyperlegible Next"',
        "letters": 0.05,
        "words": 0.16,
        "lines": 2.4,
    }
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    undecorated = page.evaluate(
        """[...document.querySelectorAll("a:any-link")].filter(
            link => !getComputedStyle(link).textDecorationLine.includes("underline")).length"""
    )
    assert undecorated == 0
    saved.get_by_role("link").click()
    assert page.url.endswith(f"/{language}/search/")
    expect_text_size(page, 150)


@scripted
def test_save_keeps_a_size_chosen_by_a_plus_on_the_page_itself(visit, scripts):
    page = visit(f"{PAGE}?lang=en", java_script_enabled=scripts)
    press(page, "A+", scripts)
    expect_text_size(page, 125)
    expect(page.locator("#text_size-125")).to_be_checked()
    page.locator("#theme-dark").check()
    save(page)
    expect(page.locator("#saved")).to_contain_text("Text size: 125 percent")
    expect_text_size(page, 125)


def test_with_scripts_a_plus_leaves_what_waits_to_be_saved(visit):
    page = visit(f"{PAGE}?lang=en")
    page.locator("#theme-dark").check()
    press(page, "A+", True)
    expect(page.locator("#text_size-125")).to_be_checked()
    expect(page.locator("#theme-dark")).to_be_checked()


@scripted
def test_what_the_page_says_is_saved_is_never_an_older_size(visit, scripts):
    page = visit(f"{PAGE}?lang=en", java_script_enabled=scripts)
    page.locator("#text_size-150").check()
    save(page)
    expect(page.locator("#saved")).to_contain_text("150 percent")
    press(page, "A+", scripts)
    expect_text_size(page, 200)
    assert page.get_by_text("Text size: 150 percent").count() == 0


@scripted
def test_back_on_the_page_it_shows_what_was_chosen_since(visit, scripts):
    page = visit(f"{PAGE}?lang=en", java_script_enabled=scripts)
    page.locator("#text_size-100").check()
    page.goto("/en/")
    press(page, "A+", scripts)
    expect_text_size(page, 125)
    while PAGE not in page.url:
        page.go_back()
    expect(page.locator("#text_size-125")).to_be_checked()
    save(page)
    expect_text_size(page, 125)


@in_each_language
def test_spacing_is_in_proportion_to_each_text(visit, language):
    choices = "1.letter_spacing-wider.word_spacing-wider"
    page = visit(f"{PAGE}?lang={language}", **with_cookie(choices))
    spacings = page.evaluate(
        """[...document.querySelectorAll("h1, h2, p, label, a, button, input")].map(element => {
            const {fontSize, letterSpacing, wordSpacing} = getComputedStyle(element);
            const em = length => (parseFloat(length) / parseFloat(fontSize)).toFixed(2);
            return `${em(letterSpacing)} ${em(wordSpacing)}`;
        })"""
    )
    assert set(spacings) == {"0.12 0.32"}


def test_a_site_may_set_the_spacing_of_a_part_of_its_own(visit):
    page = visit("/en/", **with_cookie("1.letter_spacing-wider"))
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("h1{letter-spacing:3px}");
            document.adoptedStyleSheets.unshift(sheet);
        }"""
    )
    expect(page.locator("h1")).to_have_css("letter-spacing", "3px")


@pytest.mark.parametrize(
    ("language", "policy", "name", "button"),
    [
        ("th", "นโยบายความเป็นส่วนตัวและคุกกี้", "การตั้งค่าการแสดงผล", "เริ่มต้นใหม่"),
        ("en", "Privacy and cookie policy", "Display settings", "Start again"),
    ],
)
def test_the_privacy_policy_leads_to_the_page_and_names_its_button(
    visit, language, policy, name, button
):
    page = visit(f"/{language}/")
    page.get_by_role("contentinfo").get_by_role("link", name=policy).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"“{button}”")
    main.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("button", name=button)).to_be_visible()


@in_each_language
def test_the_help_page_leads_to_the_page(visit, language):
    help_page, name = {
        "th": ("วิธีใช้เว็บไซต์นี้", "การตั้งค่าการแสดงผล"),
        "en": ("How to use this site", "Display settings"),
    }[language]
    page = visit(f"/{language}/")
    page.get_by_role("navigation").get_by_role("link", name=help_page).click()
    page.get_by_role("main").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


@scripted
def test_start_again_brings_the_defaults_back(visit, scripts):
    cookie = with_cookie("1.text_size-200.theme-dark", java_script_enabled=scripts)
    page = visit(f"{PAGE}?lang=en", **cookie)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#saved")).to_contain_text("Everything is as the site")
    expect_text_size(page, 100)
    assert page.context.cookies() == []


def test_back_out_of_the_browsers_memory_the_page_has_the_new_size(visit):
    page = visit("/en/search/")
    page.goto(f"{PAGE}?lang=en")
    page.locator("#text_size-150").check()
    save(page)
    expect_text_size(page, 150)
    page.go_back()
    page.go_back()
    assert page.url.endswith("/en/search/")
    expect_text_size(page, 150)


def test_the_systems_settings_are_the_defaults(visit):
    dark = visit("/en/", color_scheme="dark")
    light = visit("/en/", color_scheme="light")
    more = visit("/en/", contrast="more", color_scheme="dark")
    still = visit("/en/", reduced_motion="reduce")
    background = "getComputedStyle(document.body).backgroundColor"
    assert dark.evaluate(background) != light.evaluate(background)
    assert more.evaluate(background) == "rgb(0, 0, 0)"
    duration = "getComputedStyle(document.querySelector('button')).transitionDuration"
    assert float(still.evaluate(duration).split(",")[0].removesuffix("s")) < 0.001


def test_a_chosen_theme_wins_over_the_system(visit):
    system_dark = visit("/en/", color_scheme="dark", **with_cookie("1.theme-light"))
    light = visit("/en/", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    assert system_dark.evaluate(background) == light.evaluate(background)


@in_each_language
@pytest.mark.parametrize("theme", ["contrast-light", "contrast-dark"])
def test_high_contrast_has_no_colour_beside_its_palette(visit, language, theme):
    page = visit(f"/{language}/", **with_cookie(f"1.theme-{theme}"))
    palette = {
        colour.removeprefix(f"var(--{theme}-").split(",")[1].rstrip(")")
        for name, colour in THEME.choice(theme).properties.items()
        if name.startswith("--color-")
    }
    painted = page.evaluate(
        """palette => {
            const probe = document.body.appendChild(document.createElement("i"));
            const known = new Set(palette.map(colour => {
                probe.style.color = colour;
                return getComputedStyle(probe).color;
            }));
            probe.remove();
            const strange = new Set();
            for (const element of document.body.querySelectorAll("*")) {
                if (!element.checkVisibility()) continue;
                for (const part of ["", "::before", "::after"]) {
                    const style = getComputedStyle(element, part);
                    if (part && style.content === "none") continue;
                    const sides = ["top", "right", "bottom", "left"].map(side => `border-${side}`);
                    const edges = sides.filter(side => parseFloat(style[`${side}-width`]));
                    for (const name of ["background", ...edges, ""]) {
                        const colour = style[`${name}-color`.replace(/^-/, "")];
                        if (colour !== "rgba(0, 0, 0, 0)" && !known.has(colour)) {
                            strange.add(`${element.className}${part} ${name} ${colour}`);
                        }
                    }
                }
            }
            return [...strange];
        }""",
        sorted(palette),
    )
    assert painted == []


def test_forced_colours_stay_the_readers_own(visit):
    options = with_cookie("1.theme-contrast-dark", forced_colors="active")
    page = visit("/en/", **options)
    canvas = page.evaluate(
        """() => {
            const probe = document.createElement("p");
            probe.style.backgroundColor = "Canvas";
            document.body.append(probe);
            return getComputedStyle(probe).backgroundColor;
        }"""
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == canvas


def test_a_readers_own_stylesheet_wins_over_a_choice(visit):
    page = visit("/en/", **with_cookie("1.text_size-125.motion-reduced"))
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("html{font-size:30px!important}");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    expect(page.locator("html")).to_have_css("font-size", "30px")


def test_a_front_end_of_another_origin_gets_the_fonts_too(visit, site):
    # The browser asks first, because the site of the tests runs on this very machine.
    page = visit("/robots.txt", permissions=["local-network-access"])
    page.route(
        "https://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body="")
    )
    page.goto("https://elsewhere.test/")
    loaded = page.evaluate(
        """async address => {
            const { preferences } = await (await fetch(address)).json();
            const sheet = new CSSStyleSheet();
            const choices = preferences.flatMap(({ choices }) => choices);
            sheet.replaceSync(choices.find(({ value }) => value === "hyperlegible").css);
            document.adoptedStyleSheets.push(sheet);
            const faces = await document.fonts.load('1em "Atkinson Hyperlegible Next"');
            return faces.map(({ status }) => status);
        }""",
        f"{site.url}/accessibility/preferences.json",
    )
    assert loaded == ["loaded"]


def test_another_site_cannot_set_a_readers_preferences(visit, site):
    page = visit("/robots.txt")
    page.route(
        "http://elsewhere.test/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"<form method=post action='{site.url}{PAGE}'>"
            "<button name=text_size value=200>A+</button></form>",
        ),
    )
    page.goto("http://elsewhere.test/")
    with page.expect_response(f"**{PAGE}") as answer:
        page.get_by_role("button").click()
    assert answer.value.status == 403
    assert page.context.cookies() == []


def test_a_foreign_origin_is_refused_whatever_the_client(site):
    request = urllib.request.Request(
        site.url + PAGE, data=b"text_size=200", headers={"Origin": "https://elsewhere.test"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403


# --- WCAG -------------------------------------------------------------------------------------


@in_each_language
@pytest.mark.parametrize("query", ["", "&saved=1", "&next=/th/"])
def test_axe_finds_nothing_on_the_preferences_page(visit, axe, language, query):
    page = visit(f"{PAGE}?lang={language}{query}", **with_cookie("1.text_size-125"))
    assert axe(page) == []


@in_each_language
def test_axe_finds_nothing_where_a_choice_was_refused(visit, axe, site, language):
    page = visit(f"{PAGE}?lang={language}")
    page.locator("#text_size-150").evaluate("radio => { radio.value = '999'; radio.click(); }")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("999")
    assert axe(page) == []


@in_each_language
@pytest.mark.parametrize("theme", ["light", "dark", "contrast-light", "contrast-dark"])
@pytest.mark.parametrize("path", ["home", "preferences"])
def test_every_theme_has_enough_contrast(visit, axe_source, language, theme, path):
    address = f"/{language}/" if path == "home" else f"{PAGE}?lang={language}"
    page = visit(address, **with_cookie(f"1.theme-{theme}"))
    page.evaluate(axe_source)
    # 7:1 in the high-contrast themes (1.4.6), 4.5:1 in the others (1.4.3).
    rule = "color-contrast-enhanced" if theme.startswith("contrast") else "color-contrast"
    options = {"runOnly": {"type": "rule", "values": [rule]}}
    result = page.evaluate("options => axe.run(document, options)", options)
    assert result["passes"]
    assert [n["failureSummary"] for v in result["violations"] for n in v["nodes"]] == []


@in_each_language
def test_nothing_overflows_at_320_pixels_and_200_percent(visit, language):
    options = with_cookie("1.text_size-200", viewport={"width": 320, "height": 640})
    page = visit(f"{PAGE}?lang={language}", **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
