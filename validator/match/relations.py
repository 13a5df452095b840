"""続柄 in words: what kind of relative it says, of which sex, and how the two ages must stand."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from validator.forms.words import fold_word
from validator.resources import load_toml

YOUNGER = ("child", "grandchild", "younger_sibling")
OLDER = ("parent", "grandparent", "older_sibling")
_SCHEMA = {"raw": pl.String, "relation": pl.String, "relation_sex": pl.Int8}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    words = load_toml("codes/relationships.toml")["word"]
    return tuple((re.compile(w["pattern"]), w["kind"], w["sex"]) for w in words)


def read_relationship(value: str) -> tuple[str, int]:
    """Kind of relative and sex (1, 2, 0 unsaid) of a 続柄 in words; ("", 0) for other words."""
    word = fold_word(value)
    for pattern, kind, sex in _patterns():
        if pattern.fullmatch(word):
            return kind, sex
    return "", 0


def add_relations(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``relation`` (String, null or "" where the word says nothing) and ``relation_sex``."""
    values = frame.get_column("relationship")
    if values.null_count() == frame.height:
        return frame.with_columns(
            pl.lit(None, dtype=pl.String).alias("relation"),
            pl.lit(None, dtype=pl.Int8).alias("relation_sex"),
        )
    distinct: list[str] = values.drop_nulls().unique().to_list()
    rows = [(value, *read_relationship(value)) for value in distinct]
    words = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return frame.join(
        words, left_on="relationship", right_on="raw", how="left", maintain_order="left"
    )
