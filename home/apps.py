from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from wagtail.api.v3.api import api
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from .api import router
        from .furniture import forget_furniture
        from .roles import let_translators_into_new_tree

        api.add_router("/site/", router)

        post_save.connect(
            let_translators_into_new_tree,
            sender=self.get_model("HomePage"),
            dispatch_uid="let_translators_into_new_tree",
        )
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(forget_furniture, dispatch_uid="forget_furniture")
        for model in ("wagtailcore.Page", "wagtailcore.Site", "home.SiteIdentity"):
            post_delete.connect(forget_furniture, sender=model, dispatch_uid="forget_furniture")
        for model in ("wagtailcore.Site", "home.SiteIdentity"):
            post_save.connect(forget_furniture, sender=model, dispatch_uid="forget_furniture")
