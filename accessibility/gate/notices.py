"""What the gate found while a request was answered, for the log and the messages after it.

A refusal rolls back the transaction that it happens in, and with it every log entry made there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from wagtail.models import Page

from .judgement import Judgement


@dataclass(slots=True)
class Notice:
    """A page with errors that was refused, or let out with a warning.

    told: whether the user has been told of it
    """

    page: Page
    judgement: Judgement
    content_hash: str
    refused: bool
    told: bool = False


_notices: ContextVar[dict[tuple[str, bool], Notice] | None] = ContextVar("notices", default=None)


@contextmanager
def collected_notices() -> Iterator[dict[tuple[str, bool], Notice]]:
    """Collect the notices of what is done inside, each once, by content and outcome."""
    notices: dict[tuple[str, bool], Notice] = {}
    token = _notices.set(notices)
    try:
        yield notices
    finally:
        _notices.reset(token)


def mark_as_told(judgement: Judgement) -> None:
    """Whoever words a refusal for the user says so here; what nobody words, the middleware does."""
    for notice in (_notices.get() or {}).values():
        if notice.judgement == judgement:
            notice.told = True


def add_notice(notice: Notice) -> bool:
    """Add a notice to those being collected. Returns False where nobody collects any."""
    notices = _notices.get()
    if notices is None:
        return False
    notices.setdefault((notice.content_hash, notice.refused), notice)
    return True
