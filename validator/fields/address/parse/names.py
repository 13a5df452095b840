"""Names of the parts: the gazetteer's spelling where it has one, else what was written."""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, Towns
from validator.fields.address.parse.account import Account, scatter
from validator.fields.address.parse.characters import kanji_number
from validator.fields.address.parse.town import LETTER, rows_at
from validator.fields.address.parse.unlisted import CHIWARI, CHOME
from validator.fields.text import drop_spaces, fold_width

_HIGHEST_CHOME = 1_000


@cache
def _chome_names() -> pl.Series:
    return pl.Series(["", *map(kanji_number, range(1, _HIGHEST_CHOME))])


def named(
    frame: pl.DataFrame, account: Account, gazetteer: Gazetteer, places: Towns
) -> pl.DataFrame:
    """Adds ``prefecture, city, oaza, chome, koaza, town, street, block`` (texts never null)."""
    frame = (
        frame.hstack(rows_at(gazetteer.municipality_names, frame["municipality"]))
        .hstack(rows_at(places.town_names, frame["town"]))
        .hstack(rows_at(places.part_names, frame["part"]))
    )
    koaza = pl.col("kind") == "k"
    frame = frame.with_columns_seq(
        pl.col("prefecture", "oaza").fill_null(""),
        # Of a 政令市 without its ward nobody knows which ward was meant.
        city=pl.when(pl.col("elsewhere") & pl.col("omitted").str.contains("W"))
        .then(pl.col("city").str.extract("^(.+?市)", 1))
        .otherwise("city")
        .fill_null(""),
        chome=pl.coalesce(
            pl.when(~koaza).then("part_name").cast(pl.Int16),
            pl.when(pl.col("new_unit") == CHOME).then("new_number"),
        ),
        unit=pl.when(pl.col("kind") == "t").then(pl.lit("丁")).otherwise(pl.lit("丁目")),
        koaza=pl.when(koaza)
        .then("part_name")
        .when(pl.col("new_unit") == CHIWARI)
        .then(pl.format("第{}地割", "new_number"))
        .otherwise(pl.lit("")),
        muni_code=pl.when(~pl.col("elsewhere")).then("muni_code"),
        town_row="town",
        street_size="street",
        street=pl.lit(""),
        letters=pl.lit(""),
        key_block="block",
        block=pl.col("numbers").fill_null(""),
    )
    flags = frame.select_seq(
        prefecture=pl.col("municipality").is_null() & (pl.col("used") > 0),
        street=pl.col("street_size") > 0,
        unknown=pl.col("unknown") > 0,
        lettered=pl.col("lettered").fill_null(value=False),
        unnumbered=pl.col("key_block").str.contains("^[官国無番]").fill_null(value=False),
    )
    for name, amend in _AMENDMENTS.items():
        if flags[name].any():
            rows = flags[name].arg_true()
            frame = scatter(frame, rows, amend(frame[rows], rows, account))
    chome = _chome_names().gather(frame["chome"].clip(0, _HIGHEST_CHOME - 1))
    return frame.with_columns(chome_name=chome).with_columns_seq(
        town=pl.when(pl.col("chome").is_null())
        .then(pl.col("oaza") + pl.col("koaza"))
        .otherwise(pl.col("oaza") + pl.col("chome_name") + pl.col("unit") + pl.col("koaza"))
    )


def _prefecture(rows: pl.DataFrame, at: pl.Series, account: Account) -> pl.DataFrame:
    """A prefecture that nothing known follows."""
    written = account.between(rows["used"] * 0, rows["used"], at=at)
    return _tidy(written).alias("prefecture").to_frame()


def _street(rows: pl.DataFrame, at: pl.Series, account: Account) -> pl.DataFrame:
    """Kyoto's streets."""
    written = account.between(rows["used"], rows["street_at"], at=at)
    return _tidy(written).str.strip_chars("、，,").alias("street").to_frame()


def _unlisted(rows: pl.DataFrame, at: pl.Series, account: Account) -> pl.DataFrame:
    """Towns and 小字 that the gazetteer does not have."""
    written = account.between(rows["town_end"], rows["town_end"] + rows["unknown"], at=at)
    plain = _tidy(written).str.replace("^(?:大字|小字|字)", "").str.strip_chars("-")
    plain = plain.str.strip_suffix("第")
    town = pl.when(pl.col("town_row").is_null())
    return rows.select(
        oaza=town.then(pl.lit(plain)).otherwise("oaza"),
        koaza=town.then("koaza").otherwise(pl.col("koaza") + pl.lit(plain)),
    )


def _lettered(rows: pl.DataFrame, at: pl.Series, account: Account) -> pl.DataFrame:
    """The block in digits and hyphens, with its letters as they were written."""
    head = pl.col("key_block").str.extract(f"^({LETTER}+)", 1).str.len_chars().fill_null(0)
    spans = rows.select(begin=pl.col("town_at") + pl.col("lead"), size=head.cast(pl.Int64))
    before = _tidy(account.between(spans["begin"], spans["begin"] + spans["size"], at=at))
    behind = (
        pl.col("key_block").str.extract("[0-9番地号][-ノ]?([^-0-9番地号ノ外])$", 1).fill_null("")
    )
    return rows.select(
        letters=pl.lit(before) + behind,
        block=pl.lit(before)
        + pl.col("block")
        + pl.when(behind == "").then(pl.lit("")).otherwise(pl.lit("-") + behind),
    )


def _unnumbered(rows: pl.DataFrame, _at: pl.Series, _account: Account) -> pl.DataFrame:
    """無番地 and 番外地."""
    return rows.select(
        block=pl.when(pl.col("key_block").str.contains("無番"))
        .then(pl.col("key_block").str.head(-2).str.replace("無$", "") + pl.lit("無番地"))
        .otherwise(pl.lit("番外地") + pl.col("numbers").fill_null(""))
    )


_AMENDMENTS = {
    "prefecture": _prefecture,
    "street": _street,
    "unknown": _unlisted,
    "lettered": _lettered,
    "unnumbered": _unnumbered,
}


def _tidy(text: pl.Series) -> pl.Series:
    return text.alias("t").to_frame().select_seq(drop_spaces(fold_width(pl.col("t")))).to_series()
