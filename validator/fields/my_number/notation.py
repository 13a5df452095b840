"""Reading a submitted My Number: notation repaired with certainty, shape judged.

Only full-width digits, spaces and hyphens are notation. Circled digits, other scripts'
digits or letters are not: such a value is malformed, never guessed.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from validator.fields.my_number.check_digit import check_digit_fits
from validator.fields.text import HYPHENS, SPACES, is_blank

_FULL_WIDTH_DIGITS = [chr(0xFF10 + d) for d in range(10)]
_DIGITS = [str(d) for d in range(10)]
# ー and ｰ are typed for a hyphen between groups of digits.
_SEPARATORS = f"[{HYPHENS[1:]}\u30fc\uff70\\-]|{SPACES}|[\u200b-\u200f\u2060\ufeff]"


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


def number_columns(column: str, prefix: str) -> list[list[pl.Expr]]:
    """Expressions, in the order of evaluation, that add to a frame

    ``{prefix}_digits`` (String, folded), ``{prefix}_value`` (Int64, twelve digits whether or
    not they fit), ``{prefix}_state`` (a `NumberState`) and ``{prefix}`` (Int64, only where
    the number can be looked up).
    """
    raw = pl.col(column)
    plain = raw.str.contains(r"^[0-9]{12}$")
    digits = pl.col(f"{prefix}_digits")
    value = pl.col(f"{prefix}_value")
    state = pl.col(f"{prefix}_state")
    twelve = digits.str.contains(r"^[0-9]{12}$")
    all_equal = value % 111_111_111_111 == 0
    well_known = value.is_in([123_456_789_012, 123_456_789_018])
    return [
        [
            pl.when(plain)
            .then(raw)
            .otherwise(
                raw.str.replace_many(_FULL_WIDTH_DIGITS, _DIGITS).str.replace_all(_SEPARATORS, "")
            )
            .alias(f"{prefix}_digits")
        ],
        [
            pl.when(twelve)
            .then(digits)
            .otherwise(None)
            .cast(pl.Int64, strict=False)
            .alias(f"{prefix}_value")
        ],
        [
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
            .alias(f"{prefix}_state")
        ],
        [pl.when(state.is_in(USABLE)).then(value).otherwise(None).alias(prefix)],
    ]
