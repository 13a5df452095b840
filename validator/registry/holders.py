"""Of several rows with one number, which one speaks for it (contract, registry columns).

Identical rows count once; a resident row wins over the others; two different live rows make a
conflict, and so does a row whose status could not be read. Where no row is live, the newest
as-of date wins, then the first row.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from validator.registry.model import HOLDER_COLUMNS, RAW_COLUMNS, STATUS_UNKNOWN
from validator.registry.problems import listed, none_listed

_LIVE = "resident"
# the same row extracted on another day is the same row
_CONTENT = tuple(name for name in RAW_COLUMNS if name != "as_of")


@dataclass(frozen=True)
class Assigned:
    """Rows after the rules: columns `HOLDER_COLUMNS`.

    ``holders``: one row for each usable number, sorted by it. ``others``: every other row, with
    its number or null. ``problems``: ``source, row, field, problem``.
    """

    holders: pl.DataFrame
    others: pl.DataFrame
    problems: pl.DataFrame


def assign_holders(frame: pl.DataFrame) -> Assigned:
    """Split rows (`problems.read_values`) into holders and others; identical rows count once."""
    usable = pl.col("number").is_not_null()
    shared = usable & pl.col("number").is_duplicated()
    single = frame.filter(usable & ~pl.col("number").is_duplicated()).with_columns(
        (pl.col("status") == STATUS_UNKNOWN).fill_null(False).alias("conflict")
    )
    unnumbered, repeated_unnumbered = _once(frame.filter(~usable), "my_number")
    several, repeated = _once(frame.filter(shared), "number")
    ranked = _ranked(several)
    first = ranked.unique("number", keep="first", maintain_order=True)
    superseded = ranked.join(first.select("source", "row"), on=["source", "row"], how="anti")
    multiple = ranked.filter(pl.len().over("number") > 1)
    clashing = pl.col("live_rows") > 1
    problems = [
        listed(repeated_unnumbered, "row", "identical_row"),
        listed(repeated, "row", "identical_row"),
        listed(multiple.filter(~clashing), "my_number", "duplicate_number"),
        listed(multiple.filter(clashing), "my_number", "conflicting_rows"),
    ]
    unclaimed = unnumbered.with_columns(pl.lit(False).alias("conflict"))
    return Assigned(
        holders=pl.concat([single.select(HOLDER_COLUMNS), first.select(HOLDER_COLUMNS)]).sort(
            "number"
        ),
        others=pl.concat([superseded.select(HOLDER_COLUMNS), unclaimed.select(HOLDER_COLUMNS)]),
        problems=pl.concat([none_listed(), *problems]),
    )


def _once(rows: pl.DataFrame, number: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each different row once (the newest), and the repeats."""
    newest_first = rows.with_columns(pl.col("status").fill_null(_LIVE).alias("_status")).sort(
        "as_of_day", "source", "row", descending=[True, False, False], nulls_last=True
    )
    content = [number, "_status", *(name for name in _CONTENT if name != "status")]
    kept = newest_first.unique(content, keep="first", maintain_order=True).drop("_status")
    repeats = rows.join(kept.select("source", "row"), on=["source", "row"], how="anti")
    return kept, repeats


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    live = pl.col("status").is_null() | (pl.col("status") == _LIVE)
    unknown = pl.col("status") == STATUS_UNKNOWN
    rank = pl.when(live).then(0).when(unknown).then(1).otherwise(2)
    return (
        rows.with_columns(rank.alias("rank"))
        .with_columns(
            (pl.col("rank") == 0).sum().over("number").alias("live_rows"),
            (pl.col("rank") == 1).any().over("number").alias("unknown_rows"),
        )
        .with_columns(((pl.col("live_rows") > 1) | pl.col("unknown_rows")).alias("conflict"))
        .sort(
            "number",
            "rank",
            "as_of_day",
            "source",
            "row",
            descending=[False, False, True, False, False],
            nulls_last=True,
        )
    )
