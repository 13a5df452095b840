"""Learn name readings of single characters from (kanji, kana) pairs.

A pair that the lattice cannot read, but could if exactly one character had another reading, is
evidence for that reading. It is kept if enough distinct names ask for it, and enough of all names
with that character: one odd name must not widen what is accepted for everybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

import polars as pl

from validator.fields.reading.lattice import Lattice
from validator.fields.reading.sounds import is_kana
from validator.fields.reading.store import make_knowledge

ENOUGH = {True: ((2, 0.01), (3, 0.005)), False: ((2, 0.02), (4, 0.01))}
"""Is surname → (distinct names, share of the names with that character): either line is enough.

Given names are short and their readings many, so each further reading fits more names by chance.
"""
ROUNDS = 2
"""The second round reads names with what the first has learned."""
LONGEST_READING = 5

Reading = tuple[str, bool, str]
Pair = tuple[bool, str, str]


def learn(pairs: pl.DataFrame) -> pl.DataFrame:
    """``character, surname, reading, names`` from folded ``surname, kanji, kana`` pairs."""
    rows = pairs.select("surname", "kanji", "kana").sort("surname", "kanji", "kana").rows()
    names_with = Counter((c, surname) for surname, kanji, _ in rows for c in set(kanji))
    kept: dict[Reading, int] = {}
    for _ in range(ROUNDS):
        lattice = make_knowledge(pairs.clear(), _frame(kept)).lattice
        for reading, names in _evidence(rows, lattice).items():
            character, surname, _ = reading
            if enough(len(names), names_with[character, surname], surname=surname):
                kept[reading] = len(names)
    return _frame(kept).sort("character", "surname", "reading")


def enough(names: int, total: int, *, surname: bool) -> bool:
    """Whether ``names`` distinct names of ``total`` with the character make a reading known."""
    return any(names >= least and names >= share * total for least, share in ENOUGH[surname])


def _frame(kept: dict[Reading, int]) -> pl.DataFrame:
    schema = {
        "character": pl.String,
        "surname": pl.Boolean,
        "reading": pl.String,
        "names": pl.UInt32,
    }
    return pl.DataFrame([(*key, names) for key, names in kept.items()], schema, orient="row")


def _evidence(rows: Iterable[Pair], lattice: Lattice) -> dict[Reading, set[str]]:
    found: dict[Reading, set[str]] = defaultdict(set)
    for surname, kanji, kana in rows:
        if lattice.fits(kanji, kana, surname=surname):
            continue
        for character, reading in missing_readings(kanji, kana, lattice, surname=surname):
            found[character, surname, reading].add(kanji)
    return found


def missing_readings(
    kanji: str, kana: str, lattice: Lattice, *, surname: bool
) -> Iterator[tuple[str, str]]:
    """(character, reading) that would each alone make the pair readable."""
    starts = _starts(kanji, kana, lattice, surname)
    rests = _rests(kanji, kana, lattice, surname)
    for place, character in enumerate(kanji):
        if is_kana(character):
            continue
        for start in starts[place]:
            for end in rests[place + 1]:
                if 0 < end - start <= LONGEST_READING:
                    yield character, kana[start:end]


def _step(
    kanji: str, kana: str, place: int, starts: Collection[int], lattice: Lattice, surname: bool
) -> set[int]:
    first, last = place == 0, place == len(kanji) - 1
    sounds = lattice.sounds(kanji[place], surname=surname, first=first, last=last)
    return lattice.step(sounds, kana, starts)


def _starts(kanji: str, kana: str, lattice: Lattice, surname: bool) -> list[set[int]]:
    """Where each character's reading may start, the characters before it being read."""
    starts: list[set[int]] = [{0}]
    for place in range(len(kanji)):
        starts.append(_step(kanji, kana, place, starts[-1], lattice, surname))
    return starts


def _rests(kanji: str, kana: str, lattice: Lattice, surname: bool) -> list[set[int]]:
    """Where the characters from each place on may start and still read to the end."""
    rests: list[set[int]] = [{len(kana)}]
    for place in reversed(range(len(kanji))):
        rests.append(
            {
                start
                for start in range(len(kana))
                if _step(kanji, kana, place, {start}, lattice, surname) & rests[-1]
            }
        )
    return rests[::-1]
