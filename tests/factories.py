"""Makes what tests need: pages, snippets, files and people, each complete and valid by itself.

Wagtail's first migrations leave a locale of the source language, a page "Welcome" and a default
site; `make_bilingual_site` takes their place. Everything else hangs below it.
"""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site
from wagtail.rich_text import RichText
from wagtail_factories import PageFactory as BasePageFactory

from accessibility.models import (
    AccessibilityStatementPage,
    Audit,
    AuditFinding,
    KnownProblem,
    PageAudit,
    PolicyPage,
)
from home.models import ContentPage, HomePage, SiteDocument, SiteIdentity, SiteImage
from newsroom.models import NewsArticlePage, NewsCategory, NewsIndexPage

PASSWORD = "ศาลา-is-open-to-all"
ROLES = {"editor": "Editors", "moderator": "Moderators", "translator": "Translators"}


def locale(language_code: str) -> Locale:
    """Return the locale of a language, made if it is not there."""
    return Locale.objects.get_or_create(language_code=language_code)[0]


def picture(width: int = 64, height: int = 48, kind: str = "PNG", colour: str = "teal") -> bytes:
    """Return the bytes of a real picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


def in_locale(language_code: str) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: locale(language_code))


# --- Pages ------------------------------------------------------------------------------------


class PageFactory(BasePageFactory):
    """A live page in the locale of its parent (at the top: in Thai)."""

    slug: Any = factory.Sequence("page-{}".format)
    locale = factory.Maybe("parent", factory.SelfAttribute("parent.locale"), in_locale("th"))

    class Meta:
        model = Page
        abstract = True

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        live = kwargs.pop("live", True)
        page = model_class(live=False, **kwargs)
        (parent or Page.get_first_root_node()).add_child(instance=page)
        if live:
            page.save_revision().publish()
            page = model_class.objects.get(pk=page.pk)
        return page

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        # A fresh object, so that the tree positions of a parent made earlier are not stale.
        if kwargs.get("parent"):
            kwargs["parent"] = Page.objects.get(pk=kwargs["parent"].pk)
        return kwargs


class HomePageFactory(PageFactory):
    title = "หน้าแรก"
    introduction = "สำนักงานทดสอบเพื่อประชาชน"
    latest_heading = "ข่าวล่าสุด"

    class Meta:
        model = HomePage


class NewsIndexPageFactory(PageFactory):
    title = "ข่าว"
    slug = "news"
    introduction = "ข่าวทั้งหมดของสำนักงานทดสอบ"

    class Meta:
        model = NewsIndexPage


class NewsCategoryFactory(DjangoModelFactory):
    name = factory.Sequence("หมวดที่ {}".format)
    slug = factory.Sequence("หมวดที่-{}".format)
    description = "ข่าวของหมวดนี้"
    locale = in_locale("th")

    class Meta:
        model = NewsCategory


class NewsArticlePageFactory(PageFactory):
    title = factory.Sequence("ประกาศฉบับที่ {}".format)
    slug = factory.Sequence("ประกาศฉบับที่-{}".format)
    introduction = "สรุปใจความของประกาศ"
    publication_date = factory.LazyFunction(timezone.now)
    category = factory.SubFactory(NewsCategoryFactory, locale=factory.SelfAttribute("..locale"))
    body = factory.LazyFunction(
        lambda: [
            ("heading", {"level": "h2", "text": "สาระสำคัญ"}),
            ("text", RichText("<p>ประชาชนยื่นคำขอได้ที่สำนักงานทุกแห่ง</p>")),
        ]
    )

    class Meta:
        model = NewsArticlePage


class ContentPageFactory(PageFactory):
    title = "เกี่ยวกับเรา"
    slug = factory.Sequence("about-{}".format)
    introduction = "สำนักงานทดสอบทำอะไร"
    body = factory.LazyFunction(lambda: [("text", RichText("<p>เราดูแลข้อมูลของประชาชน</p>"))])

    class Meta:
        model = ContentPage


class PolicyPageFactory(PageFactory):
    title = "นโยบายเว็บไซต์"
    slug = factory.Sequence("policy-{}".format)
    kind = PolicyPage.Kind.WEBSITE
    office = "ศูนย์เทคโนโลยีสารสนเทศ"
    version = "1.0"
    effective_date = date(2025, 1, 1)
    review_date = date(2030, 1, 1)
    body = "<h2>ขอบเขต</h2><p>นโยบายนี้ใช้กับทุกหน้าของเว็บไซต์</p>"

    class Meta:
        model = PolicyPage


class AccessibilityStatementPageFactory(PageFactory):
    title = "คำแถลงการเข้าถึงเว็บไซต์"
    slug = factory.Sequence("statement-{}".format)
    office = "สำนักส่งเสริมการเข้าถึง"
    version = "1.0"
    effective_date = date(2026, 1, 1)
    review_date = date(2030, 1, 1)
    wording = AccessibilityStatementPage.Wording.THAILAND
    body = "<p>เราต้องการให้ทุกคนใช้เว็บไซต์นี้ได้</p>"
    scope = "เว็บไซต์ของสำนักงานทดสอบ"
    feedback_email = "access@example.org"
    feedback_telephone = "0 2000 1200"
    enforcement = "<p>ขอให้คณะกรรมการทบทวนได้ภายใน 30 วัน</p>"

    class Meta:
        model = AccessibilityStatementPage


class KnownProblemFactory(DjangoModelFactory):
    title = "เอกสาร PDF ที่สแกนไม่มีข้อความ"
    hindered = ["no-vision"]
    criterion = "1.1.1"
    workaround = "ขอฉบับที่อ่านได้ที่ศูนย์รับเรื่อง"
    locale = in_locale("th")

    class Meta:
        model = KnownProblem


# --- Audits -----------------------------------------------------------------------------------


class AuditFactory(DjangoModelFactory):
    """A run that has come to its end."""

    trigger = Audit.Trigger.COMMAND
    ended_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Audit


class PageAuditFactory(DjangoModelFactory):
    """The newest look at a page: `PageAuditFactory(page=page, findings=["link-text-vague"])`.

    Looks made before at the same page are the newest no longer, unless this one was before them.
    """

    audit = factory.SubFactory(AuditFactory)
    page = factory.SubFactory(NewsArticlePageFactory)
    locale = factory.SelfAttribute("page.locale")
    url = factory.LazyAttribute("https://example.org/{0.page.slug}/".format)
    engines = factory.LazyFunction(lambda: [{"name": "Sala content rules", "version": "1.0"}])

    class Meta:
        model = PageAudit
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        checked_at = kwargs.setdefault("checked_at", timezone.now())
        others = model_class.objects.filter(page=kwargs["page"])
        kwargs["is_newest"] = not others.filter(checked_at__gt=checked_at).exists()
        if kwargs["is_newest"]:
            others.update(is_newest=False)
        return super()._create(model_class, *args, **kwargs)

    @factory.post_generation
    def findings(self, create, rules, **kwargs):
        for rule in rules or []:
            AuditFindingFactory(page_audit=self, rule=rule, **kwargs)


class AuditFindingFactory(DjangoModelFactory):
    """A known error of the content rules."""

    page_audit = factory.SubFactory(PageAuditFactory)
    rule = "image-alt-missing"
    severity = "error"
    criterion = "1.1.1"
    engine = "Sala content rules"
    engine_version = "1.0"
    selector = "main > img"
    excerpt = '<img src="a.jpg">'
    message = factory.LazyFunction(
        lambda: {"en": "The image has no alternative.", "th": "รูปภาพไม่มีข้อความทดแทน"}
    )
    remedy = factory.LazyFunction(lambda: {"en": "Say what it shows.", "th": "บอกว่ารูปภาพแสดงสิ่งใด"})
    fingerprint = factory.Sequence("{:064d}".format)
    state = AuditFinding.State.KNOWN

    class Meta:
        model = AuditFinding


# --- Site, files and people -------------------------------------------------------------------


class SiteIdentityFactory(DjangoModelFactory):
    name = "สำนักงานทดสอบแห่งชาติ"
    short_name = "สทช."
    tagline = "เปิดกว้างสำหรับทุกคน"
    address = "1 ถนนทดสอบ กรุงเทพมหานคร 10000"
    telephone = "0 2000 1000"
    email = "contact@example.org"
    copyright_owner = "สำนักงานทดสอบแห่งชาติ"
    first_year = 2015
    social_links = factory.LazyFunction(
        lambda: [
            (
                "link",
                {
                    "platform": "youtube",
                    "name": "สทช. บน YouTube",
                    "url": "https://video.example.org/",
                },
            )
        ]
    )
    locale = in_locale("th")

    class Meta:
        model = SiteIdentity


class SiteImageFactory(DjangoModelFactory):
    """A real PNG of 64 × 48 pixels."""

    title = "ภาพทดสอบ"
    description = "สี่เหลี่ยมสีเขียวน้ำทะเล"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(lambda: ContentFile(picture(), name="picture.png"))

    class Meta:
        model = SiteImage


class SiteDocumentFactory(DjangoModelFactory):
    title = "รายงานทดสอบ"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4\n%%EOF\n", name="report.pdf"))
    language = "th"

    class Meta:
        model = SiteDocument


class UserFactory(DjangoModelFactory):
    """A person who may do what their role allows: one of `ROLES`, "administrator", or none."""

    username = factory.Sequence("person-{}".format)
    email = factory.LazyAttribute("{0.username}@example.org".format)
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        role = kwargs.pop("role", None)
        if role == "administrator":
            kwargs.update(is_superuser=True, is_staff=True)
        user = super()._create(model_class, *args, **kwargs)
        if role in ROLES:
            user.groups.add(Group.objects.get(name=ROLES[role]))
        return user


# --- A site in two languages ------------------------------------------------------------------


@dataclass
class BilingualSite:
    """The default site: Thai home page at /th/, English one at /en/, a news index below each."""

    site: Site
    home: HomePage
    home_en: HomePage
    news: NewsIndexPage
    news_en: NewsIndexPage
    category: NewsCategory
    category_en: NewsCategory
    identity: SiteIdentity
    identity_en: SiteIdentity


def translate(original, language_code: str = "en", *, live: bool = True, **values):
    """Return `original` in another language, without records of wagtail-localize.

    `values` replace those of the original. Works on pages and snippets.
    """
    if not isinstance(original, Page):
        copy = original.copy_for_translation(locale(language_code))
        for name, value in values.items():
            setattr(copy, name, value)
        copy.save()
        return copy
    page = original.specific.copy_for_translation(locale(language_code)).specific
    if isinstance(page, NewsArticlePage) and language_code == "en":
        # Thai text on an English page would be refused by the accessibility gate.
        english = {
            "introduction": "A short introduction to the article.",
            "lead_image_alt": "A meeting" if page.lead_image_alt else "",
            "body": [("text", RichText("<p>The commission met and agreed on the plan.</p>"))],
        }
        values = english | values
    for name, value in values.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


def alias(original: Page, language_code: str = "en") -> Page:
    """Return the page that tree synchronisation puts where there is no translation yet."""
    return original.specific.copy_for_translation(locale(language_code), alias=True).specific


def make_bilingual_site() -> BilingualSite:
    # Wagtail's first page holds the slug "home" and the default site.
    Page.objects.filter(depth=2, slug="home").delete()
    home = HomePageFactory(slug="th")
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "port": 80,
            "root_page": home,
            "site_name": "สำนักงานทดสอบแห่งชาติ",
        },
    )
    home_en = translate(
        home,
        slug="en",
        title="Home",
        introduction="The test office for the public",
        latest_heading="Latest news",
    )
    news = NewsIndexPageFactory(parent=home)
    category = NewsCategoryFactory(name="ประกาศ", slug="ประกาศ")
    identity = SiteIdentityFactory()
    return BilingualSite(
        site=site,
        home=home,
        home_en=home_en,
        news=news,
        news_en=translate(
            news, slug="news", title="News", introduction="All news of the test office"
        ),
        category=category,
        category_en=translate(category, name="Announcements", slug="announcements"),
        identity=identity,
        identity_en=translate(
            identity,
            name="National Test Office",
            short_name="NTO",
            tagline="Open to everybody",
            address="1 Test Road, Bangkok 10000",
            copyright_owner="National Test Office",
        ),
    )
