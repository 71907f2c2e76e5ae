"""Views of the admin that publish translations, in place of wagtail-localize's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.utils.forms import FormValidationError
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import (
    UpdateTranslationsView as UpstreamUpdateTranslationsView,
)

from .completeness import IncompleteTranslationError, missing_segments
from .languages import translated_name


def publish_translation(
    request: HttpRequest, translation: Translation, instance: TranslatableMixin
) -> HttpResponse:
    """Publish what a translator has finished, or say what is missing. Goes back to the editor.

    wagtail-localize's own view says "click publish again to ignore these translations", and does.
    """
    if not _may_publish(request, instance):
        raise PermissionDenied
    try:
        translation.save_target(user=request.user, publish=True)
    except FormValidationError:
        # It knows the places of its errors, and whoever raises it tells of them.
        raise
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        instance.refresh_from_db()
        messages.success(
            request,
            _("“%(title)s” is published in %(language)s.")
            % {
                "title": instance,
                "language": translated_name(translation.target_locale.language_code),
            },
        )
    return redirect(request.path)


def _may_publish(request: HttpRequest, instance: TranslatableMixin) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(request.user).can_publish()
    if isinstance(instance, DraftStateMixin):
        policy = policy_registry.get(instance)
        return policy.user_has_permission(request.user, "publish")
    return True  # the edit view, which called us, has checked that it may be changed


class UpdateTranslationsView(UpstreamUpdateTranslationsView):
    """ "Sync translated pages", which also tells what was not published, and why."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        if form.cleaned_data["publish_translations"]:
            for translation in self.object.translations.filter(enabled=True).select_related(
                "target_locale"
            ):
                locale = translation.target_locale
                if missing := missing_segments(self.object, locale):
                    refusal = IncompleteTranslationError(self.object.object_repr, locale, missing)
                    messages.warning(self.request, refusal.messages[0])
        return response
