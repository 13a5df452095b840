"""Reading a submitted My Number: notation repaired with certainty, shape judged.

Only full-width digits, spaces and hyphens are notation. Circled digits, other scripts'
digits or letters are not: such a value is malformed, never guessed.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from validator.fields.my_number.check_digit import check_digit_fits
from validator.fields.subset import compute_where
from validator.fields.text import HYPHENS, SPACES, is_blank

_FULL_WIDTH_DIGITS = [chr(0xFF10 + d) for d in range(10)]
_DIGITS = [str(d) for d in range(10)]
# ー and ｰ are typed for a hyphen between groups of digits.
SEPARATORS = f"[{HYPHENS[1:]}\u30fc\uff70\\-]|{SPACES}|[\u200b-\u200f\u2060\ufeff]"


class NumberState(StrEnum):
    """What a submitted number looks like."""

    BLANK = "blank"
    AS_WRITTEN = "as_written"  # twelve ASCII digits that fit
    REPAIRED = "repaired"  # fits after width, spaces and hyphens were folded
    PLACEHOLDER = "placeholder"
    CHECK_DIGIT = "check_digit"
    LENGTH = "length"  # digits only, not twelve
    EXPONENT = "exponent"  # 1.23457E+11: a spreadsheet has destroyed it
    MALFORMED = "malformed"  # something that is no digit


USABLE = (NumberState.AS_WRITTEN.value, NumberState.REPAIRED.value)


def number_columns(frame: pl.DataFrame, column: str, prefix: str) -> pl.DataFrame:
    """Add what ``column`` (String) holds.

    ``{prefix}_digits`` (String, folded), ``{prefix}_value`` (Int64, twelve digits whether or
    not they fit), ``{prefix}_state`` (a `NumberState`) and ``{prefix}`` (Int64, only where
    the number can be looked up).
    """
    names = (f"{prefix}_digits", f"{prefix}_value", f"{prefix}_state", prefix)
    raw = pl.col(column)
    if frame.get_column(column).null_count() == frame.height:
        return frame.with_columns(
            pl.lit(None, dtype=pl.String).alias(names[0]),
            pl.lit(None, dtype=pl.Int64).alias(names[1]),
            pl.lit(NumberState.BLANK.value).alias(names[2]),
            pl.lit(None, dtype=pl.Int64).alias(names[3]),
        )
    plain = frame.select(raw.str.contains(r"^[0-9]{12}$").fill_null(value=False)).to_series()
    folded = raw.str.replace_many(_FULL_WIDTH_DIGITS, _DIGITS).str.replace_all(SEPARATORS, "")
    frame = compute_where(frame, ~plain, {names[0]: folded}, {names[0]: raw})
    digits, value, state = (pl.col(name) for name in names[:3])
    twelve = pl.lit(plain) | digits.str.contains(r"^[0-9]{12}$")
    frame = frame.with_columns(
        pl.when(twelve).then(digits).cast(pl.Int64, strict=False).alias(names[1])
    )
    frame = frame.with_columns(_state(column, digits, value, pl.lit(plain)).alias(names[2]))
    return frame.with_columns(pl.when(state.is_in(USABLE)).then(value).alias(prefix))


def _state(column: str, digits: pl.Expr, value: pl.Expr, plain: pl.Expr) -> pl.Expr:
    all_equal = value % 111_111_111_111 == 0
    well_known = value.is_in([123_456_789_012, 123_456_789_018])
    return (
        pl.when(is_blank(column))
        .then(pl.lit(NumberState.BLANK.value))
        .when(value.is_not_null() & (all_equal | well_known))
        .then(pl.lit(NumberState.PLACEHOLDER.value))
        .when(value.is_not_null() & ~check_digit_fits(value))
        .then(pl.lit(NumberState.CHECK_DIGIT.value))
        .when(value.is_not_null() & plain)
        .then(pl.lit(NumberState.AS_WRITTEN.value))
        .when(value.is_not_null())
        .then(pl.lit(NumberState.REPAIRED.value))
        .when(digits.str.contains(r"^[0-9]+$"))
        .then(pl.lit(NumberState.LENGTH.value))
        .when(digits.str.contains(r"^[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+$"))
        .then(pl.lit(NumberState.EXPONENT.value))
        .otherwise(pl.lit(NumberState.MALFORMED.value))
    )
