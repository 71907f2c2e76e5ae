"""The shapes in which the APIs give articles: one for v2, v3, the blocks and the news endpoints.

Plain dictionaries (PEP 589), so that Django REST framework writes them as they are and Django
Ninja describes them in OpenAPI. Addresses are absolute. Dates are ISO 8601, in the Gregorian
calendar; languages are BCP 47 tags.
"""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict  # pydantic needs it before Python 3.12

Language = Annotated[str, Field(description="BCP 47 tag", examples=["th"])]
Url = Annotated[
    str,
    Field(description="Absolute address"),
    WithJsonSchema({"type": "string", "format": "uri", "description": "Absolute address"}),
]


class Rendition(TypedDict):
    """The same picture, smaller."""

    url: Url
    width: Annotated[int, Field(description="Pixels", examples=[800])]
    height: Annotated[int, Field(description="Pixels", examples=[450])]
    type: Annotated[str, Field(description="Media type", examples=["image/webp"])]


class Picture(TypedDict):
    """A picture with the alternative that belongs to this place (WCAG 1.1.1)."""

    id: int
    url: Annotated[Url, Field(description="The picture as it was uploaded")]
    width: Annotated[int, Field(description="Pixels", examples=[1600])]
    height: Annotated[int, Field(description="Pixels", examples=[900])]
    alternative: Annotated[
        str,
        Field(
            description="For the attribute `alt`; empty where the picture is decorative",
            examples=["ผู้แทนชุมชนลงทะเบียนรับความช่วยเหลือ"],
        ),
    ]
    decorative: Annotated[
        bool, Field(description='It tells nothing that the text does not: write `alt=""`')
    ]
    renditions: Annotated[list[Rendition], Field(description="From small to large")]


class LeadImage(Picture):
    """The picture above an article."""

    caption: str
    credit: Annotated[str, Field(description="Who made it, to be printed beside it")]


class Attachment(TypedDict):
    """A document, with what a link to it has to say (WCAG 2.4.4)."""

    id: int
    title: str
    url: Url
    filename: Annotated[str, Field(examples=["annual-report-2567.pdf"])]
    type: Annotated[str, Field(description="Media type", examples=["application/pdf"])]
    size: Annotated[int | None, Field(description="Bytes", examples=[1258291])]
    language: Annotated[
        str, Field(description="BCP 47 tag of its text; empty if unknown", examples=["th"])
    ]


class Category(TypedDict):
    """What an article is about, in the words of its language."""

    id: int
    name: Annotated[str, Field(examples=["ประกาศ"])]
    slug: Annotated[str, Field(description="For `?category=` and feeds", examples=["ประกาศ"])]
    language: Language
    feed_url: Annotated[Url, Field(description="Its Atom feed")]


class Correction(TypedDict):
    """A mistake that was put right after publication. Show it to readers."""

    date: date
    reason: Annotated[str, Field(description="What was wrong and what is right now")]


State = Literal["original", "translation", "older", "untranslated"]


class EditionFacts(TypedDict):
    """What an article is among the languages of the site."""

    state: Annotated[
        State,
        Field(
            description="`original`; `translation`, as new as its source; `older` than its "
            "source; `untranslated`, the original text at an address of another language"
        ),
    ]
    language: Annotated[Language, Field(description="Of the text that is really there")]
    locale: Annotated[Language, Field(description="Of the address that it stands at")]
    source_url: Annotated[Url | None, Field(description="The original, where this is not it")]
    source_updated_at: Annotated[
        datetime | None, Field(description="When the original was last published")
    ]
    translated_at: Annotated[
        datetime | None, Field(description="When the translation that readers see was made")
    ]


class Translation(TypedDict):
    """The same article, really in another language."""

    id: int
    language: Language
    title: str
    url: Annotated[Url, Field(description="For readers")]
    api_url: Annotated[Url, Field(description="This API")]


class Alternate(TypedDict):
    """Ready for `<link rel="alternate" hreflang="…" href="…">`."""

    hreflang: Annotated[str, Field(examples=["th", "x-default"])]
    href: Url


class ArticleReference(TypedDict):
    """Another article, enough to link it."""

    id: int
    title: str
    language: Annotated[Language, Field(description="Of the text that is really there")]
    publication_date: datetime
    url: Annotated[Url, Field(description="For readers")]
    api_url: Annotated[Url, Field(description="This API")]


class NewsItem(TypedDict):
    """An article as a listing shows it."""

    id: int
    title: Annotated[str, Field(description="Whole, up to 255 characters")]
    language: Annotated[Language, Field(description="Of the text that is really there")]
    url: Annotated[Url, Field(description="For readers")]
    api_url: Annotated[Url, Field(description="The whole article")]
    publication_date: datetime
    updated_at: Annotated[datetime | None, Field(description="When it was last published")]
    event_date: Annotated[date | None, Field(description="When it happened or will")]
    event_time: Annotated[time | None, Field(description="In the time zone of the site")]
    category: Category
    tags: list[str]
    introduction: str
    lead_image: LeadImage | None
    pinned: Annotated[bool, Field(description="Stands above the others in listings")]
    correction: Correction | None
    edition: EditionFacts
    translations: Annotated[
        list[Translation], Field(description="In other languages, by language tag")
    ]
    views: Annotated[int, Field(description="How often it was read, in this language")]


class NewsList(TypedDict):
    """One page of a listing, newest first."""

    items: list[NewsItem]
    next: Annotated[
        str | None,
        Field(
            description="Address of the page that follows, filters included; null on the last",
        ),
    ]
    cursor: Annotated[
        str | None, Field(description="The same as a value for `cursor`; null on the last page")
    ]


class Block(TypedDict):
    """One part of a body. The keys of `value` follow `type`."""

    type: Annotated[
        str,
        Field(
            description="heading, text, image, gallery, quotation, table, document, video, "
            "callout, contact or timeline",
            examples=["text"],
        ),
    ]
    value: Annotated[Any, Field(examples=["<p>ประชาชนยื่นคำขอได้ที่สำนักงานทุกแห่ง</p>"])]
    id: Annotated[str | None, Field(description="The same over time, for keys and anchors")]


class Contact(TypedDict):
    """Whom to ask about the article."""

    name: str
    telephone: str
    email: str
    address: str
    hours: str


class NewsArticle(NewsItem):
    """A whole article."""

    body_html: Annotated[
        str,
        Field(
            description="Semantic HTML without scripts or styles; starts at h2; addresses are "
            "absolute"
        ),
    ]
    body: Annotated[list[Block], Field(description="The same in parts, for own markup")]
    contact: Contact | None
    attachments: list[Attachment]
    related: Annotated[list[ArticleReference], Field(description="Chosen by the editors")]
    alternates: Annotated[
        list[Alternate],
        Field(description="Every language of the article, itself included, and x-default"),
    ]
    site_url: Annotated[
        Url, Field(description="Names, navigation and policies in the language of the text")
    ]
