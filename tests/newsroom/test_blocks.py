import pytest
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser
from wagtail.rich_text import RichText

from newsroom.blocks import BodyBlock
from tests import factories

BLOCKS = BodyBlock().child_blocks


def render(name: str, value=None) -> LexborHTMLParser:
    block = BLOCKS[name]
    value = block.get_preview_value() if value is None else value
    return LexborHTMLParser(block.render(block.normalize(value)))


def picture(alt: str = "", *, decorative: bool = False):
    image = factories.SiteImageFactory()
    image.contextual_alt_text, image.decorative = alt, decorative
    return image


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_draws_its_preview_by_a_template_of_its_own(db, name):
    factories.SiteImageFactory()
    factories.SiteDocumentFactory()
    assert BLOCKS[name].meta.template == f"newsroom/blocks/{name}.html"
    assert render(name).body.text(strip=True) or render(name).css("img")


def test_a_heading_has_the_level_that_was_chosen(db):
    assert render("heading", {"level": "h3", "text": "หัวข้อ"}).css_first("h3").text() == "หัวข้อ"


def test_an_image_is_a_figure_with_alternative_caption_and_credit(db):
    tree = render("image", {"image": picture("ศาลา"), "caption": "กลางสวน", "credit": "ฝ่ายสื่อ"})
    assert tree.css_first("figure img").attributes["alt"] == "ศาลา"
    assert "กลางสวน" in tree.css_first("figcaption").text()
    assert tree.css_first("figcaption .figure__credit").text() == "ฝ่ายสื่อ"


def test_a_decorative_image_has_an_empty_alternative(db):
    image = picture("ไม่ใช้", decorative=True)
    tree = render("image", {"image": image, "caption": "", "credit": ""})
    assert "alt" in tree.css_first("img").attributes
    assert not tree.css_first("img").attributes["alt"]
    assert not tree.css("figcaption")


def test_a_gallery_is_a_list_whose_pictures_open_in_full_size(db):
    items = [
        {"image": picture(alt), "caption": f"ภาพ {alt}", "credit": ""} for alt in ("หนึ่ง", "สอง")
    ]
    tree = render("gallery", {"items": items})
    # Without its role, VoiceOver tells of no list whose bullets the style sheet takes away.
    assert [image.attributes["alt"] for image in tree.css("ul[role=list] > li img")] == [
        "หนึ่ง",
        "สอง",
    ]
    names = [link.text() for link in tree.css("li a")]
    assert len(set(names)) == 2
    assert all(link.attributes["href"].startswith("/media/") for link in tree.css("li a"))


def test_a_quotation_names_its_source(db):
    tree = render("quotation")
    assert tree.css_first("figure > blockquote").text(strip=True) == "ข้อมูลของรัฐเป็นของประชาชนทุกคน"
    assert "ประธานกรรมการ" in tree.css_first("figcaption").text()


def test_a_table_has_caption_headings_and_a_region_that_the_keyboard_can_scroll(db):
    tree = render("table")
    region = tree.css_first("[role=region][tabindex='0']")
    assert region.attributes["aria-labelledby"] == tree.css_first("caption").attributes["id"]
    assert [th.text() for th in tree.css("thead th[scope=col]")] == ["ปี", "จำนวนเรื่อง"]
    assert [th.text() for th in tree.css("tbody th[scope=row]")] == ["2567", "2568"]
    assert [td.text() for td in tree.css("tbody td")] == ["1,204", "1,311"]


def test_a_video_here_has_captions_and_loads_nothing_before_it_is_played(db):
    file = factories.SiteDocumentFactory(title="วีดิทัศน์")
    captions = factories.SiteDocumentFactory(title="คำบรรยาย")
    value = {
        "title": "แนะนำบริการ",
        "file": file,
        "captions": captions,
        "url": "",
        "transcript": RichText("<p>ยินดีต้อนรับ</p>"),
    }
    tree = render("video", value)
    video = tree.css_first("video[controls]")
    assert video.attributes["preload"] == "none"
    assert video.attributes["aria-label"] == "แนะนำบริการ"
    track = video.css_first("track[kind=captions]")
    assert track.attributes["src"] == captions.url
    assert track.attributes["srclang"] == "th"
    assert "ยินดีต้อนรับ" in tree.css_first("details").text()


def test_a_video_elsewhere_is_a_plain_link_that_says_where_it_leads(db):
    tree = render("video")
    assert not tree.css("video, iframe, script, img")
    assert "video.example.org" in tree.css_first("a[href]").text()
    assert "ยินดีต้อนรับ" in tree.css_first("details").text()


def test_a_timeline_is_an_ordered_list_with_dates_for_machines(db):
    times = [time.attributes["datetime"] for time in render("timeline").css("ol > li time")]
    assert times == ["2025-01-31", "2025-03-31"]


def test_a_contact_can_be_called_and_written_to(db):
    tree = render("contact")
    assert tree.css_first("address a[href='tel:020001000']").text() == "0 2000 1000"
    assert tree.css_first("address a[href='mailto:contact@example.org']")


def test_a_call_out_is_a_note_that_says_its_title_once(db):
    note = render("callout").css_first("[role=note]")
    assert note.html.count("ปิดรับลงทะเบียน 30 กันยายน") == 1


def test_a_document_link_inside_text_says_type_size_and_language(db):
    document = factories.SiteDocumentFactory()
    source = f'<p>อ่าน<a linktype="document" id="{document.pk}">รายงาน</a></p>'
    with override("th"):
        link = render("text", RichText(source)).css_first("a")
    assert link.attributes["href"] == document.url
    assert link.text().startswith("รายงาน (PDF, ")
    assert "ไทย" in link.text()
