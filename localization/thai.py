"""Thai text: words, dates, order and slugs. Imports neither Django nor Wagtail.

Thai is written without spaces between words, its marks are combining characters that may be typed
in more than one order, and its people count years from the Buddha's passing. Each function here
answers one of those three facts.

Words come from PyThaiNLP's dictionary (maximal matching, "newmm"). It is imported at the first
word that is asked for, since the dictionary costs about half a second and 60 MB.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Literal

Digits = Literal["arabic", "thai"]

# PyThaiNLP creates a data directory in HOME when it is imported, which fails where HOME is
# read-only, and may fetch corpora that are missing. Neither is wanted in a web process.
if "PYTHAINLP_READ_MODE" not in os.environ:  # the older name; both at once are an error there
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
BUDDHIST_ERA_OFFSET = 543

QUERY_MAX_CHARACTERS = 200
QUERY_MAX_WORDS = 20
SLUG_MAX_LENGTH = 80

_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", _THAI_DIGITS)

# Zero-width characters and the soft hyphen: invisible, and often left by word processors.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONES = "\u0e48-\u0e4b"
_REPEATED_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
# Bounded, or a long run of marks takes quadratic time.
_TONE_BEFORE_VOWEL = re.compile(f"([{_TONES}\u0e4c]{{1,3}})([\u0e31\u0e34-\u0e39\u0e47])")
_SPLIT_SARA_AM = re.compile(f"([{_TONES}]?)\u0e4d([{_TONES}]?)\u0e32")

_LEAD_VOWELS = "เแโใไ"
_LEAD_VOWEL_AND_CONSONANT = re.compile("([เ-ไ])([ก-ฮ])")
_COLLATION_MARKS = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"

# A word shorter than this is no compound: นายก is not นา + ยก. A part of two letters may complete a
# split (ไฟ + ป่า) but is not indexed, or whoever looks for tea (ชา) finds the people (ประชาชน).
_COMPOUND_MIN_LENGTH = 5
_PART_MIN_LENGTH = 2
_INDEXED_PART_MIN_LENGTH = 3


def normalise(text: str) -> str:
    """Return `text` in one spelling, so that what looks alike compares alike.

    NFKC, but with sara am (ำ) kept whole; tone marks after vowels; two sara e as sara ae;
    a mark typed twice as one; invisible characters removed.
    """
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    text = _REPEATED_MARK.sub(r"\1", text.replace("เเ", "แ"))
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    return _SPLIT_SARA_AM.sub(r"\1\2ำ", text)


def is_thai(text: str) -> bool:
    """Return whether `text` has Thai letters."""
    return any(_script(character) == "thai" for character in text)


# --- Words ------------------------------------------------------------------------------------


def segment(text: str) -> list[str]:
    """Return the words of `text` in order, lower-cased, without punctuation.

    Thai digits come back as Arabic ones. Words of other scripts pass through as they are written.
    """
    words: list[str] = []
    for script, run in _runs(_for_search(text)):
        words += _thai_words(run) if script == "thai" else [run]
    return words


def segmented(text: str) -> str:
    """Return `text` for a search index: its words with spaces between them.

    A Thai compound is followed by its parts, so that ท่วม finds น้ำท่วม.
    """
    return " ".join(piece for word in segment(text) for piece in (word, *parts(word)))


def query_terms(text: str) -> list[str]:
    """Return the words to look for, each once and at most 20, from what a reader typed.

    Only letters, marks and digits survive: quotation marks, operators, control characters and
    lone surrogates of the input cannot reach the search engine. Longer input is cut at 200
    characters.
    """
    words = dict.fromkeys(segment(text[:QUERY_MAX_CHARACTERS]))
    return list(words)[:QUERY_MAX_WORDS]


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the dictionary words that `word` is made of, and theirs in turn; none if it is simple.

    The split with fewest parts wins, then the one whose first part is longest.
    """
    if len(word) < _COMPOUND_MIN_LENGTH or _script(word[0]) != "thai":
        return ()
    # splits[n] is the best split of word[n:], worked out from the end.
    splits: dict[int, tuple[str, ...]] = {len(word): ()}
    for start in range(len(word) - _PART_MIN_LENGTH, -1, -1):
        candidates = [
            (prefix, *splits[start + len(prefix)])
            for prefix in _dictionary_prefixes(word, start)
            if _PART_MIN_LENGTH <= len(prefix) < len(word) and start + len(prefix) in splits
        ]
        if candidates:
            splits[start] = min(candidates, key=lambda split: (len(split), -len(split[0])))
    return tuple(
        piece
        for part in splits.get(0, ())
        if len(part) >= _INDEXED_PART_MIN_LENGTH
        for piece in (part, *parts(part))
    )


