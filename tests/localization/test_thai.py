"""Thai text: what writers, readers and searchers may rely on. No database, no Django."""

import os
import subprocess
import sys
import time
import unicodedata
from datetime import date, datetime

import pytest

from localization import thai


def test_words_are_found_in_unspaced_text():
    assert thai.segment("ข่าวน้ำท่วมภาคเหนือ") == ["ข่าว", "น้ำท่วม", "ภาคเหนือ"]


def test_rice_is_not_news():
    assert thai.segment("ข้าว") != thai.segment("ข่าว")


def test_latin_words_numbers_and_punctuation_pass_through_in_lower_case():
    assert thai.segment("COVID-19: UNHCR, 2.5%") == ["covid", "19", "unhcr", "2", "5"]


def test_thai_and_arabic_digits_are_the_same_word():
    assert thai.segment("ปี ๒๕๖๗") == thai.segment("ปี 2567") == ["ปี", "2567"]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_unicode_form_of_sara_am_is_the_same_word(form):
    assert thai.segment(unicodedata.normalize(form, "น้ำท่วม")) == ["น้ำท่วม"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("เเม่", "แม่"), ("ท่ี", "ที่"), ("น้\u200bำ", "น้ำ"), ("ก่่อน", "ก่อน"), ("นํ้า", "น้ำ")],
)
def test_common_typing_orders_are_read_as_one_spelling(typed, meant):
    assert thai.normalise(typed) == meant
    assert thai.normalise(thai.normalise(typed)) == meant


def test_a_compound_is_indexed_with_its_parts():
    assert thai.segmented("น้ำท่วม").split() == ["น้ำท่วม", "น้ำ", "ท่วม"]
    assert "มนุษยชน" in thai.segmented("สิทธิมนุษยชน").split()


def test_tea_does_not_find_the_people():
    assert "ชา" not in thai.segmented("ประชาชน").split()


def test_abbreviation_and_repetition_signs_are_no_part_of_a_word():
    assert thai.segment("กรุงเทพฯ ต่างๆ") == ["กรุงเทพ", "ต่าง"]


def test_words_of_other_scripts_keep_their_marks():
    assert thai.segment("हिन्दी ລາວ") == ["हिन्दी", "ລາວ"]


@pytest.mark.parametrize(
    "typed",
    ['"', "`", "\x00", "' OR 1=1 --", "*", "a*", "NEAR(a b)", "-น้ำ", "\ud800", "🙂", " ", ""],
)
def test_nothing_but_words_leaves_what_a_reader_typed(typed):
    assert all(term.isalnum() or term == "น้ำ" for term in thai.query_terms(typed))


def test_search_operators_are_only_words():
    assert thai.query_terms("ข้าว AND NOT ปลา") == ["ข้าว", "and", "not", "ปลา"]


def test_a_query_is_bounded():
    assert len(thai.query_terms("word" + " x1 y2 z3 น้ำ ปลา ข้าว" * 500)) <= 20
    assert len(thai.query_terms(" ".join(str(n) for n in range(5000)))) == 20


def test_a_word_of_a_query_counts_once():
    assert thai.query_terms("ปลา ปลา ปลา") == ["ปลา"]


