"""The packaged readings, loaded when first asked for (data/SOURCES.md says where they are from)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

import polars as pl

from validator.fields.reading.folding import fold_kanji, fold_known, learn_characters
from validator.fields.reading.lattice import Lattice

DATA = Path(__file__).parent / "data"
CHARACTERS, LEARNED = DATA / "characters.parquet", DATA / "learned.parquet"
NAMES = (DATA / "names_edrdg.parquet", DATA / "names_mit.parquet")
_loading = Lock()


class Dictionary:
    """Known (kanji, kana) pairs of surnames and given names, folded."""

    def __init__(self, pairs: pl.DataFrame) -> None:
        """``pairs``: ``surname`` (Boolean), ``kanji``, ``kana``, folded by `fold_pairs`."""
        self.pairs = pairs.select("surname", "kanji", "kana").unique().rechunk()

    @cached_property
    def _sorted(self) -> dict[bool, pl.Series]:
        # Binary search answers single questions without a hash table of all names in memory.
        lines = self.pairs.select("surname", line=pl.col("kanji") + "\t" + pl.col("kana"))
        return {
            surname: lines.filter(pl.col("surname") == surname)["line"].sort()
            for surname in (True, False)
        }

    def holds(self, kanji: str, kana: str, *, surname: bool) -> bool:
        """Whether the folded pair stands in the dictionary."""
        lines, line = self._sorted[surname], f"{kanji}\t{kana}"
        place = bisect_left(lines, line)
        return place < len(lines) and bool(lines[place] == line)


@dataclass(frozen=True)
class Knowledge:
    """What plausibility is judged by."""

    dictionary: Dictionary
    lattice: Lattice
    plain: Lattice
    """Without what was learned from names."""
    beginnings: Mapping[str, frozenset[str]]
    """Folded character → the parts of its on and kun readings that a name may use."""
    words: Mapping[str, frozenset[str]]
    """Folded character → its kun readings without inflection (そら, ゆめ)."""


@cache
def _character_rows() -> pl.DataFrame:
    """``character`` (as printed), ``folded``, ``reading``, ``source``."""
    rows = pl.read_parquet(CHARACTERS)
    learn_characters(rows["character"])
    characters = rows.select("character").unique()
    return rows.join(
        characters.with_columns(folded=fold_kanji(pl.col("character"))), on="character"
    )


def _by_character(rows: pl.DataFrame, column: str) -> dict[str, frozenset[str]]:
    grouped = rows.group_by(column).agg("reading")
    return {character: frozenset(readings) for character, readings in grouped.iter_rows()}


@cache
def character_readings() -> dict[str, frozenset[str]]:
    """Character → on, kun and nanori readings (folded katakana), as printed and as folded."""
    rows = _character_rows()
    # A regular form also has what is printed at its variants, not the other way round.
    return _by_character(rows, "character") | _by_character(rows, "folded")


def make_knowledge(dictionary: pl.DataFrame, learned: pl.DataFrame) -> Knowledge:
    """Knowledge of a dictionary (``surname, kanji, kana``, folded) and learned readings."""
    rows = _character_rows()
    taught: dict[tuple[str, bool], frozenset[str]] = {
        (character, surname): frozenset(readings)
        for character, surname, readings in learned.group_by("character", "surname")
        .agg("reading")
        .iter_rows()
    }
    own = _by_character(rows, "folded")
    return Knowledge(
        Dictionary(dictionary),
        Lattice(own, taught),
        Lattice(own, {}),
        beginnings=_by_character(_beginnings(rows), "folded"),
        words=_by_character(rows.filter(pl.col("source") == "kun"), "folded"),
    )


def _beginnings(rows: pl.DataFrame) -> pl.DataFrame:
    """``folded, reading``: on readings from their first sound on (コウ → コ), kun from the second.

    One sound of a kun reading would accept twice as many slips of the pen.
    """
    least = pl.when(pl.col("source") == "on").then(1).otherwise(2)
    return (
        rows.filter(pl.col("source") != "nanori")
        .select("folded", "reading", end=pl.int_ranges(least, pl.col("reading").str.len_chars()))
        .explode("end", empty_as_null=False)
        .select("folded", reading=pl.col("reading").str.slice(0, pl.col("end").cast(pl.UInt32)))
        .unique()
    )


def folded_names() -> pl.DataFrame:
    """All packaged pairs: ``surname, kanji, kana``, folded, each once."""
    names = [pl.read_parquet(path, columns=["surname", "kanji", "kana"]) for path in NAMES]
    return fold_known(pl.concat(names)).unique()


@cache
def _load() -> Knowledge:
    return make_knowledge(folded_names(), pl.read_parquet(LEARNED))


def shipped() -> Knowledge:
    """The packaged knowledge; read from disk once, by the first thread that asks."""
    with _loading:
        return _load()
