"""Towns of which the data says more: twice in one ward of Kyoto, numbered anew in each 小字."""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.address.gazetteer.store import DATA


@cache
def _twins() -> pl.DataFrame:
    """``prefecture, city, oaza`` of towns whose name occurs twice in one ward."""
    return _flagged("streets")


@cache
def _restarting() -> pl.DataFrame:
    """``prefecture, city, oaza`` of towns in which each 小字 has its own 1番地."""
    return _flagged("koazabanchi")


def _flagged(flag: str) -> pl.DataFrame:
    towns = (
        pl.scan_parquet(DATA / "towns.parquet")
        .filter(pl.col(flag) & pl.col("second").is_null())
        .select("municipality", oaza=pl.coalesce("name", "key"))
        .collect()
    )
    places = pl.read_parquet(DATA / "municipalities.parquet", columns=["prefecture", "city"])
    return towns.select("oaza").hstack(places[towns["municipality"]]).unique()


def twin_towns(frame: pl.DataFrame) -> pl.Series:
    """``twin`` (Boolean): both sides (prefixes ``s_``, ``r_``) name such a town."""
    none = pl.repeat(value=False, n=frame.height, eager=True).alias("twin")
    if not (frame["s_prefecture"] == "京都府").any():
        return none
    return _among(frame, _twins())


def numbered_once(frame: pl.DataFrame) -> pl.Series:
    """Whether the data has the town and its numbers do not begin anew in each 小字 (Boolean).

    There 大字 and number are one home, and a 小字 may be left out (行政実例 昭和38年5月14日).
    """
    listed = ~frame["s_reasons"].fill_null("").str.contains("TOWN_UNLISTED")
    return listed & (frame["s_oaza"] != "") & ~_among(frame, _restarting())


def _among(frame: pl.DataFrame, towns: pl.DataFrame) -> pl.Series:
    asked = frame.select(prefecture="s_prefecture", city="s_city", oaza="s_oaza")
    found = asked.join(
        towns.with_columns(found=pl.lit(value=True)),
        on=["prefecture", "city", "oaza"],
        how="left",
        maintain_order="left",
    )
    return found["found"].fill_null(value=False).alias("twin")
