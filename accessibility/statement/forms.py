"""What the editor's form asks of a statement that is about to be published."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from ..policies.forms import PolicyPageForm
from .claim import Claim, assess, weaker

#: What is judged here.
OWN_FIELDS = {"claim", "review_by_people_date", "review_by_people"}


class StatementForm(PolicyPageForm):
    """Refuses to claim more than is proven. Drafts may be anything: readers see what is proven."""

    def _post_clean(self) -> None:
        super()._post_clean()
        # Other fields may be wrong as well: an editor hears of all in one round.
        if self.is_deferred_validation or self.errors.keys() & OWN_FIELDS:
            return
        page = self.instance
        if page.review_by_people_date and page.review_by_people_date > timezone.localdate():
            self._complain("review_by_people_date", _("A review must be finished to be recorded."))
        if page.review_by_people_date and not page.review_by_people.strip():
            self._complain("review_by_people", _("Say who reviewed which pages, by which method."))
        if page.claim:
            self._check_claim()

    def _check_claim(self) -> None:
        page = self.instance
        parent = self.parent_page
        locale = page.locale if page.locale_id else parent.locale
        assessment = assess(locale, page.review_by_people_date, site=site_of(page, parent))
        claim, allowed = Claim(page.claim), assessment.allowed
        if weaker(claim, allowed) == claim:
            return
        self._complain(
            "claim",
            _(
                "“%(claim)s” is more than the evidence allows, which is “%(allowed)s”. Leave the "
                "claim empty, or claim less. The reasons: %(reasons)s"
            )
            % {
                "claim": claim.label,
                "allowed": allowed.label,
                "reasons": " ".join(assessment.limits()),
            },
        )


def site_of(page: Page, parent: Page) -> Site | None:
    """The site of a page, or of one that is being created below `parent`."""
    return (page if page.pk else parent).get_site()
