"""From places in the key to columns: names of the gazetteer, block, building, reasons."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, Towns
from validator.fields.address.parse.account import Account, scatter
from validator.fields.address.parse.building import split_remark
from validator.fields.address.parse.details import details
from validator.fields.address.parse.names import named

_KANJI_HEAD = "^[第一二三四五六七八九十百]"
_PARSED = ("prefecture", "city", "town", "street", "block", "building", "match_level")


def assemble(
    frame: pl.DataFrame,
    tails: pl.Series | None,
    account: Account,
    gazetteer: Gazetteer,
    places: Towns,
    *,
    detail: bool,
    parts: bool,
) -> pl.DataFrame:
    """The columns of `parse_addresses`, or with ``parts`` those of `written_parts`.

    ``tails``: what was cut off texts of any length, or empty.
    """
    frame = frame.with_columns_seq(
        town_at=pl.col("town_end") + pl.col("unknown") + pl.col("new_size")
    )
    frame = _without_names(frame, account)
    block_at = pl.col("town_at") + pl.when(pl.col("block").is_not_null()).then(
        pl.col("lead") + pl.col("size")
    ).otherwise(0)
    frame = frame.with_columns_seq(block_at=block_at)
    frame = frame.with_columns(rest_from=account.lengths(frame["block_at"]))
    if parts:
        cut = _cut(frame, account)
        return cut if tails is None else cut.with_columns(rest=cut["rest"] + tails)
    frame = named(frame, account, gazetteer, places)
    frame = frame.with_columns_seq(
        rest=pl.col("full").str.slice(pl.col("front") + pl.col("rest_from"))
    )
    city, prefecture = pl.col("city") == "", pl.col("prefecture") == ""
    frame = split_remark(frame, tails).with_columns_seq(
        match_level=pl.when(city & prefecture)
        .then(pl.lit("none"))
        .when(city)
        .then(pl.lit("prefecture"))
        .when(pl.col("town_row").is_null())
        .then(pl.lit("city"))
        .when(pl.col("block") == "")
        .then(pl.lit("town"))
        .otherwise(pl.lit("block"))
    )
    parsed = frame.select_seq(_PARSED)
    if detail:
        parsed = parsed.hstack(details(frame, account))
    if tails is None:
        return parsed
    return parsed.with_columns(building=parsed["building"] + tails)


def _without_names(frame: pl.DataFrame, account: Account) -> pl.DataFrame:
    """No block where a name begins with a numeral: 三田ハイツ, 第二ビル right behind the town."""
    doubtful = frame.select_seq(
        (
            (pl.col("lead") == 0)
            & pl.col("block").str.contains("^[0-9]+$")
            & pl.col("tail").str.contains("^[0-9]+[^-0-9番号ノ(]")
        ).fill_null(value=False)
    ).to_series()  # fmt: skip
    if not doubtful.any():
        return frame
    at = doubtful.arg_true()
    rows = frame[at]
    begin = rows["town_at"]
    name = account.between(begin, at=at).str.contains(_KANJI_HEAD)
    kept = pl.when(~pl.lit(name))
    return scatter(
        frame,
        at,
        rows.select(
            *(kept.then(column) for column in ("block", "numbers", "kinds")),
            size=kept.then("size").otherwise(0),
        ),
    )


def _cut(frame: pl.DataFrame, account: Account) -> pl.DataFrame:
    ends = {
        "place": account.lengths(frame["used"]),
        "street": account.lengths(frame["street_at"]),
        "town": account.lengths(frame["town_at"]),
        "block": frame["rest_from"],
    }
    full, front = pl.col("full"), pl.col("front")
    columns = [full.str.slice(0, front).alias("front")]
    begin = pl.lit(0, dtype=pl.Int64)
    for name, end in ends.items():
        columns.append(full.str.slice(front + begin, pl.lit(end) - begin).alias(name))
        begin = pl.lit(end)
    columns.append(full.str.slice(front + begin).alias("rest"))
    return frame.select(columns)
