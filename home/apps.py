from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from .roles import let_translators_into_new_tree

        post_save.connect(
            let_translators_into_new_tree,
            sender=self.get_model("HomePage"),
            dispatch_uid="let_translators_into_new_tree",
        )
