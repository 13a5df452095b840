"""The baseline's fields: each value normalised and read on its own, in plain Python.

The same normal forms as the validator's (contract sections 2 and 3), written a second time for
one value instead of a column; only tables of data are shared. Names: baseline_names.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from stdnum.jp import in_ as individual_number

ROOT = Path(__file__).resolve().parent.parent
HYPHENS = (
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d\u02d7\u207b"
)


def _span(*borders: tuple[int, int]) -> Iterable[int]:
    return (code for first, last in borders for code in range(first, last + 1))


_UNSEEN = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, 0x2800,
     *_span((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F))]
)  # fmt: skip
_SELECTORS = dict.fromkeys(_span((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x180B, 0x180D)))
# NFKC would turn the spacing marks into a space and a mark.
_MARKS = str.maketrans("\u309b\u309c\uff9e\uff9f", "\u3099\u309a\u3099\u309a")
WIDTH = {**_UNSEEN, **_MARKS}
WIDTH_AND_GLYPH = {**WIDTH, **_SELECTORS}
_BLANKS = " \t\r\n\v\f\u0085\u00a0\u2028\u2029\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@cache
def code_table(name: str) -> dict[str, Any]:
    """A table of ``schemas/``."""
    return tomllib.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))


def is_blank(text: str | None) -> bool:
    """Nothing that a reader could see."""
    return not text or not text.strip(_BLANKS)


def without_spaces(text: str) -> str:
    return "".join(text.split())


# --- My Number -----------------------------------------------------------------------------

_NOT_IN_NUMBER = HYPHENS + "\u30fc\uff70\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NUMBER = str.maketrans("０１２３４５６７８９", "0123456789", _NOT_IN_NUMBER)
_EXPONENT = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")


def read_number(text: str | None) -> tuple[str, str | None]:
    """State (blank, as_written, repaired, placeholder …) and the number if it can be looked up.

    A placeholder can, though it is nobody's; with a wrong check digit it is no number at all.
    """
    if is_blank(text):
        return "blank", None
    assert text is not None
    plain = len(text) == 12 and text.isascii() and text.isdigit()
    digits = text if plain else without_spaces(text.translate(_NUMBER))
    if not (digits.isascii() and digits.isdigit()):
        return ("exponent" if _EXPONENT.fullmatch(digits) else "malformed"), None
    if len(digits) != 12:
        return "length", None
    fits = individual_number.calc_check_digit(digits[:-1]) == digits[-1]
    if len(set(digits)) == 1 or int(digits) in (123_456_789_012, 123_456_789_018):
        return ("placeholder", digits) if fits else ("wrong_placeholder", None)
    if not fits:
        return "check_digit", None
    return ("as_written" if plain else "repaired"), digits


# --- dates, sex, words ---------------------------------------------------------------------


class Day(NamedTuple):
    """State (blank, iso, notation, or why it is none) and the day where it is certain."""

    state: str
    day: date | None = None


UNREADABLE = {"unreadable", "impossible", "outside_era", "two_digit_year", "excel_serial"}
_ERA = r"(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])\s*[-/.]?\s*"
_GREGORIAN = (
    re.compile(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?"
        r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?",
        re.ASCII,
    ),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)
_JAPANESE = (
    re.compile(_ERA + r"(元|\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?", re.ASCII),
    re.compile(_ERA + r"(\d{2}|\d{4})(\d{2})(\d{2})", re.ASCII),
    re.compile(r"([13579])[-/. ](\d{1,2})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII),
    re.compile(r"([13579])[-/. ]?(\d{2}|\d{4})(\d{2})(\d{2})", re.ASCII),
)
_NO_CENTURY = re.compile(r"\d{2}(?:\d{2}\d{2}|[-/.年]\d{1,2}[-/.月]\d{1,2}日?)", re.ASCII)
_SERIAL = re.compile(r"0*[1-9]\d*(?:\.0+)?", re.ASCII)
_DATE_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc]")
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十]+")


def _two_digits(match: re.Match[str]) -> str:
    text = match[0].replace("零", "〇")
    if "十" not in text:
        return "".join(str(_KANJI_DIGITS.index(c)) for c in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return text
    return str(
        10 * (_KANJI_DIGITS.index(tens) if tens else 1) + (_KANJI_DIGITS.index(ones) if ones else 0)
    )


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def read_date(text: str | None) -> Day:
    """A date in any notation that is read with certainty."""
    if is_blank(text):
        return Day("blank")
    assert text is not None
    if len(text) > 40:
        return Day("unreadable")
    folded = " ".join(normalize("NFKC", text).split()).upper()
    folded = _KANJI_NUMBER.sub(_two_digits, _DATE_DASHES.sub("-", folded))
    for pattern in _GREGORIAN:
        if match := pattern.fullmatch(folded):
            day = _real_day(*map(int, match.groups()))
            iso = day is not None and text == day.isoformat()
            return Day(("iso" if iso else "notation") if day else "impossible", day)
    for pattern in _JAPANESE:
        if match := pattern.fullmatch(folded):
            return _in_era(*match.groups())
    if _NO_CENTURY.fullmatch(folded):
        return Day("two_digit_year")
    return Day(
        "excel_serial"
        if _SERIAL.fullmatch(folded) and 4 <= len(folded.split(".")[0]) <= 5
        else "unreadable"
    )


def _in_era(name: str, year: str, month: str, day: str) -> Day:
    eras = code_table("codes/eras.toml")["era"]
    era = next(e for e in eras if name in (e["name"], e["short"], e["letter"], e["media"]))
    if len(year) == 4 or year.strip("0") == "":
        return Day("outside_era")
    found = _real_day(era["base"] + (1 if year == "元" else int(year)), int(month), int(day))
    if found is None:
        return Day("impossible")
    inside = era["first"] <= found <= era.get("last", date.max)
    return Day("notation", found) if inside else Day("outside_era")


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)


@cache
def read_sex(text: str | None) -> int | None:
    """1, 2, or None where the word is unknown."""
    word = normalize("NFKC", text or "").strip().casefold()
    found: int | None = code_table("codes/sex.toml")["words"].get(word)
    return found


def _word(text: str | None) -> str:
    return without_spaces(normalize("NFKC", (text or "")[:200])).casefold()


@lru_cache(maxsize=4096)
def read_flag(text: str | None) -> str | None:
    """yes, no, unknown, or None for a blank."""
    word, table = _word(text), code_table("codes/flags.toml")
    return (
        None
        if not word
        else "yes"
        if word in table["yes"]
        else "no"
        if word in table["no"]
        else "unknown"
    )


@lru_cache(maxsize=4096)
def read_change(text: str | None) -> str | None:
    """addition, removal, change, unknown, or None for a blank."""
    word = _word(text)
    return code_table("codes/flags.toml")["change_type"].get(word, "unknown") if word else None


@lru_cache(maxsize=4096)
def read_reason(text: str | None) -> str | None:
    """Code of an admissible reason for having no number, ``inadmissible``, or None for a blank."""
    word, table = _word(text), code_table("codes/no_number_reasons.toml")
    if not word:
        return None
    if word in table["words"]:
        return str(table["words"][word])
    for other in table["other"]:
        if word.startswith(other):
            rest = re.sub(r"[()\[\]「」:,、。・\-]", "", word.removeprefix(other))
            return "inadmissible" if rest.isdigit() else table["words"].get(rest, "inadmissible")
    return "inadmissible"
