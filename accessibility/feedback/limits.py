"""How often one reader may send feedback, and all of them. No reader's network address is kept.

What one network sends is counted in the cache, which processes may not share; all that is stored
is counted in the database, which they do.
"""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from .. import conf
from ..models import FeedbackMessage

HOUR = 60 * 60
DAY = 24 * HOUR
#: Confirmations to one e-mail address in a day: nobody is flooded with mails they did not ask for.
CONFIRMATIONS_A_DAY = 3


def may_send(request: HttpRequest) -> bool:
    """Count a message, and say whether its sender has not sent too many within the hour."""
    return _count(_network(request)) <= conf.feedback_limit()


def are_too_many() -> bool:
    """Say whether more messages are stored than may come within an hour, from whomever."""
    return _stored_within(HOUR).count() > conf.feedback_limit_all()


def may_confirm(message: FeedbackMessage) -> bool:
    """Say whether the sender of a stored message has not given the same e-mail too often."""
    same = _stored_within(DAY).filter(email__iexact=message.email, pk__lte=message.pk)
    return same.count() <= CONFIRMATIONS_A_DAY


def _stored_within(seconds: int) -> QuerySet[FeedbackMessage]:
    since = timezone.now() - timedelta(seconds=seconds)
    return FeedbackMessage.objects.filter(created_at__gt=since)


def _count(network: str) -> int:
    """How many messages a network has sent within the hour, this one included.

    0 where there is no cache.
    """
    digest = hmac.digest(_salt(), network.encode(), hashlib.sha256).hex()
    key = f"accessibility.feedback.sender.{digest}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) or 0
    except ValueError:
        # A cache that is away forgets at once; readers are not to suffer for it.
        return 0


def _salt() -> bytes:
    """Random, and forgotten with its day, so that no hash tells who it was made of."""
    key = f"accessibility.feedback.salt.{timezone.localdate().isoformat()}"
    return (cache.get_or_set(key, secrets.token_hex, DAY) or "").encode()


def _network(request: HttpRequest) -> str:
    """The sender's IPv4 address, or the /64 of an IPv6 address, within which browsers rove."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = conf.trusted_proxies()
    is_told = 0 < proxies <= len(hops)
    text = hops[-proxies].strip() if is_told else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
