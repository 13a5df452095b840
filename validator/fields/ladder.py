"""A comparison ladder: the first rung that makes two values equal, and the steps it took.

Rungs are cumulative: rung *n* is applied to what rung *n − 1* left. A step is named only if
it has taken a difference away: a rung that changed both sides alike explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from validator.fields.levels import Level
from validator.fields.subset import compute_where

Step = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True, slots=True)
class Rung:
    """One allowed normalisation. ``code`` names it in ``steps``.

    ``touches`` is a regex for the characters that it may change: a value without any stays as it
    is, and two values that hold the same ones in the same order have not become equal through it.
    ``marks``: likewise, for what an earlier rung has left for this one to change; nobody has
    written it, so the two values need not hold the same.
    """

    code: str
    apply: Step
    touches: str
    marks: str | None = None


def fold(text: pl.Expr, rungs: Sequence[Rung]) -> pl.Expr:
    """``text`` after all ``rungs``."""
    for rung in rungs:
        text = rung.apply(text)
    return text


def touched(texts: pl.Series, rung: Rung) -> pl.Series:
    """Which of ``texts`` ``rung`` may change (Boolean, null for null)."""
    return texts.str.contains(f"{rung.touches}|{rung.marks}" if rung.marks else rung.touches)


def applied(texts: pl.Series, where: pl.Series, rung: Rung) -> pl.Series:
    """``texts`` after ``rung``, which only looks at those that it may change (`touched`)."""
    places = where.arg_true()
    if places.is_empty():
        return texts
    whole = len(places) == len(texts)
    some = (texts if whole else texts.gather(places)).to_frame()
    changed = some.select(rung.apply(pl.col(texts.name))).to_series()
    # scatter writes into the series it is called on.
    return changed if whole else texts.clone().scatter(places, changed)


def equal_text(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    """The plainest end of a ladder: the folded texts are equal."""
    return a == b


def climb(
    pairs: pl.DataFrame,
    rungs: Sequence[Rung],
    equal: Callable[[pl.Expr, pl.Expr], pl.Expr] = equal_text,
) -> pl.DataFrame:
    """Compare ``submitted`` with ``registry`` (String, neither null) row by row.

    Returns ``level`` (same, equivalent, or null where no rung made them equal), ``steps``
    (String, codes joined by "+", "" for same; of an unequal pair the rungs that took some
    difference away), and ``a``, ``b``: both values after the rungs they needed. ``equal`` tells
    whether two folded texts are the same for whoever goes on where the ladder ends.
    """
    blank = pl.lit("")
    todo = pairs.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("pair"),
        a="submitted",
        b="registry",
        changed=blank,
        needed=blank,
    )
    done = [_finished(todo.filter(pl.col("a") == pl.col("b")), Level.SAME)]
    todo = todo.filter(pl.col("a") != pl.col("b"))
    for rung in rungs:
        if todo.is_empty():
            break
        # One look is cheaper than a step; most rungs have nothing to do in a small batch.
        where = touched(todo["a"], rung), touched(todo["b"], rung)
        if not any(side.any() for side in where):
            continue
        todo = _step(todo, rung, where)
        # Only what is still unequal goes on to the next rung.
        reached = todo["a"] == todo["b"]
        done.append(_finished(todo.filter(reached), Level.EQUIVALENT))
        todo = todo.filter(~reached)
    open_level = pl.lit(None, dtype=pl.String)
    done.append(todo.select("pair", "a", "b", level=open_level, steps="needed"))
    climbed = pl.concat(done).sort("pair").hstack(pairs.select("submitted", "registry"))
    return _decide_doubts(climbed, rungs, equal).select("level", "steps", "a", "b")


def _decide_doubts(
    climbed: pl.DataFrame,
    rungs: Sequence[Rung],
    equal: Callable[[pl.Expr, pl.Expr], pl.Expr],
) -> pl.DataFrame:
    """A rung in doubt is named if the pair is unequal without it, or nothing else is named."""
    for rung in rungs:
        doubt = f"{rung.code}?"
        some = climbed.filter(pl.col("steps").str.contains(doubt, literal=True))
        if some.is_empty():
            continue
        others = [other for other in rungs if other is not rung]
        without = equal(fold(pl.col("submitted"), others), fold(pl.col("registry"), others))
        needless = some.filter(pl.col("steps") != doubt).filter(without)["pair"]
        kept = pl.col("steps").str.replace(doubt, rung.code, literal=True)
        fenced = pl.lit("+") + pl.col("steps") + pl.lit("+")
        dropped = fenced.str.replace(f"+{doubt}+", "+", literal=True).str.strip_chars("+")
        climbed = climbed.with_columns(
            steps=pl.when(pl.col("pair").is_in(needless.implode())).then(dropped).otherwise(kept)
        )
    return climbed


def _finished(rows: pl.DataFrame, level: Level) -> pl.DataFrame:
    named = pl.when(pl.col("needed") == "").then("changed").otherwise("needed")
    return rows.select("pair", "a", "b", level=pl.lit(level.value), steps=named)


def _step(todo: pl.DataFrame, rung: Rung, where: tuple[pl.Series, pl.Series]) -> pl.DataFrame:
    after = todo.with_columns(
        applied(todo[side], may_change, rung).alias(f"next_{side}")
        for side, may_change in zip("ab", where, strict=True)
    ).with_columns(moved_a=pl.col("next_a") != pl.col("a"), moved_b=pl.col("next_b") != pl.col("b"))
    both = after.select(pl.col("moved_a") & pl.col("moved_b")).to_series()
    signs = {"signs": _signs("a", rung.touches) == _signs("b", rung.touches)}
    after = compute_where(after, both, signs, {"signs": pl.lit(value=False)})
    same_places = _gaps("a", rung.touches) == _gaps("b", rung.touches)
    after = compute_where(
        after,
        after["signs"],
        {"share": pl.when(same_places).then(pl.lit(_ALL)).otherwise(pl.lit(_SIGNS))},
        {
            "share": pl.when(~pl.col("moved_a") & ~pl.col("moved_b"))
            .then(pl.lit(_ALL))
            .otherwise(pl.lit(_SOME))
        },
    )
    moved = pl.col("moved_a") | pl.col("moved_b")
    needed = _append("needed", moved & (pl.col("share") != _ALL), rung.code)
    doubted = _append("needed", moved & (pl.col("share") == _SIGNS), f"{rung.code}?")
    return after.select(
        "pair",
        a="next_a",
        b="next_b",
        changed=_append("changed", moved, rung.code),
        needed=pl.when(pl.col("share") == _SIGNS).then(doubted).otherwise(needed),
    )


def _append(column: str, condition: pl.Expr, code: str) -> pl.Expr:
    text = pl.col(column)
    longer = pl.when(text == "").then(pl.lit(code)).otherwise(text + f"+{code}")
    return pl.when(condition).then(longer).otherwise(text)


# What both sides have in common of the characters that a rung may change. ``all``: the same at the
# same places, so the rung explains nothing; ``signs``: the same, but something else shifts their
# places, so it may; ``some``: it does.
_ALL, _SIGNS, _SOME = "all", "signs", "some"


def _signs(column: str, touches: str) -> pl.Expr:
    return pl.col(column).str.extract_all(touches)


def _gaps(column: str, touches: str) -> pl.Expr:
    """How far each touched character stands behind the one before it."""
    between = pl.col(column).str.replace_all(touches, "\x00").str.split("\x00")
    lengths = between.list.eval(pl.element().str.len_chars())
    return lengths.list.head(lengths.list.len() - 1)
