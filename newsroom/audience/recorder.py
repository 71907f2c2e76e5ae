"""Takes views quickly, and writes them together: no reader waits for the database to write.

Views lie in the memory of the process for about a second. A thread that is not a daemon writes
them: an interpreter waits for such threads when it stops, in whatever way its server stops it.
(`atexit` would not do: worker processes that were forked leave without it.)
"""

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from datetime import date, timedelta

from django.db import close_old_connections, connections, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from newsroom import conf
from newsroom.models import PageViews, VisitorDigest, Visitors

logger = logging.getLogger(__name__)

# Visitors that may wait for the database; more are refused, so that an outage cannot fill memory.
MAX_WAITING = 10_000
# A process that stops tries so often before it gives up on a database that does not answer.
ATTEMPTS_AT_STOP = 3
# Other processes may still hold views of yesterday when a day is over.
DAY_ENDS_AFTER = timedelta(minutes=10)

Views = Mapping[tuple[int, date], int]
Digests = Set[tuple[date, bytes]]


class RecorderFullError(Exception):
    """The database has taken nothing for so long that no more views can wait for it."""


def write(views: Views, digests: Digests) -> None:
    """Add views by page and day, and visitors by day, in one short transaction."""
    first_open_day = timezone.localdate(timezone.now() - DAY_ENDS_AFTER)
    days = sorted({day for _page_id, day in views})
    with transaction.atomic():
        # Taking the rows of the days makes all processes write one after the other.
        Visitors.objects.bulk_create([Visitors(day=day) for day in days], ignore_conflicts=True)
        list(Visitors.objects.select_for_update().filter(day__in=days).order_by("day"))
        _add_views(views)
        _add_visitors({(day, digest) for day, digest in digests if day >= first_open_day})
        VisitorDigest.objects.filter(day__lt=first_open_day).delete()
        Visitors.objects.filter(day__lt=first_open_day).exclude(salt=b"").update(salt=b"")


def _add_views(views: Views) -> None:
    pages = Page.objects.filter(pk__in={page_id for page_id, _day in views})
    present = set(pages.values_list("pk", flat=True))
    pages_by_number: dict[tuple[date, int], list[int]] = defaultdict(list)
    for (page_id, day), number in views.items():
        if page_id in present:
            pages_by_number[day, number].append(page_id)
    PageViews.objects.bulk_create(
        [
            PageViews(page_id=page_id, day=day)
            for (day, _number), page_ids in pages_by_number.items()
            for page_id in page_ids
        ],
        ignore_conflicts=True,
    )
    for (day, number), page_ids in pages_by_number.items():
        rows = PageViews.objects.filter(day=day, page__in=page_ids)
        rows.update(views=F("views") + number)


def _add_visitors(digests: Digests) -> None:
    for day in {day for day, _digest in digests}:
        came = {digest for digest_day, digest in digests if digest_day == day}
        rows = VisitorDigest.objects.filter(day=day, digest__in=came)
        new = came - {bytes(digest) for digest in rows.values_list("digest", flat=True)}
        VisitorDigest.objects.bulk_create(VisitorDigest(day=day, digest=digest) for digest in new)
        Visitors.objects.filter(day=day).update(visitors=F("visitors") + len(new))


class Recorder:
    """What one process has counted and not yet written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[tuple[int, date]] = Counter()
        self._digests: set[tuple[date, bytes]] = set()
        self._writer: threading.Thread | None = None
        self._failing = False

    def add(self, page_id: int, day: date, digest: bytes | None) -> None:
        """Count one view, and its visitor unless `digest` is None.

        Raises RecorderFullError when too many wait, and DatabaseError where the view is written at
        once: with NEWSROOM_AUDIENCE_INTERVAL = 0, and in a process that is about to end.
        """
        digests = {(day, digest)} if digest else set()
        if not conf.audience_interval() or not threading.main_thread().is_alive():
            write({(page_id, day): 1}, digests)
            return
        with self._lock:
            if len(self._digests) >= MAX_WAITING:
                raise RecorderFullError(f"{MAX_WAITING} visitors wait for the database already.")
            if self._writer is None or not self._writer.is_alive():
                self._writer = threading.Thread(target=self._run, name="audience", daemon=False)
                self._writer.start()
            self._views[page_id, day] += 1
            self._digests |= digests

    def flush(self) -> bool:
        """Write what waits. Returns False if it could not be written, and waits again."""
        with self._lock:
            views, self._views = self._views, Counter()
            digests, self._digests = self._digests, set()
        try:
            if views:
                write(views, digests)
        except Exception:
            # Views must not be lost, whatever it was; it is said once, not every second.
            if not self._failing:
                logger.exception("Views could not be written; they wait for the next attempt.")
            self._failing = True
            with self._lock:
                self._views.update(views)
                self._digests |= digests
            return False
        if self._failing:
            logger.warning("Views can be written again.")
        self._failing = False
        return True

    def _run(self) -> None:
        """Write once an interval until nothing waits any more, or the process has stopped."""
        main = threading.main_thread()
        attempts_at_stop = 0
        while True:
            # Returns at once when the process stops.
            main.join(conf.audience_interval())
            if not main.is_alive():
                if attempts_at_stop:
                    time.sleep(conf.audience_interval())
                attempts_at_stop += 1
            self.flush()
            close_old_connections()
            with self._lock:
                lost = self._views.total() if attempts_at_stop >= ATTEMPTS_AT_STOP else 0
                if lost or not self._views:
                    self._writer = None
                    break
        if lost:
            logger.error("The process stopped with %s views that could not be written.", lost)
        connections.close_all()


recorder = Recorder()
