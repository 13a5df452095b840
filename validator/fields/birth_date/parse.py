"""One date, as written, into a day, or into the reason why it is none.

Notations read with certainty (contract section 2): ISO, YYYYMMDD, ``/``, ``.``, 和暦 in
words (元年, kanji numerals), era letter or media era code with YYMMDD or Y.M.D, any width.
A day that its era does not have (昭和65年, 平成元年1月1日) is refused; its Gregorian reading is
only a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from validator.resources import load_toml


class DateState(StrEnum):
    """What a submitted date looks like."""

    BLANK = "blank"
    ISO = "iso"
    NOTATION = "notation"  # another notation that is read with certainty
    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"  # no such day: 2月30日
    OUTSIDE_ERA = "outside_era"
    TWO_DIGIT_YEAR = "two_digit_year"  # no era, no century
    EXCEL_SERIAL = "excel_serial"


READ = (DateState.ISO.value, DateState.NOTATION.value)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """``day`` only where it is certain; ``suggestion`` is what was probably meant."""

    state: DateState
    day: date | None = None
    suggestion: date | None = None


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """Year (Gregorian), month and day as somebody wrote them, even if there is no such day.

    ``base``: of the era that was written (1925: 昭和), null for a western date.
    """

    year: int
    month: int
    day: int
    base: int | None


@dataclass(frozen=True, slots=True)
class Era:
    """``first``, ``last``: its first and last day; year 1 is ``base`` + 1."""

    name: str
    base: int
    first: date
    last: date


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十]+")
_SEPARATOR = r"[-/.,年月 ]"
_GREGORIAN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ERA_SPLIT = re.compile(
    r"(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])\s*[-/.]?\s*(元|\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?",
    re.ASCII,
)
_ERA_COMPACT = re.compile(
    r"(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])\s*[-/.]?\s*(\d{2}|\d{4})(\d{2})(\d{2})",
    re.ASCII,
)
_MEDIA_SPLIT = re.compile(r"([13579])[-/. ](\d{1,2})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_MEDIA_COMPACT = re.compile(r"([13579])[-/. ]?(\d{2}|\d{4})(\d{2})(\d{2})", re.ASCII)
_WESTERN = (_GREGORIAN, _COMPACT)
_OF_AN_ERA = (_ERA_SPLIT, _ERA_COMPACT, _MEDIA_SPLIT, _MEDIA_COMPACT)
_TWO_DIGIT = re.compile(r"\d{2}(?:\d{2}\d{2}|[-/.年]\d{1,2}[-/.月]\d{1,2}日?)", re.ASCII)
# Five digits: 1927-05-18 to 2173-10-13. Four digits are a year without a day.
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.0+)?", re.ASCII)
_EXCEL_EPOCH = date(1899, 12, 30)
_LONGEST = 40


@cache
def eras() -> dict[str, Era]:
    """The eras by every name that one is written with, the code of electronic media included."""
    found: dict[str, Era] = {}
    for row in load_toml("codes/eras.toml")["era"]:
        era = Era(row["name"], row["base"], row["first"], row.get("last", date.max))
        for key in (row["name"], row["short"], row["letter"], row["media"]):
            found[key] = era
    return found


def _kanji_number(match: re.Match[str]) -> str:
    text = match.group()
    if "十" not in text:
        return "".join(str(_KANJI_DIGITS[c]) for c in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return str((_KANJI_DIGITS[tens] if tens else 1) * 10 + (_KANJI_DIGITS[ones] if ones else 0))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_era(era: Era, year_text: str, month: int, day: int) -> ParsedDate:
    year = 1 if year_text == "元" else int(year_text)
    if len(year_text) == 4:
        # A western year in an era field: the year itself says what was meant.
        return ParsedDate(
            DateState.OUTSIDE_ERA, suggestion=_day(year, month, day) if year else None
        )
    if year == 0:
        return ParsedDate(DateState.OUTSIDE_ERA)
    found = _day(era.base + year, month, day)
    if found is None:
        return ParsedDate(DateState.IMPOSSIBLE)
    if not era.first <= found <= era.last:
        return ParsedDate(DateState.OUTSIDE_ERA, suggestion=found)
    return ParsedDate(DateState.NOTATION, day=found)


def _gregorian(year: str, month: str, day: str, state: DateState) -> ParsedDate:
    if int(year) < 1:
        return ParsedDate(DateState.IMPOSSIBLE)
    found = _day(int(year), int(month), int(day))
    if found is None:
        return ParsedDate(DateState.IMPOSSIBLE)
    return ParsedDate(state, day=found)


def _folded(value: str) -> str:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value)).strip().upper()
    return _KANJI_NUMBER.sub(_kanji_number, re.sub("[\u2010-\u2015\u2212\u30fc]", "-", text))


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for p in patterns if (match := p.fullmatch(text))), None)


def written_date(value: str | None) -> WrittenDate | None:
    """What ``value`` says, possible or not (1985-25-04, 昭和85年…); null where it says no date."""
    if value is None or len(value) > _LONGEST:
        return None
    text = _folded(value)
    western = _first(_WESTERN, text)
    if western:
        return WrittenDate(int(western[1]), int(western[2]), int(western[3]), None)
    match = _first(_OF_AN_ERA, text)
    if match is None:
        return None
    base = eras()[match[1]].base
    year = 1 if match[2] == "元" else int(match[2])
    # A western year behind an era is what it says.
    whole = year if len(match[2]) == 4 else base + year
    return WrittenDate(whole, int(match[3]), int(match[4]), base)


@lru_cache(maxsize=200_000)
def parse_date(value: str | None) -> ParsedDate:
    """The day that ``value`` names, or why it names none."""
    if value is None:
        return ParsedDate(DateState.BLANK)
    if len(value) > _LONGEST:
        return ParsedDate(DateState.UNREADABLE if value.strip() else DateState.BLANK)
    iso = _ISO.fullmatch(value)
    if iso:
        return _gregorian(iso[1], iso[2], iso[3], DateState.ISO)
    if any(unicodedata.category(c) == "No" for c in value):
        # ① and ² fold to digits, yet they are no notation of a date.
        return ParsedDate(DateState.UNREADABLE)
    text = _folded(value)
    if not text:
        return ParsedDate(DateState.BLANK)
    western = _first(_WESTERN, text)
    if western:
        return _gregorian(western[1], western[2], western[3], DateState.NOTATION)
    match = _first(_OF_AN_ERA, text)
    if match:
        return _in_era(eras()[match[1]], match[2], int(match[3]), int(match[4]))
    if _TWO_DIGIT.fullmatch(text):
        return ParsedDate(DateState.TWO_DIGIT_YEAR)
    serial = _SERIAL.fullmatch(text)
    if serial:
        return ParsedDate(
            DateState.EXCEL_SERIAL, suggestion=_EXCEL_EPOCH + timedelta(days=int(serial[1]))
        )
    return ParsedDate(DateState.UNREADABLE)
