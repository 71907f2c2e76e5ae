"""Counts of the audience: numbers only, nothing that leads back to a person."""

import datetime
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# Stands for all days before the site counted for itself: a site moves in with its history.
OPENING_DAY = datetime.date.min


def new_salt() -> bytes:
    return secrets.token_bytes(32)


class PageViews(models.Model):
    """How often one page, in one language, was shown on one day."""

    # Without a constraint in the database, a page can be deleted while its views are written.
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        db_constraint=False,
        related_name="+",
    )
    day = models.DateField(_("day"))
    views = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("page views")
        verbose_name_plural = _("page views")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="page_views_per_page_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.views}"


class Visitors(models.Model):
    """How many different visitors came on one day.

    `salt` is what the digests of the day are made with; it is empty once the day is over.
    """

    day = models.DateField(_("day"), unique=True)
    visitors = models.PositiveBigIntegerField(_("visitors"), default=0)
    salt = models.BinaryField(_("salt"), max_length=32, default=new_salt)

    class Meta:
        verbose_name = _("visitors")
        verbose_name_plural = _("visitors")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.visitors}"


class VisitorDigest(models.Model):
    """A visitor of today, told apart from the others and from nobody else. Deleted with the day."""

    day = models.DateField(_("day"))
    digest = models.BinaryField(_("digest"), max_length=16)

    class Meta:
        verbose_name = _("digest of a visitor")
        verbose_name_plural = _("digests of visitors")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "digest"], name="visitor_digest_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {bytes(self.digest).hex()}"
