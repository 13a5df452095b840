"""Whether what a parser gives is right, or equal for two addresses, whatever its spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from address_rewriting import NEW_FORMS, NUMERALS

# prefecture, municipality, town, rest; None where the parser failed
Row = Sequence[str] | None

_ONE_FORM = str.maketrans("ヶがガの之ッ", "ケケケノノツ")
_DIGITS = {kanji: value for value, kanji in enumerate(NUMERALS)}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI = re.compile("[〇一二三四五六七八九十百千]+")
_MARK = re.compile("大字|小字|字")
_DASH = re.compile("[‐‑‒–—―−─━⁃ー-]+")
_JOINED = re.compile("(?<=[0-9])(?:丁目|番地?ノ?|号ノ?|ノ)-?(?=[0-9])")
_CLOSED = re.compile("(?<=[0-9])(?:丁目|番地?|号)(?![ァ-ヺ一-鿿A-Za-z])")
_CHOME = re.compile("(?<=[0-9])丁目")
_BEFORE = re.compile("(?<![0-9])-(?=[0-9])")


def kanji_value(text: str) -> str:
    """二十七 → 27, 二七 → 27, 千 → 1000."""
    if not any(character in _UNITS for character in text):
        return "".join(str(_DIGITS[character]) for character in text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = 10 * digit + _DIGITS[character]
    return str(total + digit)


def spelled(text: str) -> str:
    """The text in one spelling: width, kanji numerals, 大字 and 字, ケ/ヶ, の/ノ, old forms, dashes."""
    text = unicodedata.normalize("NFKC", text).translate(NEW_FORMS).translate(_ONE_FORM)
    text = _KANJI.sub(lambda found: kanji_value(found.group()), _MARK.sub("", text))
    return _DASH.sub("-", text).strip("- ")


def folded(text: str) -> str:
    """Beyond `spelled`, number words as hyphens: what a part is right or wrong by."""
    text = _CLOSED.sub("", _JOINED.sub("-", spelled(text)))
    return _BEFORE.sub("", _CHOME.sub("-", text)).strip("- ")


class Verdict(NamedTuple):
    """Which parts are right; ``whole``: town and block, wherever the border falls."""

    prefecture: bool
    city: bool
    town: bool
    whole: bool


WRONG = Verdict(prefecture=False, city=False, town=False, whole=False)


def judge(row: Row, wanted: Sequence[str]) -> Verdict:
    """``row`` against ``wanted``: prefecture, municipality, town, block.

    A building behind the block counts neither way. Of the later parts each needs the ones before.
    """
    if row is None:
        return WRONG
    prefecture = folded(row[0]) == folded(wanted[0])
    city = prefecture and folded(row[1]) == folded(wanted[1])
    town = city and folded(row[2]) == folded(wanted[2])
    read, right = _together(row[2], row[3]), _together(wanted[2], wanted[3])
    whole = read.startswith(right) and not re.match("-?[0-9]", read[len(right) :])
    return Verdict(prefecture=prefecture, city=city, town=town, whole=city and whole)


def _together(town: str, rest: str) -> str:
    return folded(f"{town}-{rest}" if rest[:1].isdigit() else town + rest)


def one_place(first: Row, second: Row) -> bool:
    """Whether a parser's outputs for two addresses are equal, part by part; never where it failed.

    Number words are left to the parser: to take 4丁目17 and 4番地17 for one would be our doing.
    """
    if first is None or second is None:
        return False
    return all(same_text(*two) for two in zip(first, second, strict=True))


def same_text(first: str, second: str) -> bool:
    """Whether two texts are one but for spelling and spaces."""
    return spelled(first).replace(" ", "") == spelled(second).replace(" ", "")
