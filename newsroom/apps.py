from django.apps import AppConfig
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import DataError
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Wagtail's apps add their endpoints in the same way; models can be imported only now.
        from wagtail.api.v3.api import api

        from .api.http import UnicodeJSONRenderer, refuse_bad_query
        from .api.news import router

        api.add_router("/news/", router)
        api.renderer = UnicodeJSONRenderer()
        for fault in (DataError, FieldDoesNotExist, FieldError):
            api.add_exception_handler(fault, refuse_bad_query)
