from django.urls import path

from .views import preference_resources
from .views.preferences import preferences_page

app_name = "accessibility"
urlpatterns = [
    path("preferences/", preferences_page, name="preferences"),
    path(
        "preferences.css",
        preference_resources.preferences_stylesheet,
        name="preferences_stylesheet",
    ),
    path(
        "preferences-<slug:fingerprint>.js",
        preference_resources.preferences_script,
        name="preferences_script",
    ),
    path("preferences.json", preference_resources.preferences_tokens, name="preferences_tokens"),
]
