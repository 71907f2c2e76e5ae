"""How often one reader may send feedback. Nobody's address is kept."""

import hashlib
import hmac
import ipaddress
import secrets

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from .. import conf

HOUR = 60 * 60
DAY = 24 * HOUR
#: Confirmations to one e-mail address in a day: nobody is flooded with mails they did not ask for.
CONFIRMATIONS_A_DAY = 3


def may_send(request: HttpRequest) -> bool:
    """Count a message, and say whether its sender has not sent too many within the hour."""
    return _count("sender", _network(request), HOUR) <= conf.feedback_limit()


def may_confirm(email: str) -> bool:
    """Count a confirmation, and say whether its receiver has not had too many today."""
    return _count("receiver", email.lower(), DAY) <= CONFIRMATIONS_A_DAY


def _count(kind: str, subject: str, seconds: int) -> int:
    """How many there have been of a subject, this one included; 0 where there is no cache."""
    digest = hmac.digest(_salt(), subject.encode(), hashlib.sha256).hex()
    key = f"accessibility.feedback.{kind}.{digest}"
    cache.add(key, 0, seconds)
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
