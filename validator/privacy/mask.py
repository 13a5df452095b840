"""My Numbers in a column where they do not belong: such columns reach the reports.

An eleven-digit value is a number that has lost its leading zero.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from validator.fields.text import HYPHENS, SPACES, fold_width
from validator.privacy.visible import BLOT


def mask_codes(values: pl.Series) -> pl.Series:
    """``values`` with every one that is a number of 11 or 12 digits replaced by `BLOT`."""
    return _blotted(values, _is_number)


def mask_offices(values: pl.Series) -> pl.Series:
    """Codes of employers as outputs may show them: `mask_codes`, and what only a person has.

    A column that has slipped puts a name or a birth date where the code belongs.
    """
    return _blotted(values, lambda code: _is_number(code) | _is_of_a_person(code))


def _blotted(values: pl.Series, hidden: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Every value that is ``hidden`` blotted out; only distinct ones are looked at."""
    name = values.name
    seen = values.unique().to_frame("value").filter(hidden(fold_width(pl.col("value"))))
    bad = seen["value"].to_list()
    return values.replace(bad, [BLOT] * len(bad)).alias(name) if bad else values


def _is_number(folded: pl.Expr) -> pl.Expr:
    digits = folded.str.replace_all(f"[{HYPHENS[1:]}\\-]|{SPACES}", "")
    return digits.str.contains(r"^[0-9]{11,12}$")


# A name in two parts, and a date with separators: no code of an employer looks like either.
_NAME = rf"[^\x00-\x7f]{SPACES}+[^\x00-\x7f]"
_APART = rf"[年月./{HYPHENS[1:]}\-]"
_DAY = (
    r"^(?:明治|大正|昭和|平成|令和|[MTSHRmtshr])?"
    rf"{SPACES}*(?:[0-9]{{1,4}}|元){_APART}[0-9]{{1,2}}{_APART}[0-9]{{1,2}}日?$"
)


def _is_of_a_person(folded: pl.Expr) -> pl.Expr:
    code = folded.str.strip_chars()
    return code.str.contains(_NAME) | code.str.contains(_DAY)


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
