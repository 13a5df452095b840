"""Figures of a benchmark as Markdown, and the bars they are held against."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, Measured

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
GIB = 2**30

TIMES_BASELINE = 5.0
TIMES_FLOOR = 6.0
PEAK_GIB = 4.0
SMALL_CHECK_SECONDS = 1.5
HELP_SECONDS = 0.25
GROWTH = 1.2


@dataclass(frozen=True)
class Figures:
    """Everything that was measured. ``checks``: `validator check` by number of records."""

    checks: Mapping[int, Measured]
    floor: Measured
    baseline: Measured
    help: Measured
    make_up: Mapping[str, Any]

    @property
    def largest(self) -> int:
        """Records of the largest batch."""
        return max(self.checks)

    @property
    def growth(self) -> float:
        """Cost per record of the largest batch over that of a tenth of it, without start-up."""
        start = self.checks[min(self.checks)].wall
        few, many = self.largest // 10, self.largest
        dear = (self.checks[many].wall - start) / many
        return dear / ((self.checks[few].wall - start) / few)


@dataclass(frozen=True)
class Bar:
    """One promise, the figure that was measured, and whether it is kept."""

    promise: str
    figure: str
    kept: bool


def bars(figures: Figures) -> list[Bar]:
    """The bars of the full benchmark."""
    whole = figures.checks[figures.largest]
    faster = figures.baseline.wall / whole.wall
    above = whole.wall / figures.floor.wall
    small = figures.checks[100].wall
    differing = figures.make_up["disagreements"]
    helped, growth = figures.help.wall, figures.growth
    return [
        Bar("same verdict and class as the baseline", f"{differing} differ", differing == 0),
        _at_least(TIMES_BASELINE, faster, "×", "as fast as the baseline"),
        _at_most(TIMES_FLOOR, above, "×", "the floor"),
        _at_most(PEAK_GIB, whole.peak / GIB, "GiB", "peak memory"),
        _at_most(SMALL_CHECK_SECONDS, small, "s", "for 100 records"),
        _at_most(HELP_SECONDS, helped, "s", "for `--help`"),
        _at_most(GROWTH, growth, "×", "the cost per record of a tenth"),
    ]


def _at_least(bar: float, figure: float, unit: str, what: str) -> Bar:
    return Bar(f"≥ {bar:g} {unit} {what}", f"{figure:.2f} {unit}", figure >= bar)


def _at_most(bar: float, figure: float, unit: str, what: str) -> Bar:
    return Bar(f"≤ {bar:g} {unit} {what}", f"{figure:.2f} {unit}", figure <= bar)


def render(figures: Figures, *, judged: bool) -> str:
    """All tables; with ``judged`` the bars too."""
    parts = ["### Machine", "", *_machine(), "", "### The batch", "", *_batch(figures.make_up)]
    parts += ["", "### Whole processes", "", *_processes(figures)]
    if judged:
        parts += ["", "### Bars", "", *_bars(bars(figures))]
    else:
        parts += [
            "",
            f"Cost per record over that of a tenth: {figures.growth:.2f} × (no bars here).",
        ]
    return "\n".join(parts) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in header[1:])]
    return [f"| {' | '.join(row)} |" for row in (header, rule, *rows)]


def _machine() -> list[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    facts = [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        ", ".join(f"{name} {_version(name)}" for name in ("shikaku-validator", "polars")),
    ]
    return [f"- {fact}" for fact in facts]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "processor unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "processor unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "from the checkout"


def _batch(make_up: Mapping[str, Any]) -> list[str]:
    records = make_up["records"]
    words = {
        "equal_as_written": "pass, equal as written",
        "notation_compared": "pass, another notation of the number or an item",
        "notation_elsewhere": "pass, another notation of a date, postal code or flag",
        "held": "held",
        "returned": "returned",
    }
    shares = [
        (text, f"{make_up['counts'][name]:,}", f"{make_up['counts'][name] / records:.2%}")
        for name, text in words.items()
    ]
    classes = ", ".join(f"{name}: {count:,}" for name, count in make_up["by_class"].items())
    items = [
        (f"`{item}`", f"{make_up['distinct'][item]:,}", f"{make_up['equivalent'][item]:,}")
        for item in make_up["distinct"]
    ]
    return [
        *_table(["of the records", "count", "share"], shares),
        "",
        f"{records:,} records, {make_up['registry']:,} registry rows. Hold classes: {classes}.",
        "",
        *_table(["item", "distinct values", "records with level `equivalent`"], items),
    ]


def _processes(figures: Figures) -> list[str]:
    largest = f"{figures.largest:,} records"
    named = [(f"`check`, {n:,} record{'s' if n > 1 else ''}", m) for n, m in figures.checks.items()]
    named += [(f"floor, {largest}", figures.floor), (f"baseline, {largest}", figures.baseline)]
    named += [("`validator --help`", figures.help)]
    whole = figures.checks[figures.largest].wall
    rows = [
        (
            name,
            f"{m.wall:.2f}",
            f"{m.fastest:.2f}–{m.slowest:.2f}",
            str(m.runs),
            f"{m.cpu:.2f}",
            f"{m.peak / GIB:.2f}",
            f"{m.wall / whole:.2f}" if largest in name else "",
        )
        for name, m in named
    ]
    header = [
        "process",
        "wall s (median)",
        "range",
        "runs",
        "CPU s",
        "peak GiB",
        "relative to `check`",
    ]
    return _table(header, rows)


def _bars(found: Iterable[Bar]) -> list[str]:
    rows = [(bar.promise, bar.figure, "kept" if bar.kept else "**missed**") for bar in found]
    return _table(["bar", "measured", ""], rows)


def write_page(text: str, page: Path = PAGE) -> None:
    """Replace what stands between the marks of the page. ValueError: the marks are not there."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for the figures")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
