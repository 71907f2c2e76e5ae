"""Addresses in any script: Thai slugs with their vowels and tone marks, on every path.

Django's unicode slugs mean letters and digits, and leave out combining marks, without which Thai
(and Lao, Khmer, Hindi, Tamil …) cannot be read: ข่าวน้ำท่วม becomes ขาวนาทวม, and its correct
spelling is refused. Three names are at fault, and `keep_marks` mends them where they are, so that
no page type, form or migration has to know:

- `django.core.validators.validate_unicode_slug`, which the model field, the admin's forms and the
  API share, accepts marks;
- `slugify` as `wagtail.models.pages` knows it makes the slug of a page that is saved without one;
- `slugify` as `wagtail_localize.models` knows it reduces the slug of a translation to ASCII,
  which leaves nothing of a Thai one.

The script of the same name does it in the browser, while a title is typed.
"""

import re
import unicodedata
from itertools import groupby

import wagtail.models.pages
import wagtail_localize.models
from django.conf import settings
from django.core.validators import validate_unicode_slug
from django.utils.text import slugify as django_slugify

from . import conf, thai

PAGE_SLUG_MAX_LENGTH = 255


def _combining_marks() -> str:
    """Return the marks of the Basic Multilingual Plane as ranges for a regular expression."""
    marks = [point for point in range(0x300, 0xFFFF) if unicodedata.category(chr(point))[0] == "M"]
    ranges = (
        [point for _, point in group]
        for _, group in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0])
    )
    return "".join(f"{chr(points[0])}-{chr(points[-1])}" for points in ranges)


# What one segment of an address may be made of, for use inside [] of a regular expression.
SLUG_CHARACTERS = rf"\w\-{_combining_marks()}"


def allow_unicode() -> bool:
    return getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)


def suggest_slug(title: str) -> str:
    """Return a slug for a page called `title`; Latin letters lose their accents.

    "" for a title without letters or digits.
    """
    latin = all("LATIN" in unicodedata.name(letter, "") for letter in title if letter.isalpha())
    if latin or not allow_unicode():
        title = django_slugify(title)
    return thai.slugify(title, conf.slug_max_length())


def _slugify_title(title: str, allow_unicode: bool = False) -> str:
    """Stand in for Django's slugify where Wagtail makes a slug from a title."""
    return suggest_slug(str(title))


def _slugify_slug(slug: str) -> str:
    """Stand in for Django's slugify where wagtail-localize cleans a slug: keeps what is one."""
    return thai.slugify(slug, PAGE_SLUG_MAX_LENGTH) if allow_unicode() else django_slugify(slug)


def keep_marks() -> None:
    """Make Django's validator, Wagtail and wagtail-localize accept slugs with combining marks."""
    validate_unicode_slug.regex = re.compile(rf"^[{SLUG_CHARACTERS}]+\Z")
    wagtail.models.pages.slugify = _slugify_title
    wagtail_localize.models.slugify = _slugify_slug
