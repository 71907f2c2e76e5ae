"""Addresses of the site. What is not a page of one language stands outside i18n_patterns."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as api_v3
from wagtail.documents import urls as wagtaildocs_urls

from home.api import api_v2
from home.views import redirect_to_language, search, serve_media
from newsroom.api.http import not_found, public_api

urlpatterns = [
    path("", redirect_to_language),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", public_api(api_v2.urls)),
    path("api/v3/", public_api(api_v3.urls)),
    re_path(r"^api/", not_found),
    path("accessibility/", include("accessibility.urls")),
    path("", include("accessibility.security_txt.urls")),
    path("", include("newsroom.urls")),
    re_path(r"^media/(?P<path>.+)$", serve_media),
]
if apps.is_installed("django_axe"):
    urlpatterns.append(path("axe/", include("home.axe.urls")))

urlpatterns += i18n_patterns(
    path("search/", search, name="search"),
    path("", include("localization.urls")),
)

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
