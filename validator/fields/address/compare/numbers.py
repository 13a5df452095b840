"""丁目, 小字, letters and numbers of two split addresses, as one list."""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare.place import whole_place
from validator.fields.address.parse.key import key
from validator.fields.text import HYPHENS, fold_width

ROOM_IN_BLOCK = "ROOM_IN_BLOCK"
# Longest list whose kinds are compared one by one.
_POSITIONS = 6


def compare_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """``number``: why the numbers differ; null where they are equal.

    ``frame``: parts of both sides (``s_``, ``r_``) with ``s_room, r_room`` of compare_buildings.
    Adds ``room_in_block`` (Boolean): the last number of one side is the room of the other.
    """
    joined = _joined(frame)
    # One look at all texts: the cost of a look counts in a small batch.
    texts = [
        frame["s_koaza"],
        frame["r_koaza"],
        whole_place(frame, "s"),
        whole_place(frame, "r"),
    ]
    keys = key(pl.concat([text.alias("text") for text in texts]))
    s_koaza, r_koaza, s_whole, r_whole = (
        keys.slice(place * frame.height, frame.height) for place in range(len(texts))
    )
    lists = frame.select(
        s=_list("s"),
        r=_list("r"),
        s_letters=_letters("s_letters"),
        r_letters=_letters("r_letters"),
        s_koaza=s_koaza,
        r_koaza=r_koaza,
        s_room="s_room",
        r_room="r_room",
        s_kinds="s_kinds",
        r_kinds="r_kinds",
        s_chome="s_chome",
        r_chome="r_chome",
        joined=joined,
        s_whole=s_whole,
        r_whole=r_whole,
    )
    room_in_block = _ends_in_room("s", "r") | _ends_in_room("r", "s")
    listed = lists.with_columns(room_in_block=room_in_block.fill_null(value=False))
    # A key makes イ of い, which are letters of two lots.
    same_whole = (pl.col("s_whole") == pl.col("r_whole")) & (
        pl.col("s_letters") == pl.col("r_letters")
    )
    listed = listed.with_columns(same_whole=same_whole & ~pl.col("joined"))
    same_list = ~pl.col("joined") & ((pl.col("s") == pl.col("r")) | pl.col("room_in_block"))
    no_list = (pl.col("s") == "") != (pl.col("r") == "")
    run_together = pl.col("s").str.replace_all("-", "") == pl.col("r").str.replace_all("-", "")
    return listed.select(
        number=pl.when("same_whole")
        .then(pl.when(_kinds_contradict()).then(pl.lit("NUMBER_KIND_DIFFERS")))
        .when(_one_missing("koaza"))
        .then(pl.lit("KOAZA_MISSING"))
        .when(pl.col("s_koaza") != pl.col("r_koaza"))
        .then(pl.lit("KOAZA_DIFFERS"))
        .when(same_list & _one_missing("letters"))
        .then(pl.lit("LETTER_MISSING"))
        .when(same_list & (pl.col("s_letters") != pl.col("r_letters")))
        .then(pl.lit("LETTER_DIFFERS"))
        .when(same_list)
        .then(pl.when(_kinds_contradict()).then(pl.lit("NUMBER_KIND_DIFFERS")))
        .when("joined")
        .then(pl.lit("NUMBER_MISSING"))
        .when(no_list | _begins("s", "r") | _begins("r", "s"))
        .then(pl.lit("NUMBER_MISSING"))
        .when(run_together)
        .then(pl.lit("NUMBERS_RUN_TOGETHER"))
        .when(_chome_alone())
        .then(pl.lit("CHOME_DIFFERS"))
        .otherwise(pl.lit("BLOCK_DIFFERS")),
        room_in_block=pl.col("room_in_block") & (pl.col("s") != pl.col("r")),
    )


def _joined(frame: pl.DataFrame) -> pl.Series:
    """A bare number hangs on the block and the other side has no 方書: room or number, who knows.

    8-1-101 against 8-1. With a room on both sides it is no question.
    """
    found = [
        pl.col(text).str.contains(f"[{HYPHENS}ーｰ][0-9０-９]+[\\s\u3000]*$")
        & pl.col(f"{side}_building").str.contains("^[0-9０-９]+$")
        & (pl.col(f"{other}_building").fill_null("") == "")
        for text, side, other in (("submitted", "s", "r"), ("registry", "r", "s"))
    ]
    return frame.select(joined=found[0] | found[1]).to_series().fill_null(value=False)


def _list(side: str) -> pl.Expr:
    """``1-2-27``: the 丁目 and the numbers of the block."""
    return pl.concat_str(
        pl.col(f"{side}_chome").cast(pl.String),
        pl.when(pl.col(f"{side}_numbers") != "").then(f"{side}_numbers"),
        separator="-",
        ignore_nulls=True,
    )


def _letters(column: str) -> pl.Expr:
    text = fold_width(pl.col(column)).str.replace_all("[-ー ]", "")
    # イ and い number different lots in some towns, so neither stands for the other.
    return text.str.replace("^(.+)[のノ之]$", "${1}")


def _ends_in_room(side: str, other: str) -> pl.Expr:
    """``side`` is the list of ``other`` and one number more, which is the room of ``other``."""
    longer = pl.col(other) + "-" + pl.col(f"{other}_room")
    bare = pl.col(f"{side}_room").is_null() & (pl.col(other) != "")
    # 6番34号 is not 6番 …34号室: nothing may be missing before the room, nor name its number.
    numbers = pl.col(other).str.count_matches("[0-9]+")
    whole = pl.col(f"{other}_kinds").str.ends_with("g") | (
        pl.col(f"{other}_chome").is_not_null() & (numbers == 3)
    )
    joined = pl.col(f"{side}_kinds").str.ends_with("h")
    return bare & whole & joined & (pl.col(side) == longer)


def _one_missing(part: str) -> pl.Expr:
    return (pl.col(f"s_{part}") == "") != (pl.col(f"r_{part}") == "")


def _begins(shorter: str, longer: str) -> pl.Expr:
    return pl.col(longer).str.starts_with(pl.col(shorter) + "-")


def _chome_alone() -> pl.Expr:
    rest = [pl.col(side).str.replace("^[0-9]+-", "") for side in "sr"]
    known = pl.col("s_chome").is_not_null() & pl.col("r_chome").is_not_null()
    return known & (pl.col("s_chome") != pl.col("r_chome")) & (rest[0] == rest[1])


def _kinds_contradict() -> pl.Expr:
    """One side says 丁目 and the other 番地, 番 or 号 of the same number."""
    conflict = pl.lit(value=False)
    for position in range(_POSITIONS):
        a, b = (pl.col(f"{side}_kinds").fill_null("").str.slice(position, 1) for side in "sr")
        named = a.is_in(["c", "b", "g"]) & b.is_in(["c", "b", "g"])
        conflict = conflict | (named & (a != b))
    return conflict
