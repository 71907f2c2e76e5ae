"""Publishing a page despite its accessibility errors: by whom may, with a reason."""

import copy
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
from wagtail.locks import BaseLock
from wagtail.models import Page

from ..models import GateOverride
from .content import content_hash
from .drafts import Draft, newest_draft
from .forms import OverrideForm
from .judgement import Judgement, judge
from .log_entries import OVERRIDE, log_judgement
from .permissions import may_override
from .refusal import InaccessiblePageError, error_list


def lock_of(page: Page) -> BaseLock | None:
    """What keeps a page from being published here.

    Its schedule does not, as long as what is scheduled is what its editor shows: publishing takes
    the place of that schedule. Of an older revision the schedule would be lost unseen.
    """
    scheduled = page.scheduled_revision
    if scheduled is None or scheduled.pk != page.latest_revision_id:
        return page.get_lock()
    # Wagtail tells of the schedule alone, even where there are other locks.
    unscheduled = copy.copy(page)
    unscheduled._approved_schedule = False
    return unscheduled.get_lock()


class OverrideView(WagtailAdminTemplateMixin, FormView):
    """Shows the errors of what would be published now, asks for the reason, and publishes it.

    404 for aliases and pages without a draft, 403 for those who may not.
    """

    form_class = OverrideForm
    template_name = "accessibility/admin/override.html"
    page_title = gettext_lazy("Publish despite accessibility errors")
    header_icon = "warning"

    page: Page
    draft: Draft
    judgement: Judgement
    hash: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not may_override(request.user, self.page):
            raise PermissionDenied
        draft = newest_draft(self.page)
        if draft is None:
            raise Http404
        lock = lock_of(self.page)
        if lock and lock.for_user(request.user):
            messages.error(request, lock.get_message(request.user))
            return self.back_to_editor()
        self.draft = draft
        if draft.missing:
            headline = _("This page cannot be published yet. Complete it first.")
            messages.error(request, messages.render(headline, [], detail=error_list(draft.missing)))
            return self.back_to_editor()
        self.judgement = judge(draft.content)
        if not self.judgement.errors:
            messages.info(
                request, _("This page has no accessibility errors. It can be published as usual.")
            )
            return self.back_to_editor()
        self.hash = content_hash(draft.content)
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
        user: Any = self.request.user  # signed in, as the addresses of the admin require
        override = GateOverride(
            page=self.page,
            content_hash=self.hash,
            reason=form.cleaned_data["reason"],
            findings=[error.as_dict() for error in self.judgement.errors],
            user=user,
        )
        try:
            with transaction.atomic():
                self.publish(override, user)
        except ValidationError as error:
            # wagtail-localize publishes after its transaction: then there is one to take back.
            GateOverride.objects.filter(pk=override.pk).delete()
            if isinstance(error, InaccessiblePageError):
                # Not what was decided on. The middleware tells, and the errors are shown anew.
                raise
            # Another reason not to publish it, such as an incomplete translation.
            for message in error.messages:
                messages.error(self.request, message)
            return self.back_to_editor()
        title = self.page.get_admin_display_title()
        go_live_at = self.draft.content.go_live_at
        if go_live_at and go_live_at > timezone.now():
            message = _("“%(title)s” is scheduled, despite its accessibility errors.")
        else:
            message = _("“%(title)s” is published, despite its accessibility errors.")
        messages.success(self.request, message % {"title": title})
        return self.back_to_editor()

    def publish(self, override: GateOverride, user: Any) -> None:
        """Record the decision, and publish."""
        override.save()
        self.draft.publish(user)
        self.page.refresh_from_db()
        override.revision = self.page.latest_revision
        override.save(update_fields=["revision"])
        log_judgement(
            OVERRIDE,
            self.draft.content,
            self.judgement,
            user=user,
            revision=override.revision,
            reason=override.reason,
        )

    @property
    def editor_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def back_to_editor(self) -> HttpResponse:
        return redirect(self.editor_url)
