"""Which security.txt has expired, or soon will, and which site has none."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Site

from .. import conf
from ..models import SecurityTxt


def expiring() -> QuerySet[SecurityTxt]:
    """Those that expire within `conf.review_reminder()` days, or have done so."""
    limit = timezone.now() + timedelta(days=conf.review_reminder())
    return SecurityTxt.objects.filter(expires__lte=limit).select_related("site")


def sites_without() -> QuerySet[Site]:
    return Site.objects.filter(security_txt=None)
