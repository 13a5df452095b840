"""丁目, 小字, letters and numbers of two split addresses, as one list."""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare.place import keys_of, whole_place
from validator.fields.address.compare.twins import numbered_once
from validator.fields.text import HYPHENS, fold_width

ROOM_IN_BLOCK, KOAZA_OMITTED = "ROOM_IN_BLOCK", "KOAZA_OMITTED"
# Longest list whose kinds are compared one by one.
_POSITIONS = 6
_SIDES = (("submitted", "s"), ("registry", "r"))


def compare_numbers(frame: pl.DataFrame, *, koaza_optional: bool = False) -> pl.DataFrame:
    """``number``: why the numbers differ; null where they are equal.

    ``frame``: parts of both sides (``s_``, ``r_``) with ``s_room, r_room`` of compare_buildings.
    ``koaza_optional``: a 小字 may be missing on one side where the numbers of the town are given
    out once for the whole town. Adds ``room_in_block`` (Boolean): the last number of one side is
    the room of the other; ``koaza_omitted`` (Boolean): a 小字 is missing that may be.
    """
    joined = _joined(frame)
    frame = _without_letter_marks(frame)
    s_koaza, r_koaza, s_whole, r_whole = keys_of(
        frame["s_koaza"], frame["r_koaza"], whole_place(frame, "s"), whole_place(frame, "r")
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
        **{f"{side}_spaced": _spaced(frame[text]) for text, side in _SIDES},
        unique=numbered_once(frame) if koaza_optional else pl.lit(value=False),
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
    same_letters = pl.col("s_letters") == pl.col("r_letters")
    omitted = pl.col("unique") & _one_missing("koaza") & same_list & same_letters & ~no_list
    listed = listed.with_columns(koaza_omitted=omitted & ~pl.col("same_whole"))
    run_together = pl.col("s").str.replace_all("-", "") == pl.col("r").str.replace_all("-", "")
    return listed.select(
        number=pl.when("same_whole")
        .then(pl.when(kinds_contradict(_POSITIONS)).then(pl.lit("NUMBER_KIND_DIFFERS")))
        .when(_one_missing("koaza") & ~pl.col("koaza_omitted"))
        .then(pl.lit("KOAZA_MISSING"))
        .when(~pl.col("koaza_omitted") & (pl.col("s_koaza") != pl.col("r_koaza")))
        .then(pl.lit("KOAZA_DIFFERS"))
        .when(same_list & _one_missing("letters"))
        .then(pl.lit("LETTER_MISSING"))
        .when(same_list & (pl.col("s_letters") != pl.col("r_letters")))
        .then(pl.lit("LETTER_DIFFERS"))
        .when(same_list)
        .then(pl.when(kinds_contradict(_POSITIONS)).then(pl.lit("NUMBER_KIND_DIFFERS")))
        .when("joined")
        .then(pl.lit("NUMBER_MISSING"))
        .when(no_list | _begins("s", "r") | _begins("r", "s"))
        .then(pl.lit("NUMBER_MISSING"))
        .when(_without_chome("s", "r") | _without_chome("r", "s"))
        .then(pl.lit("CHOME_MISSING"))
        .when(run_together)
        .then(pl.lit("NUMBERS_RUN_TOGETHER"))
        .when(_chome_alone())
        .then(pl.lit("CHOME_DIFFERS"))
        .otherwise(pl.lit("BLOCK_DIFFERS")),
        room_in_block=pl.col("room_in_block") & (pl.col("s") != pl.col("r")),
        koaza_omitted="koaza_omitted",
    )


# ハ部, ハの部: 部 is a mark of the letter as 号 is of a number. No town of the data has a letter
# both with and without it. 乙部 may be a name.
LETTER_MARK = "^([ァ-ヺぁ-ゖ]{1,2}?)[ノの]?部$"


def _without_letter_marks(frame: pl.DataFrame) -> pl.DataFrame:
    """A 小字 that is a letter with 部 as the letter alone."""
    marked = [
        (pl.col(f"{side}_letters") == "") & pl.col(f"{side}_koaza").str.contains(LETTER_MARK)
        for side in "sr"
    ]
    if not frame.select(pl.any_horizontal(marked).any()).item():
        return frame
    return frame.with_columns(
        pl.when(of_side).then(then).otherwise(f"{side}_{part}").alias(f"{side}_{part}")
        for side, of_side in zip("sr", marked, strict=True)
        for part, then in (
            ("letters", pl.col(f"{side}_koaza").str.extract(LETTER_MARK, 1)),
            ("koaza", pl.lit("")),
        )
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
    counted = pl.col(f"{other}_chome").is_not_null()
    kinds = pl.col(f"{other}_kinds")
    whole = (
        kinds.str.ends_with("g")
        | (counted & (numbers == 3))
        | (~counted & (numbers == 2) & kinds.str.starts_with("b"))
        | pl.col(f"{side}_spaced")
    )
    joined = pl.col(f"{side}_kinds").str.ends_with("h")
    return bare & whole & joined & (pl.col(side) == longer)


def _without_chome(side: str, other: str) -> pl.Expr:
    """``side`` lacks the 丁目 of ``other`` and agrees in all numbers behind it."""
    whole = pl.col(f"{other}_chome").cast(pl.String) + "-" + pl.col(side)
    return ((pl.col(side) != "") & (pl.col(other) == whole)).fill_null(value=False)


def _spaced(text: pl.Series) -> pl.Series:
    """A number of three digits or more behind a number word and a space: 12番地 502."""
    return text.str.contains(r"[^0-9０-９\s\u3000][\s\u3000]+[0-9０-９]{3,5}[\s\u3000]*$")


def _one_missing(part: str) -> pl.Expr:
    return (pl.col(f"s_{part}") == "") != (pl.col(f"r_{part}") == "")


def _begins(shorter: str, longer: str) -> pl.Expr:
    return pl.col(longer).str.starts_with(pl.col(shorter) + "-")


def _chome_alone() -> pl.Expr:
    rest = [pl.col(side).str.replace("^[0-9]+-", "") for side in "sr"]
    known = pl.col("s_chome").is_not_null() & pl.col("r_chome").is_not_null()
    return known & (pl.col("s_chome") != pl.col("r_chome")) & (rest[0] == rest[1])


def kinds_contradict(positions: int) -> pl.Expr:
    """One side says 丁目 and the other 番地, 番 or 号 of one of the first ``positions`` numbers.

    Of a frame with ``s_kinds, r_kinds`` (see `parse_addresses`).
    """
    conflict = pl.lit(value=False)
    for position in range(positions):
        a, b = (pl.col(f"{side}_kinds").fill_null("").str.slice(position, 1) for side in "sr")
        named = a.is_in(["c", "b", "g"]) & b.is_in(["c", "b", "g"])
        conflict = conflict | (named & (a != b))
    return conflict
