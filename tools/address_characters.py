"""Which characters and words count as one when towns are looked up, drawn up once for the parser.

Width, kana, old and new forms, ケ/ヶ/が, ノ/の/之, kanji numerals, hyphens, 大字, 丁目. A key may be
looser than what is equal, because towns that share a key are told apart by their exact spelling.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import polars as pl

from validator.fields.address.gazetteer.store import DATA
from validator.fields.address.parse.characters import KANA, NUMERALS, kanji_number
from validator.fields.address.parse.marks import ADDED, ALL, DROPPED
from validator.fields.name.variants import key_table
from validator.fields.text import HYPHENS

VARIANTS = "variants.tsv"
_HIGHEST = 9_999
# Counts of 丁目, 条 and 地割 stay below this; larger kanji numbers are 番地.
_HIGHEST_COUNT = 120
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
_JOINING = ("丁目", "町目", "地割", "条", "條")
_FORMAL = {"壱": "1", "弐": "2", "参": "3"}


def accounted(written: str, key: str) -> str:
    """``key`` with the marks that make up for its other length.

    They stand where no town or number can end: inside a number, behind a single character.
    """
    if len(key) == 1:
        return key + DROPPED * (len(written) - 1)
    if len(key) < len(written):
        return key[:-1] + DROPPED * (len(written) - len(key)) + key[-1]
    return key[:-1] + ADDED * (len(key) - len(written)) + key[-1]


def characters(variants: Path) -> dict[str, str]:
    """Single characters (and kana with a loose voiced mark) → what they count as, accounted."""
    lines = variants.read_text(encoding="utf-8").splitlines()[1:]
    regular = key_table() | dict(line.split("\t")[:2] for line in lines)
    digits = {kanji: str(value) for value, kanji in enumerate(NUMERALS)}

    def fold(character: str) -> str:
        character = unicodedata.normalize("NFKC", character).upper()
        if len(character) > 1:
            return "".join(fold(c) for c in character)
        character = regular.get(character, character)
        return KANA.get(character, digits.get(character, character))

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


def words() -> dict[str, str]:
    """Kanji numbers, number words and marks that may be left out, accounted."""
    table: dict[str, str] = {}
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
                for word in "条條":
                    table[digits + word + point] = accounted(digits, str(number)) + DROPPED + point
    for formal, digit in _FORMAL.items():
        table[formal + "丁目"] = digit + accounted("丁目", "-")
        table[formal + "番"] = digit + "番"
    return table | dict.fromkeys(("大字", "小字"), DROPPED * 2)


def character_table(folder: Path = DATA) -> pl.DataFrame:
    """``written, key``: what the parser's automaton looks for, longest first."""
    table = characters(folder / VARIANTS) | words()
    longest_first = sorted(table, key=lambda word: (-len(word), word))
    return pl.DataFrame({"written": longest_first, "key": [table[word] for word in longest_first]})
