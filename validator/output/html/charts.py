"""Geometry of the few charts of our pages; the macros in ``charts.html.jinja`` draw it.

Everything is placed in per cent of the width, so that a drawing fits a phone and a sheet of paper
without its text or its patterns being stretched. Each chart has its figures in a table beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

HEAT_LEVELS = 5
# What is there must be seen, however rare it is.
_LEAST_WIDTH = 0.4
_LEAST_SCALE = 1e-6  # what lies below is drawn as nothing


def place(share: float) -> str:
    """A share of 1 as a length in SVG."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True)
class Segment:
    """One part of a stacked bar; ``fill`` names a fill of page.css (pass, hold, return, open …)."""

    word: Markup
    value: int
    fill: str


@dataclass(frozen=True)
class Placed:
    """A segment with its place in the bar."""

    segment: Segment
    x: str
    width: str


@dataclass(frozen=True)
class Stack:
    """A stacked bar: parts of a whole."""

    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        """Sum of the parts."""
        return sum(segment.value for segment in self.segments)

    @property
    def placed(self) -> list[Placed]:
        """The parts that are there, from left to right, over the whole width."""
        shown = [segment for segment in self.segments if segment.value > 0]
        widths = [max(_LEAST_WIDTH, 100 * s.value / self.total) for s in shown]
        scale, start, placed = 100 * sum(widths), 0.0, []
        for segment, width in zip(shown, widths, strict=True):
            share = 100 * width / scale
            placed.append(Placed(segment, place(start), place(share)))
            start += share
        return placed


@dataclass(frozen=True)
class Row:
    """One bar of a bar chart: ``href`` leads to more about it."""

    label: Markup
    value: int
    note: Markup | str = ""
    href: str | None = None
    fill: str = "plain"


@dataclass(frozen=True)
class Bars:
    """A bar chart with ``of`` as the whole that shares are of (0: no shares)."""

    rows: tuple[Row, ...]
    of: int = 0

    @property
    def placed(self) -> list[tuple[Row, str]]:
        """Each row with the length of its bar: the longest fills the width."""
        most = max((row.value for row in self.rows), default=0) or 1
        return [(row, place(max(row.value / most, 0.004 * bool(row.value)))) for row in self.rows]


@dataclass(frozen=True)
class Point:
    """One value of a line; ``low`` to ``high`` is where it is expected; ``alarm`` stands out."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    alarm: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Line:
    """Values in the order of time, with a band; ``unit`` stands behind each figure."""

    points: tuple[Point, ...]
    unit: str = ""
    decimals: int = 0

    @property
    def top(self) -> float:
        """Upper end of the scale: a round figure that nothing exceeds."""
        values = [v for p in self.points for v in (p.value, p.high) if v is not None]
        return _round_up(max(values, default=0.0))

    def figure(self, value: float | None) -> str:
        """A value as it is written."""
        return "-" if value is None else f"{value:,.{self.decimals}f}{self.unit}"

    @property
    def dots(self) -> list[tuple[Point, str, str]]:
        """Each known value with its place."""
        return [
            (point, place(self._x(at)), place(self._y(point.value)))
            for at, point in enumerate(self.points)
            if point.value is not None
        ]

    @property
    def strokes(self) -> list[tuple[str, str, str, str]]:
        """Lines between neighbours; none over a gap."""
        found = []
        for at, (before, after) in enumerate(zip(self.points, self.points[1:], strict=False)):
            if before.value is not None and after.value is not None:
                ends = (self._x(at), self._y(before.value), self._x(at + 1), self._y(after.value))
                found.append(tuple(place(end) for end in ends))
        return [(a, b, c, d) for a, b, c, d in found]

    @property
    def band(self) -> str:
        """Outline of the band in a square of 100 by 100; empty without one."""
        known = [
            (at, p.low, p.high)
            for at, p in enumerate(self.points)
            if p.low is not None and p.high is not None
        ]
        upper = [f"{100 * self._x(at):.2f},{100 * self._y(high):.2f}" for at, _, high in known]
        lower = [f"{100 * self._x(at):.2f},{100 * self._y(low):.2f}" for at, low, _ in known]
        return " ".join(upper + lower[::-1])

    def _x(self, at: int) -> float:
        return (at + 0.5) / max(len(self.points), 1)

    def _y(self, value: float) -> float:
        # A little room, so that the stroke at either end is not cut.
        return 0.96 - 0.92 * min(max(value / self.top, 0.0), 1.0)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    if value < _LEAST_SCALE:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 5, 10) if value <= step * power * (1 + 1e-9))


def heat(value: float, most: float) -> int:
    """0 (nothing) to `HEAT_LEVELS`: how strongly a cell is coloured."""
    if value <= 0 or most <= 0:
        return 0
    return min(HEAT_LEVELS, ceil(HEAT_LEVELS * value / most))


@dataclass(frozen=True)
class Cell:
    """One cell of a heat strip."""

    label: str
    value: float | None
    note: Markup | str = ""


@dataclass(frozen=True)
class Strip:
    """A heat strip: one row of cells, the darker the more."""

    cells: tuple[Cell, ...]
    unit: str = ""
    decimals: int = 0

    @property
    def placed(self) -> list[tuple[Cell, str, str, int]]:
        """Each cell with its place, width and level (-1: unknown)."""
        most = max((cell.value or 0 for cell in self.cells), default=0)
        width = 1 / max(len(self.cells), 1)
        return [
            (
                cell,
                place(at * width),
                place(width * 0.94),
                -1 if cell.value is None else heat(cell.value, most),
            )
            for at, cell in enumerate(self.cells)
        ]

    def figure(self, value: float | None) -> str:
        """A value as it is written."""
        return "-" if value is None else f"{value:,.{self.decimals}f}{self.unit}"


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: ``bits`` for (+) or against (-)."""

    word: Markup
    bits: float
    note: Markup | str = ""


@dataclass(frozen=True)
class Waterfall:
    """Evidence that adds up: each step begins where the one before it ended."""

    steps: tuple[Step, ...]

    @property
    def total(self) -> float:
        """The sum."""
        return sum(step.bits for step in self.steps)

    @property
    def _scale(self) -> tuple[float, float]:
        ends, level = [0.0], 0.0
        for step in self.steps:
            level += step.bits
            ends.append(level)
        return min(ends), max(max(ends) - min(ends), 1e-9)

    @property
    def zero(self) -> str:
        """Where neither side is favoured."""
        low, span = self._scale
        return place(-low / span)

    @property
    def placed(self) -> list[tuple[Step, str, str]]:
        """Each step with the place and the width of its bar."""
        low, span = self._scale
        found, level = [], 0.0
        for step in self.steps:
            start = min(level, level + step.bits)
            found.append((step, place((start - low) / span), place(abs(step.bits) / span)))
            level += step.bits
        return found

    @property
    def sum_bar(self) -> tuple[str, str]:
        """Place and width of the bar of the sum."""
        low, span = self._scale
        return place((min(0.0, self.total) - low) / span), place(abs(self.total) / span)
