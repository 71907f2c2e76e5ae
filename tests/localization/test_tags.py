"""Dates and numbers, as each reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

DAY = date(2024, 2, 14)
MOMENT = datetime(2024, 2, 13, 20, 30, tzinfo=UTC)  # 03.30 on the 14th in Bangkok


def shown(language: str, markup: str, **context) -> str:
    with override(language):
        return Template("{% load localization_tags %}" + markup).render(Context(context))


def test_a_date_is_thai_for_people_and_iso_for_machines():
    assert shown("th", "{% local_date day %}", day=DAY) == (
        '<time datetime="2024-02-14">14 กุมภาพันธ์ 2567</time>'
    )


def test_a_date_is_gregorian_in_english():
    assert shown("en", "{% local_date day %}", day=DAY) == (
        '<time datetime="2024-02-14">14 February 2024</time>'
    )


def test_a_date_follows_the_formats_of_any_other_language():
    assert "14. Februar 2024" in shown("de", "{% local_date day %}", day=DAY)


def test_a_moment_is_of_the_day_that_it_is_here():
    assert ">14 กุมภาพันธ์ 2567<" in shown("th", "{% local_date moment %}", moment=MOMENT)
    assert shown("th", "{% local_datetime moment %}", moment=MOMENT) == (
        '<time datetime="2024-02-14T03:30+07:00">14 กุมภาพันธ์ 2567 เวลา 03.30 น.</time>'
    )
    assert ">14 February 2024, 03:30<" in shown("en", "{% local_datetime moment %}", moment=MOMENT)


def test_the_months_and_years_of_an_archive():
    assert shown("th", "{% local_month day %}", day=DAY) == "กุมภาพันธ์ 2567"
    assert shown("en", "{% local_month day %}", day=DAY) == "February 2024"
    assert shown("th", "{{ 2024|local_year }}") == "2567"
    assert shown("en", "{{ 2024|local_year }}") == "2024"


def test_large_numbers_are_grouped():
    assert shown("th", "{{ 5396611|local_number }}") == "5,396,611"
    assert shown("en", "{{ 5396611|local_number }}") == "5,396,611"
    assert shown("de", "{{ 5396611|local_number }}") == "5.396.611"


def test_a_site_may_show_thai_digits_to_thai_readers(settings):
    settings.LOCALIZATION_THAI_DIGITS = True
    assert ">๑๔ กุมภาพันธ์ ๒๕๖๗<" in shown("th", "{% local_date day %}", day=DAY)
    assert 'datetime="2024-02-14"' in shown("th", "{% local_date day %}", day=DAY)
    assert shown("th", "{{ 5396611|local_number }}") == "๕,๓๙๖,๖๑๑"
    assert shown("th", "{{ 2024|local_year }}") == "๒๕๖๗"
    assert shown("en", "{{ 5396611|local_number }}") == "5,396,611"


@pytest.mark.parametrize("tag", ["local_date", "local_datetime"])
def test_no_date_shows_nothing(tag):
    assert shown("th", f"{{% {tag} day %}}", day=None) == ""


@pytest.mark.parametrize(
    ("code", "tag", "name"),
    [
        ("th", "th", "ภาษาไทย"),
        ("en", "en", "English"),
        ("zh-hans", "zh-Hans", "简体中文"),
        ("pt-br", "pt-BR", "Português Brasileiro"),
        ("xx", "xx", "xx"),
    ],
)
def test_languages_have_standard_tags_and_their_own_names(code, tag, name):
    assert shown("en", "{{ code|bcp47 }} {{ code|native_name }}", code=code) == f"{tag} {name}"
