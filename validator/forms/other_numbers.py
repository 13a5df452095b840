"""Numbers of a form that are no My Number: whether each has the shape it must have.

Only shapes and check digits: whether such a number was ever issued cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import polars as pl

from validator.forms.check_digits import fits_corporate_number, fits_insurer_number, plain_digits
from validator.forms.words import word_column

SHAPE, CHECK_DIGIT, SHORT = "shape", "check_digit", "short"
INSURED, DEPENDANT = "insured", "dependant"
_SYMBOL = re.compile(r"[0-9A-Za-zぁ-ゖァ-ヺー一-鿿々・\-]{1,20}")
_NUMBER = re.compile(r"[0-9A-Za-z\-]{1,20}")
_TELEPHONE = re.compile(r"0[0-9]{9,10}|\+[0-9]{8,15}")
_EXTENSION = re.compile(r"(?:内線|ext\.?)[0-9]{1,6}$", re.IGNORECASE)

FACTS = """
ot_corporate, ot_insurer          shape, check_digit
ot_symbol, ot_number, ot_pension, ot_phone    shape
ot_branch                         shape, short (one digit), insured (00), dependant (others)
all                               null where the number is fine or blank
"""


def _folded(value: str) -> str:
    return "".join(unicodedata.normalize("NFKC", value).split())


def _digits(value: str, lengths: tuple[int, ...], fits: Callable[[str], bool]) -> str | None:
    digits = plain_digits(value)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) in lengths):
        return SHAPE
    return None if fits(digits) else CHECK_DIGIT


def read_corporate_number(value: str) -> str | None:
    """What is wrong with a 法人番号."""
    return _digits(value, (13,), fits_corporate_number)


def read_insurer_number(value: str) -> str | None:
    """What is wrong with a 保険者番号."""
    return _digits(value, (6, 8), fits_insurer_number)


def read_symbol(value: str) -> str | None:
    """What is wrong with a 記号: letters, digits, kana or kanji."""
    text = _folded(value)
    return SHAPE if text and not _SYMBOL.fullmatch(text) else None


def read_number(value: str) -> str | None:
    """What is wrong with a 番号: letters and digits."""
    text = _folded(value)
    return SHAPE if text and not _NUMBER.fullmatch(text) else None


def read_branch(value: str) -> str | None:
    """Whose 枝番 it is; one digit is a leading zero lost by a spreadsheet."""
    digits = plain_digits(value)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 2):
        return SHAPE
    if len(digits) == 1:
        return SHORT
    return INSURED if digits == "00" else DEPENDANT


def read_pension_number(value: str) -> str | None:
    """What is wrong with a 基礎年金番号: 課所符号 (4) and 一連番号 (6), neither all zeros."""
    digits = plain_digits(value)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 10):
        return SHAPE
    return SHAPE if digits[:4] == "0000" or digits[4:] == "000000" else None


def read_phone(value: str) -> str | None:
    """What is wrong with a telephone number: 10 or 11 digits from 0, or an international number."""
    digits = _EXTENSION.sub("", plain_digits(value))
    return SHAPE if digits and not _TELEPHONE.fullmatch(digits) else None


_READ = {
    "corporate_number": ("ot_corporate", read_corporate_number),
    "insurer_number": ("ot_insurer", read_insurer_number),
    "insured_symbol": ("ot_symbol", read_symbol),
    "insured_number": ("ot_number", read_number),
    "branch_number": ("ot_branch", read_branch),
    "pension_number": ("ot_pension", read_pension_number),
    "phone": ("ot_phone", read_phone),
}
# Nearly every value is plain, and of these columns most are distinct: none is looked at alone.
_PLAIN = {
    "insured_symbol": "^[0-9A-Za-z]{1,20}$",
    "insured_number": "^[0-9A-Za-z]{1,20}$",
    "phone": "^0[0-9]{9,10}$|^0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}$",
}


def add_other_number_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `FACTS` to ``frame`` (the columns as String)."""
    given = [c for c in _PLAIN if frame.get_column(c).null_count() < frame.height]
    odd = frame.select(~pl.col(c).str.contains(_PLAIN[c]) for c in given)
    for column, (name, read) in _READ.items():
        if column not in _PLAIN:
            frame = word_column(frame, column, name, read)
        elif column in given and odd.get_column(column).any():
            values = frame.select(odd=pl.when(odd.get_column(column)).then(pl.col(column)))
            state = word_column(values, "odd", name, read).get_column(name)
            frame = frame.with_columns(state)
        else:
            frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    return frame
