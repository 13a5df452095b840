"""How a written birth date could have come from the registry's by a slip, and a wrong sex code.

What was written is compared digit by digit, whether it is a day or not: 1985-25-04 has day and
month swapped, 1985-02-30 has one digit wrong if the registry says the 20th.
"""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from validator.fields.birth_date import written_map
from validator.fields.levels import agrees, differs
from validator.fields.subset import compute_once
from validator.hold.evidence import any_of
from validator.resources import load_toml

DATE_SLIPS = ("era_confused", "day_month_swapped", "date_typo")
_CENTURY = 100
_COMPARED = ("birth_date", "birth", "birth_hint", "r_n_birth")


def add_slips(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``slip`` (`DATE_SLIPS`, wrong_sex_code, or null) and ``turned`` (Boolean).

    ``turned``: an impossible month whose day could be one (1985-25-04), whatever the registry
    says. Needs ``birth_date, birth, birth_hint, r_n_birth`` and the levels of the five items.
    """
    # Two equal days need no look.
    asked = (pl.col("birth") != pl.col("r_n_birth")).fill_null(value=True)
    frame = frame.with_row_index("_at")
    unequal = frame.filter(asked).select("_at", *_COMPARED)
    day = pl.coalesce("birth", "birth_hint")
    written = written_map(unequal.get_column("birth_date"))
    parts = unequal.join(written, left_on="birth_date", right_on="raw", how="left").with_columns(
        # What cannot be read in parts (a spreadsheet's serial) is judged by its suggestion.
        w_year=pl.coalesce("w_year", day.dt.year()),
        w_month=pl.coalesce("w_month", day.dt.month().cast(pl.Int32)),
        w_day=pl.coalesce("w_day", day.dt.day().cast(pl.Int32)),
    )
    found = compute_once(parts, slip=_date_slip(), turned=_turned()).select("_at", "slip", "turned")
    sex_only = differs("level_sex") & agrees("level_birth_date")
    wrong_sex = sex_only & (names_agree() | agrees("level_address"))
    return (
        frame.join(found, on="_at", how="left", maintain_order="left")
        .with_columns(
            pl.col("turned").fill_null(value=False),
            slip=pl.coalesce("slip", pl.when(wrong_sex).then(pl.lit("wrong_sex_code"))),
        )
        .drop("_at")
    )


def names_agree() -> pl.Expr:
    """Both names agree or cannot be decided."""
    return (agrees("level_name_kanji") | (pl.col("level_name_kanji") == "undecidable")) & (
        agrees("level_name_kana") | (pl.col("level_name_kana") == "undecidable")
    )


def _date_slip() -> pl.Expr:
    born = pl.col("r_n_birth")
    year, month, day = born.dt.year(), born.dt.month().cast(pl.Int32), born.dt.day().cast(pl.Int32)
    w_year, w_month, w_day = pl.col("w_year"), pl.col("w_month"), pl.col("w_day")
    same_day = (w_month == month) & (w_day == day)
    other = ~(same_day & (w_year == year))
    table = [
        (other & same_day & _era_confused(w_year, year), "era_confused"),
        (
            (w_year == year) & (w_month == day) & (w_day == month) & (month != day),
            "day_month_swapped",
        ),
        (other & _typo((w_year, w_month, w_day), (year, month, day)), "date_typo"),
    ]
    result: pl.Expr = pl.lit(None, dtype=pl.String)
    for condition, name in reversed(table):
        result = pl.when(condition.fill_null(value=False)).then(pl.lit(name)).otherwise(result)
    return result


def _turned() -> pl.Expr:
    month, day = pl.col("w_month"), pl.col("w_day")
    return (pl.col("birth").is_null() & month.is_between(13, 31) & day.is_between(1, 12)).fill_null(
        value=False
    )


def _era_confused(written: pl.Expr, born: pl.Expr) -> pl.Expr:
    """The year of one era behind the name of another, or an era year and a western one mixed up."""
    eras = load_toml("codes/eras.toml")["era"]
    found = []
    for era in eras:
        base, last = era["base"], era.get("last")
        own = born - base
        of_era = (own >= 1) & (own <= last.year - base) if last else own >= 1
        others = [other["base"] for other in eras if other is not era]
        found += [of_era & (written - base_of_other == own) for base_of_other in others]
        # 昭和60年 as 1960 or 2060: only where no era was written.
        found += [
            of_era & pl.col("w_base").is_null() & (written - century == own)
            for century in (1900, 2000)
        ]
    # 1985 as 昭和85年.
    found.append(pl.col("w_base").is_not_null() & (written - pl.col("w_base") == born % _CENTURY))
    return any_of(*found)


_Parts = tuple[pl.Expr, pl.Expr, pl.Expr]


def _typo(written: _Parts, born: _Parts) -> pl.Expr:
    """One digit, two neighbouring digits, one part, or one day off: a slip of pen or software."""
    (w_year, w_month, w_day), (year, month, day) = written, born
    same_year, same_month, same_day = w_year == year, w_month == month, w_day == day
    same_day_of_year = same_month & same_day
    # A month or day 00 is no slip: it was not known.
    given = (w_month > 0) & (w_day > 0)
    era_year = w_year - pl.col("w_base"), year - pl.col("w_base")
    in_era = (era_year[1] >= 1) & (era_year[0] >= 1)
    next_day = (pl.coalesce("birth", "birth_hint") - pl.col("r_n_birth")).dt.total_days().abs() == 1
    return given & any_of(
        _digits_slipped(_eight(*written), _eight(*born)),
        in_era & same_day_of_year & _digits_slipped(_two(era_year[0]), _two(era_year[1]), 2),
        same_day_of_year & ((w_year - year).abs().is_in([1, _CENTURY])),
        same_year & (same_month | same_day),
        next_day,
    )


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)


def _eight(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.concat_str(year.cast(pl.String).str.zfill(4), _two(month), _two(day))


def _digits_slipped(a: pl.Expr, b: pl.Expr, length: int = 8) -> pl.Expr:
    """One digit differs, or two neighbours are swapped and nothing else differs."""
    unequal = [a.str.slice(i, 1) != b.str.slice(i, 1) for i in range(length)]
    changed = pl.sum_horizontal(u.cast(pl.Int8) for u in unequal)
    swapped = [
        unequal[i]
        & unequal[j]
        & (a.str.slice(i, 1) == b.str.slice(j, 1))
        & (a.str.slice(j, 1) == b.str.slice(i, 1))
        for i, j in pairwise(range(length))
    ]
    return (changed == 1) | ((changed == 2) & any_of(*swapped))
