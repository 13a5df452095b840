"""How sure we are that a kana name reads a kanji name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl


class Tier(StrEnum):
    """From the surest to the least; all but ``NONE`` and ``NOT_APPLICABLE`` are plausible."""

    DICTIONARY = "dictionary"  # the pair stands in a name dictionary, or the name is kana itself
    LATTICE = "lattice"  # made of readings of its characters
    PARTIAL = "partial"  # one character gives part of a reading, or is silent
    PYKAKASI = "pykakasi"  # only pykakasi reads it so
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"  # Latin, blank, placeholders, characters without readings


RANKED: tuple[str, ...] = tuple(tier.value for tier in Tier if tier is not Tier.NOT_APPLICABLE)
PLAUSIBLE: tuple[str, ...] = RANKED[:-1]


def worst(parts: Sequence[str]) -> pl.Expr:
    """The worst of the tier columns ``parts``: one part that cannot be read speaks for all."""
    unread = pl.any_horizontal(pl.col(part) == Tier.NONE.value for part in parts)
    open_ = pl.any_horizontal(pl.col(part) == Tier.NOT_APPLICABLE.value for part in parts)
    ranks = pl.max_horizontal(
        pl.col(part).replace_strict(list(RANKED), range(len(RANKED)), default=0) for part in parts
    )
    return (
        pl.when(unread)
        .then(pl.lit(Tier.NONE.value))
        .when(open_)
        .then(pl.lit(Tier.NOT_APPLICABLE.value))
        .otherwise(ranks.replace_strict(range(len(RANKED)), list(RANKED)))
    )


def best(tiers: pl.DataFrame, key: str) -> pl.DataFrame:
    """One row for each ``key`` with the best of its ``tier``."""
    order = [*RANKED, Tier.NOT_APPLICABLE.value]
    return (
        tiers.sort(pl.col("tier").replace_strict(order, range(len(order)), return_dtype=pl.UInt8))
        .unique(key, keep="first", maintain_order=True)
        .select(key, "tier")
    )
