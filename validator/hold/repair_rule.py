"""When a registry row is convincingly the person of a record, apart from the number.

Its number alone says little: one number in a thousand of those that fit belongs to somebody. A
row one slip away counts if

1. four of the five items agree; the fifth may differ, a birth date only by a known slip (era, day
   and month, one digit), never into another generation; or
2. birth date, sex and address agree, and both names but for the family name (a marriage); or
3. fewer than five items are given, none differs, and the birth date and a name are among them.

So a given name always agrees, in kanji or in kana. A twin has another one, parent and child have
other birth dates, a namesake has another birth date or, born on the same day, another address:
such a namesake cannot be told from somebody who moved, but is only met one slip away.

Needed columns: levels and steps of the five items (`match.levels`), ``slip`` (`hold.slips`),
``r_status`` and ``r_conflict``.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import DIFFERS, Level, agrees
from validator.match.levels import ITEMS

_DATE_SLIPS = ("era_confused", "day_month_swapped", "date_typo")
_LIVE = "resident"


def convincing() -> pl.Expr:
    """Whether the two sides are convincingly one person (Boolean, never null)."""
    kanji, kana = agrees("level_name_kanji"), agrees("level_name_kana")
    birth, sex, address = (agrees(f"level_{i}") for i in ("birth_date", "sex", "address"))
    undecidable = Level.UNDECIDABLE.value
    names = (
        kanji | (kana & (pl.col("level_name_kanji") == undecidable)),
        kana | (kanji & (pl.col("level_name_kana") == undecidable)),
    )
    agreeing = pl.sum_horizontal(*(e.cast(pl.UInt8) for e in (*names, birth, sex, address)))
    slipped = pl.col("slip").is_in(_DATE_SLIPS).fill_null(value=False)
    married = _family_name_only("name_kanji") & _family_name_only("name_kana")
    levels = [pl.col(f"level_{i}") for i in ITEMS]
    incomplete = pl.any_horizontal(*(level == Level.BLANK.value for level in levels))
    nothing_differs = ~pl.any_horizontal(*(level.is_in(DIFFERS) for level in levels))
    return (
        ((agreeing >= len(ITEMS) - 1) & (birth | slipped))
        | (birth & sex & address & married)
        | (incomplete & nothing_differs & birth & (kanji | kana))
    ).fill_null(value=False)


def matches() -> pl.Expr:
    """How many of the five items agree (UInt8); what is undecidable does not count."""
    return pl.sum_horizontal(*(agrees(f"level_{i}").cast(pl.UInt8) for i in ITEMS)).cast(pl.UInt8)


def live() -> pl.Expr:
    """Whether the row is a resident's, and its number stands for nobody else (never null)."""
    conflict = pl.col("r_conflict").fill_null(value=False)
    return (pl.col("r_status").fill_null(_LIVE) == _LIVE) & ~conflict


def _family_name_only(item: str) -> pl.Expr:
    """The names differ, and in nothing but the family name."""
    steps = pl.col(f"steps_{item}").str.split("+")
    family = steps.list.set_intersection(["FAMILY_NAME_DIFFERS", "FORMER_NAME"]).list.len() > 0
    given = steps.list.contains("GIVEN_NAME_DIFFERS")
    return pl.col(f"level_{item}").is_in(DIFFERS) & family & ~given
