"""Whatever is given, the rules answer, and their selectors find the place."""

from __future__ import annotations

import cProfile
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from accessibility.rules import RULES, Document, check
from accessibility.rules.writing import words

_TAGS = st.sampled_from(
    sorted(
        words(
            "a p h1 h3 ul li ol dl dt dd table tr td th caption img figure figcaption div span b "
            "br svg title iframe video audio track label input select option button fieldset "
            "legend style noscript template main nav pre code math frameset body html head form "
            "a:b"
        )
    )
)
_NAMES = st.sampled_from(
    sorted(
        words(
            "href src alt id class lang dir role title style target hidden aria-label tabindex "
            "aria-labelledby aria-hidden aria-level for type name content http-equiv autocomplete "
            "onclick"
        )
    )
)
_VALUES = st.sampled_from(
    sorted(
        words(
            "|a|b|A|1|th|en|xx-|true|none|img|heading|a.pdf|http://[|#a|_blank|refresh|999999999999|"
            "color:#999;background:#fff|order:1|รูปภาพ|text-transform:uppercase|%ff|javascript:|{|"
            "radio|checkbox",
            "|",
        )
    )
)
#: Every mark that a line of a list may begin with, and what only looks like one.
_MARKS = [
    f"{opening}{mark}{closing}"
    for mark in [*string.ascii_letters, *"กขคงฮฯ๑๙①0", "ii", "iv", "xii", "XX", "12", "๑๒", "1️⃣"]
    for opening in ("", "(")
    for closing in (".", ")")
]
_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(_MARKS).map(lambda mark: f"{mark} ก"),
    st.sampled_from(["อ่านต่อ", "ข่าว", "1) ก", "2) ข", "• ก", "🎉🎉🎉", "=======", "READ ALL OF IT"]),
    st.sampled_from(
        ["the commission has said that it is of the opinion", "a{color:red}*{", "\x00"]
    ),
)


@st.composite
def _markup(draw: st.DrawFn) -> str:
    parts = [draw(st.sampled_from(["", "<!doctype html>", "<!-- a --><html lang=th>"]))]
    for _ in range(draw(st.integers(0, 12))):
        tag = draw(_TAGS)
        attributes = draw(st.dictionaries(_NAMES, _VALUES, max_size=3))
        written = "".join(f' {name}="{value}"' for name, value in attributes.items())
        parts.append(f"<{tag}{written}>{draw(_TEXTS)}")
        if draw(st.booleans()):
            parts.append(f"</{tag}>")
    return "".join(parts)


_languages = st.sampled_from(["", "th", "en", "th-Latn", "sr-Latn", "zh-Hant", "de", "not a tag"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), _markup()), _languages)
def test_any_input_is_answered_and_every_selector_finds_its_element(html: str, lang: str) -> None:
    document = Document(html, lang)
    given = html if document.page else f"<body>{html}"
    tree = LexborHTMLParser(given.encode("utf-8", "replace"))
    for element in document.elements:
        found = tree.css(element.selector)
        assert found
        assert _place(found[0]) == _steps(element)
        assert len(found) == 1 or element.parent is None
    for finding in check(html, lang):
        assert finding.rule in RULES.rules
        assert tree.css_first(finding.selector) is not None
        assert finding.message
        assert "\n" not in finding.excerpt


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet=st.characters(categories=["Cs", "Lo", "Cc"]), max_size=30))
def test_text_that_no_page_can_hold_is_answered_too(text: str) -> None:
    check(f"<p>{text}<img alt='{text}'>", "th")


@pytest.mark.parametrize("mark", _MARKS)
def test_a_line_may_begin_with_any_mark_and_alone_it_is_no_list(mark: str) -> None:
    for text in (f"{mark} 12", f"{mark}12", mark):
        assert "list-by-hand" not in {finding.rule for finding in check(f"<p>{text}</p>", "th")}


@pytest.mark.parametrize("selector", ["a > > b", "..a", "[", "#", "5", "[[a]]", ". a"])
def test_a_selector_that_is_none_is_passed_over_as_browsers_do(selector: str) -> None:
    css = f"{selector} {{ color: #aaa }} b {{ text-align: justify }}"
    found = check(f"<style>{css}</style><p><b>ข่าว</b> ก</p>", "th")
    assert [finding.rule for finding in found] == ["text-justified"]


