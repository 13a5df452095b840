"""What two different characters have in common: shape, sound, or an entry in a dictionary.

Only used to explain a difference; nothing here makes two names equal.
"""

from __future__ import annotations

from functools import cache, lru_cache

from validator.fields.name.variants import read_table
from validator.fields.reading import shared_readings

LOOK_ALIKE, HOMOPHONE, RELATED, ONE_CHARACTER = (
    "LOOK_ALIKE",
    "HOMOPHONE",
    "RELATED",
    "ONE_CHARACTER",
)
_SAME_SHAPE = 0.6
_DEEPEST = 4
_OPERATORS = frozenset("⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻〾↔↷⊖")


@lru_cache(maxsize=65536)
def nature(one: str, other: str) -> str:
    """How two unequal characters could have been taken for one another."""
    if look_alike(one, other):
        return LOOK_ALIKE
    if shared_readings(one, other):
        return HOMOPHONE
    return RELATED if related(one, other) else ONE_CHARACTER


@cache
def _related() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for character, other, _ in read_table("mj/hints"):
        found.setdefault(character, set()).add(other)
    return {character: frozenset(others) for character, others in found.items()}


def related(one: str, other: str) -> bool:
    """A dictionary or the register's list of other characters names them together."""
    table = _related()
    of_one, of_other = table.get(one, frozenset()), table.get(other, frozenset())
    return other in of_one or one in of_other


@cache
def _confused() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, _ in read_table("hand/look_alikes"):
        for character in group:
            found.setdefault(character, set()).update(group)
    return {character: frozenset(others) for character, others in found.items()}


def look_alike(one: str, other: str) -> bool:
    """Named by hand, or most of their parts are the same."""
    if other in _confused().get(one, frozenset()):
        return True
    a, b = _parts(one), _parts(other)
    if max(len(a), len(b)) < 2:
        return False
    return _shared_in_order(a, b) / max(len(a), len(b)) >= _SAME_SHAPE


@cache
def _descriptions() -> dict[str, str]:
    return {row[0]: row[1] for row in read_table("ids/components")}


@lru_cache(maxsize=8192)
def _parts(character: str, depth: int = 0) -> tuple[str, ...]:
    description = _descriptions().get(character)
    if description is None or description == character or depth == _DEEPEST:
        return (character,)
    leaves: list[str] = []
    for part in description:
        if part not in _OPERATORS:
            leaves.extend(_parts(part, depth + 1))
    return tuple(leaves)


def _shared_in_order(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]
