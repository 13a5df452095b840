"""Words for the codes in ``steps``: what made two values equal, or why they differ."""

from __future__ import annotations

import polars as pl

from validator.resources import load_toml


def step_words(column: str, lang: str) -> pl.Expr:
    """The codes of ``column`` ("A+B") as words of ``lang``."""
    table = load_toml("codes/steps.toml")["steps"]
    codes = sorted(table, key=len, reverse=True)
    words = [table[code][lang] for code in codes]
    joint = "、" if lang == "ja" else ", "
    return pl.col(column).str.replace_many([*codes, "+"], [*words, joint], leftmost=True)
