"""番地, 番, 号 and 枝番: the run of numbers behind the town, in front of a building."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.marks import BORDER, GAP
from validator.fields.address.parse.town import LETTER

_JOIN = "(?:番地?ノ?-?|号ノ|-?ノ|-)"
# Lead, letters in front, run of numbers, number word that closes it, no number at all.
_BLOCK = (
    f"^(?P<lead>[-ノ{GAP}{BORDER}]*)(?P<letter>(?:{LETTER}{{1,2}}[-ノ]?)?)"
    f"(?P<run>[0-9]+(?:{_JOIN}[0-9]+)*)(?P<end>番外|番地?|号)?"
)
_NONE = "^(無番地?|番外地?[0-9]*)"
_TAIL_LETTER = f"^([-ノ]?[甲乙丙丁戊己庚辛イロハニホヘトチリヌルヲ])(?:$|[-{GAP}{BORDER}])"
# A third number of three or four digits is a room: 2-27-301.
_ROOM = "^([0-9]+(?:番地?ノ?|-?ノ|-)[0-9]+(?:号ノ|-?ノ|-))([1-9][0-9]{2,3})$"
# 1 2 3 with nothing but spaces between numbers of a block.
_SPACED = f"^{GAP}?[0-9]{{1,4}}(?:{GAP}[0-9]{{1,3}}){{1,2}}$"
_LETTERED = "^[^0-9無番]|[0-9番地号][-ノ]?[^-0-9番地号ノ外]$"
# What a 号 stands before when it counts rooms or buildings.
_NOT_BLOCK = "^[室棟館]"


def read_blocks(tails: pl.Series) -> pl.DataFrame:
    """The block at the head of each ``tails`` (keys from behind the town on).

    ``lead`` (characters before it), ``size`` (characters of it, both Int64), ``block`` (its key,
    null if there is none), ``numbers`` (hyphens between), ``kinds`` (b 番地 or 番, g 号, h hyphen
    or nothing; one letter a number), ``lettered`` (letters stand with the numbers).
    """
    spaced = tails.str.contains(_SPACED)
    text = tails
    if spaced.any():
        at = spaced.arg_true()
        text = text.clone().scatter(at, text.gather(at).str.replace_all(GAP, "-"))
    frame = text.to_frame("tail").select(
        "tail", found=pl.col("tail").str.extract_groups(_BLOCK)
    ).unnest("found")  # fmt: skip
    end = pl.col("end").fill_null("")
    after = pl.col("tail").str.slice(
        pl.col("lead").str.len_chars() + pl.col("letter").str.len_chars()
        + pl.col("run").str.len_chars() + end.str.len_chars(), 1,
    )  # fmt: skip
    # 3号室 counts rooms, and 2番館 is a building.
    misread = (end != "") & (end != "番外") & after.str.contains(_NOT_BLOCK)
    room = pl.when((end == "") | (end == "号") | misread).then(pl.col("run").str.extract(_ROOM, 1))
    frame = frame.with_columns(
        end=pl.when(misread | room.is_not_null()).then(pl.lit("")).otherwise(end),
        run=pl.coalesce(room.str.strip_suffix("-").str.strip_suffix("ノ"), "run"),
    )
    frame = frame.with_columns(
        block=pl.col("letter") + pl.col("run") + pl.col("end"),
        lead=pl.col("lead").str.len_chars().fill_null(0).cast(pl.Int64),
    )
    # No number of a block is that long.
    frame = frame.with_columns(
        block=pl.when(~pl.col("block").str.contains("[0-9]{7}")).then("block")
    )
    frame = _unnumbered(_letters_behind(frame))
    return frame.select(
        "lead",
        "block",
        size=pl.col("block").str.len_chars().fill_null(0).cast(pl.Int64),
        numbers=pl.col("block").str.replace_all("[^0-9]+", "-").str.strip_chars("-"),
        kinds=pl.col("block").pipe(_kinds),
        lettered=pl.col("block").str.contains(_LETTERED),
    )


def _letters_behind(frame: pl.DataFrame) -> pl.DataFrame:
    """123番地イ, 22-ロ: a letter after the numbers belongs to them if nothing goes on there."""
    rest = pl.col("tail").str.slice(pl.col("lead") + pl.col("block").str.len_chars())
    frame = frame.with_columns(letter_behind=rest.str.extract(_TAIL_LETTER, 1))
    return frame.with_columns(block=pl.col("block") + pl.col("letter_behind").fill_null(""))


def _unnumbered(frame: pl.DataFrame) -> pl.DataFrame:
    """無番地 and 番外地."""
    none = pl.col("tail").str.extract(_NONE, 1)
    return frame.with_columns(block=pl.coalesce("block", none))


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