def _for_search(text: str) -> str:
    return normalise(text).lower().translate(_TO_ARABIC)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield ("thai" | "other", run) for each unbroken run of letters, marks and digits."""
    for script, characters in groupby(text, key=_script):
        if script:
            yield script, "".join(characters)


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    if character in "ฯๆ":  # abbreviation and repetition signs, not part of the word
        return ""
    if unicodedata.category(character)[0] not in "LMN":
        return ""
    return "thai" if "\u0e00" <= character <= "\u0e7f" else "other"


def _thai_words(run: str) -> list[str]:
    # Imported here for its cost: most processes never segment a word.
    from pythainlp.tokenize import word_tokenize

    words: list[str] = word_tokenize(run, engine="newmm-safe", join_broken_num=False)
    return words


def _dictionary_prefixes(word: str, start: int) -> list[str]:
    from pythainlp.tokenize import word_dict_trie

    prefixes: list[str] = word_dict_trie().prefixes(word, start)
    return prefixes


# --- Digits and dates -------------------------------------------------------------------------


def to_thai_digits(text: str) -> str:
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    return text.translate(_TO_ARABIC)


def buddhist_year(year: int) -> int:
    """Return the year of the Buddhist era (พ.ศ.) for a Gregorian one: 2024 gives 2567."""
    return year + BUDDHIST_ERA_OFFSET


def gregorian_year(year: int) -> int:
    """Return the Gregorian year (ค.ศ.) for one of the Buddhist era: 2567 gives 2024."""
    return year - BUDDHIST_ERA_OFFSET


def thai_date(value: date, *, short: bool = False, digits: Digits = "arabic") -> str:
    """Return "14 กุมภาพันธ์ 2567", or "14 ก.พ. 2567" when `short`."""
    month = (MONTHS_SHORT if short else MONTHS)[value.month - 1]
    return _in_digits(f"{value.day} {month} {buddhist_year(value.year)}", digits)


def thai_month(value: date, *, digits: Digits = "arabic") -> str:
    """Return "กุมภาพันธ์ 2567", as an archive names a month."""
    return _in_digits(f"{MONTHS[value.month - 1]} {buddhist_year(value.year)}", digits)


def thai_datetime(value: datetime, *, short: bool = False, digits: Digits = "arabic") -> str:
    """Return "14 กุมภาพันธ์ 2567 เวลา 10.00 น." in the time zone that `value` is in."""
    time = _in_digits(f"{value:%H.%M}", digits)
    return f"{thai_date(value, short=short, digits=digits)} เวลา {time} น."


def _in_digits(text: str, digits: Digits) -> str:
    return to_thai_digits(text) if digits == "thai" else text


_MONTH_NUMBERS = {
    name: number for names in (MONTHS, MONTHS_SHORT) for number, name in enumerate(names, start=1)
}
_DATE = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*([ก-๎.]+?)\s*(?:พ\.?ศ\.?\s*)?(\d{4})")


def parse_thai_date(text: str) -> date:
    """Return the date that "14 กุมภาพันธ์ 2567" or "๑๔ ก.พ. ๒๕๖๗" stands for.

    Raises ValueError naming the text and what is allowed.
    """
    match = _DATE.fullmatch(to_arabic_digits(normalise(text)).strip())
    month = match and _MONTH_NUMBERS.get(match[2])
    if not match or not month:
        raise ValueError(
            f"{text!r} is not a Thai date. Write day, month and year of the Buddhist era, "
            "such as 14 กุมภาพันธ์ 2567 or 14 ก.พ. 2567."
        )
    year = int(match[3])
    if not 2400 <= year <= 2700:
        raise ValueError(
            f"The year {year} of {text!r} is not of the Buddhist era. "
            f"Write a year from 2400 to 2700: {buddhist_year(2024)} for 2024."
        )
    try:
        return date(gregorian_year(year), month, int(match[1]))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar: {error}.") from error


# --- Order ------------------------------------------------------------------------------------


def collation_key(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a key that sorts as a Thai dictionary does (Unicode Collation, Thai tailoring).

    A vowel written before its consonant counts after it; tone marks decide only between words
    that are otherwise the same. Latin is sorted without case.
    """
    text = _LEAD_VOWEL_AND_CONSONANT.sub(r"\2\1", to_arabic_digits(normalise(text)).casefold())
    letters: list[str] = []
    marks: list[str] = []
    for character in text:
        if character in _COLLATION_MARKS and marks:
            marks[-1] += character
        else:
            letters.append(character)
            marks.append("")
    return "".join(letters), tuple(marks)


# --- Slugs ------------------------------------------------------------------------------------


def slugify(text: str, max_length: int = SLUG_MAX_LENGTH) -> str:
    """Return `text` as one readable segment of an address, with its vowels and tone marks.

    Letters, marks, digits and underscores stay, apostrophes go; everything else becomes one
    hyphen. What is longer than `max_length` characters is cut between words, never within a
    syllable.
    """
    kept = (
        character if character == "_" or unicodedata.category(character)[0] in "LMN" else "-"
        for character in normalise(text).lower()
        if character not in "'’"
    )
    slug = re.sub("-{2,}", "-", "".join(kept)).strip("-_")
    return slug if len(slug) <= max_length else _cut(slug, max_length)


def _cut(slug: str, max_length: int) -> str:
    end = 0
    for word in _slug_pieces(slug):
        if end + len(word) > max_length:
            break
        end += len(word)
    return slug[:end].strip("-_") or _cut_in_word(slug, max_length)


def _slug_pieces(slug: str) -> Iterator[str]:
    """Yield the words and hyphens of `slug`; joined they give it back."""
    for script, characters in groupby(slug, key=_script):
        run = "".join(characters)
        if script == "thai":
            yield from _thai_words(run)
        else:
            yield run


def _cut_in_word(slug: str, max_length: int) -> str:
    """Cut a single long word so that no consonant loses its vowel or mark."""
    end = max_length
    while end > 1 and (slug[end] in "ะาำๅ" or unicodedata.category(slug[end]).startswith("M")):
        end -= 1
    return slug[:end].rstrip(_LEAD_VOWELS)
