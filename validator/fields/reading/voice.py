"""pykakasi as one voice: it knows the everyday reading of about two names in five.

It reads a few thousand names a second, so it is only asked where some character's reading fits.
"""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import Any

from validator.fields.reading.sounds import folded_kana

# Not known to be safe in threads.
_speaking = Lock()


@cache
def _kakasi() -> Any:  # noqa: ANN401 (pykakasi ships no types)
    import pykakasi  # 0.6 s, and most names never need it

    return pykakasi.kakasi()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=65536)
def _reading(kanji: str) -> str:
    with _speaking:
        return folded_kana("".join(str(part["hira"]) for part in _kakasi().convert(kanji)))


def says(kanji: str, kana: str) -> bool:
    """Whether pykakasi reads ``kanji`` as ``kana`` (both folded)."""
    return _reading(kanji) == kana
