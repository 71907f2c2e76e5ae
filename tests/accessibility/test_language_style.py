"""Words in another language are marked in the editor, and stay marked on every way."""

import json

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.rich_text import features

from accessibility.rules import check

MARKED = '<p>คติของงานคือ <span lang="en">nothing about us without us at all</span> ในทุกเรื่อง</p>'


def saved(html: str) -> str:
    """What the editor saves of a text that it was given, without the keys of its blocks."""
    converter = ContentstateConverter(features=["bold", "language"])
    state = json.loads(converter.from_database_format(html))
    for block in state["blocks"]:
        block.pop("key", None)
    return converter.to_database_format(json.dumps(state))


def test_the_editor_keeps_the_language_of_words():
    assert saved(MARKED) == MARKED


def test_a_language_and_bold_letters_go_together():
    html = '<p><span lang="en">no <b>thing</b></span></p>'
    assert '<span lang="en">' in saved(html)
    assert "<b>" in saved(html)


def test_each_language_of_the_site_has_its_button():
    widget = DraftailRichTextArea(features=["language"])
    buttons = [style["label"] for style in widget.options["inlineStyles"]]
    assert buttons == ["TH", "EN"]


def test_a_rich_text_field_without_features_of_its_own_has_the_buttons():
    assert "language" in features.get_default_features()


def test_marked_words_are_no_complaint_and_unmarked_ones_are():
    assert [finding.rule for finding in check(MARKED, "th")] == []
    unmarked = MARKED.replace('<span lang="en">', "").replace("</span>", "")
    assert [finding.rule.split("-")[0] for finding in check(unmarked, "th")] == ["language"]
