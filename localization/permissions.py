"""Originals stay with those who write them; translators change translations."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_noop
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import TranslatableMixin
from wagtail.permission_policies import ModelPermissionPolicy

# Wagtail translates names of permissions, and wagtail-localize has not marked this one of its own.
gettext_noop("Can submit translations")


class OriginalsPermissionPolicy(ModelPermissionPolicy):
    """For translatable models: whoever may change but not add changes no original.

    An original is what is written in the language of the site, `LANGUAGE_CODE`. Django's
    permissions know no languages, so "add" tells those who write from those who translate.
    """

    def user_has_permission_for_instance(
        self, user: AbstractUser, action: str, instance: TranslatableMixin
    ) -> bool:
        if not super().user_has_permission_for_instance(user, action, instance):
            return False
        if action == "view" or not is_original(instance):
            return True
        return bool(self.user_has_permission(user, "add"))


def is_original(instance: TranslatableMixin) -> bool:
    """Whether it is in the language that the site is written in first."""
    source = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return bool(instance.locale.language_code == source)
