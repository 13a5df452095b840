"""Where one name divides: family and given name of an unspaced name, read together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from validator.fields.reading.partial import fits_in_part
from validator.fields.reading.store import Knowledge
from validator.fields.reading.tiers import Tier
from validator.fields.reading.voice import says

Place = tuple[int, int]
"""Characters of the kanji name and of the kana name that belong to the family name."""


@dataclass(frozen=True, slots=True)
class Unspaced:
    """A folded name, where it may divide, and the divisions that the dictionary knows."""

    kanji: str
    kana: str
    cut: int | None = None
    kana_cut: int | None = None
    families: Collection[Place] = field(default_factory=frozenset)
    givens: Collection[Place] = field(default_factory=frozenset)

    @property
    def cuts(self) -> Collection[int]:
        """The places where the kanji name may divide."""
        return (self.cut,) if self.cut is not None else range(1, len(self.kanji))

    @property
    def may_be_one_part(self) -> bool:
        """Neither side has a space, so the field may hold one part only."""
        return self.cut is None and self.kana_cut is None


def best_tier(name: Unspaced, knowledge: Knowledge) -> Tier:
    """The best `Tier` below ``dictionary`` that any division of ``name`` reaches."""
    kanji, kana = name.kanji, name.kana
    if _lattice(name, knowledge):
        return Tier.LATTICE
    if _in_part(name, knowledge):
        return Tier.PARTIAL
    if knowledge.lattice.touches(kanji, kana, surname=True) and says(kanji, kana):
        return Tier.PYKAKASI
    known = all(
        knowledge.lattice.knows(character, surname=surname)
        for character in kanji
        for surname in (True, False)
    )
    return Tier.NONE if known else Tier.NOT_APPLICABLE


def _family_ends(name: Unspaced, cut: int, knowledge: Knowledge) -> set[int]:
    """Where in the kana the family name of ``cut`` characters may end."""
    ends = set(knowledge.lattice.ends(name.kanji[:cut], name.kana, surname=True))
    ends |= {kana_cut for place, kana_cut in name.families if place == cut}
    if name.kana_cut is not None:
        ends &= {name.kana_cut}
    return {end for end in ends if 0 < end < len(name.kana)}


def _lattice(name: Unspaced, knowledge: Knowledge) -> bool:
    kanji, kana, lattice = name.kanji, name.kana, knowledge.lattice
    if name.may_be_one_part and any(
        lattice.fits(kanji, kana, surname=surname) for surname in (True, False)
    ):
        return True
    for cut in name.cuts:
        ends = _family_ends(name, cut, knowledge)
        if any((cut, end) in name.givens for end in ends) or (
            ends and len(kana) in lattice.ends(kanji[cut:], kana, surname=False, starts=ends)
        ):
            return True
    return False


def _in_part(name: Unspaced, knowledge: Knowledge) -> bool:
    """One of the two parts is read in part, the other one wholly."""
    kanji, kana = name.kanji, name.kana
    if name.may_be_one_part and any(
        fits_in_part(kanji, kana, knowledge, surname=surname) for surname in (True, False)
    ):
        return True
    return any(
        fits_in_part(kanji[cut:], kana[end:], knowledge, surname=False)
        for cut in name.cuts
        for end in _family_ends(name, cut, knowledge)
    ) or any(
        fits_in_part(kanji[:cut], kana[:start], knowledge, surname=True)
        for cut, start in _given_starts(name, knowledge)
    )


def _given_starts(name: Unspaced, knowledge: Knowledge) -> Iterator[Place]:
    places = (name.kana_cut,) if name.kana_cut is not None else range(1, len(name.kana))
    for cut in name.cuts:
        for start in places:
            if (cut, start) in name.givens or knowledge.lattice.fits(
                name.kanji[cut:], name.kana[start:], surname=False
            ):
                yield cut, start
