"""Who may do what. Migrations give the groups their permissions: 0002_roles and the later *_roles.

Editors write and submit; moderators publish and approve (Wagtail's workflow "Moderators approval");
translators work in the trees of the other languages, and publish there. Administrators are
superusers. What an administrator changes in these groups later stays as they set it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import GroupPagePermission, Page

EDITORS = "Editors"
MODERATORS = "Moderators"
TRANSLATORS = "Translators"

# Not "add": pages of a translated tree come from the source tree, as aliases.
TRANSLATORS_PAGE_PERMISSIONS = ("change_page", "publish_page")


def let_translators_into_new_tree(
    sender: type[Page], instance: Page, created: bool, **kwargs: Any
) -> None:
    """Give translators a new home page of any language but the source. Handler of post_save."""
    source = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    if not created or kwargs.get("raw") or instance.locale.language_code == source:
        return
    group = Group.objects.filter(name=TRANSLATORS).first()
    if group is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=TRANSLATORS_PAGE_PERMISSIONS,
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=instance.pk, permission=permission
        )
