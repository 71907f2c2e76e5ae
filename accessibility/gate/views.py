"""Publishing a page despite its accessibility errors: by whom may, with a reason."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from ..models import GateOverride
from .content import content_hash
from .forms import OverrideForm
from .judgement import Judgement, judge
from .log_entries import OVERRIDE, log_judgement
from .permissions import may_override


class OverrideView(WagtailAdminTemplateMixin, FormView):
    """Shows the errors of a page's newest draft, asks for the reason, and publishes it.

    404 for aliases and pages without a draft, 403 for those who may not.
    """

    form_class = OverrideForm
    template_name = "accessibility/admin/override.html"
    page_title = gettext_lazy("Publish despite accessibility errors")
    header_icon = "warning"

    page: Page
    revision: Revision
    draft: Page
    judgement: Judgement
    hash: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not may_override(request.user, self.page):
            raise PermissionDenied
        revision = self.page.latest_revision
        if self.page.alias_of_id or revision is None:
            raise Http404
        lock = self.page.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, lock.get_message(request.user))
            return self.back_to_editor()
        self.revision = revision
        self.draft = revision.as_object()
        self.judgement = judge(self.draft)
        if not self.judgement.errors:
            messages.info(
                request, _("This page has no accessibility errors. It can be published as usual.")
            )
            return self.back_to_editor()
        self.hash = content_hash(self.draft)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": self.editor_url, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "content_hash": self.hash}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            page=self.page,
            errors=self.judgement.errors,
            editor_url=self.editor_url,
        )

    def form_valid(self, form: OverrideForm) -> HttpResponse:
        try:
            with transaction.atomic():
                self.override(form.cleaned_data["reason"])
        except ValidationError as error:
            # Another reason not to publish it, such as an incomplete translation.
            for message in error.messages:
                messages.error(self.request, message)
            return self.back_to_editor()
        title = self.page.get_admin_display_title()
        if self.draft.go_live_at and self.draft.go_live_at > timezone.now():
            message = _("“%(title)s” is scheduled, despite its accessibility errors.")
        else:
            message = _("“%(title)s” is published, despite its accessibility errors.")
        messages.success(self.request, message % {"title": title})
        return self.back_to_editor()

    def override(self, reason: str) -> None:
        """Record the decision, and publish."""
        user: Any = self.request.user  # signed in, as the addresses of the admin require
        GateOverride.objects.create(
            page=self.page,
            revision=self.revision,
            content_hash=self.hash,
            reason=reason,
            findings=[error.as_dict() for error in self.judgement.errors],
            user=user,
        )
        log_judgement(
            OVERRIDE, self.draft, self.judgement, user=user, revision=self.revision, reason=reason
        )
        self.revision.publish(user=user)

    @property
    def editor_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def back_to_editor(self) -> HttpResponse:
        return redirect(self.editor_url)
