"""The packaged readings, loaded when first asked for (data/SOURCES.md says where they are from)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from validator.fields.reading.folding import fold_kanji, fold_known, learn_characters
from validator.fields.reading.lattice import Lattice
from validator.resources import once

DATA = Path(__file__).parent / "data"
CHARACTERS, LEARNED = DATA / "characters.parquet", DATA / "learned.parquet"
NAMES = (DATA / "names_edrdg.parquet", DATA / "names_mit.parquet")
# The same names with their keys made already: folding 400,000 names takes a second at every start.
FOLDED = (DATA / "folded_edrdg.parquet", DATA / "folded_mit.parquet")
FOLDED_CHARACTERS = DATA / "folded_characters.parquet"
_FEW = 200


class Dictionary:
    """Known (kanji, kana) pairs of surnames and given names, folded."""

    def __init__(self, pairs: pl.DataFrame) -> None:
        """``pairs``: distinct ``surname`` (Boolean), ``kanji``, ``kana``, by `fold_pairs`."""
        self.pairs = pairs.select("surname", "kanji", "kana").rechunk()
        self._asked = 0
        self._by_kind = {
            kind: self.pairs.filter(pl.col("surname") == kind) for kind in (True, False)
        }

    def readings(self, *, surname: bool) -> pl.DataFrame:
        """``surname, kanji, kana`` of one kind."""
        return self._by_kind[surname]

    def known(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the distinct folded ``surname, kanji, kana`` that stand in the dictionary."""
        # Asked this way round, the hash table is as small as the question.
        return self.pairs.join(pairs, on=["surname", "kanji", "kana"], how="semi")

    @cached_property
    def _sorted(self) -> dict[bool, pl.Series]:
        # Binary search answers single questions without a hash table of all names in memory.
        return {
            kind: pairs.select(line=pl.col("kanji") + "\t" + pl.col("kana"))["line"].sort()
            for kind, pairs in self._by_kind.items()
        }

    def holds(self, kanji: str, kana: str, *, surname: bool) -> bool:
        """Whether the folded pair stands in the dictionary."""
        self._asked += 1
        if self._asked <= _FEW:
            # Not worth sorting everything.
            same = (pl.col("kanji") == kanji) & (pl.col("kana") == kana)
            return bool(self._by_kind[surname].select(same.any()).item())
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
    voice: bool = True
    """Whether pykakasi is asked where nothing else fits."""


@cache
def _character_rows() -> pl.DataFrame:
    """``character`` (as printed), ``folded``, ``reading``, ``source``."""
    return pl.read_parquet(CHARACTERS).join(pl.read_parquet(FOLDED_CHARACTERS), on="character")


def folded_characters() -> pl.DataFrame:
    """``character, folded`` of all characters that have readings."""
    characters = pl.read_parquet(CHARACTERS).select("character").unique().sort("character")
    learn_characters(characters["character"])
    return characters.with_columns(folded=fold_kanji(pl.col("character")))


def _by_character(rows: pl.DataFrame, column: str) -> dict[str, frozenset[str]]:
    grouped = rows.group_by(column).agg("reading")
    return {character: frozenset(readings) for character, readings in grouped.iter_rows()}


def readings_as_printed() -> dict[str, frozenset[str]]:
    """Character → readings of its own entry, whatever it is a variant of."""
    return _by_character(pl.read_parquet(CHARACTERS), "character")


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
        Dictionary(dictionary.select("surname", "kanji", "kana").unique()),
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
    length = pl.col("reading").str.len_chars()
    return (
        rows.filter(pl.col("source") != "nanori", length > least)
        .select("folded", "reading", end=pl.int_ranges(least, length, dtype=pl.UInt32))
        .explode("end")
        .select("folded", reading=pl.col("reading").str.slice(0, pl.col("end")))
        .unique()
    )


def folded_names() -> pl.DataFrame:
    """All packaged pairs: ``surname, kanji, kana``, folded, each once."""
    return pl.concat(folded_by_source())


def folded_by_source() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The folded pairs of each source; what both hold stands in the first."""
    pair = ["surname", "kanji", "kana"]
    first, second = (
        fold_known(pl.read_parquet(path, columns=pair)).unique().sort(pair) for path in NAMES
    )
    return first, second.join(first, on=pair, how="anti", maintain_order="left")


@once
def _load() -> Knowledge:
    learned = pl.read_parquet(LEARNED)
    names = pl.concat([pl.read_parquet(path) for path in FOLDED])
    knowledge = make_knowledge(
        names.clear(), learned.with_columns(character=fold_kanji(pl.col("character")))
    )
    return replace(knowledge, dictionary=Dictionary(names))


def shipped(*, voice: bool = True) -> Knowledge:
    """The packaged knowledge; read from disk once, by the first thread that asks."""
    knowledge = _load()
    return knowledge if voice else replace(knowledge, voice=False)
