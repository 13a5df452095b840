"""Towns that end where the key does not show it: at a written 字, or within a run of digits."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Towns
from validator.fields.address.parse.account import Account
from validator.fields.address.parse.key import bare, padded
from validator.fields.address.parse.marks import GAP
from validator.fields.address.parse.town import CLEAN, find_towns
from validator.fields.address.parse.unlisted import BUILDING
from validator.fields.text import drop_spaces

# 八尾町井田字新田: what stands in front of the last 字 within a town. 十文字 is a name.
_CROSSED = "^(.*[^大小文])(?:大字|小字|字)."
# 鶴沼第112番地, 寅沢１12番地: a number that may be the town's and the block's.
_COUNTED = r"第[\s\u3000]*[0-9０-９]{2}|[０-９][0-9]"
_RUN = "^([^0-9]{1,20})([0-9]{2,6})(?:[^0-9]|$)"


def ended_towns(
    found: pl.DataFrame, readings: pl.DataFrame, account: Account, places: Towns
) -> pl.DataFrame:
    """``found`` (of `find_towns`) with the towns that end at such a border.

    ``readings``: what was looked up. A town across a written 字 that the text goes on with gives
    its place to one that ends at the 字. And of 第112 or １12 the town takes as much as makes it
    one, if that can be done in one way only.
    """
    found = _at_marks(found, account, places)
    return _at_numbers(found, readings, account, places)


def _at_marks(found: pl.DataFrame, account: Account, places: Towns) -> pl.DataFrame:
    # Where it ends in a number or a letter, the 字 is left out in the name: 田老字水沢 is 田老水沢.
    going_on = pl.col("town").is_not_null() & ~pl.col("clean") & (pl.col("town_used") > 1)
    asked = going_on & pl.lit(account.holds("字", found["row"]))
    at = found.select(asked).to_series().arg_true()
    if not len(at):
        return found
    rows = found[at]
    begin = rows["used"] + rows["street"]
    written = account.between(begin, begin + rows["town_used"], at=rows["row"])
    text = written.alias("t").to_frame().select(drop_spaces(pl.col("t"))).to_series()
    behind = rows.select(pl.col("rest").str.slice(pl.col("all_used"))).to_series()
    before = text.str.extract(_CROSSED, 1).set(behind.str.contains(BUILDING), None)
    crossed = before.is_not_null()
    if not crossed.any():
        return found
    place = bare(padded(before.drop_nulls())).str.len_chars().cast(pl.Int64)
    at = at.filter(crossed)
    ended = _looked_up(found[at].with_columns(place=place, number=at), GAP, places)
    kept = pl.Series([True]).new_from_index(0, found.height).scatter(ended["number"], values=False)
    return pl.concat([found.filter(kept), ended.select(found.columns)])


def _at_numbers(
    found: pl.DataFrame, readings: pl.DataFrame, account: Account, places: Towns
) -> pl.DataFrame:
    # Where 寅沢 is no town, 寅沢12 may be 寅沢1 and its 2番地.
    known = found["row"].filter(found["town"].is_not_null())
    unknown = ~readings["row"].is_in(known.unique().implode())
    rows = readings.filter(unknown | account.holds(_COUNTED, readings["row"]))
    if rows.is_empty():
        return found
    run = pl.col("rest").str.extract_groups(_RUN)
    rows = rows.with_columns(name=run.struct.field("1"), run=run.struct.field("2"))
    rows = rows.drop_nulls("name")
    begin = rows["used"] + rows["street"] + rows["name"].str.len_chars().cast(pl.Int64)
    end = begin + rows["run"].str.len_chars().cast(pl.Int64)
    # Kanji numerals cannot be cut as their digits can: 羽六千九十七.
    digits = account.between(begin, end, at=rows["row"]).str.contains("^[0-9０-９]+$")
    tries = (
        rows.filter(digits)
        .with_row_index("number")
        .with_columns(taken=pl.int_ranges(1, pl.col("run").str.len_chars()))
        .explode("taken")
        .drop_nulls("taken")
        .filter(pl.col("run").str.slice(pl.col("taken"), 1) != "0")
        .with_columns(place=(pl.col("name").str.len_chars() + pl.col("taken")).cast(pl.Int64))
    )
    if tries.is_empty():
        return found
    ended = _looked_up(tries, "-", places)
    # 第11 and 第1 are towns: nobody knows where the number begins.
    ended = ended.filter(pl.len().over("number") == 1)
    return pl.concat([found, ended.select(found.columns)])


def _looked_up(rows: pl.DataFrame, sign: str, places: Towns) -> pl.DataFrame:
    """The towns that end at ``place`` of ``rest``: looked up with ``sign`` there."""
    rest, place = pl.col("whole"), pl.col("place")
    columns = ["row", "municipality", "omitted", "prefix", "used", "contradicted", "street"]
    asked = rows.select(*columns, "number", "place", whole="rest").with_columns(
        rest=rest.str.slice(0, place) + sign + rest.str.slice(place)
    )
    found = find_towns(asked.unique(maintain_order=True), places)
    found = found.filter(pl.col("town").is_not_null() & (pl.col("town_used") == place))
    # The sign stands in no key.
    signed = (pl.col("all_used") > pl.col("town_used")).cast(pl.Int64)
    return found.with_columns(rest="whole", all_used=pl.col("all_used") - signed).with_columns(
        clean=pl.col("rest").str.slice(pl.col("all_used")).str.contains(CLEAN)
    )
