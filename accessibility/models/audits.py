"""What audits have found: a run, the pages it looked at, and each finding with its evidence."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision


class Severity(models.TextChoices):
    """The severities of the content rules, from grave to slight."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    ADVICE = "advice", _("Advice")


class Audit(models.Model):
    """One run over some pages. It is unfinished, and can be resumed, until `ended_at` is set."""

    class Trigger(models.TextChoices):
        COMMAND = "command", _("Command")
        PUBLICATION = "publication", _("Publication")

    trigger = models.CharField(_("started by"), max_length=20, choices=Trigger.choices)
    #: What was asked for, as the command takes it: {"tree": 3, "locale": "th", …}
    scope = models.JSONField(_("scope"), default=dict)
    started_at = models.DateTimeField(_("started"), default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("accessibility audit")
        verbose_name_plural = _("accessibility audits")
        ordering = ["-started_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} ({self.get_trigger_display()})"


class PageAuditQuerySet(models.QuerySet["PageAudit"]):
    def newest(self) -> "PageAuditQuerySet":
        """The last look at each page."""
        return self.filter(is_newest=True)

    def newest_first(self) -> "PageAuditQuerySet":
        return self.order_by("-checked_at", "-pk")

    # Any: the type checker does not know what is annotated here.
    def with_counts(self) -> Any:
        """With `errors` and `warnings`, the numbers of findings of these severities."""

        def count(severity: Severity) -> models.Count:
            return models.Count("findings", filter=models.Q(findings__severity=severity))

        return self.annotate(errors=count(Severity.ERROR), warnings=count(Severity.WARNING))


class PageAudit(models.Model):
    """One page in one run: what was served, which engines looked, and what none could check."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="page_audits")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="accessibility_audits", verbose_name=_("page")
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("revision"),
    )
    locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("locale")
    )
    url = models.URLField(_("address"), max_length=2000)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now, db_index=True)
    #: [{"name": "axe-core", "version": "4.14.1"}, …], those that ran to their end.
    engines = models.JSONField(_("engines"), default=list)
    #: Ids of the checks that could not be made, and why: {"reflow": "no-browser", …}
    not_checked = models.JSONField(_("not checked"), default=dict)
    #: What axe-core cannot decide, with a few of the places of each rule; these are no findings:
    #: [{"rule": "color-contrast", "criterion": "1.4.3", "count": 12,
    #:   "places": [{"selector": "…", "excerpt": "…"}, …]}, …]
    left_to_people = models.JSONField(_("left to people"), default=list)
    #: Why the page could not be looked at at all, such as "the browser died"; "" otherwise.
    failure = models.TextField(_("failure"), blank=True)
    #: Findings of the look before this one that are there no more.
    mended = models.JSONField(_("mended"), default=list)
    is_newest = models.BooleanField(default=True, editable=False)

    objects = PageAuditQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("audited page")
        verbose_name_plural = _("audited pages")
        ordering = ["-checked_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["is_newest", "locale"])]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(is_newest=True),
                name="accessibility_one_newest_audit_of_a_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.checked_at:%Y-%m-%d %H:%M})"


class AuditFinding(models.Model):
    """One complaint about one place of a page, in one run."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        KNOWN = "known", _("Known")
        #: Known from the look before, and this time the check could not be made.
        UNCHECKED = "unchecked", _("Known, not checked again")

    page_audit = models.ForeignKey(PageAudit, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(_("rule"), max_length=100, db_index=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, db_index=True
    )
    #: Number of the WCAG 2.2 success criterion, such as "1.1.1"; "" for best practice.
    criterion = models.CharField(_("criterion"), max_length=10, blank=True)
    engine = models.CharField(_("engine"), max_length=50)
    engine_version = models.CharField(_("version"), max_length=30)
    selector = models.TextField(_("place"))
    excerpt = models.TextField(_("excerpt"), blank=True)
    #: {"en": "…", "th": "…"}
    message = models.JSONField(_("message"), default=dict)
    remedy = models.JSONField(_("how to mend it"), default=dict)
    #: The same for the same complaint about the same thing in the next run.
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    first_found_at = models.DateTimeField(_("first found"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("accessibility finding")
        verbose_name_plural = _("accessibility findings")
        ordering = ["page_audit", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.selector}"
