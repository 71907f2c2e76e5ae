from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_translation

from . import conf
from .views import UpdateTranslationsView, publish_translation

BEFORE_WAGTAIL_LOCALIZE = -10


@hooks.register("before_edit_snippet", order=2 * BEFORE_WAGTAIL_LOCALIZE)
def keep_to_permissions(request: HttpRequest, instance: Model) -> None:
    """Ask the policy of the model about this object; the view has asked about the model only."""
    policy = policy_registry.get(instance)
    if not policy.user_has_permission_for_instance(request.user, "change", instance):
        raise PermissionDenied


@hooks.register("before_edit_page", order=BEFORE_WAGTAIL_LOCALIZE)
@hooks.register("before_edit_snippet", order=BEFORE_WAGTAIL_LOCALIZE)
def edit_or_publish_translation(
    request: HttpRequest, instance: TranslatableMixin
) -> HttpResponse | None:
    """Publish safely, and open the translator's editor on a page that is still an alias."""
    if not isinstance(instance, TranslatableMixin):
        return None
    translation = (
        Translation.objects.filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=True,
        )
        .select_related("source", "target_locale")
        .first()
    )
    if translation is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        return publish_translation(request, translation, instance)
    if isinstance(instance, Page) and instance.alias_of_id:
        return edit_translation(request, translation, instance)
    return None


@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL_LOCALIZE)
def update_translations_url() -> Sequence[URLPattern]:
    """Stand before wagtail-localize's view of the same address and name."""
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            UpdateTranslationsView.as_view(),
            name="localization_update_translations",
        )
    ]


@hooks.register("insert_global_admin_js")
def slug_script() -> SafeString:
    return format_html(
        '<script src="{}" data-max-length="{}"></script>',
        static("localization/js/slug-controller.js"),
        conf.slug_max_length(),
    )
