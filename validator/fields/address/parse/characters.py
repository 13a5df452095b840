"""Which characters and words count as one when towns are looked up.

One automaton does it all in a single walk over the text: width, kana, old and new forms,
ケ/ヶ/が, ノ/の/之, kanji numerals, hyphens, 大字, 丁目. The key may be looser than what is equal,
because towns that share a key are told apart by `fine` spelling afterwards (see town.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from validator.fields.address.parse.marks import ADDED, ALL, DROPPED
from validator.fields.name.variants import key_table
from validator.fields.text import HYPHENS

VARIANTS = Path(__file__).parents[1] / "data" / "gazetteer" / "variants.tsv"
NUMERALS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_HIGHEST = 9_999
# Counts of 丁目, 条 and 地割 stay below this; larger kanji numbers are 番地.
_HIGHEST_COUNT = 120
_KANA = {
    **dict.fromkeys("ヶガがヵゖゕ", "ケ"),
    **dict.fromkeys("のノ之乃", "ノ"),
    **dict.fromkeys("ッっつ", "ツ"),
    "力": "カ",
}
_INVISIBLE = (
    *range(9), *range(14, 32), 0x7F, 0x00AD, 0x034F, 0x061C, 0x180E, *range(0x180B, 0x180E),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF,
    *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0),
)  # fmt: skip
_SPACES = (
    *range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F,
    0x3000, 0x2800, 0x3164, 0xFFA0,
)  # fmt: skip
_PUNCTUATION = "、。，,､｡〒"
_VOICED = {"\u3099": "\u3099", "\u309b": "\u3099", "ﾞ": "\u3099"} | {
    "\u309a": "\u309a", "\u309c": "\u309a", "ﾟ": "\u309a",
}  # fmt: skip
# Number words that only join: what they stand behind stays a number of the place.
_JOINING = ("丁目", "町目", "地割", "条")
_FORMAL = {"壱": "1", "弐": "2", "参": "3"}


def kanji_number(number: int) -> str:
    """十, 二十一, 百五: the usual kanji writing of 1 to 9,999."""
    text = ""
    for value, unit in _UNITS:
        digit, number = divmod(number, value)
        if digit:
            text += ("" if digit == 1 else NUMERALS[digit]) + unit
    return text + (NUMERALS[number] if number else "")


def accounted(written: str, key: str) -> str:
    """``key`` with the marks that make up for its other length.

    They stand where no town or number can end: inside a number, behind a single character.
    """
    if len(key) == 1:
        return key + DROPPED * (len(written) - 1)
    if len(key) < len(written):
        return key[:-1] + DROPPED * (len(written) - len(key)) + key[-1]
    return key[:-1] + ADDED * (len(key) - len(written)) + key[-1]


@cache
def character_table() -> dict[str, str]:
    """Single characters (and kana with a loose voiced mark) → what they count as, accounted."""
    regular = key_table() | place_variants()
    digits = {kanji: str(value) for value, kanji in enumerate(NUMERALS)}

    def fold(character: str) -> str:
        character = unicodedata.normalize("NFKC", character).upper()
        if len(character) > 1:
            return "".join(fold(c) for c in character)
        character = regular.get(character, character)
        return _KANA.get(character, digits.get(character, character))

    table: dict[str, str] = {}
    for code in (*range(0x20, 0xD800), *range(0xF900, 0x10000), *range(0x1D400, 0x1F200),
                 *range(0x20000, 0x31350)):  # fmt: skip
        character = chr(code)
        if (folded := fold(character)) != character and character not in ALL:
            table[character] = accounted(character, folded)
    for base in (*map(chr, range(0x3041, 0x3100)), *map(chr, range(0xFF66, 0xFF9E))):
        for mark, combining in _VOICED.items():
            whole = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", base) + combining)
            if len(whole) == 1:
                table[base + mark] = accounted(base + mark, fold(whole))
    table |= dict.fromkeys(HYPHENS[1:], "-")
    table |= dict.fromkeys(map(chr, _INVISIBLE), DROPPED)
    table |= dict.fromkeys((*map(chr, _SPACES), *_PUNCTUATION), DROPPED)
    return table


@cache
def place_variants() -> dict[str, str]:
    """Pairs that towns are written with and that the tables of names do not join."""
    lines = VARIANTS.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t")[:2] for line in lines)


@cache
def fine_patterns() -> tuple[list[str], list[str]]:
    """The folds that never make two towns one: ケ/ヶ/が, ノ/の/之 and numerals, unaccounted."""
    table = {c: k for c, k in _KANA.items() if k in "ケノ"}
    table |= {kanji: str(value) for value, kanji in enumerate(NUMERALS)}
    table |= {kanji_number(number): str(number) for number in range(10, 1000)}
    words = sorted(table, key=len, reverse=True)
    return words, [table[word] for word in words]


@cache
def patterns() -> tuple[list[str], list[str]]:
    """Everything the automaton looks for, longest first, with its replacements."""
    table = _table()
    words = sorted(table, key=len, reverse=True)
    return words, [table[word] for word in words]


@cache
def _by_first() -> dict[str, list[str]]:
    """The patterns by their first character."""
    found: dict[str, list[str]] = {}
    for word in _table():
        found.setdefault(word[0], []).append(word)
    return found


def patterns_for(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The patterns that a few texts can need: an automaton over all of them costs more to build."""
    used = set().union(*texts)
    first, table = _by_first(), _table()
    words = [w for c in used for w in first.get(c, ()) if used.issuperset(w)]
    words.sort(key=lambda word: (-len(word), word))
    return words, [table[word] for word in words]


@cache
def _table() -> dict[str, str]:
    table = dict(character_table())
    for number in range(10, _HIGHEST + 1):
        word = kanji_number(number)
        table[word] = accounted(word, str(number))
        if word.startswith("千"):
            table["一" + word] = accounted("一" + word, str(number))
    # Alone it is part of a name (千葉, 千代田), a number only before a number word.
    del table["千"]
    for word in ("番", "号", "丁"):
        table["千" + word] = accounted("千", "1000") + word
    for number in range(_HIGHEST_COUNT):
        written = {kanji_number(number)} if number > 9 else {
            str(number), chr(0xFF10 + number), NUMERALS[number]
        }  # fmt: skip
        for digits in written:
            for word in _JOINING:
                table[digits + word] = accounted(digits, str(number)) + accounted(word, "-")
            # 北1条西2 is also written 北1西2: before a point of the compass 条 parts no numbers.
            for point in "東西南北":
                table[f"{digits}条{point}"] = accounted(digits, str(number)) + DROPPED + point
    for formal, digit in _FORMAL.items():
        table[formal + "丁目"] = digit + accounted("丁目", "-")
        table[formal + "番"] = digit + "番"
    return table | dict.fromkeys(("大字", "小字"), DROPPED * 2)
