"""What somebody hears who reads the site with a screen reader."""

import urllib.request
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from .desktop import Desktop
from .reader import ReaderDiedError, ScreenReader
from .site import ADDRESSES
from .transcripts import as_text, expect_transcript

pytestmark = [pytest.mark.screen_reader, pytest.mark.slow]

TRIES = 3  # when the reader died, not when it said something else
LISTS = {"Headings (h)": "h", "Landmarks (m)": "m", "Links (k)": "k"}
TEXT_SIZE = {"th": "ขนาดตัวอักษร {} เปอร์เซ็นต์", "en": "Text size {} percent"}
OTHER_LANGUAGE = {"th": ("en", "English"), "en": ("th", "ภาษาไทย")}


def read(url: str, directory: Path) -> tuple[list[str], dict[str, list[str]]]:
    """Return what is said while the page opens, and then for each way to read it."""
    with Desktop(directory) as desktop:
        reader = ScreenReader(desktop)
        opening = reader.open(url)
        sections = {"The whole page (say all)": reader.press("KP_Add")}
        sections |= {title: reader.list_all(key) for title, key in LISTS.items()}
        sections["Tab, once around"] = reader.tab_around()
        reader.tab_to("A+ ")
        sections["Enter on A+"] = reader.press("Return")
        return opening, sections


@pytest.mark.parametrize("page", ADDRESSES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_is_read_in_order_and_with_the_right_words(site, tmp_path, language, page):
    url = site.url + ADDRESSES[page].format(language)
    for attempt in range(1, TRIES + 1):
        directory = tmp_path / str(attempt)
        directory.mkdir()
        try:
            opening, sections = read(url, directory)
            break
        except ReaderDiedError:
            if attempt == TRIES:
                raise
    # A page begins by saying its title, and not what the reader has set.
    assert not any(TEXT_SIZE[language].format(100) in phrase for phrase in opening)
    assert sections["Enter on A+"] == [TEXT_SIZE[language].format(125)]
    expect_transcript(f"{language}-{page}", as_text(sections))


@pytest.mark.parametrize("page", ADDRESSES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_voice_can_follow_the_language_of_each_part(site, language, page):
    """Orca keeps its voice in the other language; other readers change it by what is marked."""
    with urllib.request.urlopen(site.url + ADDRESSES[page].format(language)) as response:
        tree = LexborHTMLParser(response.read())
    other, name = OTHER_LANGUAGE[language]
    assert tree.css_first("html").attributes["lang"] == language
    (link,) = tree.css(f"a[hreflang={other}][lang={other}]")
    assert link.text(strip=True) == name
