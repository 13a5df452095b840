"""A lattice of readings: can a kana name be put together from readings of its characters?

Each character offers its on, kun and name readings and those learned from name pairs. Inside a
name they may be voiced (連濁) or clipped to ッ (促音化), and の may be read without being written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from validator.fields.reading.sounds import (
    BEFORE_GEMINATE,
    LINKS,
    geminated,
    is_kana,
    kana_sounds,
    voiced,
)


class Sounds(NamedTuple):
    """What one character may sound like in one place of a name."""

    free: Collection[str]
    clipped: Collection[str]  # only before a sound that doubles
    longest: int
    links: Collection[str]  # sounds that may come before it without being written


class Lattice:
    """Readings by character; cached as they are asked for, so one instance serves a whole run."""

    def __init__(
        self,
        own: Mapping[str, frozenset[str]],
        learned: Mapping[tuple[str, bool], frozenset[str]],
    ) -> None:
        """Take ``own`` (character → readings) and ``learned`` ((character, is surname) → readings).

        Both folded: kanji by `fold_kanji`, kana by `kana_key`.
        """
        self._own = own
        self._learned = learned
        self._cache: dict[tuple[str, bool, bool, bool], Sounds] = {}

    def knows(self, character: str, *, surname: bool) -> bool:
        """Whether the character has any reading at all."""
        return (
            is_kana(character)
            or bool(self._own.get(character))
            or (character, surname) in self._learned
        )

    def sounds(self, character: str, *, surname: bool, first: bool, last: bool) -> Sounds:
        """What ``character`` may sound like as the first, last or an inner one of a name."""
        key = (character, surname, first, last)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._make(character, surname, first, last)
        return found

    def _make(self, character: str, surname: bool, first: bool, last: bool) -> Sounds:
        if is_kana(character):
            free = kana_sounds(character, first=first)
        else:
            free = set(self._own.get(character, ())) | self._learned.get(
                (character, surname), frozenset()
            )
        if not first:
            free = free | voiced(free)
        clipped = set() if last else geminated(free) - free
        links = () if first else LINKS[surname]
        return Sounds(frozenset(free), frozenset(clipped), max(map(len, free), default=0), links)

    @staticmethod
    def step(sounds: Sounds, kana: str, starts: Collection[int]) -> set[int]:
        """The places in ``kana`` where one character's reading may end, from any of ``starts``."""
        free, clipped, longest, links = sounds
        ends: set[int] = set()
        total = len(kana)
        for given in starts:
            linked = links and kana[given : given + 1] in links
            for start in (given, given + 1) if linked else (given,):
                for end in range(start + 1, min(start + longest, total) + 1):
                    sound = kana[start:end]
                    if sound in free or (
                        sound in clipped and kana[end : end + 1] in BEFORE_GEMINATE
                    ):
                        ends.add(end)
        return ends

    def ends(
        self, kanji: str, kana: str, *, surname: bool, starts: Collection[int] = (0,)
    ) -> Collection[int]:
        """The places in ``kana`` where the reading of all of ``kanji`` may end."""
        places, last = starts, len(kanji) - 1
        for place, character in enumerate(kanji):
            sounds = self.sounds(character, surname=surname, first=place == 0, last=place == last)
            places = self.step(sounds, kana, places)
            if not places:
                break
        return places

    def fits(self, kanji: str, kana: str, *, surname: bool) -> bool:
        """Whether ``kana`` is a possible reading of ``kanji`` (both folded)."""
        return len(kana) in self.ends(kanji, kana, surname=surname)

    def touches(self, kanji: str, kana: str, *, surname: bool) -> bool:
        """Whether the first character's reading opens ``kana`` or the last one's closes it."""
        first = self.sounds(kanji[0], surname=surname, first=True, last=False)
        if self.step(first, kana, (0,)):
            return True
        last = self.sounds(kanji[-1], surname=surname, first=False, last=True)
        return any(kana[-size:] in last.free for size in range(1, last.longest + 1))
