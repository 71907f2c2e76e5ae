"""What a reader of the demo content relies on; runs without Django."""

import re
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[2] / "home" / "demo"
CONTENT = DEMO / "content"
MEDIA = DEMO / "media"
LANGUAGES = ("th", "en")
THAI = re.compile(r"[\u0e00-\u0e7f]")
RICH_TEXT_TAGS = {"p", "ul", "ol", "li", "a", "b", "i"}
#: Where links may lead that name no page of the demo.
OUTSIDE = ("https://www.example.org/", "mailto:", "/.well-known/", "/accessibility/")
BLOCK_TYPES = {
    "heading",
    "text",
    "image",
    "gallery",
    "quotation",
    "table",
    "document",
    "video",
    "callout",
    "contact",
    "timeline",
}

Data = dict[str, Any]


def read(path: Path) -> Data:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_folder(name: str) -> dict[str, Data]:
    return {path.name: read(path) for path in sorted((CONTENT / name).glob("*.toml"))}


ARTICLES = read_folder("articles")
POLICIES = read_folder("policies")
PAGES = read_folder("pages") | POLICIES
ALL = ARTICLES | PAGES
MEDIA_LIST = read(CONTENT / "media.toml")
IN_BOTH_LANGUAGES = {name: data for name, data in ALL.items() if "en" in data}

every_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
every_entry = pytest.mark.parametrize("entry", ALL.values(), ids=ALL.keys())
every_translated_entry = pytest.mark.parametrize(
    "entry", IN_BOTH_LANGUAGES.values(), ids=IN_BOTH_LANGUAGES.keys()
)


