"""This site's API: Wagtail's version 2, and what version 3 has beyond Wagtail and the newsroom."""

from datetime import date
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict  # pydantic needs it before Python 3.12
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.auth import AllowAnonymous
from wagtail.api.v3.errors import ProblemDetail
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from localization.languages import bcp47, native_name
from newsroom.api.parameters import LanguageParameter, Parameters
from newsroom.api.representations import absolute_url
from newsroom.api.schemas import Language, Url
from newsroom.api.v2 import CheckedQueryMixin
from newsroom.audience import totals

from .furniture import Furniture, Link

# --- Version 2 --------------------------------------------------------------------------------


class PagesEndpoint(CheckedQueryMixin, PagesAPIViewSet):
    pass


class ImagesEndpoint(CheckedQueryMixin, ImagesAPIViewSet):
    pass


class DocumentsEndpoint(CheckedQueryMixin, DocumentsAPIViewSet):
    pass


api_v2 = WagtailAPIRouter("wagtailapi")
api_v2.register_endpoint("pages", PagesEndpoint)
api_v2.register_endpoint("images", ImagesEndpoint)
api_v2.register_endpoint("documents", DocumentsEndpoint)


# --- Version 3 --------------------------------------------------------------------------------


class SiteLink(TypedDict):
    """A link to a page of the site."""

    title: str
    url: Url
    language: Annotated[Language, Field(description="Of the title and of what it leads to")]


class SocialLink(TypedDict):
    """An account of the publisher elsewhere."""

    platform: Annotated[str, Field(examples=["youtube"])]
    name: Annotated[str, Field(description="Text of the link")]
    url: Url


class Names(TypedDict):
    """Who publishes the site."""

    name: str
    short_name: str
    tagline: str


class ContactFacts(TypedDict):
    """Where the publisher is; empty where it does not say."""

    address: str
    telephone: str
    email: str
    opening_hours: str


class Copyright(TypedDict):
    """Who owns the content, since when."""

    owner: str
    first_year: Annotated[int, Field(description="Gregorian", examples=[2015])]
    last_year: Annotated[int, Field(description="Gregorian", examples=[2026])]


class Visitors(TypedDict):
    """Counted without cookies; who comes on two days counts on both."""

    total: int
    today: int


class SiteLanguage(TypedDict):
    """A language of the site."""

    language: Language
    name: Annotated[str, Field(description="In that language", examples=["ภาษาไทย"])]
    is_current: bool
    api_url: Annotated[Url, Field(description="The same for that language")]
    feed_url: Annotated[Url, Field(description="Its Atom feed")]


class SiteFacts(TypedDict):
    """What stands around every page, in one language."""

    language: Language
    names: Names
    home: SiteLink
    languages: list[SiteLanguage]
    navigation: Annotated[list[SiteLink], Field(description="In the order of the menu")]
    contact: ContactFacts
    policies: Annotated[list[SiteLink], Field(description="In force; for the footer")]
    social_links: list[SocialLink]
    copyright: Copyright
    visitors: Visitors
    search_url: Annotated[Url, Field(description="Takes the words as `q`")]
    preferences_url: Annotated[
        Url, Field(description="Text size, contrast and the like, as design tokens in JSON")
    ]
    sitemap_url: Url


class SiteParameters(Parameters):
    language: Annotated[
        LanguageParameter | None,
        Field(description="BCP 47; left away, the first of the site", examples=["en"]),
    ] = None


router = Router(tags=["site"])


@router.get(
    "/",
    response={200: SiteFacts, 404: ProblemDetail, 422: ProblemDetail},
    url_name="site_facts",
    operation_id="site_facts",
    summary="Names, navigation, policies, visitors",
    description="What a front end shows around every page.",
    auth=AllowAnonymous(),
)
def get_site(
    request: HttpRequest, response: HttpResponse, wanted: Annotated[SiteParameters, Query()]
) -> SiteFacts:
    language = wanted.language or settings.LANGUAGE_CODE
    with override(language):
        furniture = Furniture(request)
        identity = furniture.identity
        if identity is None:
            raise Http404("This site has no names yet: an editor gives them as “site identity”.")
        response["Content-Language"] = bcp47(language)
        visitors = totals()
        return SiteFacts(
            language=bcp47(language),
            names=Names(
                name=identity.name, short_name=identity.short_name, tagline=identity.tagline
            ),
            home=_link(furniture.home, language, request),
            languages=[
                SiteLanguage(
                    language=bcp47(code),
                    name=native_name(code),
                    is_current=code == language,
                    api_url=absolute_url(f"{request.path}?language={bcp47(code)}", request),
                    feed_url=absolute_url(reverse("news_feed", args=[code]), request),
                )
                for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
            ],
            navigation=[_link(link, language, request) for link in furniture.navigation],
            contact=ContactFacts(
                address=identity.address,
                telephone=identity.telephone,
                email=identity.email,
                opening_hours=identity.opening_hours,
            ),
            policies=[_link(link, language, request) for link in furniture.policies],
            social_links=[
                SocialLink(
                    platform=block.value["platform"],
                    name=block.value["name"],
                    url=block.value["url"],
                )
                for block in identity.social_links
            ],
            copyright=Copyright(
                owner=identity.copyright_owner,
                first_year=identity.first_year,
                last_year=date.today().year,
            ),
            visitors=Visitors(total=visitors.visitors_total, today=visitors.visitors_today),
            search_url=absolute_url(reverse("search"), request),
            preferences_url=absolute_url(reverse("accessibility:preferences_tokens"), request),
            sitemap_url=absolute_url(reverse("sitemap"), request),
        )


def _link(link: Link, language: str, request: HttpRequest) -> SiteLink:
    return SiteLink(
        title=link.title,
        url=absolute_url(link.url, request),
        language=link.lang or bcp47(language),
    )
