from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class AccessibilityConfig(AppConfig):
    name = "accessibility"
    verbose_name = _("Accessibility")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from . import checks, signal_handlers  # noqa: F401 (registers the checks)
        from .editor import status_panel
        from .gate import publication

        if apps.is_installed("wagtail.api.v3"):
            from wagtail.api.v3.api import api

            from .statement.api import router

            api.add_router("/accessibility/", router)
        publication.install()
        status_panel.install()
        signal_handlers.register_signal_handlers()
