"""What the editor's form asks of a policy that is about to be published."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from ..measures.claims import refuse_differences


class PolicyPageForm(WagtailAdminPageForm):
    """Asks for a new version number with a new wording. Drafts may be anything."""

    is_correction = forms.BooleanField(
        label=gettext_lazy("This only corrects the wording; its meaning stays the same"),
        help_text=gettext_lazy(
            "Keeps the version number. Readers are told the day of the correction."
        ),
        required=False,
    )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        self._check_dates()
        if self.instance.pk:
            self._check_version()
        if "measures" in self.fields:
            refuse_differences(self)

    def _complain(self, field: str, message: str) -> None:
        # API v3 gives a form only the fields that were sent.
        self.add_error(field if field in self.fields else None, message)

    def _check_dates(self) -> None:
        if self.instance.review_date <= self.instance.effective_date:
            self._complain(
                "review_date",
                _("The next review must be later than the day on which the policy takes effect."),
            )

    def _check_version(self) -> None:
        page, known = self.instance, self.instance.newest_version
        if known is None:
            return
        if page.version == known.version:
            changed = known.content_page(page).binding_text() != page.binding_text()
            if changed and not self.cleaned_data.get("is_correction"):
                self._complain(
                    "version",
                    _(
                        "The text is not that of version %(version)s, which is published. Give it "
                        "a new number, or tick “This only corrects the wording”."
                    )
                    % {"version": known.version},
                )
            return
        history = page.history
        if history.find(page.version):
            self._complain(
                "version",
                _("There has been a version %(version)s before. Give a number that is new.")
                % {"version": page.version},
            )
        in_force = history.in_force
        if in_force and page.effective_date <= in_force.since:
            self._complain(
                "effective_date",
                _("Version %(version)s is in force since %(date)s; a new one must begin later.")
                % {"version": in_force.version, "date": date_format(in_force.since)},
            )
