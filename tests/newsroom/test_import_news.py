"""An operator brings the articles of an old system in."""

import json
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from wagtail_localize.models import LocaleSynchronization

from home.models import SiteIdentity, SiteImage
from newsroom.audience import set_opening_visitors, totals, views
from newsroom.importing import ImportFileError, read_file
from newsroom.models import ImportedArticle, NewsArticlePage, NewsCategory
from tests.factories import NewsIndexPageFactory, picture

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "nhrc-2567-02-14.json"

pytestmark = pytest.mark.usefixtures("bilingual_site")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def entry(**values) -> dict:
    """Return a whole and valid entry, with `values` in place; a value of ... takes a field away."""
    whole = {
        "source_id": "old-1",
        "source_language": "th",
        "category": {"th": "ข่าวบริการ", "en": "Service news"},
        "title": "เปิดจุดบริการใหม่สามแห่ง",
        "event_date": "2024-02-14",
        "event_date_as_printed": "14 กุมภาพันธ์ 2567",
        "views": 25,
        "body": [
            {"type": "paragraph", "text": "ประชาชนใช้บริการได้ดังนี้"},
            {"type": "numbered_item", "text": "จุดที่หนึ่ง"},
            {"type": "numbered_item", "text": "จุดที่สอง"},
            {"type": "paragraph", "text": "เปิดทุกวันทำการ"},
        ],
    }
    return {name: value for name, value in (whole | values).items() if value is not ...}


