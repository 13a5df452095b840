"""A comparison ladder: the first rung that makes two values equal, and the steps it took.

Rungs are cumulative: rung *n* is applied to what rung *n − 1* left. A step is named only if
the two values are not equal without it, so the named steps explain the equality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from validator.fields.levels import Level

Step = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True, slots=True)
class Rung:
    """One allowed normalisation. ``code`` names it in ``steps``."""

    code: str
    apply: Step


def fold(text: pl.Expr, rungs: Sequence[Rung]) -> pl.Expr:
    """``text`` after all ``rungs``."""
    for rung in rungs:
        text = rung.apply(text)
    return text


def climb(pairs: pl.DataFrame, rungs: Sequence[Rung]) -> pl.DataFrame:
    """Compare ``submitted`` with ``registry`` (String, neither null) row by row.

    Returns ``level`` (same, equivalent, or null where no rung made them equal) and ``steps``
    (String, codes joined by "+", "" for same).
    """
    last = len(rungs)
    sides = pairs.select(
        pl.col("submitted").alias("a0"), pl.col("registry").alias("b0")
    )
    for n, rung in enumerate(rungs, start=1):
        sides = sides.with_columns(
            rung.apply(pl.col(f"a{n - 1}")).alias(f"a{n}"),
            rung.apply(pl.col(f"b{n - 1}")).alias(f"b{n}"),
        )
    equal_at = pl.coalesce(
        *(pl.when(pl.col(f"a{n}") == pl.col(f"b{n}")).then(pl.lit(n)) for n in range(last + 1)),
        pl.lit(None, dtype=pl.Int32),
    )
    sides = sides.with_columns(equal_at.alias("equal_at")).with_row_index("pair")
    named = [_needed(sides, rungs, n) for n in range(1, last + 1)]
    codes = pl.concat_list(
        *(
            pl.when(pl.col(f"needed{n}")).then(pl.lit(rung.code)).otherwise(None)
            for n, rung in enumerate(rungs, start=1)
        )
    )
    return sides.with_columns(named).select(
        level=pl.when(pl.col("equal_at") == 0)
        .then(pl.lit(Level.SAME.value))
        .when(pl.col("equal_at").is_not_null())
        .then(pl.lit(Level.EQUIVALENT.value))
        .otherwise(None),
        steps=codes.list.drop_nulls().list.join("+"),
    )


def _needed(sides: pl.DataFrame, rungs: Sequence[Rung], n: int) -> pl.Series:
    """Whether rung ``n`` is needed: it changed a side, and without it the sides stay apart."""
    changed_a = pl.col(f"a{n}") != pl.col(f"a{n - 1}")
    changed_b = pl.col(f"b{n}") != pl.col(f"b{n - 1}")
    used = pl.col("equal_at") >= n
    needed = sides.select((used & (changed_a | changed_b)).fill_null(False).alias(f"needed{n}")).to_series()
    # A rung that changed both sides alike (both names hold a space) explains nothing.
    both = sides.filter(used & changed_a & changed_b)
    if both.is_empty():
        return needed
    rest = rungs[n:]
    same_without = both.select(
        "pair", idle=fold(pl.col(f"a{n - 1}"), rest) == fold(pl.col(f"b{n - 1}"), rest)
    ).filter("idle")
    idle = pl.Series(dtype=pl.UInt32, values=[]) if same_without.is_empty() else same_without["pair"]
    return sides.select(
        (pl.lit(needed) & ~pl.col("pair").is_in(idle.implode())).alias(f"needed{n}")
    ).to_series()
