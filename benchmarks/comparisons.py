"""Measures ``validator compare`` on distinct pairs, half of them unequal, as a whole process.

    python -m benchmarks.comparisons [--rows N] [--runs N] [--write]

The equal half is written in another notation (half-width kana, another space); the unequal half is
an equal mix of another family name, another given name, and both. ``--write`` puts the figures
into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from benchmarks.measure import Measured, measure, validator
from benchmarks.report import GIB, PAGE
from shikaku_world.names import given_names, surnames
from shikaku_world.text import half_width_kana

SCRATCH = Path(__file__).resolve().parent.parent / ".bench"
BEGIN, END = "<!-- comparisons: begin -->", "<!-- comparisons: end -->"
SEED = 20261123
_WIDE = "\u3000"


def name_pairs(rows: int, seed: int = SEED) -> pl.DataFrame:
    """``rows`` distinct pairs of names, every second one unequal."""
    families, givens = surnames(), given_names()

    def drawn(table: pl.DataFrame, column: str, shift: int) -> pl.DataFrame:
        picked = table.sample(rows, with_replacement=True, shuffle=True, seed=seed + shift)
        return picked.select(pl.col(column, "reading"))

    family, given = drawn(families, "surname", 1), drawn(givens, "name", 2)
    other_family, other_given = drawn(families, "surname", 3), drawn(givens, "name", 4)
    parts = pl.DataFrame(
        {
            "f": family["surname"],
            "fk": family["reading"],
            "g": given["name"],
            "gk": given["reading"],
            "of": other_family["surname"],
            "ofk": other_family["reading"],
            "og": other_given["name"],
            "ogk": other_given["reading"],
        }
    ).with_row_index("n")
    unequal = pl.col("n") % 2 == 1
    kind = (pl.col("n") // 2) % 3
    new_family, new_given = unequal & (kind != 1), unequal & (kind != 0)

    def name(first: pl.Expr, second: pl.Expr, space: str) -> pl.Expr:
        return pl.concat_str(first, pl.lit(space), second)

    def chosen(where: pl.Expr, other: str, own: str) -> pl.Expr:
        return pl.when(where).then(pl.col(other)).otherwise(pl.col(own))

    return parts.select(
        submitted_kanji=name(pl.col("f"), pl.col("g"), " "),
        submitted_kana=half_width_kana(name(pl.col("fk"), pl.col("gk"), " ")),
        registry_kanji=name(chosen(new_family, "of", "f"), chosen(new_given, "og", "g"), _WIDE),
        registry_kana=name(chosen(new_family, "ofk", "fk"), chosen(new_given, "ogk", "gk"), _WIDE),
    )


def measure_names(rows: int, runs: int) -> tuple[Measured, int]:
    """Time and memory of ``validator compare name``, and how many of the pairs are distinct."""
    SCRATCH.mkdir(mode=0o700, exist_ok=True)
    pairs, out = SCRATCH / "name-pairs.csv", SCRATCH / "name-levels.csv"
    frame = name_pairs(rows)
    frame.write_csv(pairs)
    distinct = frame.n_unique()
    del frame
    command = validator("compare", "name", "--pairs", pairs, "--out", out)
    try:
        return measure(command, runs=runs, before=lambda: out.unlink(missing_ok=True)), distinct
    finally:
        pairs.unlink()
        out.unlink(missing_ok=True)


def render(measured: Measured, rows: int, distinct: int) -> str:
    """The figures as Markdown."""
    return (
        "| command | pairs | distinct | wall, median (range) | CPU | peak | pairs a second |\n"
        "|---|---|---|---|---|---|---|\n"
        f"| `validator compare name` | {rows:,} | {distinct:,} | {measured.wall:.1f} s"
        f" ({measured.fastest:.1f}–{measured.slowest:.1f}) | {measured.cpu:.1f} s"
        f" | {measured.peak / GIB:.2f} GiB | {rows / measured.wall:,.0f} |\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 once the figures are printed (or written)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparisons", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    measured, distinct = measure_names(options.rows, options.runs)
    text = render(measured, options.rows, distinct)
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
