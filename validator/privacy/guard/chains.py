"""Twelve digits in running text, however they are spaced.

A *chain* is a run of digits with at most one separator between two of them. In it stand
candidates: a solid run, three groups of four, or another grouping. Digits of any script count, as
do separators of every kind that people and programs put between groups; characters that nobody
sees are taken out before. A run that is part of a longer number is no candidate.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Shape = Literal["solid", "fours", "odd", "spread"]

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_HYPHENS = (
    "\\-\u2010-\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d\u02d7\u207b"
    "\u30fc\uff70\u301c\uff5e~\u3030\u2e3a\u2e3b\ufe31\ufe32\u05be\u1806"
)
_BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_POINTS = ".\uff0e\u00b7\u30fb\uff65_\uff3f\u2024"
_SEPARATOR = f"(?:[{_BLANKS}]?[{_HYPHENS}][{_BLANKS}]?|[{_BLANKS}{_POINTS}])"
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f]"
)
_CHAIN = re.compile(rf"\d(?:{_SEPARATOR}?\d){{10,}}")
_ASCII_CHAIN = re.compile(r"[0-9](?:(?: ?[\-~] ?|[ ._])?[0-9]){10,}", re.ASCII)
_SOLID = re.compile(r"(?<!\d)\d{11,13}(?!\d)")
_FOURS = re.compile(rf"(?<!\d)(\d{{4}})({_SEPARATOR})(\d{{4}})({_SEPARATOR})(\d{{4}})(?!\d)")
# A number that a spreadsheet or a data frame has made a fraction.
_WHOLE = re.compile(r"(\d{11,13})[.．]0{1,2}")
_ODD_LONGEST = 13 + 12 * 3
_FORMULA = frozenset({"123456789018", "123456789012"})


@dataclass(frozen=True)
class Candidate:
    """A place in a text: ``digits`` (11 to 13, ASCII), where it stands and how it is written."""

    start: int
    end: int
    digits: str
    shape: Shape

    @property
    def fits(self) -> bool:
        """Twelve digits whose check digit is right, nobody's well-known number."""
        return fits(self.digits) and not is_formula(self.digits)


def fits(digits: str) -> bool:
    """Whether these are twelve digits with the check digit of a My Number.

    Source: 平成26年総務省令第85号 第5条. One random string in ten fits.
    """
    if len(digits) != 12:
        return False
    rest = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def is_formula(digits: str) -> bool:
    """Numbers that show the formula or fill a field: all digits of the body equal, 1 to 12."""
    return digits in _FORMULA or len(set(digits[:11])) == 1


def candidates(text: str) -> Iterator[Candidate]:
    """Every candidate of ``text`` (without `INVISIBLE` characters), in order."""
    pattern = _ASCII_CHAIN if text.isascii() else _CHAIN
    for chain in pattern.finditer(text):
        yield from _in_chain(text, chain.start(), chain.end())


def _in_chain(text: str, start: int, end: int) -> Iterator[Candidate]:
    chain = text[start:end]
    found: list[Candidate] = []
    if len(chain) <= 13 and chain.isdecimal():
        # Nearly every chain of a log or a table is one solid run.
        yield Candidate(start, end, ascii_digits(chain), "solid")
        return
    whole = _WHOLE.fullmatch(chain)
    if whole is not None:
        yield Candidate(start, end, ascii_digits(whole[1]), "solid")
        return
    found += [
        Candidate(start + run.start(), start + run.end(), ascii_digits(run[0]), "solid")
        for run in _SOLID.finditer(chain)
        if not _joins_number(chain, run.start(), run.end())
    ]
    found += [
        Candidate(
            start + run.start(), start + run.end(), ascii_digits(run[1] + run[3] + run[5]), "fours"
        )
        for run in _FOURS.finditer(chain)
        if not _continues(chain, run)
    ]
    if not found and len(chain) <= _ODD_LONGEST:
        digits = ascii_digits("".join(c for c in chain if c.isdecimal()))
        if len(digits) <= 13:
            found.append(Candidate(start, end, digits, "odd"))
    yield from sorted(found, key=lambda one: one.start)


def ascii_digits(text: str) -> str:
    """Decimal digits of any script as ASCII."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(c)) for c in text)


def _joins_number(chain: str, start: int, end: int) -> bool:
    """A decimal fraction (0.839…, 839….55) or a number joined to others by hyphens."""
    before, after = chain[start - 1 : start], chain[end : end + 1]
    joints = ".．-‐‑‒–—―−－"
    return (bool(before) and before in joints) or (bool(after) and after in joints)


def _continues(chain: str, run: re.Match[str]) -> bool:
    """More groups with the same separator before or behind: a card number, 法人番号 as 1-4-4-4."""
    start, end = run.span()
    for mark in {run[2], run[4]}:
        wide = len(mark)
        if start > wide and chain.endswith(mark, 0, start) and chain[start - wide - 1].isdecimal():
            return True
        if chain.startswith(mark, end) and chain[end + wide : end + wide + 1].isdecimal():
            return True
    return False


def looks_like_time(digits: str) -> bool:
    """A day and a time, or a day with a running number behind it, in the usual orders of parts."""
    pairs = [int(digits[n : n + 2]) for n in range(0, 12, 2)] if len(digits) == 12 else []
    if not pairs:
        return False
    first, second, third, fourth, fifth, last = pairs
    if digits[:2] in ("19", "20") and _is_day(first * 100 + second, third, fourth):
        return True
    # Few years only: one number of a person in 2,500 would pass for such a time.
    if (
        20 <= first < 33
        and _is_day(2000 + first, second, third)
        and fourth < 24
        and max(fifth, last) < 60
    ):
        return True
    if digits[4:6] in ("19", "20") and fifth < 24 and last < 60:
        year = third * 100 + fourth
        return _is_day(year, first, second) or _is_day(year, second, first)
    return False


def looks_like_phone(digits: str) -> bool:
    """A Japanese mobile number with the code of the country and without its +."""
    return digits[:2] == "81" and digits[2] in "5789" and digits[3] == "0"


def looks_like_list(digits: str) -> bool:
    """Three groups of four that are all years, all round, or evenly spaced: a list, no number."""
    groups = [int(digits[n : n + 4]) for n in (0, 4, 8)]
    years = all(1800 <= group <= 2199 for group in groups)
    round_ones = all(group % 100 == 0 for group in groups)
    return years or round_ones or groups[0] - groups[1] == groups[1] - groups[2]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1990 <= year <= 2039 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
