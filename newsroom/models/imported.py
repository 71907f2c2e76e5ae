from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedArticle(models.Model):
    """Where an article came from, so that importing it again finds it."""

    source_id = models.CharField(_("identifier in the old system"), max_length=255, unique=True)
    page = models.OneToOneField(
        "newsroom.NewsArticlePage",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="imported",
    )
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, help_text=_("SHA-256 of the entry and its pictures.")
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What the import wrote; a newer one was written by people."),
    )
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        default_permissions = ()

    def __str__(self) -> str:
        return self.source_id
