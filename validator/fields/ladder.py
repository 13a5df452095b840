"""A comparison ladder: the first rung that makes two values equal, and the steps it took.

Rungs are cumulative: rung *n* is applied to what rung *n − 1* left. A step is named only if
it has taken a difference away: a rung that changed both sides alike explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from validator.fields.levels import Level

Step = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True, slots=True)
class Rung:
    """One allowed normalisation. ``code`` names it in ``steps``.

    ``touches`` is a regex for the characters that it may change: two values that hold the same
    ones in the same order have not become equal through this rung.
    """

    code: str
    apply: Step
    touches: str


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
    sides = sides.with_columns(equal_at.alias("equal_at"))
    changed = {
        rung.code: (pl.col("equal_at") >= n)
        & ((pl.col(f"a{n}") != pl.col(f"a{n - 1}")) | (pl.col(f"b{n}") != pl.col(f"b{n - 1}")))
        for n, rung in enumerate(rungs, start=1)
    }
    needed = {
        rung.code: changed[rung.code] & ~_alike(f"a{n - 1}", f"b{n - 1}", rung.touches)
        for n, rung in enumerate(rungs, start=1)
    }
    return sides.select(
        "equal_at", changed=_joined(changed), needed=_joined(needed)
    ).select(
        level=pl.when(pl.col("equal_at") == 0)
        .then(pl.lit(Level.SAME.value))
        .when(pl.col("equal_at").is_not_null())
        .then(pl.lit(Level.EQUIVALENT.value))
        .otherwise(None),
        steps=pl.when(pl.col("needed") == "").then("changed").otherwise("needed"),
    )


def _alike(a: str, b: str, touches: str) -> pl.Expr:
    """True where both sides hold the same touched characters in the same order."""
    return pl.col(a).str.extract_all(touches) == pl.col(b).str.extract_all(touches)


def _joined(conditions: dict[str, pl.Expr]) -> pl.Expr:
    return pl.concat_str(
        *(pl.when(c.fill_null(value=False)).then(pl.lit(code)) for code, c in conditions.items()),
        separator="+",
        ignore_nulls=True,
    )
