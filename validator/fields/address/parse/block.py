"""番地, 番, 号 and 枝番: the run of numbers behind the town, in front of a building."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.marks import BORDER, GAP
from validator.fields.address.parse.town import LETTER

_JOIN = "(?:番地?ノ?-?|号ノ|-?ノ|-)"
# Lead, letters in front, run of numbers, number word that closes it, no number at all.
_BLOCK = (
    f"^(?P<lead>[-ノ{GAP}{BORDER}]*)(?P<letter>(?:{LETTER}{{1,2}}[-ノ]?)?)"
    f"(?P<run>[0-9]+(?:{_JOIN}[0-9]+)*)(?P<end>番外|番地?|号)?(?P<after>.{{0,2}})"
)
_NONE = "^((?:[官国]有)?無番地?|番外地?[0-9]*)"
_TAIL_LETTER = f"^([-ノ]?[甲乙丙丁戊己庚辛イロハニホヘトチリヌルヲ])(?:$|[-{GAP}{BORDER}])"
# Floor and room: 101, 1205. No floor has a room 00, and hardly one a room 50.
_FLOOR_AND_ROOM = "(?:[1-9]|[1-5][0-9])(?:0[1-9]|[1-4][0-9])"
# A third or fourth number that reads like one is a room (2-27-301, 2番27-301号, 12番地3-101), but
# not behind の in a 地番 (12番地3の101), where it is a 枝番.
_ROOM = (
    f"^((?:[0-9]+{_JOIN}){{1,2}}[0-9]+(?:号ノ|-)|[0-9]+(?:(?:番|番?-?ノ|-)[0-9]+){{1,2}}-?ノ)"
    f"{_FLOOR_AND_ROOM}$"
)
# 1 2 3 with nothing but spaces between numbers of a block.
_SPACED = f"^{GAP}?[0-9]{{1,4}}(?:{GAP}[0-9]{{1,3}}){{1,2}}$"
_LETTERED = "^[^0-9無番]|[0-9番地号][-ノ]?[^-0-9番地号ノ外]$"
# What follows a number of rooms, floors or buildings: 3号室, 2番館, 27-5F.
_NOT_BLOCK = "^(?:[室棟館階]|F(?:$|[^A-Z]))"
_LAST = f"^([0-9]+(?:{_JOIN}[0-9]+)*?){_JOIN}[0-9]+$"


def read_blocks(tails: pl.Series) -> pl.DataFrame:
    """The block at the head of each ``tails`` (keys from behind the town on).

    ``lead`` (characters before it), ``size`` (characters of it, both Int64), ``block`` (its key,
    null if there is none), ``numbers`` (hyphens between), ``kinds`` (b 番地 or 番, g 号, h hyphen
    or nothing; one letter a number), ``lettered`` (letters stand with the numbers).
    """
    frame = tails.alias("tail").to_frame()
    gap = frame.select_seq(pl.col("tail").str.contains(_SPACED)).to_series()
    if gap.any():
        at = gap.arg_true()
        spaced = tails.gather(at).str.replace_all(GAP, "-")
        frame = tails.clone().scatter(at, spaced).alias("tail").to_frame()
    frame = frame.with_columns_seq(found=pl.col("tail").str.extract_groups(_BLOCK)).unnest("found")
    end = pl.col("end").fill_null("")
    misread = (end != "番外") & pl.col("after").str.contains(_NOT_BLOCK)
    frame = frame.with_columns_seq(
        end=pl.when(misread).then(pl.lit("")).otherwise(end),
        run=pl.when(misread).then(pl.col("run").str.extract(_LAST, 1)).otherwise("run"),
        room=pl.when(~misread).then(pl.col("run").str.extract(_ROOM, 1)),
    )
    last = pl.col("room").is_not_null() & pl.col("end").is_in(["", "号"])
    frame = frame.with_columns_seq(
        end=pl.when(last).then(pl.lit("")).otherwise("end"),
        run=pl.when(last)
        .then(pl.col("room").str.strip_suffix("-").str.strip_suffix("ノ"))
        .otherwise("run"),
    )
    frame = frame.with_columns_seq(
        block=pl.col("letter") + pl.col("run") + pl.col("end"),
        lead=pl.col("lead").str.len_chars().fill_null(0).cast(pl.Int64),
    )
    # No number of a block is that long.
    frame = frame.with_columns_seq(
        block=pl.when(~pl.col("block").str.contains("[0-9]{7}")).then("block")
    )
    # 123番地イ, 22-ロ: a letter after the numbers belongs to them if nothing goes on there.
    behind = pl.col("tail").str.slice(pl.col("lead") + pl.col("block").str.len_chars())
    frame = frame.with_columns_seq(
        block=pl.coalesce(
            pl.col("block") + behind.str.extract(_TAIL_LETTER, 1).fill_null(""),
            # 無番地 and 番外地.
            pl.col("tail").str.extract(_NONE, 1),
        )
    )
    return frame.select_seq(
        "lead",
        "block",
        size=pl.col("block").str.len_chars().fill_null(0).cast(pl.Int64),
        numbers=pl.col("block").str.replace_all("[^0-9]+", "-").str.strip_chars("-"),
        kinds=pl.col("block").pipe(_kinds),
        lettered=pl.col("block").str.contains(_LETTERED),
    )


def _kinds(block: pl.Expr) -> pl.Expr:
    return (
        block.str.replace_all("^[^0-9]+", "")
        .str.replace_all("[0-9]+", "#")
        .str.replace_many(
            ["#番", "#号", "#"],
            ["b", "g", "h"],
            leftmost=True,
        )
        .str.replace_all("[^bgh]", "")
    )