@pytest.fixture
def write(tmp_path):
    def write(*entries, name="old-news.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(list(entries)), encoding="utf-8")
        return path

    return write


def run(path: Path, *options: str) -> str:
    """Return what the command prints when all entries are taken."""
    out = StringIO()
    call_command("import_news", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def refusal(path: Path, *options: str) -> tuple[str, str]:
    """Return the problems, one a line, and the last sentence of a command that fails."""
    errors = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("import_news", str(path), *options, stdout=StringIO(), stderr=errors)
    assert failure.value.returncode == 1
    return errors.getvalue(), str(failure.value)


def the_article() -> NewsArticlePage:
    return NewsArticlePage.objects.get(alias_of=None)


# --- What is taken ----------------------------------------------------------------------------


def test_an_article_is_published_with_all_that_the_file_says(write, client):
    output = run(write(entry(event_date="2024-02-14T10:00:00+07:00")))
    article = the_article()
    assert article.live
    assert article.title == "เปิดจุดบริการใหม่สามแห่ง"
    assert (article.event_date, article.event_time) == (date(2024, 2, 14), time(10))
    assert timezone.localtime(article.publication_date).date() == date(2024, 2, 14)
    assert article.category.name == "ข่าวบริการ"
    assert views(article) == 25
    assert "entry 1: created" in output
    assert "/th/news/เปิดจุดบริการใหม่สามแห่ง/" in output
    assert "1 entry: 1 created" in output


def test_neighbouring_items_form_one_ordered_list(write):
    run(write(entry()))
    (text,) = the_article().body
    assert text.value.source == (
        "<p>ประชาชนใช้บริการได้ดังนี้</p><ol><li>จุดที่หนึ่ง</li><li>จุดที่สอง</li></ol><p>เปิดทุกวันทำการ</p>"
    )


def test_headings_quotations_and_pictures_become_blocks(write, tmp_path):
    (tmp_path / "photo.png").write_bytes(picture())
    output = run(
        write(
            entry(
                body=[
                    {"type": "heading", "text": "สถานที่"},
                    {"type": "quote", "text": "เราพร้อมให้บริการ"},
                    {"type": "image", "src": "photo.png", "alt": "ป้ายหน้าอาคาร"},
                ]
            )
        )
    )
    heading, quotation, image = the_article().body
    assert (heading.value["level"], heading.value["text"]) == ("h2", "สถานที่")
    assert quotation.value["text"] == "เราพร้อมให้บริการ"
    assert image.value["image"].contextual_alt_text == "ป้ายหน้าอาคาร"
    assert SiteImage.objects.get().description == "ป้ายหน้าอาคาร"
    assert "quotation" in output


def test_text_is_text_and_never_markup(write):
    run(write(entry(body=[{"type": "paragraph", "text": "<script>alert(1)</script> & เพื่อน"}])))
    (text,) = the_article().body
    assert "<script>" not in text.value.source
    assert "&amp; เพื่อน" in text.value.source


def test_a_category_is_created_in_each_language_given_and_only_once(write):
    run(write(entry(), entry(source_id="old-2", title="อีกเรื่องหนึ่ง")))
    thai = NewsCategory.objects.get(locale__language_code="th", name="ข่าวบริการ")
    english = NewsCategory.objects.get(locale__language_code="en", name="Service news")
    assert thai.translation_key == english.translation_key
    assert english.slug == "service-news"


def test_a_single_object_is_a_file_too(tmp_path):
    path = tmp_path / "one.json"
    path.write_text("\ufeff" + json.dumps(entry()), encoding="utf-8")
    assert "1 created" in run(path)


def test_without_an_identifier_the_file_name_and_position_serve(write):
    path = write(entry(source_id=...), entry(source_id=..., title="เรื่องที่สอง"))
    assert "2 created" in run(path)
    assert "2 unchanged" in run(path)
    assert set(ImportedArticle.objects.values_list("source_id", flat=True)) == {
        "old-news.json#1",
        "old-news.json#2",
    }


def test_an_english_alias_comes_as_when_the_article_is_made_in_the_admin(write, thai, english):
    LocaleSynchronization.objects.create(locale=english, sync_from=thai)
    run(write(entry()))
    alias = NewsArticlePage.objects.get(locale=english)
    assert alias.alias_of.specific == the_article()


def test_the_progress_of_many_entries_ends_in_one_summary(write):
    output = run(write(*(entry(source_id=f"old-{n}", title=f"เรื่องที่ {n}") for n in range(5))))
    assert output.splitlines()[-1].startswith("5 entries: 5 created, 0 updated")


class Terminal(StringIO):
    """Shows what is written last where a carriage return goes back to the beginning of a line."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        shown = []
        for line in self.getvalue().removesuffix("\n").split("\n"):
            row = ""
            for text in line.split("\r"):
                row = text + row[len(text) :]
            shown.append(row.rstrip())
        return shown


def test_on_a_terminal_each_message_has_a_line_of_its_own_above_the_progress(write, monkeypatch):
    path = write(entry(), entry(source_id="old-2", views=-1), entry(source_id="old-3"))
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setattr("sys.stderr", terminal)
    with pytest.raises(CommandError):
        call_command("import_news", str(path), no_color=True)
    beginnings = [
        "old-news.json, entry 1: created",
        "old-news.json, entry 2, views: -1 is not allowed",
        "old-news.json, entry 3: created",
        "old-news.json: 100%",
    ]
    lines = terminal.lines
    assert len(lines) == len(beginnings), lines
    for line, beginning in zip(lines, beginnings, strict=True):
        assert line.startswith(beginning)


# --- Again ------------------------------------------------------------------------------------


def test_importing_a_file_again_changes_nothing(write):
    path = write(entry())
    run(path)
    before = the_article().latest_revision_id
    assert "1 unchanged" in run(path)
    assert the_article().latest_revision_id == before


def test_a_changed_entry_becomes_a_new_revision_of_the_same_page(write):
    run(write(entry()))
    before = the_article()
    assert "1 updated" in run(write(entry(title="เปิดจุดบริการใหม่สี่แห่ง", views=30)))
    after = the_article()
    assert after.pk == before.pk
    assert after.title == "เปิดจุดบริการใหม่สี่แห่ง"
    assert after.slug == before.slug
    assert after.latest_revision_id != before.latest_revision_id
    assert views(after) == 30


def test_translations_stay_tied_to_their_blocks_when_an_entry_changes(write):
    run(write(entry()))
    before = [block.id for block in the_article().body]
    run(write(entry(title="ชื่อใหม่")))
    assert [block.id for block in the_article().body] == before


def test_what_people_have_changed_since_is_kept_unless_the_operator_insists(write):
    run(write(entry()))
    article = the_article()
    article.title = "ชื่อที่บรรณาธิการแก้"
    article.save_revision().publish()
    changed = write(entry(views=99))
    output = run(changed)
    assert "1 kept" in output
    assert "--overwrite" in output
    assert the_article().title == "ชื่อที่บรรณาธิการแก้"
    assert "1 updated" in run(changed, "--overwrite")
    assert the_article().title == "เปิดจุดบริการใหม่สามแห่ง"


def test_what_people_have_unpublished_is_not_published_again(write):
    run(write(entry()))
    the_article().unpublish()
    assert "1 kept" in run(write(entry(views=99)))
    assert not the_article().live


# --- Dry run ----------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(write, tmp_path, media):
    (tmp_path / "photo.png").write_bytes(picture())
    body = [{"type": "image", "src": "photo.png", "alt": "ป้าย"}]
    output = run(write(entry(body=body, site={"visitors_total": 10})), "--dry-run")
    assert "Dry run" in output
    assert "1 created" in output
    assert not NewsArticlePage.objects.exists()
    assert not SiteImage.objects.exists()
    assert not NewsCategory.objects.filter(name="ข่าวบริการ").exists()
    assert totals().visitors_total == 0
    assert not list((media / "media").rglob("*.png"))


def test_a_dry_run_refuses_what_the_real_one_would(write):
    problems, summary = refusal(write(entry(views=-1)), "--dry-run")
    assert "views" in problems
    assert "1 refused" in summary


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field", "hint"),
    [
        ({"title": "ก" * 256}, "title", "255"),
        ({"title": "  "}, "title", "not empty"),
        ({"title": 7}, "title: 7", "not empty"),
        ({"title": ...}, "title is missing", "text"),
        ({"title": "\ud800"}, "title", "U+D800"),
        ({"title": "a\0b"}, "title", "U+0000"),
        ({"source_language": "xx"}, "source_language: 'xx'", "th, en"),
        ({"source_language": None}, "source_language", "th, en"),
        ({"category": "ข่าว"}, "category", "object"),
        ({"category": {}}, "category", "object"),
        ({"category": {"en": "News"}}, "category.th is missing", "source language"),
        ({"category": {"th": "ข่าว", "xx": "x"}}, "category.xx", "th, en"),
        ({"category": {"th": "ก" * 121}}, "category.th", "120"),
        ({"event_date": "14/02/2024"}, "event_date: '14/02/2024'", "ISO 8601"),
        ({"event_date": "2567-02-14"}, "event_date: '2567-02-14'", "2024"),
        ({"event_date": 20240214}, "event_date: 20240214", "ISO 8601"),
        (
            {"event_date_as_printed": "15 กุมภาพันธ์ 2567"},
            "event_date_as_printed: '15 กุมภาพันธ์ 2567'",
            "14 กุมภาพันธ์ 2567",
        ),
        ({"event_date_as_printed": "14 กุมภาพันธ์ 2024"}, "event_date_as_printed", "2567"),
        ({"views": -1}, "views: -1", "0 to"),
        ({"views": True}, "views: True", "0 to"),
        ({"views": 2.5}, "views: 2.5", "0 to"),
        ({"views": 10**30}, "views", "0 to"),
        ({"body": []}, "body: []", "at least one"),
        ({"body": ["x"]}, "body[0]: 'x'", "object"),
        ({"body": [{"type": "video"}]}, "body[0].type: 'video'", "paragraph, numbered_item"),
        ({"body": [{"type": ["quote"]}]}, "body[0].type", "paragraph, numbered_item"),
        ({"body": [{"type": "paragraph"}]}, "body[0].text is missing", "not empty"),
        (
            {"body": [{"type": "paragraph", "text": "x", "size": 1}]},
            "body[0].size: 1",
            "type, text",
        ),
        ({"body": [{"type": "heading", "text": "ก" * 256}]}, "body[0].text", "255"),
        ({"author": "ใคร"}, "author: 'ใคร'", "source_id, source_language"),
        ({"site": {"colour": "red"}}, "site.colour: 'red'", "visitors_total"),
        ({"site": {"visitors_today": 5}}, "site.visitors_today", "visitors_total"),
        ({"site": {"copyright_year": 2558}}, "site.copyright_year: 2558", "Gregorian"),
        ({"site": {"social": ["myspace"]}}, "site.social[0]: 'myspace'", "facebook"),
    ],
)
def test_a_bad_entry_names_file_entry_field_value_and_what_is_allowed(write, values, field, hint):
    problems, summary = refusal(write(entry(**values)))
    assert "old-news.json, entry 1, " in problems
    assert field in problems
    assert hint in problems
    assert "1 refused" in summary
    assert not NewsArticlePage.objects.exists()


def test_all_that_is_wrong_with_an_entry_is_said_at_once(write):
    problems, _summary = refusal(write(entry(title="", views=-1)))
    assert "title" in problems
    assert "views" in problems


def test_the_other_entries_go_on(write):
    _problems, summary = refusal(write(entry(title=""), entry(source_id="old-2")))
    assert "1 created" in summary
    assert "1 refused" in summary
    assert NewsArticlePage.objects.count() == 1


def test_an_identifier_serves_one_entry_only(write):
    problems, _summary = refusal(write(entry(), entry(title="อีกเรื่อง")))
    assert "entry 2, source_id: 'old-1'" in problems


def test_what_is_no_object_is_refused(write):
    problems, _summary = refusal(write("ข่าว"))
    assert "entry 1, entry: 'ข่าว'" in problems


@pytest.mark.parametrize(
    "src", ["missing.png", "../secret.png", "/etc/hostname", "https://example.org/a.png", "sub"]
)
def test_a_picture_must_lie_beside_the_file(write, tmp_path, src):
    (tmp_path / "sub").mkdir()
    (tmp_path.parent / "secret.png").write_bytes(picture())
    problems, _summary = refusal(write(entry(body=[{"type": "image", "src": src, "alt": "ภาพ"}])))
    assert "body[0].src" in problems
    assert "beside the import file" in problems


@pytest.mark.parametrize("content", [picture(400, 300)[:-60], b"no picture", b""])
def test_a_picture_that_cannot_be_decoded_is_refused(write, tmp_path, content):
    (tmp_path / "photo.png").write_bytes(content)
    problems, _summary = refusal(
        write(entry(body=[{"type": "image", "src": "photo.png", "alt": "ภาพ"}]))
    )
    assert "body[0].src: 'photo.png'" in problems
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize("alternative", [{}, {"alt": ""}, {"alt": "  "}])
def test_a_picture_needs_its_alternative(write, tmp_path, alternative):
    (tmp_path / "photo.png").write_bytes(picture())
    problems, _summary = refusal(
        write(entry(body=[{"type": "image", "src": "photo.png", **alternative}]))
    )
    assert "body[0].alt" in problems


def test_a_failure_while_writing_leaves_nothing_half_written(write, tmp_path, media, thai):
    (tmp_path / "photo.png").write_bytes(picture())
    # The name of a category here, in a language where it belongs to something else.
    other = NewsCategory.objects.create(locale=thai, name="อื่น", slug="other")
    other.copy_for_translation(NewsCategory.objects.get(name="Announcements").locale)
    body = [{"type": "image", "src": "photo.png", "alt": "ภาพ"}]
    problems, _summary = refusal(
        write(entry(body=body, category={"th": "อื่น", "en": "Announcements"}))
    )
    assert "category.en: 'Announcements'" in problems
    assert not NewsArticlePage.objects.exists()
    assert not SiteImage.objects.exists()
    assert not list((media / "media").rglob("*.png"))


def test_where_there_are_several_indexes_the_operator_chooses(write, bilingual_site):
    second = NewsIndexPageFactory(parent=bilingual_site.home, slug="second")
    path = write(entry())
    problems, _summary = refusal(path)
    assert "--parent" in problems
    run(path, "--parent", str(second.pk))
    assert the_article().get_parent().specific == second


def test_a_parent_that_is_no_news_index_is_refused(write, bilingual_site):
    _problems, message = refusal(write(entry()), "--parent", str(bilingual_site.home.pk))
    assert "news index" in message


# --- Files that cannot be read ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "not JSON"),
        (b"{", "line 1"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (b'{"views": NaN}', "NaN"),
        (b'{"title": "a", "title": "b"}', "twice"),
        (b'"text"', "one object or an array"),
        (b"[" * 100_000, "nested"),
        (b"[" + b"9" * 5000 + b"]", "refused"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, hint):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=hint) as error:
        read_file(path)
    assert "bad.json" in str(error.value)


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path):
    _problems, message = refusal(tmp_path / "nowhere.json")
    assert "nowhere.json cannot be read" in message


# --- The site ---------------------------------------------------------------------------------


def test_opening_totals_and_identity_of_the_site_come_along(write):
    site = {
        "visitors_total": 1000,
        "visitors_today": 7,
        "owner_th": "สำนักงานเดิม",
        "owner_en": "Former Office",
        "copyright_year": 2011,
        "social": ["youtube", "line"],
        "languages": ["th", "en"],
    }
    output = run(write(entry(site=site)))
    assert totals() == (1000, 7)
    identity = SiteIdentity.objects.get(locale__language_code="en")
    assert (identity.copyright_owner, identity.first_year) == ("Former Office", 2011)
    assert identity.name == "National Test Office"
    assert "no address for line" in output
    assert "languages describe the old site" in output


def test_totals_are_not_counted_twice(write):
    site = {"visitors_total": 1000, "visitors_today": 7}
    run(write(entry(site=site)))
    run(write(entry(site=site, title="ชื่อใหม่")))
    assert totals() == (1000, 7)


def test_several_entries_may_tell_the_same_of_their_site(write):
    site = {"visitors_total": 1000, "visitors_today": 7}
    run(write(entry(site=site), entry(source_id="old-2", title="อีกเรื่อง", site=site)))
    assert totals() == (1000, 7)


def test_totals_of_a_file_replace_opening_totals_that_were_there(write):
    set_opening_visitors(5)
    run(write(entry(site={"visitors_total": 1000, "visitors_today": 7})))
    assert totals() == (1000, 7)


def test_a_site_without_identity_gets_one_to_complete(write):
    SiteIdentity.objects.all().delete()
    output = run(write(entry(site={"owner_th": "สำนักงานเดิม", "copyright_year": 2011})))
    assert SiteIdentity.objects.get().name == "สำนักงานเดิม"
    assert "complete it" in output


# --- The model page ---------------------------------------------------------------------------


@pytest.mark.skipif(
    not SEED.exists(), reason=f"the model page {SEED.name} is not beside the project"
)
def test_the_model_page_is_readable_at_its_thai_address(client):
    data = json.loads(SEED.read_text(encoding="utf-8"))
    run(SEED)
    article = the_article()
    assert article.title == data["title"]
    assert views(article) == data["views"]
    assert totals() == (data["site"]["visitors_total"], data["site"]["visitors_today"])
    response = client.get(article.get_url())
    assert response.status_code == 200
    html = response.content.decode()
    assert data["event_date_as_printed"] in html
    assert html.count("<ol>") == 1
    for part in data["body"]:
        assert part["text"] in html
