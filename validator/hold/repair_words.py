"""A repair suggestion as a sentence: kind, positions and agreeing items, never a digit of it."""

from __future__ import annotations

import polars as pl

from validator.resources import load_toml


def repair_sentence(lang: str) -> pl.Expr:
    """``repair`` and ``repair_matches`` as a sentence of ``lang`` (ja, en); null without one.

    The sentences are those of schemas/codes/repairs.toml.
    """
    table = load_toml("codes/repairs.toml")["repairs"]
    sentence = (
        pl.col("repair")
        .str.extract("^([a-z_]+)", 1)
        .replace_strict(
            {name: words[lang] for name, words in table.items()},
            default=None,
            return_dtype=pl.String,
        )
    )
    for mark, value in (
        ("{first}", pl.col("repair").str.extract(r"@(\d+)", 1)),
        ("{last}", pl.col("repair").str.extract(r"-(\d+)$", 1)),
        ("{matches}", pl.col("repair_matches").cast(pl.String)),
    ):
        sentence = sentence.str.replace_all(mark, value.fill_null(""), literal=True)
    return sentence


def status_words(lang: str) -> dict[str, str]:
    """Each ``repair_status`` → its words in ``lang``."""
    table = load_toml("codes/repairs.toml")["statuses"]
    return {name: words[lang] for name, words in table.items()}
