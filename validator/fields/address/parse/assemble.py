"""From places in the key to columns: names of the gazetteer, block, building, reasons."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.building import split_remark
from validator.fields.address.parse.cut import scatter, written_between, written_lengths
from validator.fields.address.parse.details import details
from validator.fields.address.parse.names import named

_KANJI_HEAD = "^[第一二三四五六七八九十百]"
_PARSED = ("prefecture", "city", "town", "street", "block", "building", "match_level")


def assemble(
    frame: pl.DataFrame, gazetteer: Gazetteer, *, detail: bool, parts: bool
) -> pl.DataFrame:
    """The columns of `parse_addresses`, or with ``parts`` those of `written_parts`."""
    frame = _without_names(frame)
    number = pl.col("block").is_not_null()
    town_at = pl.col("town_end") + pl.col("unknown") + pl.col("chome_size")
    frame = frame.with_columns(
        street_at=pl.col("used") + pl.col("street"),
        town_at=town_at,
        block_at=town_at + pl.when(number).then(pl.col("lead") + pl.col("size")).otherwise(0),
    )
    frame = frame.with_columns(rest_from=written_lengths(frame["text"], frame["block_at"]))
    if parts:
        return _cut(frame)
    frame = named(frame, gazetteer)
    rest = pl.col("full").str.slice(pl.col("front") + pl.col("rest_from"))
    frame = split_remark(frame.with_columns(rest=rest)).with_columns(
        match_level=pl.when(pl.col("city") == "")
        .then(
            pl.when(pl.col("prefecture") == "").then(pl.lit("none")).otherwise(pl.lit("prefecture"))
        )
        .when(pl.col("town_row").is_null())
        .then(pl.lit("city"))
        .when(pl.col("block") == "")
        .then(pl.lit("town"))
        .otherwise(pl.lit("block"))
    )
    if not detail:
        return frame.select(_PARSED)
    return frame.select(_PARSED).hstack(details(frame, gazetteer))


def _without_names(frame: pl.DataFrame) -> pl.DataFrame:
    """No block where a name begins with a numeral: 三田ハイツ, 第二ビル right behind the town."""
    at = frame.select(
        (
            (pl.col("lead") == 0)
            & pl.col("block").str.contains("^[0-9]+$")
            & pl.col("tail").str.contains("^[0-9]+[^-0-9番号ノ(]")
        ).fill_null(value=False)
    ).to_series().arg_true()  # fmt: skip
    if not len(at):
        return frame
    rows = frame[at]
    begin = pl.col("town_end") + pl.col("unknown") + pl.col("chome_size")
    name = written_between(rows, begin, begin + 1).str.contains(_KANJI_HEAD)
    kept = pl.when(~pl.lit(name))
    return scatter(
        frame,
        at,
        rows.select(
            *(kept.then(column) for column in ("block", "numbers", "kinds")),
            size=kept.then("size").otherwise(0),
        ),
    )


def _cut(frame: pl.DataFrame) -> pl.DataFrame:
    ends = {
        "place": written_lengths(frame["text"], frame["used"]),
        "street": written_lengths(frame["text"], frame["street_at"]),
        "town": written_lengths(frame["text"], frame["town_at"]),
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
