"""What an old system brings with accessibility errors is not lost, and not published."""

import json

import pytest
from django.core.management import call_command
from django.utils.translation import override

from newsroom.models import NewsArticlePage
from tests.accessibility.gate import SENTENCE

pytestmark = pytest.mark.usefixtures("bilingual_site", "gate")

ENTRY = {
    "source_id": "old-1",
    "source_language": "th",
    "category": {"th": "ข่าวบริการ"},
    "title": "เปิดจุดบริการใหม่สามแห่ง",
    "event_date": "2024-02-14",
    "event_date_as_printed": "14 กุมภาพันธ์ 2567",
    "body": [{"type": "paragraph", "text": "ประชาชนใช้บริการได้"}],
}
FAULTY = {**ENTRY, "body": [{"type": "paragraph", "text": SENTENCE}]}


@pytest.fixture
def gate(settings) -> None:
    del settings.ACCESSIBILITY_GATE


@pytest.fixture
def import_entry(tmp_path, capsys):
    def import_entry(entry) -> str:
        path = tmp_path / "news.json"
        path.write_text(json.dumps(entry), encoding="utf-8")
        with override("en"):
            call_command("import_news", str(path))
        return capsys.readouterr().out

    return import_entry


def test_an_entry_with_errors_becomes_a_draft_and_says_why(import_entry):
    said = import_entry(FAULTY)
    assert not NewsArticlePage.objects.get(title=ENTRY["title"]).live
    assert "it stays a draft" in said
    assert "WCAG 3.1.2" in said


def test_the_draft_is_published_when_the_file_is_mended(import_entry):
    import_entry(FAULTY)
    import_entry(ENTRY)
    assert NewsArticlePage.objects.get(title=ENTRY["title"]).live


def test_what_is_live_stays_when_its_entry_gets_errors(import_entry):
    import_entry(ENTRY)
    import_entry(FAULTY)
    page = NewsArticlePage.objects.get(title=ENTRY["title"])
    assert page.live
    assert SENTENCE not in str(page.body)
    assert SENTENCE in str(page.get_latest_revision_as_object().body)
