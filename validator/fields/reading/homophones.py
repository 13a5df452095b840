"""Whether two kanji sound alike, to explain how one came to stand for the other."""

from __future__ import annotations

from validator.fields.reading.store import character_readings


def shared_readings(a: str, b: str) -> bool:
    """Whether two single kanji share an on, kun or name reading (False for anything else)."""
    if len(a) != 1 or len(b) != 1:
        return False
    readings = character_readings()
    return not readings.get(a, frozenset()).isdisjoint(readings.get(b, frozenset()))