class Outline(HTMLParser):
    """Tags of a piece of rich text in order, and the words of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._address: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") if tag == "a" else None
        self.tags.append(f"a {address}" if tag == "a" else tag)
        self._address = address

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        self._address = None

    def handle_data(self, data: str) -> None:
        if self._address:
            self.links.append((self._address, data))


def bodies(entry: Data) -> list[list[Data]]:
    return [entry[language]["body"] for language in LANGUAGES if language in entry]


def block_structure(block: Data) -> object:
    """The shape of a block, without its words: equal in parallel translations."""
    shape: list[object] = [block["type"], sorted(block)]
    match block["type"]:
        case "heading":
            shape.append(block["level"])
        case "text":
            shape.append(Outline(block["html"]).tags)
        case "video":
            shape += [block["file"], Outline(block["transcript"]).tags]
        case "image" | "document":
            shape.append(block["file"])
        case "gallery":
            shape.append([(item["file"], sorted(item)) for item in block["items"]])
        case "timeline":
            shape.append([item["date"] for item in block["items"]])
        case "table":
            shape += [block["row_headers"], len(block["columns"]), len(block["rows"])]
        case "callout":
            shape.append(block["kind"])
        case "contact":
            # Numbers and addresses of mail are no segments: the same in every language.
            shape += [block["telephone"], block["email"]]
    return shape


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for item in value.values() for text in strings(item)]
        case list():
            return [text for item in value for text in strings(item)]
    return []


def named_files(entry: Data) -> list[str]:
    files = [entry["lead_image"]["file"]] if "lead_image" in entry else []
    for language in LANGUAGES:
        part = entry.get(language, {})
        for block in [*part.get("body", []), *part.get("attachments", [])]:
            for holder in [block, *(block["items"] if block["type"] == "gallery" else [])]:
                files += [holder[key] for key in ("file", "captions") if key in holder]
    return files


def test_there_are_forty_articles_over_two_years_in_five_categories() -> None:
    assert len(ARTICLES) >= 40
    published = [article["published"] for article in ARTICLES.values()]
    assert min(published) < datetime(2025, 1, 1, tzinfo=UTC)
    assert max(published) > datetime(2026, 11, 1, tzinfo=UTC)
    months = {(moment.year, moment.month) for moment in published}
    assert len(months) == 24, "every month from December 2024 to November 2026 has news"
    categories = {category["key"] for category in read(CONTENT / "categories.toml")["category"]}
    assert len(categories) == 5
    assert {article["category"] for article in ARTICLES.values()} == categories


def test_twenty_five_articles_are_translated_and_three_are_older_than_their_source() -> None:
    states = Counter(article["translation"] for article in ARTICLES.values())
    assert states["current"] + states["older"] == 25
    assert states["older"] == 3
    for article in ARTICLES.values():
        assert ("en" in article) == (article["translation"] != "none")
        assert ("th_update" in article) == (article["translation"] == "older")


def test_two_articles_are_pinned_and_two_carry_a_reasoned_correction() -> None:
    assert sum(article["pinned"] for article in ARTICLES.values()) == 2
    corrected = [article for article in ARTICLES.values() if "correction_date" in article]
    assert len(corrected) == 2
    for article in corrected:
        assert isinstance(article["correction_date"], date)
        assert article["th"]["correction"]
        assert article["en"]["correction"]


def test_titles_keep_their_length_and_some_are_very_long() -> None:
    lengths = [len(article["th"]["title"]) for article in ARTICLES.values()]
    assert max(lengths) <= 255
    assert sum(length > 150 for length in lengths) >= 3
    assert sum(230 <= length <= 255 for length in lengths) == 1
    for entry in IN_BOTH_LANGUAGES.values():
        assert len(entry["en"]["title"]) <= 255


def test_identifiers_and_slugs_are_unique_in_their_language() -> None:
    assert len({entry["id"] for entry in ALL.values()}) == len(ALL)
    for language in LANGUAGES:
        slugs = [entry[language]["slug"] for entry in ALL.values() if language in entry]
        assert len(set(slugs)) == len(slugs)


@every_entry
def test_slugs_are_words_joined_by_hyphens(entry: Data) -> None:
    assert re.fullmatch(r"[\u0e01-\u0e4e0-9-]+", entry["th"]["slug"])
    assert len(entry["th"]["slug"]) <= 60
    if "en" in entry:
        assert re.fullmatch(r"[a-z0-9-]+", entry["en"]["slug"])


@every_article
def test_an_article_is_named_after_its_day_and_leads_only_to_what_exists(article: Data) -> None:
    assert f"{article['published']:%Y-%m-%d}-{article['id']}.toml" in ARTICLES
    identifiers = {other["id"] for other in ARTICLES.values()}
    assert set(article.get("related", [])) <= identifiers - {article["id"]}
    assert set(article["tags"]) <= set(read(CONTENT / "tags.toml"))
    assert article["views"] >= 0
    assert len(article["th"].get("contact", [])) <= 1


@every_article
def test_later_changes_find_the_words_they_replace(article: Data) -> None:
    for change in article.get("th_update", {}).get("replace", []):
        assert sum(change["old"] in text for text in strings(article["th"]["body"])) == 1
        assert change["new"] != change["old"]
    if update := article.get("th_update"):
        assert update["published"] > article["published"]


@every_entry
def test_every_file_named_exists_and_is_described_in_both_languages(entry: Data) -> None:
    described = {
        item["file"] for kind in ("image", "document", "video") for item in MEDIA_LIST[kind]
    }
    for file in named_files(entry):
        assert (MEDIA / file).is_file(), file
        assert file in described or file.endswith(".vtt"), file


def test_pictures_and_documents_are_small_and_have_texts_in_both_languages() -> None:
    for picture in MEDIA_LIST["image"]:
        path = MEDIA / picture["file"]
        assert path.stat().st_size <= 130_000, path.name
        assert all(picture[language]["description"] for language in LANGUAGES)
    for document in MEDIA_LIST["document"]:
        data = (MEDIA / document["file"]).read_bytes()
        assert len(data) <= 120_000
        # A tagged PDF has a structure tree, and says its language (PDF/UA, ISO 14289-1).
        assert b"/StructTreeRoot" in data
        assert f"/Lang ({document['language']})".encode() in data
    listed = {item["file"] for item in MEDIA_LIST["image"] + MEDIA_LIST["document"]}
    on_disk = {path.name for path in MEDIA.iterdir() if path.suffix in {".jpg", ".png", ".pdf"}}
    assert on_disk == listed


@every_entry
def test_each_picture_has_an_alternative_or_is_decorative(entry: Data) -> None:
    if lead := entry.get("lead_image"):
        for language in LANGUAGES:
            if language in entry:
                assert bool(entry[language].get("lead_image_alt")) != lead["decorative"]
    for body in bodies(entry):
        for block in body:
            if block["type"] == "image":
                assert bool(block.get("alt")) != block.get("decorative", False)
            if block["type"] == "gallery":
                assert all(item["alt"] and item["caption"] for item in block["items"])


@every_translated_entry
def test_thai_and_english_are_parallel(entry: Data) -> None:
    thai, english = entry["th"], entry["en"]
    assert [block_structure(b) for b in thai["body"]] == [
        block_structure(b) for b in english["body"]
    ]
    assert sorted(thai) == sorted(english)
    for part in ("contact", "attachments"):
        assert len(thai.get(part, [])) == len(english.get(part, []))


@every_entry
def test_headings_begin_at_the_second_level_and_skip_none(entry: Data) -> None:
    for body in bodies(entry):
        level = 1
        for block in body:
            if block["type"] == "heading":
                following = int(block["level"][1])
                assert 2 <= following <= min(level + 1, 4), block["text"]
                level = following


@every_entry
def test_blocks_are_whole(entry: Data) -> None:
    for body in bodies(entry):
        for block in body:
            assert block["type"] in BLOCK_TYPES
            if block["type"] == "table":
                assert block["caption"]
                assert all(len(row) == len(block["columns"]) for row in block["rows"])
            if block["type"] in {"text", "video"}:
                outline = Outline(block["html"] if block["type"] == "text" else block["transcript"])
                names = {tag.lstrip("/").split()[0] for tag in outline.tags}
                assert names <= RICH_TEXT_TAGS
                for address, words in outline.links:
                    assert address.startswith(OUTSIDE)
                    assert len(words) > 6, "a link says where it leads (WCAG 2.4.4)"


def test_every_kind_of_block_is_used_more_than_once() -> None:
    used = Counter(block["type"] for entry in ALL.values() for block in entry["th"]["body"])
    assert set(used) == BLOCK_TYPES
    assert {kind for kind, count in used.items() if count < 2} == {"video"}
    levels = {block.get("level") for entry in ALL.values() for block in entry["th"]["body"]} - {
        None
    }
    assert levels == {"h2", "h3", "h4"}


def test_english_holds_no_thai_letters_and_nothing_is_filler() -> None:
    site = read(CONTENT / "site.toml")
    categories = read(CONTENT / "categories.toml")["category"]
    for entry in [*IN_BOTH_LANGUAGES.values(), site, *categories]:
        for text in strings(entry["en"]):
            assert not THAI.search(text), text
        for text in strings(entry["th"]):
            if len(text) > 40 and "/" not in text:
                assert THAI.search(text), text
    for path in CONTENT.rglob("*.toml"):
        assert "lorem" not in path.read_text(encoding="utf-8").lower()


def test_the_four_policies_say_who_is_responsible_and_when_they_are_reviewed() -> None:
    kinds = {policy["kind"] for policy in POLICIES.values()}
    assert kinds == {"website", "security", "privacy", "accessibility"}
    for policy in POLICIES.values():
        assert policy["effective"] < policy["next_review"]
        assert policy["version"]
        assert all(policy[language]["office"] for language in LANGUAGES)


def test_cards_of_the_home_page_and_parents_lead_to_pages() -> None:
    identifiers = {page["id"] for page in PAGES.values()}
    site = read(CONTENT / "site.toml")
    for language in LANGUAGES:
        assert {card["page"] for card in site[language]["home"]["sections"]} <= identifiers
    for page in PAGES.values():
        assert page.get("parent", page["id"]) in identifiers


def test_the_security_policy_links_security_txt():
    policy = POLICIES["security.toml"]
    for language in LANGUAGES:
        html = " ".join(block.get("html", "") for block in policy[language]["body"])
        assert '<a href="/.well-known/security.txt">security.txt</a>' in html
    assert "security@prac.example</a>. Details" in html
