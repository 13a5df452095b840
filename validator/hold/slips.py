"""How a written birth date could have come from the registry's by a slip, and a wrong sex code."""

from __future__ import annotations

import polars as pl

from validator.fields.levels import agrees, differs
from validator.fields.text import fold_width
from validator.hold.evidence import any_of

# Era bases: two eras confused shift the year by the difference of their bases.
_BASES = (1867, 1911, 1925, 1988, 2018)
_ERA_SHIFTS = sorted({abs(a - b) for a in _BASES for b in _BASES} - {0})
_CENTURIES = (1900, 2000)
DATE_SLIPS = ("era_confused", "day_month_swapped", "date_typo")


def _other_day(day: pl.Expr) -> dict[str, pl.Expr]:
    """How ``day`` (Date) could have come from the registry's birth date by a slip."""
    real = pl.col("r_n_birth")
    a, b = day.dt.strftime("%Y%m%d"), real.dt.strftime("%Y%m%d")
    changed = pl.sum_horizontal(
        *((a.str.slice(i, 1) != b.str.slice(i, 1)).cast(pl.Int8) for i in range(8))
    )
    neighbours = [
        (a.str.slice(i, 1) == b.str.slice(i + 1, 1)) & (a.str.slice(i + 1, 1) == b.str.slice(i, 1))
        for i in range(7)
    ]
    same_day = (day.dt.month() == real.dt.month()) & (day.dt.day() == real.dt.day())
    one_part = (day.dt.year() == real.dt.year()) & (
        (day.dt.month() == real.dt.month()) | (day.dt.day() == real.dt.day())
    )
    shift = (day.dt.year().cast(pl.Int32) - real.dt.year().cast(pl.Int32)).abs()
    written, born = day.dt.year().cast(pl.Int32), real.dt.year().cast(pl.Int32)
    # 昭和60年 taken for 1960 or 2060, and 1985 (85) for the year 85 of an era.
    era_as_western = any_of(*(written - c == born - base for c in _CENTURIES for base in _BASES))
    western_as_era = any_of(*(written - base == born % 100 for base in _BASES))
    return {
        "era_confused": same_day & (shift.is_in(_ERA_SHIFTS) | era_as_western | western_as_era),
        "day_month_swapped": (day.dt.year() == real.dt.year())
        & (day.dt.month().cast(pl.Int32) == real.dt.day().cast(pl.Int32))
        & (day.dt.day().cast(pl.Int32) == real.dt.month().cast(pl.Int32)),
        "date_typo": (changed == 1)
        | ((changed == 2) & any_of(*neighbours))
        | (same_day & (shift == 100))
        | (one_part & ~same_day),
    }


def slips() -> pl.Expr:
    """``slip``: era_confused, day_month_swapped, date_typo, wrong_sex_code, or null.

    Needs the registry's columns; a day that was refused is judged by its suggestion.
    """
    day = pl.coalesce("birth", "birth_hint", swapped_back())
    wrong_birth = day.is_not_null() & (day != pl.col("r_n_birth"))
    result: pl.Expr = pl.lit(None, dtype=pl.String)
    sex_only = differs("level_sex") & agrees("level_birth_date")
    result = (
        pl.when(sex_only & (names_agree() | agrees("level_address")))
        .then(pl.lit("wrong_sex_code"))
        .otherwise(result)
    )
    for name, condition in reversed(_other_day(day).items()):
        result = pl.when(wrong_birth & condition).then(pl.lit(name)).otherwise(result)
    return result


_WESTERN = r"^([0-9]{4})\D?([0-9]{1,2})\D?([0-9]{1,2})\D?$"


def impossible_month() -> pl.Expr:
    """Written as year, day, month: no such month, but such a day (1985-25-04)."""
    return swapped_back().is_not_null()


def swapped_back() -> pl.Expr:
    """The day (Date) if month and day of an impossible western date are swapped, else null."""
    text = fold_width(pl.col("birth_date")).str.strip_chars()
    year, month, day = (text.str.extract(_WESTERN, n).cast(pl.Int32) for n in (1, 2, 3))
    impossible = (month > 12) & (month <= 31) & (day <= 12)
    turned = pl.concat_str(year, pl.lit("-"), day, pl.lit("-"), month)
    return pl.when(impossible & pl.col("birth").is_null()).then(
        turned.str.to_date("%Y-%m-%d", strict=False)
    )


def names_agree() -> pl.Expr:
    """Both names agree or cannot be decided."""
    return (agrees("level_name_kanji") | (pl.col("level_name_kanji") == "undecidable")) & (
        agrees("level_name_kana") | (pl.col("level_name_kana") == "undecidable")
    )
