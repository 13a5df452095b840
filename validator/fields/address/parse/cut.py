"""From places in the key to the written text."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.key import padded_length, written_length


def written_lengths(texts: pl.Series, key_lengths: pl.Series) -> pl.Series:
    """How many written characters the first ``key_lengths`` of each key stand for (Int64)."""
    padded = padded_length(texts, key_lengths)
    return (
        pl.DataFrame({"text": texts, "padded": padded})
        .select(written_length(pl.col("text"), pl.col("padded")))
        .to_series()
    )


def written_between(rows: pl.DataFrame, begin: pl.Expr, end: pl.Expr | None = None) -> pl.Series:
    """What was written between two places of the key, or from one on.

    ``rows``: ``written``, ``text`` (padded) and what the expressions need.
    """
    spans = rows.select("written", "text", begin=begin, end=begin if end is None else end)
    begin_at = written_lengths(spans["text"], spans["begin"])
    if end is None:
        return spans.select(pl.col("written").str.slice(pl.lit(begin_at))).to_series()
    end_at = written_lengths(spans["text"], spans["end"])
    return spans.select(
        pl.col("written").str.slice(pl.lit(begin_at), pl.lit(end_at - begin_at))
    ).to_series()


def scatter(frame: pl.DataFrame, at: pl.Series, columns: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with some rows of some columns replaced."""
    return frame.with_columns(
        frame[name].clone().scatter(at, columns[name]).alias(name) for name in columns.columns
    )
