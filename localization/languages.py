"""Names of languages, and the way from a page to the same page in another language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site


def bcp47(code: str) -> str:
    """Return a language code of Django as BCP 47 writes it: "zh-hans" gives "zh-Hans"."""
    language, *subtags = code.split("-")
    return "-".join(
        [language.lower(), *(tag.title() if len(tag) == 4 else tag.upper() for tag in subtags)]
    )


def native_name(code: str) -> str:
    """Return the name of a language in that language: "th" gives "ภาษาไทย"."""
    try:
        return get_language_info(code.lower())["name_local"]
    except KeyError:
        return code


def translated_name(code: str) -> str:
    """Return the name of a language in the active one: "th" gives "Thai" in English."""
    try:
        return get_language_info(code.lower())["name_translated"]
    except KeyError:
        return code


@dataclass(frozen=True, slots=True)
class Choice:
    """One language that a reader may change to.

    code: BCP 47 tag; name: in that language; url: where the link leads
    note: where it leads to another page, which one, in that language; otherwise empty
    is_current: whether the reader is there already
    is_same_page: whether the link leads to the same page, really in that language
    """

    code: str
    name: str
    url: str
    note: str = ""
    is_current: bool = False
    is_same_page: bool = True


def choices_for_page(page: Page, request: HttpRequest) -> list[Choice]:
    """Return the languages of the site, as seen from `page`. One query.

    Where a page is not translated, its choice leads to the nearest page above that is. A language
    without a home page of its own is left out.
    """
    targets = _lineage(page) | {page.locale_id: page}
    return [
        _choice(
            target.locale,
            target,
            request,
            is_current=target is page,
            is_same_page=target.translation_key == page.translation_key,
        )
        for target in sorted(targets.values(), key=lambda target: _place(target.locale))
    ]


def choices_for_view(request: HttpRequest) -> list[Choice]:
    """Return the languages of the site, as seen from a view that serves no page. Three queries.

    The same address in the other language where there is one, as for the search; otherwise, as
    for a page that was not found, the home page.
    """
    here = request.get_full_path()
    active = get_language()
    homes = {home.locale_id: home for home in _homes(request)}
    choices = []
    for locale in sorted(Locale.objects.all(), key=_place):
        code = locale.language_code
        there = here if code == active else _translated_path(request, code)
        if there:
            choices.append(Choice(bcp47(code), native_name(code), there, is_current=code == active))
        elif home := homes.get(locale.pk):
            choices.append(_choice(locale, home, request, is_same_page=False))
    return choices


def alternates(page: Page) -> dict[str, Page]:
    """Return {BCP 47 tag: page} for every language that `page` can really be read in. One query."""
    return {
        bcp47(relative.locale.language_code): relative
        for relative in _genuine_relatives(page)
        if relative.translation_key == page.translation_key
    }


def _place(locale: Locale) -> int:
    """Languages stand in the order of LANGUAGES, on every page alike (WCAG 3.2.3)."""
    codes = [code for code, _name in settings.LANGUAGES]
    code = locale.language_code
    return codes.index(code) if code in codes else len(codes)


def _choice(
    locale: Locale,
    target: Page,
    request: HttpRequest,
    *,
    is_current: bool = False,
    is_same_page: bool,
) -> Choice:
    note = ""
    if not is_same_page:
        with override(locale.language_code):
            note = _("not yet translated; goes to “%(title)s”") % {"title": target.title}
    return Choice(
        code=bcp47(locale.language_code),
        name=native_name(locale.language_code),
        url=target.get_url(request) or "/",
        note=note,
        is_current=is_current,
        is_same_page=is_same_page,
    )


def relatives(page: Page) -> list[Page]:
    """Return `page` and all above it in every language, published or not, the highest first.

    Read once and kept on the instance: the language switch, the alternates and the edition of a
    page all ask for them.
    """
    known: list[Page] | None = getattr(page, "_localization_relatives", None)
    if known is None:
        paths = [
            page.path[:end] for end in range(2 * page.steplen, len(page.path) + 1, page.steplen)
        ]
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        known = list(
            Page.objects.filter(translation_key__in=keys)
            .annotate(alias_locale_id=F("alias_of__locale_id"))
            .select_related("locale")
            .order_by("depth")
        )
        page._localization_relatives = known
        for relative in known:
            if relative.locale_id == page.locale_id:
                page.locale = relative.locale
    return known


def _genuine_relatives(page: Page) -> Iterator[Page]:
    """Yield those that readers can see and that are not aliases of another language."""
    return (
        relative
        for relative in relatives(page)
        if relative.live and relative.alias_locale_id in (None, relative.locale_id)
    )


def _lineage(page: Page) -> dict[int, Page]:
    """Return {locale: the page in it that is nearest to `page`}."""
    # In order of depth, so that a nearer page replaces those above it.
    return {relative.locale_id: relative for relative in _genuine_relatives(page)}


def _homes(request: HttpRequest) -> list[Page]:
    site = Site.find_for_request(request)
    return list(_genuine_relatives(site.root_page)) if site else []


def _translated_path(request: HttpRequest, code: str) -> str | None:
    """Return the address of the same view in another language, or None if it has none."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None
    if match.url_name == "wagtail_serve":
        return None
    here = request.get_full_path()
    there = translate_url(here, code)
    return there if there != here else None
