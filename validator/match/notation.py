"""Differences of notation that were seen through: how often, by item and step.

They never reach a clerk as a hold; the report only says how many there were.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validator.fields.levels import Level
from validator.match.levels import ITEMS

NOTATION_SCHEMA: dict[str, type[pl.DataType]] = {
    "item": pl.String,
    "step": pl.String,
    "records": pl.Int64,
}
NUMBER = "my_number"
NUMBER_STEP = "NUMBER_NOTATION"


def notations(facts: pl.DataFrame) -> pl.DataFrame:
    """``item, steps, records`` of one slice: which steps made an item ``equivalent``."""
    parts = []
    for item in (NUMBER, *ITEMS):
        equal = facts.filter(pl.col(f"level_{item}") == Level.EQUIVALENT.value)
        steps = pl.lit(NUMBER_STEP) if item == NUMBER else pl.col(f"steps_{item}")
        # A literal alone would be one row even of an empty frame.
        named = equal.select("row", steps=steps)
        counted = named.group_by("steps").len("records")
        parts.append(
            counted.select(pl.lit(item).alias("item"), "steps", pl.col("records").cast(pl.Int64))
        )
    return pl.concat(parts)


def notation_counts(slices: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """`NOTATION_SCHEMA` of all slices: a record counts once for each step that it needed."""
    return (
        pl.concat(slices)
        .with_columns(step=pl.col("steps").str.split("+"))
        .explode("step")
        .filter(pl.col("step") != "")
        .group_by("item", "step")
        .agg(pl.col("records").sum())
        .sort("item", "records", "step", descending=[False, True, False])
        .select(*NOTATION_SCHEMA)
    )
