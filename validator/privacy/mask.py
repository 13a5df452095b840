"""My Numbers in a column where they do not belong: such columns reach the reports.

An eleven-digit value is a number that has lost its leading zero.
"""

from __future__ import annotations

import polars as pl

from validator.fields.text import HYPHENS, SPACES, fold_width
from validator.privacy.visible import BLOT


def mask_code(column: str) -> pl.Expr:
    """``column`` with every value that is a number of 11 or 12 digits replaced by `BLOT`."""
    digits = fold_width(pl.col(column)).str.replace_all(f"[{HYPHENS[1:]}\\-]|{SPACES}", "")
    return (
        pl.when(digits.str.contains(r"^[0-9]{11,12}$"))
        .then(pl.lit(BLOT))
        .otherwise(pl.col(column))
        .alias(column)
    )


# Eleven digits and more in one run, or the usual groups of four, in any width.
_DIGIT = "[0-9０-９]"
_GAP = rf"(?:[{HYPHENS[1:]}\-]|{SPACES})"
_RUN = rf"{_DIGIT}{{11,}}|{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{3,4}}"


def blot_numbers(column: str) -> pl.Expr:
    """``column`` with everything inside it that looks like a My Number replaced by `BLOT`.

    For what people read: a number can stand behind a name or in an address. Check digits do not
    count here, since a mistyped number is still nearly somebody's.
    """
    return pl.col(column).str.replace_all(_RUN, BLOT)


def holds_number(text: pl.Expr) -> pl.Expr:
    """True where `blot_numbers` would blot something out (never null)."""
    return text.str.contains(_RUN).fill_null(value=False)
