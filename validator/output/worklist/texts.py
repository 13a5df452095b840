"""Words of the code tables for the work list, as whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from validator.output.worklist.columns import ITEM_HEADERS
from validator.privacy.mask import blot_numbers
from validator.privacy.visible import visible
from validator.resources import load_toml

if TYPE_CHECKING:
    from validator.checking import Checked

# A cell of a spreadsheet takes 32,767 characters; nobody reads more than this.
LONGEST = 400
_HIDDEN = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"


def words(table: str, group: str, lang: str) -> dict[str, str]:
    """Code → words in ``lang`` of a group of schemas/codes."""
    return {code: entry[lang] for code, entry in load_toml(f"codes/{table}.toml")[group].items()}


def worded(column: str, by_code: Mapping[str, str]) -> pl.Expr:
    """``column`` in words; a code without words stays, null stays null."""
    return pl.col(column).replace(by_code)


def safe(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """``frame`` with these texts fit for a cell.

    Control, format and private-use characters are spelled out, what looks like a My Number is
    blotted out, and what is longer than `LONGEST` is cut.
    """
    frame = frame.with_columns(blot_numbers(c) for c in columns)
    for column in columns:
        series = frame[column]
        hidden = series.str.contains(_HIDDEN).fill_null(value=False)
        if hidden.any():  # also what looks like an escape of the file format: _x0041_
            shown = series.filter(hidden).unique()
            by_text = {text: visible(text[: LONGEST + 1]).replace("_x", "_ x") for text in shown}
            frame = frame.with_columns(pl.col(column).replace(by_text))
    long = pl.col(columns).str.len_chars() > LONGEST
    cut = pl.col(columns).str.slice(0, LONGEST) + pl.lit("…")
    return frame.with_columns(pl.when(long).then(cut).otherwise(pl.col(columns)).name.keep())


def field_names(checked: Checked) -> dict[str, str]:
    """Column → what it is called in Japanese."""
    vocabulary = checked.settings.forms.vocabulary
    named = {name: vocabulary.japanese_name(name) for name in vocabulary.names}
    return {**named, **ITEM_HEADERS, "my_number": "個人番号"}


def lines(column: str, available: int) -> pl.Expr:
    """Lines that a text takes in a cell of that many half-width characters (null counts as one)."""
    text = pl.element()
    # In UTF-8 a character of East Asia has three bytes and takes two places.
    wide = (text.str.len_chars() + text.str.len_bytes() + 1) // 2
    per_line = ((wide + available - 2) // max(1, available - 1)).clip(1)
    total = pl.col(column).str.split("\n").list.eval(per_line).list.sum()
    return total.fill_null(1).cast(pl.UInt16)


def text_width(text: str) -> int:
    """`width` of one text."""
    return sum(1 if ch.isascii() or "｡" <= ch <= "ﾟ" else 2 for ch in text)
