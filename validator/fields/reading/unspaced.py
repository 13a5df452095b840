"""Names without a space on one side: every division is tried, the best one counts."""

from __future__ import annotations

import polars as pl

from validator.fields.kana.ladder import kana_key
from validator.fields.reading.division import Place, Unspaced, best_tier
from validator.fields.reading.folding import fold_kanji, fold_pairs
from validator.fields.reading.store import Knowledge
from validator.fields.reading.tiers import Tier, best

LONGEST = 12
"""Kanji without a space; longer ones are no name, and the divisions would be too many."""

_KEY = ["name", "variant"]
_DIVISION = [*_KEY, "cut", "kana_cut"]


def unspaced_tiers(names: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """``name, tier`` of ``names`` (``name``, and ``kanji``, ``kana`` as lists of words).

    A space that only one side has is kept as the place where that side divides.
    """
    folded = _folded(names)
    divisions = _divisions(folded)
    families = _known(divisions, knowledge, surname=True)
    givens = _known(divisions, knowledge, surname=False)
    sure = pl.concat(
        [
            folded.filter(pl.col("kanji") == pl.col("kana")).select("name"),
            _known_as_one_part(folded, knowledge).select("name"),
            families.join(givens, on=_DIVISION, how="semi").select("name"),
        ]
    ).unique()
    left = folded.join(sure, on="name", how="anti")
    families, givens = (known.join(left, on=_KEY, how="semi") for known in (families, givens))
    guessed = best(_guessed(left, _places(families), _places(givens), knowledge), "name")
    return pl.concat([sure.with_columns(tier=pl.lit(Tier.DICTIONARY.value)), guessed])


def _folded(names: pl.DataFrame) -> pl.DataFrame:
    """``name, variant, kanji, kana`` folded, and where a side that has a space divides."""
    words, kana_words = pl.col("kanji"), pl.col("kana")
    joined = names.select(
        "name",
        fixed_cut=pl.when(words.list.len() == 2).then(
            fold_kanji(words.list.first()).str.len_chars()
        ),
        fixed_kana_cut=pl.when(kana_words.list.len() == 2).then(
            kana_key(kana_words.list.first()).str.len_chars()
        ),
        kanji=words.list.join(""),
        kana=kana_words.list.join(""),
    )
    folded = fold_pairs(joined).filter(pl.col("kanji").str.len_chars() <= LONGEST)
    return folded.with_row_index("variant")


def _divisions(folded: pl.DataFrame) -> pl.DataFrame:
    """One row for each place where a kanji name may divide: ``cut``, ``family``, ``given``."""
    cut = pl.col("cut")
    return (
        folded.filter(pl.col("kanji").str.len_chars() > 1)
        .with_columns(cut=pl.int_ranges(1, pl.col("kanji").str.len_chars(), dtype=pl.UInt32))
        .explode("cut")
        .filter(pl.col("fixed_cut").is_null() | (cut == pl.col("fixed_cut")))
        .with_columns(
            family=pl.col("kanji").str.slice(0, cut), given=pl.col("kanji").str.slice(cut)
        )
    )


def _known(divisions: pl.DataFrame, knowledge: Knowledge, *, surname: bool) -> pl.DataFrame:
    """The divisions (``name, variant, cut, kana_cut``) of which one part is certain.

    Certain is what stands in the dictionary or is kana itself.
    """
    parts = divisions.rename({"family" if surname else "given": "part"})
    readings = knowledge.dictionary.readings(surname=surname).select(part="kanji", reading="kana")
    kana, reading = pl.col("kana"), pl.col("reading")
    total, length = kana.str.len_chars(), reading.str.len_chars()
    columns = [*_DIVISION[:-1], "kana", "fixed_kana_cut", "reading"]
    return (
        pl.concat(
            [
                parts.join(readings, on="part").select(columns),
                parts.with_columns(reading="part").select(columns),
            ]
        )
        .filter(kana.str.starts_with(reading) if surname else kana.str.ends_with(reading))
        .with_columns(kana_cut=length if surname else total - length)
        .filter(
            pl.col("fixed_kana_cut").is_null() | (pl.col("kana_cut") == pl.col("fixed_kana_cut")),
            pl.col("kana_cut").is_between(1, total - 1),
        )
        .select(_DIVISION)
    )


def _known_as_one_part(folded: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    alone = folded.filter(pl.col("fixed_cut").is_null() & pl.col("fixed_kana_cut").is_null())
    both = alone.select("kanji", "kana", surname=pl.lit([True, False])).explode("surname")
    return alone.join(knowledge.dictionary.known(both.unique()), on=["kanji", "kana"], how="semi")


def _places(known: pl.DataFrame) -> dict[int, set[Place]]:
    found: dict[int, set[Place]] = {}
    for variant, cut, kana_cut in known.select("variant", "cut", "kana_cut").iter_rows():
        found.setdefault(variant, set()).add((cut, kana_cut))
    return found


def _guessed(
    left: pl.DataFrame,
    families: dict[int, set[Place]],
    givens: dict[int, set[Place]],
    knowledge: Knowledge,
) -> pl.DataFrame:
    columns = ["variant", "kanji", "kana", "fixed_cut", "fixed_kana_cut"]
    tiers = [
        best_tier(
            Unspaced(
                kanji,
                kana,
                cut,
                kana_cut,
                families.get(variant, frozenset()),
                givens.get(variant, frozenset()),
            ),
            knowledge,
        ).value
        for variant, kanji, kana, cut, kana_cut in left.select(columns).iter_rows()
    ]
    return left.select("name", pl.Series("tier", tiers, dtype=pl.String))
