"""A small site in Thai and English whose pages never change by themselves.

No date on it depends on today, and no count on who has read it.
"""

from datetime import UTC, date, datetime

from wagtail.rich_text import RichText

from home.models import SiteIdentity
from newsroom.models import NewsArticlePage
from tests import factories

ADDRESSES = {
    "home": "/{}/",
    "article": "/{}/news/register-for-help/",
    "preferences": "/accessibility/preferences/?lang={}",
}

WORDS = {
    "th": {
        "title": "ลงทะเบียนขอความช่วยเหลือก่อนน้ำท่วม",
        "introduction": "ผู้สูงอายุและคนพิการลงทะเบียนล่วงหน้าได้ตั้งแต่วันนี้",
        "lead_image_alt": "เจ้าหน้าที่อธิบายแบบลงทะเบียนแก่หญิงสูงอายุ",
        "lead_image_caption": "จุดลงทะเบียนที่ศาลาประชาคม",
        "correction": "แก้ไขหมายเลขโทรศัพท์",
        "heading": "ผู้มีสิทธิลงทะเบียน",
        "text": "<p>ลงทะเบียนได้สองทาง</p><ul><li>ด้วยตนเองที่สำนักงาน</li>"
        '<li>ทาง<a href="https://www.example.org/form">แบบลงทะเบียนออนไลน์</a></li></ul>',
        "warning": "ปิดรับลงทะเบียน 30 กันยายน",
        "warning_text": "<p>ผู้ที่ลงทะเบียนแล้วไม่ต้องลงทะเบียนซ้ำ</p>",
        "quotation": "ไม่มีใครถูกทิ้งไว้ข้างหลัง",
        "source": "เลขาธิการ",
        "caption": "จำนวนผู้ลงทะเบียนแยกตามปี",
        "columns": ("ปี", "จำนวนคน"),
        "years": ("2567", "2568"),
        "contact": "ศูนย์ช่วยเหลือ",
        "document": "แบบลงทะเบียน",
        "tag": "น้ำท่วม",
        "other": "ประชุมคณะกรรมการ",
        "other_introduction": "ที่ประชุมเห็นชอบแผนงาน",
    },
    "en": {
        "title": "Register for help before the flood",
        "introduction": "Older and disabled people can register from today.",
        "lead_image_alt": "An officer explains the form to an old woman",
        "lead_image_caption": "A registration desk in the village hall",
        "correction": "The telephone number was put right.",
        "heading": "Who may register",
        "text": "<p>There are two ways to register.</p><ul><li>At any of our offices</li>"
        '<li>With the <a href="https://www.example.org/form">form on the web</a></li></ul>',
        "warning": "Registration closes on 30 September",
        "warning_text": "<p>Whoever has registered need not do it again.</p>",
        "quotation": "Nobody is left behind.",
        "source": "The Secretary-General",
        "caption": "People registered, by year",
        "columns": ("Year", "People"),
        "years": ("2024", "2025"),
        "contact": "Help centre",
        "document": "Registration form",
        "tag": "flood",
        "other": "The commission met",
        "other_introduction": "The meeting agreed on the plan.",
    },
}


def _article(language: str, document, image) -> dict:
    """The values of the article that is read aloud."""
    words = WORDS[language]
    return {
        "title": words["title"],
        "introduction": words["introduction"],
        "lead_image_alt": words["lead_image_alt"],
        "lead_image_caption": words["lead_image_caption"],
        "correction": words["correction"],
        "body": [
            ("heading", {"level": "h2", "text": words["heading"]}),
            ("text", RichText(words["text"])),
            (
                "callout",
                {
                    "kind": "warning",
                    "title": words["warning"],
                    "text": RichText(words["warning_text"]),
                },
            ),
            ("quotation", {"text": words["quotation"], "source": words["source"]}),
            (
                "table",
                {
                    "row_headers": True,
                    "table": {
                        "caption": words["caption"],
                        "columns": [{"type": "text", "heading": c} for c in words["columns"]],
                        "rows": [
                            {"values": [year, number]}
                            for year, number in zip(words["years"], ("1,204", "1,311"), strict=True)
                        ],
                    },
                },
            ),
        ],
        "contact": [
            (
                "contact",
                {"name": words["contact"], "telephone": "0 2000 1000", "email": "help@example.org"},
            )
        ],
        "attachments": [("document", {"document": document, "title": words["document"]})],
    }


def build() -> None:
    """Fill the empty site of the active settings."""
    site = factories.make_bilingual_site()
    # The end of "© 2015–…" would change with the year; a year to come stands alone.
    SiteIdentity.objects.update(first_year=2100)
    policy = factories.PolicyPageFactory(parent=site.home, slug="policy")
    factories.translate(
        policy,
        title="Website policy",
        slug="policy",
        office="Information centre",
        body="<h2>Scope</h2><p>This policy is for every page of the website.</p>",
    )
    for page in (site.news, site.news_en):
        page.show_in_menus = True
        page.save_revision().publish()
    other = factories.NewsArticlePageFactory(
        parent=site.news,
        category=site.category,
        title=WORDS["th"]["other"],
        introduction=WORDS["th"]["other_introduction"],
        slug="the-commission-met",
        publication_date=datetime(2025, 5, 14, 3, tzinfo=UTC),
    )
    factories.translate(
        other,
        category=site.category_en,
        title=WORDS["en"]["other"],
        introduction=WORDS["en"]["other_introduction"],
        slug="the-commission-met",
    )
    document = factories.SiteDocumentFactory()
    image = factories.SiteImageFactory()
    article = factories.NewsArticlePageFactory(
        parent=site.news,
        category=site.category,
        slug="register-for-help",
        publication_date=datetime(2025, 9, 3, 3, tzinfo=UTC),
        correction_date=date(2025, 9, 4),
        lead_image=image,
        **_article("th", document, image),
    )
    translation = factories.translate(
        article,
        category=site.category_en,
        slug="register-for-help",
        **_article("en", document, image),
    )
    for page, language in ((article, "th"), (translation, "en")):
        page = NewsArticlePage.objects.get(pk=page.pk)
        page.tags.add(WORDS[language]["tag"])
        page.save_revision().publish()
