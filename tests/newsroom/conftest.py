from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from wagtail.rich_text import RichText

from tests import factories

ENGLISH = [
    ("heading", {"level": "h2", "text": "Who may apply"}),
    ("text", RichText("<p>Everybody whose home was flooded.</p>")),
]


@pytest.fixture(autouse=True)
def empty_cache():
    """The addresses of sites lie in the cache, and a test's site is not the next one's."""
    cache.clear()
    ContentType.objects.clear_cache()


@pytest.fixture
def newsroom(bilingual_site) -> SimpleNamespace:
    """A whole Thai article, its translation, one that is only in Thai, and its alias in English."""
    picture = factories.SiteImageFactory()
    report = factories.SiteDocumentFactory(title="รายงานประจำปี")
    other = factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="ข่าวที่ยังไม่แปล",
        slug="only-thai",
        publication_date="2025-03-01T09:00:00+07:00",
    )
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="เปิดรับลงทะเบียนผู้ประสบน้ำท่วมภาคเหนือ",
        slug="flood",
        introduction="ยื่นคำขอได้ทุกแห่ง",
        publication_date="2025-09-03T09:30:00+07:00",
        event_date="2025-09-10",
        event_time="13:00",
        lead_image=picture,
        lead_image_alt="ชาวบ้านต่อแถวหน้าศูนย์",
        lead_image_caption="ศูนย์ช่วยเหลือ",
        lead_image_credit="ฝ่ายสื่อสาร",
        pinned=True,
        correction_date="2025-09-04",
        correction="แก้วันปิดรับลงทะเบียน",
        body=[
            ("heading", {"level": "h2", "text": "ผู้มีสิทธิ"}),
            (
                "text",
                RichText(
                    f'<p>อ่าน <a linktype="page" id="{other.pk}">ข่าวก่อน</a></p>'
                    "<ol><li>บัตรประชาชน</li></ol>"
                ),
            ),
            (
                "image",
                {
                    "image": with_alternative(picture, "เจ้าหน้าที่แจกสิ่งของ"),
                    "caption": "ที่ว่าการอำเภอ",
                    "credit": "",
                },
            ),
            ("document", {"document": report, "title": ""}),
        ],
        contact=[("contact", {"name": "ศูนย์ช่วยเหลือ", "telephone": "0 2000 1000"})],
        attachments=[("document", {"document": report, "title": "แบบคำขอ"})],
        related_articles=[("article", other)],
    )
    article.tags.add("น้ำท่วม", "ภาคเหนือ")
    article.save_revision().publish()
    english = factories.translate(
        article,
        slug="flood",
        title="Registration opens for those hit by floods in the North",
        introduction="Apply at any office",
        category=bilingual_site.category_en,
        lead_image_alt="People queueing at the centre",
        lead_image_caption="The help centre",
        lead_image_credit="Communications division",
        correction="The closing date was put right",
        body=ENGLISH,
        contact=[("contact", {"name": "Help centre", "telephone": "0 2000 1000"})],
        attachments=[("document", {"document": report, "title": "Application form"})],
    )
    return SimpleNamespace(
        site=bilingual_site,
        picture=picture,
        report=report,
        article=type(article).objects.get(pk=article.pk),
        english=english,
        other=other,
        alias=factories.alias(other),
    )


def with_alternative(image, text):
    image.contextual_alt_text = text
    image.decorative = not text
    return image
