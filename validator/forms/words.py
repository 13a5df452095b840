"""Words and codes of form columns, each distinct value read once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import polars as pl

from validator.resources import load_toml

INADMISSIBLE = "inadmissible"
UNKNOWN = "unknown"
_LONGEST = 200


def fold_word(value: str) -> str:
    """NFKC, without spaces, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:_LONGEST])).casefold()


def read_no_number_reason(value: str) -> str | None:
    """Code of an admissible reason, ``inadmissible``, or None for a blank."""
    word = fold_word(value)
    if not word:
        return None
    table = load_toml("codes/no_number_reasons.toml")
    words: dict[str, str] = table["words"]
    if word in words:
        return words[word]
    for other in table["other"]:
        if word.startswith(other):
            rest = re.sub(r"[()\[\]「」:,、。・\-]", "", word.removeprefix(other))
            return words.get(rest, INADMISSIBLE) if not rest.isdigit() else INADMISSIBLE
    return INADMISSIBLE


@cache
def _flags() -> dict[str, str]:
    table = load_toml("codes/flags.toml")
    return dict.fromkeys(table["yes"], "yes") | dict.fromkeys(table["no"], "no")


def read_flag(value: str) -> str | None:
    """``yes``, ``no``, ``unknown``, or None for a blank."""
    word = fold_word(value)
    return _flags().get(word, UNKNOWN) if word else None


def read_change_type(value: str) -> str | None:
    """``addition``, ``removal``, ``change``, ``unknown``, or None for a blank."""
    word = fold_word(value)
    table: dict[str, str] = load_toml("codes/flags.toml")["change_type"]
    return table.get(word, UNKNOWN) if word else None


def word_column(
    frame: pl.DataFrame, column: str, name: str, read: Callable[[str], str | None]
) -> pl.DataFrame:
    """Add ``name`` (String) = ``read`` of each distinct value of ``column``."""
    values = frame.get_column(column)
    if values.null_count() == frame.height:
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    distinct: list[str] = values.drop_nulls().unique().to_list()
    mapping = pl.DataFrame(
        {"raw": distinct, name: [read(v) for v in distinct]},
        schema={"raw": pl.String, name: pl.String},
    )
    return frame.join(mapping, left_on=column, right_on="raw", how="left", maintain_order="left")
