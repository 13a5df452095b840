"""What comparison needs beside the parts: kinds of numbers, rooms, reasons."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.account import Account
from validator.fields.address.parse.building import LONGEST, read_buildings, read_dropped
from validator.fields.address.parse.overseas import overseas
from validator.fields.address.parse.unlisted import CHIWARI, CHOME

_OMITTED = {
    "P": "PREF_OMITTED",
    "A": "PREF_SHORTENED",
    "C": "COUNTY_OMITTED",
    "S": "CITY_OMITTED",
    "W": "WARD_OMITTED",
    "O": "OLD_MUNICIPALITY",
}


def details(frame: pl.DataFrame, account: Account) -> pl.DataFrame:
    """The columns `DETAIL` of addresses.py."""
    chome_kind = (
        pl.when(pl.col("chome").is_null())
        .then(pl.lit(""))
        .when("said_chome")
        .then(pl.lit("c"))
        .otherwise(pl.lit("h"))
    )
    frame = frame.with_columns(said_chome=_said_chome(frame, account))
    twin = pl.col("streets").fill_null(value=False)
    omitted = pl.col("omitted").fill_null("")
    nowhere = pl.col("match_level") == "none"
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
        pl.when(pl.col("new_unit") == CHOME).then(pl.lit("CHOME_UNLISTED")),
        pl.when(pl.col("new_unit") == CHIWARI).then(pl.lit("KOAZA_UNLISTED")),
        pl.when(twin & (pl.col("street") == "")).then(pl.lit("KYOTO_TWIN")),
        pl.when(nowhere & overseas(pl.col("building").str.head(LONGEST))).then(pl.lit("OVERSEAS")),
    ]
    return (
        frame.select_seq(
            "muni_code",
            "oaza",
            "chome",
            "koaza",
            pl.col("numbers").fill_null(""),
            kinds=chome_kind + pl.col("kinds").fill_null(""),
            letters="letters",
        )
        # Where no place was read there is no telling a building from the rest.
        .hstack(read_buildings(frame.select_seq(pl.when(~nowhere).then("building")).to_series()))
        .hstack(frame.select_seq("postal_code", "remark"))
        .hstack(read_dropped(frame))
        .hstack(
            frame.select_seq(
                ambiguous=pl.col("ambiguous").fill_null(value=False)
                | (twin & (pl.col("street") == "")),
                old_municipality=omitted.str.contains("O"),
                reasons=pl.concat_str(reasons, separator="+", ignore_nulls=True),
            )
        )
    )


def _said_chome(frame: pl.DataFrame, account: Account) -> pl.Series:
    """Whether the 丁目 was written as such."""
    said = pl.Series([False]).new_from_index(0, frame.height)
    counted = frame["chome"].is_not_null()
    if not counted.any():
        return said
    at = counted.arg_true()
    end = frame["town_at"].gather(at)
    return said.scatter(at, account.between(None, end, at=at).str.contains("[丁町]目?\\s*$"))
