"""Whether two kanji sound alike, to explain how one came to stand for the other."""

from __future__ import annotations

from validator.fields.reading.folding import key_of
from validator.fields.reading.store import character_readings


def shared_readings(a: str, b: str) -> bool:
    """Whether two single kanji share an on, kun or name reading (False for anything else)."""
    if len(a) != 1 or len(b) != 1:
        return False
    return not _readings(a).isdisjoint(_readings(b))


def _readings(character: str) -> frozenset[str]:
    table = character_readings()
    return table.get(character) or table.get(key_of(character) or "", frozenset())
