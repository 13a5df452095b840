"""Which characters and words count as one when towns are looked up.

One automaton does it all in a single walk over the text (data/gazetteer/characters.parquet, drawn
up by tools/address_characters.py): width, kana, old and new forms, ケ/ヶ/が, ノ/の/之, kanji
numerals, hyphens, 大字, 丁目. The key may be looser than what is equal, because towns that share a
key are told apart by `fine` spelling afterwards (see town.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl

from validator.fields.address.gazetteer.store import DATA

NUMERALS = "〇一二三四五六七八九"
KANA = {
    **dict.fromkeys("ヶガがヵゖゕ", "ケ"),
    **dict.fromkeys("のノ之乃", "ノ"),
    **dict.fromkeys("ッっつ", "ツ"),
    "力": "カ",
}
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def kanji_number(number: int) -> str:
    """十, 二十一, 百五: the usual kanji writing of 1 to 9,999."""
    text = ""
    for value, unit in _UNITS:
        digit, number = divmod(number, value)
        if digit:
            text += ("" if digit == 1 else NUMERALS[digit]) + unit
    return text + (NUMERALS[number] if number else "")


@cache
def fine_patterns() -> tuple[list[str], list[str]]:
    """The folds that never make two towns one: ケ/ヶ/が, ノ/の/之 and numerals, unaccounted."""
    table = {c: k for c, k in KANA.items() if k in "ケノ"}
    table |= {kanji: str(value) for value, kanji in enumerate(NUMERALS)}
    table |= {kanji_number(number): str(number) for number in range(10, 1000)}
    words = sorted(table, key=len, reverse=True)
    return words, [table[word] for word in words]


@cache
def _table() -> pl.DataFrame:
    return pl.read_parquet(DATA / "characters.parquet")


@cache
def patterns() -> tuple[pl.Series, pl.Series]:
    """Everything the automaton looks for, longest first, with its replacements (one row each)."""
    return _table()["written"].implode(), _table()["key"].implode()


@cache
def _words() -> tuple[dict[str, str], range]:
    """The patterns with their replacements, and how long they can be."""
    table = _table()
    words = dict(zip(table["written"].to_list(), table["key"].to_list(), strict=True))
    return words, range(1, max(map(len, words)) + 1)


def patterns_for(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The patterns that stand in a few texts: an automaton over all of them costs more to build."""
    table, sizes = _words()
    found = {
        word
        for text in texts
        for place in range(len(text))
        for size in sizes
        if (word := text[place : place + size]) in table
    }
    words = sorted(found, key=lambda word: (-len(word), word))
    return words, [table[word] for word in words]
