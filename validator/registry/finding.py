"""Which rows may be a person of whom birth date and names are known (`model.Registry.find`)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

# What of a row tells whether it may be one of the people looked for.
FINDING_COLUMNS = ("n_birth", "n_kanji", "n_kana", "alias_kanji", "alias_kana")


def on_birth_dates(keys: pl.DataFrame) -> pl.Expr:
    """Rows with one of the birth dates: pages of a stored registry without any are not read."""
    return pl.col("n_birth").is_in(keys.get_column("n_birth").drop_nulls().unique().implode())


def may_be(rows: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The rows (with `FINDING_COLUMNS`) that may be one of ``keys``, each once."""
    rows = rows.filter(on_birth_dates(keys)).with_row_index("_position")
    found = [
        rows.join(keys.select("n_birth", name).drop_nulls(), on=["n_birth", name], how="semi")
        for name in ("n_kanji", "n_kana")
    ]
    alias = pl.col("alias_kanji").is_not_null() | pl.col("alias_kana").is_not_null()
    places = pl.concat([*found, rows.filter(alias)]).get_column("_position").unique()
    return rows.filter(pl.col("_position").is_in(places.implode())).drop("_position")


def chosen(columns: Sequence[str] | None) -> list[str] | None:
    """The columns to hand out, ``number`` first; null for all."""
    if columns is None:
        return None
    return ["number", *(name for name in columns if name != "number")]
