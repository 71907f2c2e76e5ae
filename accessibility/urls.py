from django.urls import path

from .feedback.views import feedback
from .statement import resources
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
    path("feedback/", feedback, name="feedback"),
    path("statement.json", resources.statement_json, name="statement_json"),
    path("statement.openacr.yaml", resources.statement_openacr, name="statement_openacr"),
]
