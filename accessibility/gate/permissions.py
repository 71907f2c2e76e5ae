"""Who may publish a page despite its accessibility errors."""

from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db.models import QuerySet
from wagtail.models import Page

from .. import conf

OVERRIDE_PERMISSION = "accessibility.override_gate"


def override_permissions() -> QuerySet[Permission]:
    """The permission to publish despite errors, for the form of groups."""
    app_label, codename = OVERRIDE_PERMISSION.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


def may_override_below(user: AbstractUser | AnonymousUser, parent: Page) -> bool:
    """Whether the user may publish new pages below this one, and may do so despite errors."""
    permissions = parent.permissions_for_user(user)
    return user.has_perm(OVERRIDE_PERMISSION) and permissions.can_publish_subpage()


def may_override(user: AbstractUser | AnonymousUser, page: Page) -> bool:
    """Whether the user may publish this very page, and may do so despite errors."""
    return (
        conf.gate_mode(page.specific_class or type(page)) == "block"
        and user.has_perm(OVERRIDE_PERMISSION)
        and page.permissions_for_user(user).can_publish()
    )
