from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail.models import Page, Revision


class GateOverrideQuerySet(models.QuerySet["GateOverride"]):
    def in_force(self) -> "GateOverrideQuerySet":
        return self.filter(ended_at=None)

    def end(self) -> int:
        """End those that are in force. Returns how many there were."""
        return self.in_force().update(ended_at=timezone.now())


class GateOverride(models.Model):
    """A page that was published despite accessibility errors: by whom, why, and with which.

    It covers the content that it was given for, by `content_hash`, and ends when other content
    of the page goes live.
    """

    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="accessibility_overrides",
        verbose_name=_("page"),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("revision"),
    )
    content_hash = models.CharField(max_length=64, editable=False)
    reason = models.TextField(_("reason"))
    findings = models.JSONField(_("errors"), encoder=DjangoJSONEncoder)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    created_at = models.DateTimeField(_("date"), auto_now_add=True, db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True, db_index=True)

    objects = GateOverrideQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("published despite accessibility errors")
        verbose_name_plural = _("published despite accessibility errors")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        # Wagtail translates it where permissions are given to groups.
        permissions = [("override_gate", gettext_noop("Can publish despite accessibility errors"))]

    def __str__(self) -> str:
        return str(self.page)

    @property
    def rules(self) -> str:
        """The ids of the rules that the errors break."""
        return ", ".join(dict.fromkeys(finding["rule"] for finding in self.findings))
