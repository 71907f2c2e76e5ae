"""Who is asking: a reader, a robot, or the same reader again. Nothing here is kept."""

import hmac
import ipaddress
import threading
import time
from collections import Counter
from datetime import date
from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest

from newsroom import conf
from newsroom.models import Visitors
from newsroom.models.audience import new_salt

# Longer ones tell browsers apart no better, and only cost time.
USER_AGENT_LENGTH = 512


def user_agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "").strip()[:USER_AGENT_LENGTH]


@lru_cache(maxsize=1024)
def is_robot(user_agent: str) -> bool:
    """Whether a User-Agent says that no person is reading: crawlers, tools, headless browsers."""
    return not user_agent or is_crawler(user_agent)


def client_network(request: HttpRequest) -> str:
    """The reader's IPv4 address, or the /64 of an IPv6 address, within which browsers rove.

    Behind NEWSROOM_TRUSTED_PROXIES proxies each has added the address it was asked from to
    X-Forwarded-For; what stands further left, the reader may have written.
    """
    ip = _ip_address(request.META.get("REMOTE_ADDR", ""))
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < (proxies := conf.trusted_proxies()) <= len(hops):
        ip = _ip_address(hops[-proxies].strip()) or ip
    if ip is None:
        return ""  # over a Unix socket, without a proxy that is trusted
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, 64), strict=False))


def _ip_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _salt(day: date) -> bytes:
    """The salt that all processes share on `day`, made by the first that asks for it."""
    salts = Visitors.objects.filter(day=day).exclude(salt=b"").values_list("salt", flat=True)
    if (salt := salts.first()) is None:
        Visitors.objects.bulk_create([Visitors(day=day)], ignore_conflicts=True)
        Visitors.objects.filter(day=day, salt=b"").update(salt=new_salt())
        salt = salts.get()
    return bytes(salt)


def digest(request: HttpRequest, day: date) -> bytes:
    """16 bytes that are the same for a reader all through `day`, and mean nothing after it."""
    reader = f"{client_network(request)}\n{user_agent(request)}"
    return hmac.digest(_salt(day), reader.encode(), "sha256")[:16]


class RateLimit:
    """Counts views of one page by one visitor, minute by minute, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._views: Counter[tuple[int, bytes]] = Counter()

    def allows(self, page_id: int, visitor: bytes) -> bool:
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._views.clear()
            self._views[page_id, visitor] += 1
            return self._views[page_id, visitor] <= conf.audience_views_per_minute()


rate_limit = RateLimit()
