from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

#: What translators may change in the languages that they translate into.
TRANSLATED_SNIPPETS = ("newsroom.NewsCategory", "home.SiteIdentity", "accessibility.KnownProblem")


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from wagtail.api.v3.api import api
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from localization.permissions import OriginalsPermissionPolicy

        from .api import router
        from .furniture import forget_furniture
        from .roles import let_translators_into_new_tree

        api.add_router("/site/", router)

        for snippet in map(apps.get_model, TRANSLATED_SNIPPETS):
            register_permission_policy(snippet, OriginalsPermissionPolicy(snippet))

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
