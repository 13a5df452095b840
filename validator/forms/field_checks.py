"""What can be wrong with one value, by the type its field declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from validator.fields.birth_date import DateState, date_columns
from validator.fields.form_facts import AMOUNT_COLUMNS, COUNT_COLUMNS, WORD_COLUMNS
from validator.fields.kana import KanaState, kana_state
from validator.fields.text import HYPHENS, drop_spaces, fold_width, is_blank
from validator.forms.check_digits import FITS, plain_digits
from validator.forms.declarations import FormField
from validator.forms.words import UNKNOWN, UNKNOWN_CODE, fold_word, read_flag

KINDS = (
    "too_long",
    "unknown_code",
    "unknown_word",
    "shape",
    "flag",
    "negative",
    "amount",
)
_READ_DATE = [state.value for state in (DateState.BLANK, DateState.ISO, DateState.NOTATION)]
_NO_KANA = [KanaState.NO_KANA.value, KanaState.KANJI.value]
_READ_ELSEWHERE = ("date", "digits")
# Facts that readers of their own have made of a column: the words they know are known.
_WORD_FACTS = WORD_COLUMNS | {"change_type": "change"}
_NUMBER_FACTS = COUNT_COLUMNS | AMOUNT_COLUMNS
_SIGN = f"[{HYPHENS[1:]}▲△\\-]"
_AMOUNT = r"(?:[0-9][0-9,、]*|[0-9]+\.[0-9]+万)万?"
_PLAIN_NUMBER = f"^[¥\\\\約]?{_AMOUNT}(?:円|枚|通|件|人)?$|^(?:なし|無し|無|ゼロ)$"

Broken = Iterator[tuple[str, pl.Series]]


def broken_by(frame: pl.DataFrame, field: FormField, longest: int) -> Broken:
    """Kind of fault (`KINDS`) and the rows of ``frame`` that have it, as Boolean series.

    ``longest``: bytes of the longest value of the column.
    """
    if longest > field.max_chars and not (field.checked_by and field.type in _READ_ELSEWHERE):
        chars = frame.get_column(field.column).str.len_chars()
        yield "too_long", (chars > field.max_chars).fill_null(value=False)
    if field.checked_by:
        return
    if field.type == "code":
        yield from _codes(frame, field)
    elif field.type == "flag":
        yield "flag", _flag(frame, field.column)
    elif field.type == "number":
        yield from _numbers(frame, field.column)
    elif field.type != "text":
        yield "shape", _shape(frame, field)


def _codes(frame: pl.DataFrame, field: FormField) -> Broken:
    if field.strict == "open":
        return
    fact = _WORD_FACTS.get(field.column)
    if fact is not None and fact in frame.columns:
        read = frame.get_column(fact)
    else:
        read = _distinct(frame, field.column, lambda value: code_state(value, field))
    code, word = read == UNKNOWN_CODE, read == UNKNOWN
    if field.strict == "closed":
        yield "unknown_code", (code | word).fill_null(value=False)
    elif field.strict == "codes":
        yield "unknown_code", code.fill_null(value=False)
        yield "unknown_word", word.fill_null(value=False)
    else:
        yield "unknown_word", (code | word).fill_null(value=False)


def code_state(value: str, field: FormField) -> str | None:
    """None for a blank or a value of the field's list, else unknown, or unknown_code (a number)."""
    word = fold_word(value)
    known = {fold_word(w) for c in field.codes for w in (c.code, *c.words)}
    if not word or word in known or (word.isdecimal() and word.lstrip("0") in known):
        return None
    return UNKNOWN_CODE if word.isdecimal() else UNKNOWN


def _flag(frame: pl.DataFrame, column: str) -> pl.Series:
    fact = f"{column}_flag"
    read = frame.get_column(fact) if fact in frame.columns else _distinct(frame, column, read_flag)
    return (read == UNKNOWN).fill_null(value=False)


def _numbers(frame: pl.DataFrame, column: str) -> Broken:
    text = drop_spaces(fold_width(pl.col(column)))
    fact = _NUMBER_FACTS.get(column)
    readable = text.str.contains(_PLAIN_NUMBER)
    if fact is not None and fact in frame.columns:
        readable |= pl.col(fact).is_not_null()
    seen = frame.select(
        negative=text.str.contains(f"^{_SIGN}[¥\\\\]?[0-9]").fill_null(value=False),
        unread=(~is_blank(column) & ~readable).fill_null(value=False),
    )
    negative = seen.get_column("negative")
    yield "negative", negative
    yield "amount", seen.get_column("unread") & ~negative


def _shape(frame: pl.DataFrame, field: FormField) -> pl.Series:
    column = field.column
    if field.type == "digits":
        state = _distinct(frame, column, lambda value: _digits_state(value, field))
        return (state == UNKNOWN).fill_null(value=False)
    only = frame.select(column)
    if field.type == "date":
        return ~date_columns(only, column, "day").get_column("day_state").is_in(_READ_DATE)
    if field.type == "kana":
        return kana_state(only, column).get_column("kana_state").is_in(_NO_KANA)
    letters = pl.col(column).str.contains(r"\p{L}|[●〓□?？]")
    return only.select((~is_blank(column) & ~letters).fill_null(value=False)).to_series()


def _digits_state(value: str, field: FormField) -> str | None:
    digits = plain_digits(value)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()):
        return UNKNOWN
    if field.lengths and len(digits) not in field.lengths:
        return UNKNOWN
    if field.check_digit is not None and not FITS[field.check_digit](digits):
        return UNKNOWN
    return None


def _distinct(frame: pl.DataFrame, column: str, read: Callable[[str], str | None]) -> pl.Series:
    """``read`` of each distinct value, by row."""
    values = frame.get_column(column)
    distinct: list[str] = values.drop_nulls().unique().to_list()
    mapping = {value: read(value) for value in distinct}
    return values.replace_strict(
        list(mapping), pl.Series(list(mapping.values()), dtype=pl.String), default=None,
        return_dtype=pl.String,
    )  # fmt: skip
