"""What comparison needs beside the parts: kinds of numbers, rooms, reasons."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.building import read_buildings
from validator.fields.address.parse.cut import written_between

_OMITTED = {
    "P": "PREF_OMITTED",
    "A": "PREF_SHORTENED",
    "C": "COUNTY_OMITTED",
    "S": "CITY_OMITTED",
    "W": "WARD_OMITTED",
    "O": "OLD_MUNICIPALITY",
}


def details(frame: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """The columns `DETAIL` of addresses.py."""
    towns = gazetteer.towns
    twin = towns["streets"].gather(frame["town_row"]).fill_null(value=False)
    said = written_between(frame, pl.col("street_at"), pl.col("town_at")).str.contains(
        "[丁町]目?\\s*$"
    )
    chome_kind = (
        pl.when(pl.col("chome").is_null())
        .then(pl.lit(""))
        .when(pl.lit(said))
        .then(pl.lit("c"))
        .otherwise(pl.lit("h"))
    )
    omitted = pl.col("omitted").fill_null("")
    reasons = [
        *(pl.when(omitted.str.contains(c)).then(pl.lit(code)) for c, code in _OMITTED.items()),
        pl.when(pl.col("contradicted")).then(pl.lit("PREF_CONTRADICTS")),
        pl.when(pl.col("ambiguous")).then(pl.lit("AMBIGUOUS")),
        pl.col("second").cast(pl.String),
        pl.when((pl.col("unknown") > 0) & pl.col("town_row").is_null()).then(
            pl.lit("TOWN_UNLISTED")
        ),
        pl.when((pl.col("unknown") > 0) & pl.col("town_row").is_not_null()).then(
            pl.lit("KOAZA_UNLISTED")
        ),
        pl.when(pl.col("new_chome").is_not_null()).then(pl.lit("CHOME_UNLISTED")),
        pl.when(pl.lit(twin) & (pl.col("street") == "")).then(pl.lit("KYOTO_TWIN")),
    ]
    return (
        frame.select(
            "muni_code",
            "oaza",
            "chome",
            "koaza",
            pl.col("numbers").fill_null(""),
            kinds=chome_kind + pl.col("kinds").fill_null(""),
            letters="letters",
        )
        .hstack(read_buildings(frame["building"]))
        .hstack(
            frame.select(
                "postal_code",
                "remark",
                dropped=pl.col("full").str.slice(0, pl.col("front")),
                ambiguous=pl.col("ambiguous").fill_null(value=False)
                | (pl.lit(twin) & (pl.col("street") == "")),
                old_municipality=omitted.str.contains("O"),
                reasons=pl.concat_str(reasons, separator="+", ignore_nulls=True),
            )
        )
    )
