"""What a clinic shows and asks for meanwhile (QA-02, QA-03)."""

from __future__ import annotations

import polars as pl

_ELDERLY = 70
_SCHOOL = 6

SHARES = ("30", "20", "20_possible")
"""The person's share of the costs, per cent; ``20_possible``: 30 or 20, by income."""


DISPLAYS = ("invalid", "none", "still_valid", "unchanged", "unaffected")
"""What the clinic's screen shows until the record is settled."""
_OTHER_MATTERS = (
    *("kakuninsho_kofu", "kakuninsho_funshitsu", "kakuninsho_funshitsu_soshitsugo"),
    *("oshirase_saikofu", "riyo_toroku_kaijo"),
)


def display() -> pl.Expr:
    """``clinic`` (`DISPLAYS`) of a held or returned record, by its form.

    Who joins shows as 資格(無効) while the link is paused, as 資格情報なし where nothing was
    registered; a loss that is not registered leaves the person valid, which is as wrong.
    Needs ``form, verdict, is_addition, is_removal``.
    """
    held = pl.col("verdict") == "hold"
    return (
        pl.when(pl.col("form").is_in(_OTHER_MATTERS))
        .then(pl.lit("unaffected"))
        .when("is_removal")
        .then(pl.lit("still_valid"))
        .when(held)
        .then(pl.lit("invalid"))
        .when("is_addition")
        .then(pl.lit("none"))
        .otherwise(pl.lit("unchanged"))
    )


def share(as_of: pl.Expr) -> pl.Expr:
    """``share`` (`SHARES`) at ``as_of`` by ``birth``; null where the birth date is unknown.

    Two tenths until the 31 March after the sixth birthday; from the month after the seventieth
    birthday (from its own month for those born on the first) two tenths are possible.
    """
    sixth = pl.col("birth").dt.offset_by(f"{_SCHOOL}y")
    # A person of 1 April enters school with those born in March.
    late = (sixth.dt.month() > 4) | ((sixth.dt.month() == 4) & (sixth.dt.day() > 1))
    school = pl.date(sixth.dt.year() + late.cast(pl.Int32), 3, 31)
    seventieth = pl.col("birth").dt.offset_by(f"{_ELDERLY}y")
    first = pl.col("birth").dt.day() == 1
    elderly = (
        pl.when(first)
        .then(seventieth.dt.month_start())
        .otherwise(seventieth.dt.month_start().dt.offset_by("1mo"))
    )
    return (
        pl.when(pl.col("birth").is_null())
        .then(pl.lit(None, dtype=pl.String))
        .when(as_of <= school)
        .then(pl.lit("20"))
        .when(as_of >= elderly)
        .then(pl.lit("20_possible"))
        .otherwise(pl.lit("30"))
    )
