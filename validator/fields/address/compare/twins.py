"""Towns of Kyoto whose name occurs twice in one ward: only the street tells them apart."""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.address.gazetteer.store import DATA


@cache
def _twins() -> pl.DataFrame:
    """``prefecture, city, oaza`` of such towns."""
    towns = (
        pl.scan_parquet(DATA / "towns.parquet")
        .filter(pl.col("streets") & pl.col("second").is_null())
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
    asked = frame.select(prefecture="s_prefecture", city="s_city", oaza="s_oaza")
    found = asked.join(
        _twins().with_columns(twin=pl.lit(value=True)),
        on=["prefecture", "city", "oaza"],
        how="left",
        maintain_order="left",
    )
    return found["twin"].fill_null(value=False)
