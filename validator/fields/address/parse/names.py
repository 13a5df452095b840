"""Names of the parts: the gazetteer's spelling where it has one, else what was written."""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.characters import kanji_number
from validator.fields.address.parse.cut import scatter, written_between
from validator.fields.address.parse.town import LETTER
from validator.fields.text import drop_spaces, fold_width

_HIGHEST_CHOME = 1_000


@cache
def _chome_names() -> pl.Series:
    return pl.Series(["", *map(kanji_number, range(1, _HIGHEST_CHOME))])


def named(frame: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """Adds ``prefecture, city, oaza, chome, koaza, town, street, block`` (texts never null)."""
    municipality = gazetteer.municipalities[frame["municipality"]]
    parts = gazetteer.parts
    kind = parts["kind"].gather(frame["part"])
    name = parts["name"].gather(frame["part"])
    frame = frame.rename({"town": "town_row", "street": "street_size"}).with_columns(
        prefecture=municipality["prefecture"].fill_null(""),
        city=municipality["city"].fill_null(""),
        muni_code=municipality["code"],
        oaza=gazetteer.towns["name"].gather(frame["town"]).fill_null(""),
        chome=pl.coalesce(
            pl.when(pl.lit(kind) != "k").then(pl.lit(name)).cast(pl.Int16), "new_chome"
        ),
        unit=pl.when(pl.lit(kind) == "t").then(pl.lit("丁")).otherwise(pl.lit("丁目")),
        koaza=pl.when(pl.lit(kind) == "k").then(pl.lit(name)).otherwise(pl.lit("")),
        street=pl.lit(""),
    )
    frame = _as_written(_blocks(_prefectures(frame)))
    chome = _chome_names().gather(frame["chome"].clip(0, _HIGHEST_CHOME - 1)).fill_null("")
    return frame.with_columns(
        town=pl.when(pl.col("chome").is_null())
        .then(pl.col("oaza") + pl.col("koaza"))
        .otherwise(pl.col("oaza") + pl.lit(chome) + pl.col("unit") + pl.col("koaza"))
    )


def _where(frame: pl.DataFrame, condition: pl.Expr) -> pl.Series:
    return frame.select(condition.fill_null(value=False)).to_series().arg_true()


def _prefectures(frame: pl.DataFrame) -> pl.DataFrame:
    """A prefecture that nothing known follows."""
    at = _where(frame, pl.col("municipality").is_null() & (pl.col("used") > 0))
    if not len(at):
        return frame
    name = written_between(frame[at], pl.lit(0, dtype=pl.Int64), pl.col("used"))
    return scatter(frame, at, _tidy(name).to_frame("prefecture"))


def _as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Kyoto's streets, and towns and 小字 that the gazetteer does not have."""
    at = _where(frame, pl.col("street_size") > 0)
    if len(at):
        street = written_between(frame[at], pl.col("used"), pl.col("street_at"))
        frame = scatter(frame, at, _tidy(street).to_frame("street"))
    at = _where(frame, pl.col("unknown") > 0)
    if len(at):
        rows = frame[at]
        name = written_between(rows, pl.col("town_end"), pl.col("town_end") + pl.col("unknown"))
        plain = _tidy(name).str.replace("^(?:大字|小字|字)", "").str.strip_chars("-")
        town = pl.when(pl.col("town_row").is_null())
        names = rows.select(
            oaza=town.then(pl.lit(plain)).otherwise("oaza"),
            koaza=town.then("koaza").otherwise(pl.col("koaza") + pl.lit(plain)),
        )
        frame = scatter(frame, at, names)
    return frame


def _blocks(frame: pl.DataFrame) -> pl.DataFrame:
    """The block in digits and hyphens, with its letters as they were written."""
    frame = frame.with_columns(
        letters=pl.lit(""), key_block="block", block=pl.col("numbers").fill_null("")
    )
    at = _where(frame, pl.col("lettered"))
    if len(at):
        rows = frame[at]
        begin = pl.col("town_at") + pl.col("lead")
        size = pl.col("key_block").str.extract(f"^({LETTER}+)", 1).str.len_chars().fill_null(0)
        before = _tidy(written_between(rows, begin, begin + size.cast(pl.Int64)))
        behind = pl.col("key_block").str.extract("[0-9番地号][-ノ]?([^-0-9番地号ノ外])$", 1)
        behind = behind.fill_null("")
        block = rows.select(
            letters=pl.lit(before) + behind,
            block=pl.lit(before)
            + pl.col("block")
            + pl.when(behind == "").then(pl.lit("")).otherwise(pl.lit("-") + behind),
        )
        frame = scatter(frame, at, block)
    at = _where(frame, pl.col("key_block").str.contains("^[無番]"))
    if len(at):
        word = frame[at].select(
            block=pl.when(pl.col("key_block").str.starts_with("無"))
            .then(pl.lit("無番地"))
            .otherwise(pl.lit("番外地") + pl.col("numbers").fill_null(""))
        )
        frame = scatter(frame, at, word)
    return frame


def _tidy(text: pl.Series) -> pl.Series:
    return text.to_frame("t").select(drop_spaces(fold_width(pl.col("t")))).to_series()