def test_deep_nesting_is_answered_and_the_selector_is_no_deeper_than_browsers_nest() -> None:
    html = "<div>" * 3000 + "<img>"
    (finding,) = check(html, "th")
    assert finding.rule == "image-alt-missing"
    assert finding.selector.count(">") == 499
    assert LexborHTMLParser(html).css_first(finding.selector).css_first("img")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "a-a." * 20_000,
        "<p>" + "A" * 60_000,
        "<p>" + "🎉\u200d" * 20_000,
        "<p>ก " + "a@" * 20_000,
        "<!--a-->" * 20_000 + "x",
        f"<style>{'@layer{' * 5000}</style><p>ก",
        f"<style>{'* ' * 200}{{color:red}}</style>{'<div>' * 300}ก",
        f"<p style='{'a:(' * 10_000}'>ก",
        f"<video></video>{'จะจัดทำบทถอดเสียง  ' * 5000}",
        f"<a href=/ aria-label=ก>{'ก.กา.' * 10_000}",
        "<figure><img alt='ผู้แทนภูมิภาค'><figcaption>" + "( " * 20_000,
        "<img alt='ผู้แทนภูมิภาค'><p>" + "[/" * 20_000,
        f"<img alt='line_album_{'_' * 60_000}'>",
        f"<a href=a.pdf>PDF{'.' * 60_000}ก</a>",
        f"<a href=/ onclick='{'window.open(' * 5000}'>ก</a>",
        "<table><tr><td>" + "<a href=a.pdf>ก</a>" * 5000,
        f"<style>a{{background:url({'iVBOR0aa' * 7500})}}</style><a>ก",
        f"<p style='{'a' * 60_000}'>ก",
        f"<meta name=viewport content='{'a' * 60_000}'>",
        f"<p style='{'line-height:' * 20_000}'>ก",
        f"<style>{'/*' * 30_000}",
        f"<style>{'[' * 60_000}{{a:b}}</style><p>ก",
    ],
    ids=lambda html: html[:12],
)
def test_text_made_to_take_long_does_not(html: str) -> None:
    # Before patterns and selectors were bounded each of these took minutes, or all the stack.
    check(html, "th")


def _calls(html: str) -> int:
    """How many functions run while HTML is checked."""
    profile = cProfile.Profile()
    profile.runcall(check, html, "th")
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("start", "part", "end"),
    [
        ("<div>", '<img src="{0}.jpg" alt="ผู้เข้าร่วมคนที่ {0}"> ก ', "</div>"),
        ("<figure>", '<img src="{0}.jpg" alt="ผู้เข้าร่วมคนที่ {0}">', "<figcaption>ก</figcaption>"),
        ("<form>", '<label for="a{0}">ชื่อ {0}</label><input id="a{0}">', "</form>"),
        ("<div>", '<label><input type=radio name=a value="{0}">ข้อ {0}</label>', "</div>"),
        ("<div>", "<p><b>เรื่องที่ {0}</b></p><p>ความ</p>", "</div>"),
        ("<table><tr><th>ก<th>ข", "<tr><td>{0}<td>ข", "</table>"),
        ("<div>", '<video src="{0}.mp4"></video>', "</div>"),
        ("<p>", '<a href="/{0}/">ข่าวที่ {0}</a> ', "</p>"),
        ("", "<ul><li>", ""),
        ("", "<ul><li>ข้อ {0}", ""),
        ("", "<table><tr><td>", ""),
        ("", '<div onclick="go()">', ""),
        ("<style>div{{display:none}}</style>", "<div>", ""),
    ],
    ids=[
        *("images", "figure", "labels", "radios", "bold", "rows", "videos", "links"),
        *("lists in lists", "items in items", "tables in tables", "clicks in clicks", "hidden"),
    ],
)
def test_twice_the_content_is_at_most_little_more_than_twice_the_work(
    start: str, part: str, end: str
) -> None:
    def page(times: int) -> str:
        return start + "".join(map(part.format, range(times))) + end

    check(page(1), "th")
    assert _calls(page(400)) < 2.5 * _calls(page(200))


def _steps(element) -> list[int]:
    steps = []
    while element.parent is not None:
        steps.append(element.position)
        element = element.parent
    return steps


def _place(node) -> list[int]:
    steps = []
    while node.parent is not None and node.parent.is_element_node:
        position = 1
        before = node.prev
        while before is not None:
            position += before.is_element_node
            before = before.prev
        steps.append(position)
        node = node.parent
    return steps
