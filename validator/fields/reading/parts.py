"""The tier of single name parts: dictionary by join, everything else in plain Python."""

from __future__ import annotations

import polars as pl

from validator.fields.reading.folding import fold_pairs
from validator.fields.reading.partial import fits_in_part
from validator.fields.reading.store import Knowledge
from validator.fields.reading.tiers import RANKED, Tier
from validator.fields.reading.voice import says

_RANK = {tier: rank for rank, tier in enumerate(RANKED)}
_NOT_APPLICABLE = len(RANKED)
_PAIR = ["surname", "kanji", "kana"]


def part_tiers(parts: pl.DataFrame, knowledge: Knowledge) -> pl.Series:
    """A `Tier` for each row of ``parts`` (Boolean ``surname``, String ``kanji``, ``kana``)."""
    asked = parts.select(_PAIR).with_row_index("part")
    folded = fold_pairs(asked.drop_nulls())
    ranks = _ranks(folded.select(_PAIR).unique(), knowledge)
    # A long vowel gives two rows; the better reading of it counts.
    best = folded.join(ranks, on=_PAIR, how="left").group_by("part").agg(pl.col("rank").min())
    names = [*RANKED, Tier.NOT_APPLICABLE.value]
    return (
        asked.join(best, on="part", how="left", maintain_order="left")
        .select(
            pl.col("rank")
            .fill_null(_NOT_APPLICABLE)
            .replace_strict(range(len(names)), names, return_dtype=pl.String)
            .alias("tier")
        )
        .to_series()
    )


def _ranks(pairs: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """``rank`` of distinct folded pairs."""
    certain = pl.col("kanji") == pl.col("kana")
    known = knowledge.dictionary.known(pairs)
    left = pairs.filter(~certain).join(known, on=_PAIR, how="anti")
    rank = [
        leftover_rank(kanji, kana, knowledge, surname=surname)
        for surname, kanji, kana in left.iter_rows()
    ]
    first = pl.lit(_RANK[Tier.DICTIONARY.value], dtype=pl.UInt8).alias("rank")
    return pl.concat(
        [
            known.with_columns(first),
            pairs.filter(certain).join(known, on=_PAIR, how="anti").with_columns(first),
            left.with_columns(pl.Series("rank", rank, dtype=pl.UInt8)),
        ]
    )


def leftover_rank(kanji: str, kana: str, knowledge: Knowledge, *, surname: bool) -> int:
    """Place in `RANKED` (one more: not applicable) of a folded pair in no dictionary."""
    if knowledge.lattice.fits(kanji, kana, surname=surname):
        return _RANK[Tier.LATTICE]
    if fits_in_part(kanji, kana, knowledge, surname=surname):
        return _RANK[Tier.PARTIAL]
    touches = knowledge.voice and knowledge.lattice.touches(kanji, kana, surname=surname)
    if touches and says(kanji, kana):
        return _RANK[Tier.PYKAKASI]
    if all(knowledge.lattice.knows(character, surname=surname) for character in kanji):
        return _RANK[Tier.NONE]
    return _NOT_APPLICABLE
