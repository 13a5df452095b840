"""京都の通り名: 河原町通三条上る恵比須町 is the town 恵比須町, reached by streets."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, Towns
from validator.fields.address.parse.town import CLEAN, find_towns

# The last of 上る, 下る, 東入, 西入 … ends the streets (が has become ケ in the key).
_STREETS = r"^(.*(?:[上下]ケ?[るルﾙ]|[東西南北]入[るル]?))"
_CHOME = "^([0-9]{1,2}-)[^0-9]"
_HINT = "[上下]ケ?[るル]|[東西南北]入|通"
_LONGEST_STREET = 40


def cut_streets(readings: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """``readings`` with ``street`` (characters cut off the front of ``rest``)."""
    readings = readings.with_columns_seq(street=pl.lit(0, dtype=pl.Int64))
    inside = _in_kyoto(readings, gazetteer)
    if not inside.any():
        return readings
    cut = readings.filter(inside & readings["rest"].str.contains(_HINT))
    cut = cut.with_columns(
        street=pl.col("rest").str.slice(0, _LONGEST_STREET).str.extract(_STREETS, 1)
        .str.len_chars().fill_null(0).cast(pl.Int64)
    )  # fmt: skip
    cut = cut.filter(pl.col("street") > 0).with_columns(
        rest=pl.col("rest").str.slice(pl.col("street"))
    )
    if cut.is_empty():
        return readings
    # 大橋東入三丁目長光町: a 丁目 of the street.
    size = pl.col("rest").str.extract(_CHOME, 1).str.len_chars().cast(pl.Int64)
    further = cut.with_columns(size=size).drop_nulls("size").with_columns(
        street=pl.col("street") + pl.col("size"), rest=pl.col("rest").str.slice(pl.col("size"))
    )  # fmt: skip
    return pl.concat([readings, cut, further.drop("size")])


def search_towns(found: pl.DataFrame, gazetteer: Gazetteer, places: Towns) -> pl.DataFrame:
    """Rows of Kyoto without a town: look for one further on, behind streets without 上る."""
    inside = _in_kyoto(found, gazetteer)
    if not inside.any():
        return found
    placed = found["row"].filter(found["town"].is_not_null())
    missing = inside & found["town"].is_null() & (found["street"] == 0)
    missing = missing & ~found["row"].is_in(placed.implode())
    if not missing.any():
        return found
    lost = found.filter(missing).select(
        "row", "municipality", "omitted", "prefix", "used", "contradicted", "rest", "street"
    )
    tries = (
        lost.with_columns(
            street=pl.int_ranges(1, pl.col("rest").str.len_chars().clip(1, _LONGEST_STREET))
        )
        .explode("street")
        .drop_nulls("street")
        .cast({"street": pl.Int64})
        .with_columns(rest=pl.col("rest").str.slice(pl.col("street")))
    )
    tried = find_towns(tries, places).filter(
        pl.col("town").is_not_null()
        & pl.col("rest").str.slice(pl.col("all_used")).str.contains(CLEAN)
        & (pl.col("all_used") > 1)
    )
    # Every ward that is reached by the shortest street: a tie between wards must be seen as one.
    best = tried.filter(pl.col("street") == pl.col("street").min().over("row"))
    best = best.unique(["row", "municipality", "town"], keep="first", maintain_order=True)
    return pl.concat([found, best.select(found.columns)])


def _in_kyoto(readings: pl.DataFrame, gazetteer: Gazetteer) -> pl.Series:
    return gazetteer.kyoto.gather(readings["municipality"])
