from django.apps import AppConfig, apps
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class LocalizationConfig(AppConfig):
    """Thai text, safe translation and the language switch, on top of wagtail-localize.

    docs/languages.md says what a project has to set.
    """

    name = "localization"
    label = "localization"
    verbose_name = _("Localization")

    def ready(self) -> None:
        # Models can be imported only now.
        from wagtail_localize.models import TranslationSource

        from . import checks, guards, publishing, slugs  # noqa: F401 (registers the checks)

        slugs.keep_marks()
        TranslationSource.create_or_update_translation = publishing.create_or_update_translation
        pre_save.connect(
            guards.refuse_incomplete_publication, dispatch_uid="refuse_incomplete_publication"
        )
        pre_delete.connect(
            guards.unpublish_aliases_of_deleted_page,
            dispatch_uid="unpublish_aliases_of_deleted_page",
        )
        if apps.is_installed("wagtail.api.v3"):
            self.add_locales_to_api()

    def add_locales_to_api(self) -> None:
        """Give API v3 its /locales/ back, which wagtail_localize.locales takes away.

        That app replaces wagtail.locales, whose ready() would have added the router.
        """
        if apps.is_installed("wagtail.locales"):
            return
        from wagtail.api.v3.api import api
        from wagtail.locales.api.v3 import router

        api.add_router("/locales/", router)
