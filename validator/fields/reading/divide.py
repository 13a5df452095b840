"""Where a name divides that has a space neither in kanji nor in kana."""

from __future__ import annotations

import re
from functools import lru_cache

from validator.fields.reading.folding import fold_one
from validator.fields.reading.store import shipped

_KANJI = re.compile("[々ぁ-ゖァ-ヺー一-鿿]+")
_KANA = re.compile("[ァ-ヺー]+")
_LONGEST_KANJI, _LONGEST_KANA = 8, 20


@lru_cache(maxsize=65536)
def divide_name(kanji: str, kana: str) -> tuple[str, str] | None:
    """``kanji`` and ``kana``, each with a space between family name and given name.

    Only where the name dictionary holds both parts at exactly one place; None otherwise.
    """
    if not (2 <= len(kanji) <= _LONGEST_KANJI and 2 <= len(kana) <= _LONGEST_KANA):
        return None
    if not _KANJI.fullmatch(kanji) or not _KANA.fullmatch(kana):
        return None
    dictionary = shipped().dictionary
    places = {
        (cut, kana_cut)
        for folded, sound in fold_one(kanji, kana)
        if len(folded) == len(kanji) and len(sound) == len(kana)
        for cut in range(1, len(folded))
        for kana_cut in range(1, len(sound))
        if dictionary.holds(folded[:cut], sound[:kana_cut], surname=True)
        and dictionary.holds(folded[cut:], sound[kana_cut:], surname=False)
    }
    if len(places) != 1:
        return None
    cut, kana_cut = places.pop()
    return f"{kanji[:cut]} {kanji[cut:]}", f"{kana[:kana_cut]} {kana[kana_cut:]}"
