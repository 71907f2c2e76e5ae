from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

if TYPE_CHECKING:
    from .policies import AbstractPolicyPage


class PolicyVersion(models.Model):
    """A version of a policy as it was published: what readers find in the archive.

    Kept apart from the page's revisions, which may be purged.
    """

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="policy_versions", verbose_name=_("page")
    )
    version = models.CharField(_("version"), max_length=30)
    effective_date = models.DateField(_("in force since"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    #: When the wording was last corrected without becoming a new version.
    corrected_at = models.DateTimeField(_("corrected"), null=True)
    #: The fields of the page, as `Page.serializable_data` gives them.
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    #: What the page showed besides its fields when it was published, as it gives it.
    facts = models.JSONField(_("facts"), encoder=DjangoJSONEncoder, default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a policy")
        verbose_name_plural = _("versions of policies")
        ordering = ["-effective_date", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page} {self.version}"

    def content_page(self, current: AbstractPolicyPage) -> AbstractPolicyPage:
        """The page as it was published. Not to be saved."""
        page = current.with_content_json(self.content)
        # Its address is today's.
        page.slug, page.url_path = current.slug, current.url_path
        page.facts_then = self.facts
        return page


State = Literal["to come", "in force", "ended"]


@dataclass(frozen=True, slots=True)
class Period:
    """A version and the days that it is in force.

    until: the last of them; None where no later version is published
    corrected_at: when its wording was last corrected without becoming a new version
    is_newest: whether it is the one that was published last, and so is the page itself
    """

    version: str
    since: date
    until: date | None
    corrected_at: datetime | None
    state: State
    is_newest: bool
    pk: int

    @property
    def slug(self) -> str:
        """The version in an address, where Wagtail lets no dots pass: "1-0"."""
        return version_slug(self.version)

    def page(self, current: AbstractPolicyPage) -> AbstractPolicyPage:
        """The page as this version was published: one query."""
        return PolicyVersion.objects.get(pk=self.pk).content_page(current)


@dataclass(frozen=True, slots=True)
class History:
    """All published versions of a policy, the newest first. Empty for one never published."""

    periods: tuple[Period, ...]

    @classmethod
    def of(cls, page: AbstractPolicyPage, today: date | None = None) -> History:
        """The history of a policy, or of the one that it is an alias of: one query."""
        today = today or timezone.localdate()
        rows = list(
            PolicyVersion.objects.filter(page=page.alias_of_id or page.pk).defer("content", "facts")
        )
        newest = max(rows, key=lambda row: (row.published_at, row.pk), default=None)
        periods: list[Period] = []
        for row in rows:
            # The one in force is the first of those that have begun.
            started = row.effective_date <= today
            ended = any(period.state != "to come" for period in periods)
            periods.append(
                Period(
                    version=row.version,
                    since=row.effective_date,
                    until=periods[-1].since - timedelta(days=1) if periods else None,
                    corrected_at=row.corrected_at,
                    state="to come" if not started else "ended" if ended else "in force",
                    is_newest=row is newest,
                    pk=row.pk,
                )
            )
        return cls(tuple(periods))

    @property
    def in_force(self) -> Period | None:
        return next((period for period in self.periods if period.state == "in force"), None)

    @property
    def coming(self) -> Period | None:
        """The next version that is published already, but not in force yet."""
        coming = [period for period in self.periods if period.state == "to come"]
        return coming[-1] if coming else None

    @property
    def ended(self) -> list[Period]:
        return [period for period in self.periods if period.state == "ended"]

    def find(self, version: str) -> Period | None:
        """The newest of this number, or of this slug of a number."""
        slug = version_slug(version)
        return next((period for period in self.periods if period.slug == slug), None)


def version_slug(version: str) -> str:
    return version.replace(".", "-")
