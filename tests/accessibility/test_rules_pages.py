"""Whole pages: what is planted is found, and what is good gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from accessibility.rules import Document, check

PAGES = Path(__file__).parent / "pages"

#: The failures planted in the page: what was planted, and the rule that has to find it.
PLANTED = {
    "page without lang": "page-lang-missing",
    "page without title": "page-title-missing",
    "page without main": "landmark-main-missing",
    "zoom forbidden": "page-zoom-forbidden",
    "page that reloads": "page-refresh",
    "focus outline removed in the style sheet": "focus-outline-removed",
    "weak contrast in the style sheet": "colour-contrast",
    "link told by colour alone": "link-colour-only",
    "width of 1180 pixels": "reflow-fixed-width",
    "order reversed by style": "order-visual",
    "image without alternative": "image-alt-missing",
    "button without name": "button-name-missing",
    "positive tabindex": "tabindex-positive",
    "heading level skipped": "heading-level-skipped",
    "empty heading": "heading-empty",
    "bold paragraph as heading": "heading-look-alike",
    "Thai “click here”": "link-text-vague",
    "empty link": "link-name-missing",
    "linked image without name": "link-image-name-missing",
    "same text to different places": "link-text-ambiguous",
    "document without type and size": "link-document-unsaid",
    "new window unsaid": "link-new-window-unsaid",
    "file name as alternative": "image-alt-file-name",
    "placeholder as alternative": "image-alt-placeholder",
    "English sentence unmarked": "language-unmarked",
    "invalid lang on a part": "part-lang-invalid",
    "list made by hand": "list-by-hand",
    "table without headers": "table-headers-missing",
    "field without label": "field-label-missing",
    "placeholder as the only label": "field-label-placeholder",
    "radio buttons without question": "group-name-missing",
    "iframe without title": "frame-title-missing",
    "video without captions": "video-captions-missing",
    "sound that starts by itself": "media-autoplay",
    "moving text": "text-moving",
    "control for the mouse only": "control-pointer-only",
    "unknown role": "aria-role-invalid",
    "focus on something hidden": "aria-hidden-focusable",
    "duplicate id": "id-duplicate",
    "spacing that cannot be changed": "text-spacing-fixed",
}


def _page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("planted", "rule"), PLANTED.items(), ids=PLANTED)
def test_a_planted_failure_is_found(planted: str, rule: str) -> None:
    assert rule in {finding.rule for finding in check(_page("planted.html"), "th")}, planted


@pytest.mark.parametrize("name", ["clean-th.html", "clean-en.html"])
def test_a_good_page_gives_nothing_at_all(name: str) -> None:
    assert check(_page(name)) == []


@pytest.mark.parametrize(("name", "lang"), [("clean-th.html", "th"), ("clean-en.html", "en")])
def test_the_main_part_of_a_good_page_gives_nothing_as_a_fragment(name: str, lang: str) -> None:
    html = _page(name)
    fragment = html[html.index("<main") : html.index("</main>")]
    assert check(fragment, lang) == []


def test_a_fragment_is_not_judged_as_a_page_unless_told() -> None:
    fragment = "<h4>วาระที่ 1</h4><p>ที่ประชุมมีมติ</p>"
    assert check(fragment, "th") == []
    assert {finding.rule for finding in check(fragment, "th", page=True)} >= {
        "page-title-missing",
        "page-lang-missing",
        "landmark-main-missing",
        "heading-level-skipped",
    }
    assert check("<!doctype html><p>ข่าว</p>", "th", page=False) == []


@pytest.mark.parametrize(
    ("html", "page"),
    [
        ("\ufeff  <!-- made by hand --><?xml version='1.0'?>\n<!DOCTYPE html><p>a", True),
        ("<HTML lang=en><p>a", True),
        ("<p>about &lt;html&gt; and <code>html</code>", False),
        ("<head><title>a</title>", True),
        ("<meta charset=utf-8><title>a</title><p>a", True),
        ("<meta name=viewport content=a>\n<title>a</title>", True),
        ("<meta name=robots content=all><p>a", False),
        ("<header>a</header>", False),
        ("<!-- <html> --><p>a", False),
        ("", False),
    ],
)
def test_a_doctype_or_a_tag_of_the_page_at_the_beginning_makes_a_page(
    html: str, page: bool
) -> None:
    assert Document(html).page is page


def test_findings_come_in_the_order_of_the_document_with_the_language_of_their_place() -> None:
    html = '<h2></h2><div lang="en"><p><img src="a.jpg"></p><a href="/x/">click here</a></div>'
    findings = check(html, "th")
    assert [(f.rule, f.lang) for f in findings] == [
        ("heading-empty", "th"),
        ("image-alt-missing", "en"),
        ("link-text-vague", "en"),
    ]
    assert findings[1].selector == "body > div:nth-child(2) > p:nth-child(1) > img:nth-child(1)"


def test_a_selector_begins_at_the_nearest_unique_id() -> None:
    html = '<div id="body-2"><p id="a"><i id="A"></i></p><p><img src="a.jpg"></p></div>'
    assert check(html, "th")[0].selector == "#body-2 > p:nth-child(2) > img:nth-child(1)"


def test_messages_are_in_thai_or_else_in_english() -> None:
    html = '<img src="a.jpg">'
    assert "รูปภาพ" in check(html, "en", message_lang="th-TH")[0].message
    assert "image" in check(html, "th", message_lang="fr")[0].message


def test_what_nobody_meets_is_not_judged() -> None:
    hidden = '<img src="a.jpg"><h2></h2><a href="/x/"></a>'
    for start, end in (
        ("<div hidden>", "</div>"),
        ('<div style="display: none">', "</div>"),
        ('<div style="visibility:hidden">', "</div>"),
        ("<style>.a { display: none }</style><div class=a>", "</div>"),
        ("<template>", "</template>"),
        ("<noscript>", "</noscript>"),
    ):
        assert check(start + hidden + end, "th") == []


def test_what_is_hidden_at_times_only_is_judged() -> None:
    image = '<img class="a" src="a.jpg">'
    for css in (
        ".a { display: none } @media (min-width: 40em) { .a { display: inline } }",
        ".a { display: none } .a:target { display: block }",
        "@media (max-width: 40em) { .a { display: none } }",
    ):
        assert [f.rule for f in check(f"<style>{css}</style>{image}", "th")] == [
            "image-alt-missing"
        ]


def test_a_label_names_its_field_even_where_it_is_hidden() -> None:
    css = "<style>label { display: none }</style>"
    assert check(f'{css}<label for="q">ค้นหา</label><input id="q" type="search">', "th") == []


UNSPACED = "เจ้าหน้าที่ออกรับเรื่องร้องเรียนถึงชุมชนริมแม่น้ำตลอดฤดูฝนโดยมีล่ามภาษามือร่วมเดินทางไปด้วยทุกครั้ง"


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>{UNSPACED}</h2><p>รายละเอียดตามนี้</p>",
        f"<p>{UNSPACED * 3}</p>",
        f'<p><a href="/th/a/">{UNSPACED}</a></p>',
        f'<p><img src="a.jpg" alt="{UNSPACED}"></p>',
        f"<ul><li>{UNSPACED}</li><li>เรื่องอื่น{UNSPACED}</li></ul>",
        f'<table><caption>{UNSPACED}</caption><tr><th scope="col">{UNSPACED}</th></tr>'
        "<tr><td>1</td></tr></table>",
        f'<label for="a">{UNSPACED}</label><input id="a">',
        f'<iframe src="/a/" title="{UNSPACED}"></iframe>',
        f"<p><strong>{UNSPACED}</strong> {UNSPACED}</p>",
    ],
)
def test_an_unspaced_thai_sentence_is_a_sentence_and_not_one_long_word(html: str) -> None:
    assert check(html, "th") == []


def test_a_finding_is_plain_data_with_the_names_that_the_documentation_gives() -> None:
    (finding,) = check('<img src="a.jpg">', "th")
    assert list(finding.as_dict()) == [
        *("rule", "severity", "criterion", "lang", "selector", "excerpt", "message", "remedy")
    ]


def test_a_control_inside_several_is_told_of_once_and_with_the_nearest() -> None:
    html = '<a href="/">ก <b role="button" tabindex="0">ข <i tabindex="0">ค</i></b></a>'
    found = [f.message for f in check(html, "th") if f.rule == "control-nested"]
    assert [message.split(":")[0] for message in found] == [
        "<b> stands inside <a>",
        "<i> stands inside <b>",
    ]


def test_a_drawing_in_a_paragraph_is_told_of_once() -> None:
    html = "<p>+------+<br>| ข่าว |<br>*~~~~~~*</p>"
    assert [finding.rule for finding in check(html, "th")] == ["text-drawn"]
