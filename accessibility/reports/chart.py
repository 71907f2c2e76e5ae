"""The trend as a line chart in SVG: geometry here, marks in the template, colours in the styles.

Lines differ by their marks and dashes as well as by colour (WCAG 1.4.1); the same numbers stand in
a table below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

if TYPE_CHECKING:
    from .trend import Point

WIDTH, HEIGHT = 900, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 12, 36
#: At most so many lines across, and so many dates below.
GRID_LINES, DATES = 5, 6
BAR = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A label or a mark at a place, in units of the drawing."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    height: float
    width: int = BAR


@dataclass(frozen=True, slots=True)
class Line:
    """A row of values: `kind` is its class in the template and in the styles."""

    kind: str
    name: str
    path: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    description: str
    grid: list[Mark]
    dates: list[Mark]
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def draw(title: str, points: Sequence[Point], days: Sequence[date], most: int) -> Chart:
    """A chart of the points over all the days, with a scale that holds `most`."""
    ticks = scale(most)
    place = {day: n for n, day in enumerate(days)}
    span = max(len(days) - 1, 1)

    def x(day: date) -> float:
        return round(LEFT + BAR + place[day] * (WIDTH - RIGHT - LEFT - 2 * BAR) / span, 1)

    def y(value: int) -> float:
        return round(HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - TOP) / ticks[-1], 1)

    def line(kind: str, name: str, value: Callable[[Point], int]) -> Line:
        marks = [Mark(x(p.day), y(value(p)), f"{_day(p.day)}: {name} {value(p)}") for p in points]
        return Line(kind, name, "M" + "L".join(f"{m.x} {m.y}" for m in marks), marks)

    # From the newest day backwards, so that it always has its date.
    every = -(-len(days) // DATES)
    return Chart(
        title=title,
        description=describe(points),
        grid=[Mark(LEFT, y(tick), f"{tick:,}") for tick in ticks],
        dates=[Mark(x(day), HEIGHT - 12, date_format(day, "j M")) for day in days[::-1][::every]],
        bars=[
            Bar(x(p.day) - BAR / 2, y(p.mended), round(HEIGHT - BOTTOM - y(p.mended), 1))
            for p in points
            if p.mended
        ],
        lines=[
            line("warnings", gettext("Warnings"), lambda point: point.warnings),
            line("errors", gettext("Errors"), lambda point: point.errors),
        ],
    )


def scale(most: int) -> list[int]:
    """Round numbers from 0 to at least `most`: GRID_LINES steps or fewer of 1, 2 or 5 times ten."""
    step = 1
    for factor in cycle((2, 2.5, 2)):
        if step * GRID_LINES >= most:
            break
        step = int(step * factor)
    steps = max(-(-most // step), 1)
    return [step * n for n in range(steps + 1)]


def describe(points: Sequence[Point]) -> str:
    """What the lines show, in a sentence."""
    first, last = points[0], points[-1]
    mended = sum(point.mended for point in points)
    return gettext(
        "From %(first)s to %(last)s: errors from %(errors_then)s to %(errors)s, "
        "warnings from %(warnings_then)s to %(warnings)s. %(mended)s"
    ) % {
        "first": _day(first.day),
        "last": _day(last.day),
        "errors_then": first.errors,
        "errors": last.errors,
        "warnings_then": first.warnings,
        "warnings": last.warnings,
        "mended": ngettext(
            "%(count)d finding was mended.", "%(count)d findings were mended.", mended
        )
        % {"count": mended},
    }


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
