"""The findings of axe-core by page, in one JSON file that lasts until it is reset."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.core.files import locks

MAX_NODES = 50  # shown for each finding; a fault of a template repeats itself
MAX_HTML = 1000  # characters of an excerpt
MAX_TEXT = 2000


class Node(TypedDict):
    target: str
    html: str
    summary: str


class Finding(TypedDict):
    id: str
    impact: str
    help: str
    help_url: str
    tags: list[str]
    nodes: list[Node]


class PageReport(TypedDict):
    """What axe-core found on one page. `incomplete` is what a person must judge."""

    timestamp: str
    engine: str
    violations: list[Finding]
    incomplete: list[Finding]
    passes: int


def _text(value: object, length: int = MAX_TEXT) -> str:
    return value[:length] if isinstance(value, str) else ""


def _target(value: object) -> str:
    """Return a selector as one line. axe nests lists where it crosses frames and shadow roots."""
    if isinstance(value, list):
        return " > ".join(filter(None, map(_target, value)))[:MAX_TEXT]
    return _text(value)


def _help_url(value: object) -> str:
    """Return an address that is safe to link: a script could stand in its place."""
    address = _text(value)
    return address if address.startswith(("https://", "http://")) else ""


def _records(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _findings(value: object) -> list[Finding]:
    return [
        {
            "id": _text(finding.get("id")),
            "impact": _text(finding.get("impact")),
            "help": _text(finding.get("help")),
            "help_url": _help_url(finding.get("helpUrl")),
            "tags": [_text(tag) for tag in finding.get("tags") or [] if isinstance(tag, str)],
            "nodes": [
                {
                    "target": _target(node.get("target")),
                    "html": _text(node.get("html"), MAX_HTML),
                    "summary": _text(node.get("failureSummary")),
                }
                for node in _records(finding.get("nodes"))[:MAX_NODES]
            ],
        }
        for finding in _records(value)
    ]


def page_report(result: object) -> PageReport:
    """Keep what the report shows of axe-core's result, whatever else came with it.

    Raises ValueError if it is not a result of axe-core.
    """
    if not isinstance(result, dict) or not isinstance(result.get("violations"), list):
        raise ValueError("not a result of axe-core: an object with a list “violations” is needed")
    engine = result.get("testEngine")
    return {
        "timestamp": _text(result.get("timestamp")),
        "engine": _text(engine.get("version")) if isinstance(engine, dict) else "",
        "violations": _findings(result["violations"]),
        "incomplete": _findings(result.get("incomplete")),
        "passes": len(_records(result.get("passes"))),
    }


@contextmanager
def _locked_file() -> Iterator[Any]:
    path = Path(settings.DJANGO_AXE_REPORT_PATH)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two pages in two tabs end their checks at once.
    with path.open("a+", encoding="utf-8") as file:
        locks.lock(file, locks.LOCK_EX)
        yield file


def read() -> dict[str, PageReport]:
    """Return the stored reports by the address of the page."""
    with _locked_file() as file:
        file.seek(0)
        return json.loads(file.read() or "{}")


def store(address: str, report: PageReport) -> None:
    """Keep the report of a page in place of its former one."""
    with _locked_file() as file:
        file.seek(0)
        reports = json.loads(file.read() or "{}") | {address: report}
        file.truncate(0)
        file.write(json.dumps(reports, ensure_ascii=False))


def reset() -> None:
    with _locked_file() as file:
        file.truncate(0)
