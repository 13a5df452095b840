"""Readings that are allowed although they are only part of one.

心愛 ココア uses part of こころ; in 美空 ソラ the first character is not heard. Each widens what is
accepted by chance, so only one character of a name may be shortened, the others are read with
what KANJIDIC gives, and only in a given name of two characters may one be silent.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from validator.fields.reading.sounds import voiced

if TYPE_CHECKING:
    from validator.fields.reading.store import Knowledge


@lru_cache(maxsize=16384)
def _inside(parts: frozenset[str]) -> frozenset[str]:
    return parts | voiced(parts)


def fits_in_part(kanji: str, kana: str, knowledge: Knowledge, *, surname: bool) -> bool:
    """Whether ``kana`` reads ``kanji`` when one character is shortened or silent (both folded)."""
    if len(kanji) < 2 or len(kana) < 2:
        return False
    if not surname and len(kanji) == 2:
        for character in kanji:
            if kana in knowledge.words.get(character, ()):
                return True
    return _with_one_beginning(kanji, kana, knowledge, surname)


def _with_one_beginning(kanji: str, kana: str, knowledge: Knowledge, surname: bool) -> bool:
    lattice, last = knowledge.plain, len(kanji) - 1
    whole: set[int] = {0}
    shortened: set[int] = set()
    for place, character in enumerate(kanji):
        first = place == 0
        sounds = lattice.sounds(character, surname=surname, first=first, last=place == last)
        parts = knowledge.beginnings.get(character, frozenset())
        parts = parts if first else _inside(parts)
        longest = max(map(len, parts), default=0)
        now_shortened = lattice.step(sounds, kana, shortened) | {
            end
            for start in whole
            for end in range(start + 1, min(start + longest, len(kana)) + 1)
            if kana[start:end] in parts
        }
        whole, shortened = lattice.step(sounds, kana, whole), now_shortened
    return len(kana) in shortened
