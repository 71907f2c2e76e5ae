"""Stand at the root of a site, outside any language: `path("", include(…))`."""

from django.urls import path
from django.views.generic import RedirectView

from .views import security_txt

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    # Where older tools look (RFC 9116, 3).
    path("security.txt", RedirectView.as_view(pattern_name="security_txt", permanent=True)),
]
