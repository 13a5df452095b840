"""Single questions: the tier of one part, and where an unspaced kanji name divides."""

from __future__ import annotations

from functools import lru_cache

from validator.fields.reading.folding import fold_one
from validator.fields.reading.parts import leftover_rank
from validator.fields.reading.store import Knowledge, shipped
from validator.fields.reading.tiers import RANKED, Tier

_LONGEST = 12


def part_tier(kanji: str, kana: str, *, surname: bool, voice: bool = True) -> str:
    """The `Tier` of one part of a name, as submitted or folded.

    For many names use `reading_tiers`, which looks at each distinct part once.
    """
    knowledge = shipped(voice=voice)
    folded = fold_one(kanji, kana)
    ranks = [_rank(*pair, surname, knowledge) for pair in folded]
    best = min(ranks, default=len(RANKED))
    return RANKED[best] if best < len(RANKED) else Tier.NOT_APPLICABLE.value


def _rank(kanji: str, kana: str, surname: bool, knowledge: Knowledge) -> int:
    if kanji == kana or knowledge.dictionary.holds(kanji, kana, surname=surname):
        return 0
    return leftover_rank(kanji, kana, knowledge, surname=surname)


@lru_cache(maxsize=65536)
def split_name(kanji: str, family_kana: str, given_kana: str) -> tuple[str, str] | None:
    """Divide an unspaced ``kanji`` name with the help of its divided kana.

    Pairs in the dictionary beat those that the lattice allows. None where nothing fits, where two
    places fit equally well, and for names that are too short or too long to divide.
    """
    if not 2 <= len(kanji) <= _LONGEST:
        return None
    knowledge = shipped()
    found = [
        (badness, place)
        for place in range(1, len(kanji))
        if (badness := _badness(kanji, place, (family_kana, given_kana), knowledge)) is not None
    ]
    best = min(found, default=None)
    if best is None or sum(badness == best[0] for badness, _ in found) > 1:
        return None
    return kanji[: best[1]], kanji[best[1] :]


def _badness(kanji: str, place: int, kana: tuple[str, str], knowledge: Knowledge) -> int | None:
    """How many of the two parts are in no dictionary; None where one is not even plausible."""
    outside = 0
    for part, reading, surname in (
        (kanji[:place], kana[0], True),
        (kanji[place:], kana[1], False),
    ):
        folded = fold_one(part, reading)
        if any(a == b or knowledge.dictionary.holds(a, b, surname=surname) for a, b in folded):
            continue
        if not any(knowledge.lattice.fits(a, b, surname=surname) for a, b in folded):
            return None
        outside += 1
    return outside
