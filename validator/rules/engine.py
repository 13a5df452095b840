"""Runs rules over a facts frame: expressions in, findings out.

A rule whose expression cannot be computed is not a data finding and never a pass: its code is
reported in ``not_evaluated`` and every record of the slice becomes class S.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validator.rules.model import Rule

FINDING_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "order": pl.UInt16,
    "code": pl.String,
    "message": pl.String,
    "suggestion": pl.String,
}


# Whatever a rule does wrong is a fault of the rule, never of the data; a panic of the engine
# below is no Exception of Python's.
_CRASHES = (Exception, pl.exceptions.PanicException)


@dataclass(frozen=True)
class Evaluated:
    """``broken``: one Boolean column a rule (named by code); ``not_evaluated``: failed codes."""

    broken: pl.DataFrame
    not_evaluated: tuple[str, ...]


def evaluate(frame: pl.DataFrame, rules: Sequence[Rule]) -> Evaluated:
    """Evaluate every rule on every row of ``frame``."""
    columns = {rule.code: rule.when.fill_null(False) for rule in rules}
    try:
        # Lazy: what several rules ask of a column is computed once.
        return Evaluated(frame.lazy().select(**columns).collect(), ())
    except _CRASHES:
        return _one_by_one(frame, columns)


def _one_by_one(frame: pl.DataFrame, columns: dict[str, pl.Expr]) -> Evaluated:
    results: list[pl.Series] = []
    failed: list[str] = []
    for code, expression in columns.items():
        try:
            results.append(frame.select(expression.alias(code)).to_series())
        except _CRASHES:
            failed.append(code)
            results.append(pl.Series(code, [False]).new_from_index(0, frame.height))
    return Evaluated(pl.DataFrame(results), tuple(failed))


def findings(
    frame: pl.DataFrame, broken: pl.DataFrame, rules: Sequence[Rule], lang: str
) -> pl.DataFrame:
    """One row a finding (`FINDING_SCHEMA`): messages are rendered here, at the edge.

    ``order`` is the place of the rule in ``rules``.
    """
    parts: list[pl.DataFrame] = []
    for order, rule in enumerate(rules):
        hit = broken.get_column(rule.code)
        if not hit.any():
            continue
        # Lazy: of some hundred columns only those that the words name are filtered.
        parts.append(_worded(frame.lazy().filter(hit), order, rule, lang))
    if not parts:
        return pl.DataFrame(schema=FINDING_SCHEMA)
    return pl.concat(parts)


def _worded(rows: pl.LazyFrame, order: int, rule: Rule, lang: str) -> pl.DataFrame:
    """The findings of one rule; where its words cannot be made, the fact still stands."""
    facts = [
        pl.col("row"),
        pl.lit(order, dtype=pl.UInt16).alias("order"),
        pl.lit(rule.code).alias("code"),
    ]
    nothing = pl.lit(None, dtype=pl.String)
    suggestion = nothing if rule.suggestion is None else rule.suggestion.cast(pl.String)
    try:
        return rows.select(
            *facts, _message(rule, lang).alias("message"), suggestion.alias("suggestion")
        ).collect()
    except _CRASHES:
        plain = re.sub(r"\{\w+\}", "?", rule.message.get(lang))
        words = (pl.lit(plain).alias("message"), nothing.alias("suggestion"))
        return rows.select(*facts, *words).collect()


def _message(rule: Rule, lang: str) -> pl.Expr:
    template = rule.message.get(lang)
    if not rule.params:
        return pl.lit(template)
    pieces: list[pl.Expr] = []
    rest = template
    while rest:
        before, brace, after = rest.partition("{")
        if before:
            pieces.append(pl.lit(before))
        if not brace:
            break
        name, _, rest = after.partition("}")
        param = rule.params[name]
        value = param if isinstance(param, pl.Expr) else param(lang)
        pieces.append(value.cast(pl.String).fill_null("?"))
    return pl.concat_str(pieces)
