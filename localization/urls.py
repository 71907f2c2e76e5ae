"""Wagtail's URLs, with a pattern that lets combining marks through.

Include it in place of `wagtail.urls`:

    urlpatterns += i18n_patterns(path("", include("localization.urls")))

Wagtail's own pattern is made of `\\w`, which has no combining marks, so that a page with a Thai
slug would answer 404.
"""

from django.urls import re_path
from wagtail import urls as wagtail_urls
from wagtail import views
from wagtail.coreutils import WAGTAIL_APPEND_SLASH

from .slugs import SLUG_CHARACTERS

serve_pattern = (
    rf"^((?:[{SLUG_CHARACTERS}]+/)*)$" if WAGTAIL_APPEND_SLASH else rf"^([{SLUG_CHARACTERS}/]*)$"
)

urlpatterns = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
]
