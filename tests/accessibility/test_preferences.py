"""The table of preferences and the cookie."""

from itertools import product

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accessibility import preferences

DEFAULTS = {preference.name: preference.default for preference in preferences.PREFERENCES}


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_combination_survives_the_cookie():
    for values in product(*(preference.values for preference in preferences.PREFERENCES)):
        choices = dict(zip(DEFAULTS, values, strict=True))
        assert preferences.decode(preferences.encode(choices)) == choices


def test_the_cookie_is_short_and_readable():
    choices = DEFAULTS | {"text_size": "125", "theme": "dark"}
    assert preferences.encode(choices) == "1.text_size-125.theme-dark"


def test_nobody_needs_a_cookie_for_the_defaults():
    assert preferences.encode(DEFAULTS) == ""


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "1",
        "2.text_size-125",
        "text_size-125",
        "1.text_size-126",
        "1.text_size-125;theme-dark",
        "1.TEXT_SIZE-125",
        "1. text_size-125",
        "1.text_size-125}body{display:none",
        "1.__proto__-x",
        "1.theme-</style><script>",
    ],
)
def test_a_tampered_or_foreign_cookie_means_the_defaults(cookie):
    assert preferences.decode(cookie) == DEFAULTS


def test_a_wrong_part_of_the_cookie_leaves_the_others_in_force():
    decoded = preferences.decode("1.text_size-999.theme-dark.sparkle-full")
    assert decoded == DEFAULTS | {"theme": "dark"}


@given(st.text(max_size=300))
def test_no_cookie_whatever_brings_foreign_text_into_the_stylesheet(cookie):
    decoded = preferences.decode("1." + cookie)
    for preference in preferences.PREFERENCES:
        assert decoded[preference.name] in preference.values


@pytest.mark.parametrize(
    ("size", "direction", "expected"),
    [
        ("100", "larger", "125"),
        ("150", "larger", "200"),
        ("200", "larger", "200"),
        ("200", "smaller", "150"),
        ("100", "smaller", "100"),
    ],
)
def test_text_size_goes_by_steps_and_stops_at_the_ends(size, direction, expected):
    assert preferences.step_text_size(size, direction) == expected


def test_each_choice_sets_what_the_documentation_promises():
    choices = {
        "text_size": "150",
        "line_height": "wide",
        "letter_spacing": "wider",
        "word_spacing": "wide",
        "theme": "dark",
        "typeface": "plain",
        "links": "underlined",
        "motion": "reduced",
    }
    css = preferences.stylesheet(choices)
    for declaration in (
        "--text-size:150%",
        "--line-height:2",
        "--letter-spacing:0.12em",
        "--word-spacing:0.16em",
        "--typeface:ui-sans-serif",
        "--link-decoration:underline",
        "color-scheme:dark",
        "scroll-behavior:auto",
    ):
        assert declaration in css


def test_the_defaults_set_no_property_and_follow_the_system():
    css = preferences.stylesheet(DEFAULTS)
    assert "--text-size" not in css
    assert "--typeface" not in css
    assert "prefers-contrast:more" in css
    assert "prefers-reduced-motion:reduce" in css


@pytest.mark.parametrize("theme", ["contrast-light", "contrast-dark"])
def test_high_contrast_text_has_seven_to_one_and_edges_three_to_one(theme):
    choice = next(p for p in preferences.PREFERENCES if p.name == "theme").choice(theme)
    colours = {
        name.removeprefix("--color-"): value.split(",")[1].rstrip(")")
        for name, value in choice.properties.items()
        if name.startswith("--color-")
    }
    for ground in ("background", "surface"):
        for text in ("text", "muted", "link", "link-visited", "accent", "error", "success"):
            assert contrast(colours[text], colours[ground]) >= 7, (text, ground)
        for edge in ("border", "focus"):
            assert contrast(colours[edge], colours[ground]) >= 3, (edge, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 7


def test_nothing_is_measured_in_pixels():
    for preference in preferences.PREFERENCES:
        for choice in preference.choices:
            assert "px" not in choice.css()


@pytest.mark.parametrize(
    ("language", "message"),
    [("th", "ขนาดตัวอักษร 125 เปอร์เซ็นต์"), ("en", "Text size 125 percent")],
)
def test_the_stylesheet_says_the_text_size_in_the_language_of_the_page(language, message):
    css = preferences.stylesheet(DEFAULTS | {"text_size": "125"})
    assert f':lang({language})::before{{content:"{message}"}}' in css


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_every_label_is_translated(language):
    for preference in preferences.PREFERENCES:
        for text in (preference.label, preference.help, *(c.label for c in preference.choices)):
            with override("en"):
                english = str(text)
            with override(language):
                assert str(text) != english


def test_the_documentation_names_every_property_that_a_choice_sets():
    documentation = (settings.BASE_DIR / "docs" / "preferences.md").read_text(encoding="utf-8")
    for preference in preferences.PREFERENCES:
        for choice in preference.choices:
            for name in choice.properties:
                assert f"`{name}`" in documentation