@pytest.mark.parametrize("unit", ["ก", "ตากลม", "ำ", "เ", "่", "่้", "ก "])
def test_no_text_takes_long_to_segment(unit):
    thai.segment("อุ่นเครื่อง")
    start = time.perf_counter()
    thai.segmented(unit * (20_000 // len(unit)))
    assert time.perf_counter() - start < 2


def test_the_dictionary_is_neither_downloaded_nor_written_nor_loaded_early():
    script = (
        "import sys; from localization import thai; "
        "assert 'pythainlp' not in sys.modules; print(thai.segment('น้ำท่วม'))"
    )
    environment = {
        "HOME": "/nonexistent",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "PYTHONIOENCODING": "utf-8",
    }
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True
    )
    assert result.stdout.strip() == "['น้ำท่วม']", result.stderr


# --- Dates


def test_a_date_is_in_the_buddhist_era():
    assert thai.thai_date(date(2024, 2, 14)) == "14 กุมภาพันธ์ 2567"
    assert thai.thai_date(date(2024, 2, 14), short=True) == "14 ก.พ. 2567"
    assert thai.thai_date(date(2024, 2, 14), digits="thai") == "๑๔ กุมภาพันธ์ ๒๕๖๗"
    assert thai.thai_month(date(2024, 2, 1)) == "กุมภาพันธ์ 2567"


def test_a_time_is_written_as_thai_offices_write_it():
    assert thai.thai_datetime(datetime(2024, 2, 14, 10, 0)) == "14 กุมภาพันธ์ 2567 เวลา 10.00 น."


@pytest.mark.parametrize(
    "text",
    [
        "14 กุมภาพันธ์ 2567",
        "๑๔ กุมภาพันธ์ ๒๕๖๗",
        "14 ก.พ. 2567",
        "วันที่ 14 กุมภาพันธ์ พ.ศ. 2567",
        " 14 กุมภาพันธ์ พ.ศ.2567 ",
    ],
)
def test_a_date_is_read_as_people_write_it(text):
    assert thai.parse_thai_date(text) == date(2024, 2, 14)


def test_every_date_can_be_read_back():
    for month in range(1, 13):
        day = date(2023, month, 28)
        assert thai.parse_thai_date(thai.thai_date(day, digits="thai")) == day
        assert thai.parse_thai_date(thai.thai_date(day, short=True)) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("พรุ่งนี้", "such as 14 กุมภาพันธ์ 2567"),
        ("14 กุมภาพัน 2567", "such as 14 กุมภาพันธ์ 2567"),
        ("14 กุมภาพันธ์ 2024", "2567 for 2024"),
        ("30 กุมภาพันธ์ 2567", "not a day of the calendar"),
    ],
)
def test_a_bad_date_is_named_with_what_is_allowed(text, says):
    with pytest.raises(ValueError, match=says) as error:
        thai.parse_thai_date(text)
    assert text in str(error.value)


# --- Order


def test_words_sort_as_in_a_thai_dictionary():
    in_order = ["กา", "ก่า", "ก้า", "เก", "เก็บ", "เกม", "ไก่", "ขา", "ข่าว", "ข้าว", "ไข่"]
    shuffled = sorted(in_order)
    assert shuffled != in_order
    assert sorted(shuffled, key=thai.collation_key) == in_order


def test_latin_sorts_without_case_and_digits_alike():
    assert sorted(["b", "A", "a๒", "a1"], key=thai.collation_key) == ["A", "a1", "a๒", "b"]


# --- Slugs


def test_a_slug_keeps_vowels_and_tone_marks():
    assert thai.slugify("ข่าวน้ำท่วมภาคเหนือ") == "ข่าวน้ำท่วมภาคเหนือ"


def test_spaces_and_punctuation_become_one_hyphen():
    assert thai.slugify("  แถลงการณ์ (ฉบับที่ ๒/๒๕๖๗) — COVID-19!  ") == (
        "แถลงการณ์-ฉบับที่-๒-๒๕๖๗-covid-19"
    )


def test_two_spellings_of_a_title_give_one_slug():
    assert thai.slugify(unicodedata.normalize("NFKD", "น้ำท่วม")) == thai.slugify("นํ้าท่วม")


def test_a_long_slug_is_cut_between_words():
    title = "แถลงการณ์เรื่องน้ำท่วมภาคเหนือ"
    assert thai.slugify(title, 20) == "แถลงการณ์เรื่อง"
    assert thai.slugify("statement on flooding", 15) == "statement-on"


def test_a_single_long_word_is_never_cut_within_a_syllable():
    for length in range(1, 12):
        slug = thai.slugify("เก๊กเก๊กเก๊กเก๊ก", length)
        assert len(slug) <= length
        assert not slug.endswith(tuple("เแโใไ"))
        assert "เก๊กเก๊กเก๊กเก๊ก".startswith(slug)


@pytest.mark.parametrize("title", ["", "!!!", "🙂", "-", "___"])
def test_a_title_without_words_has_no_slug(title):
    assert thai.slugify(title) == ""
