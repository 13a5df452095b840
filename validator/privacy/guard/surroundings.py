"""What stands around a candidate: its label or key, its column, the characters beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from validator.privacy.guard.chains import (
    Candidate,
    looks_like_list,
    looks_like_phone,
    looks_like_time,
)
from validator.privacy.guard.evidence import Weight
from validator.privacy.guard.words import (
    begins_with_unit,
    extensions,
    labels,
    says_my_number,
    says_nothing,
    says_number,
    says_other,
)

# So far before a number its label may stand, and so far behind it a remark.
LABEL_REACH = 32
_REMARK_REACH = 16
_KEY = re.compile(r"""["'`]?([^\W\d][\w.\-]*)["'`]?\s*(?::=|=>|[:=：＝])\s*[bfru]?["'`「]?$""")
_ELEMENT = re.compile(r"<(?:[\w\-]+:)?([^\W\d][\w.\-]*)(?:\s[^<>]*)?>\s*$")
# A Latin word that touches the number, directly or by one mark.
_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9]*)[\-_.:]?$", re.ASCII)
_LAST_WORD = re.compile(r"([^\W\d_]+)[\W_]*$")
_LONG_RUN = re.compile(r"\d{6,}")
_MARKS = r"""[\s:：=＝>＞"'`「『（(［\[|｜・,、はが]*"""
_LABELLED = re.compile(rf"{_MARKS}(?:[(（][^()（）]{{0,20}}[)）])?{_MARKS}")
# A row of numbers.
_NUMBER_BEFORE = re.compile(r"(?:\d{5}|\d[.:]\d{1,3})[\d.:]*[ \t]+$")
_HEX_END = re.compile(r"[0-9A-Fa-f]+$")
_HEX_START = re.compile(r"[0-9A-Fa-f]+")
_SHORTEST_HASH = 24
_UUID_HEAD = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}$")
_CURRENCY = re.compile(r"[¥￥$€£＄]\s*$")
# A line that a program wrote: it begins with a time, or holds one in brackets.
_LOG_LINE = re.compile(
    r"^\W{0,3}(?:\d{4}[-/]\d\d?[-/]\d\d?[T ,]\d\d?:\d\d|[A-Z][a-z]{2} +\d\d? \d\d:\d\d:\d\d"
    r"|\d{10}(?:\d{3}){0,3}(?:\.\d+)?\s)"
    r"|\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d|^\W{0,3}(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)"
)


class Reading(StrEnum):
    """How a file is to be read.

    ``data``: tables, forms, notes; ``prose``: writing about numbers; ``code``: programs and logs.
    """

    DATA = "data"
    PROSE = "prose"
    CODE = "code"


@dataclass(frozen=True)
class Surroundings:
    """``before`` and ``after`` in the same cell or line; ``header`` of the column, if there is one.

    ``place`` names the column where there is one (group of its values); ``alone``: the candidate
    is the whole cell. ``line`` begins the line (at most 80 characters).
    """

    before: str
    after: str
    header: str | None = None
    place: tuple[str, ...] = ()
    alone: bool = False
    line: str = ""


def weigh(one: Candidate, around: Surroundings, reading: Reading) -> tuple[Weight, tuple[str, ...]]:
    """The weight of a candidate and the group in which it is counted."""
    if is_labelled(one, around):
        return Weight.FIELD, ()
    if _is_something_else(one) or _is_part_of_hash(one, around):
        return Weight.NONE, ()
    key = _key(around)
    group = around.place or ("key", key or _last_word(around.before))
    if _says_against(around, key):
        return Weight.AGAINST, group
    if _is_weak(one, around, key, reading):
        return Weight.WEAK, group
    return Weight.PLAIN, group


def is_labelled(one: Candidate, around: Surroundings) -> bool:
    """Whether a column, key or label beside the candidate names a My Number."""
    if around.header is not None and says_my_number(around.header):
        return around.alone or one.shape != "odd"
    near = around.before[-LABEL_REACH:]
    long_runs = [run.end() for run in _LONG_RUN.finditer(near)]
    for _, end in labels(near):
        if not any(end <= run for run in long_runs):
            return True
    return bool(labels(around.after[:_REMARK_REACH]))


def follows_label_directly(around: Surroundings) -> bool:
    """Whether nothing but punctuation stands between a label and the candidate: a form field."""
    near = around.before[-LABEL_REACH:]
    return any(_LABELLED.fullmatch(near, end) for _, end in labels(near))


def _key(around: Surroundings) -> str | None:
    found = _KEY.search(around.before) or _ELEMENT.search(around.before)
    return found[1] if found else None


def _last_word(before: str) -> str:
    found = _LAST_WORD.search(before)
    return found[1][-12:].casefold() if found else ""


def _says_against(around: Surroundings, key: str | None) -> bool:
    if around.header is not None and says_other(around.header):
        return True
    if _CURRENCY.search(around.before) or begins_with_unit(around.after):
        return True
    if key is not None and not says_nothing(key):
        return says_other(key)
    # The clause before the number, at most a few words long.
    near = re.split(r"[.。;；!?\n]\s|。", around.before[-LABEL_REACH:])[-1]
    return says_other(near)


def _is_something_else(one: Candidate) -> bool:
    return (
        one.shape in ("odd", "spread")
        or looks_like_time(one.digits)
        or (one.shape == "solid" and looks_like_phone(one.digits))
        or (one.shape == "fours" and looks_like_list(one.digits))
    )


def _is_part_of_hash(one: Candidate, around: Surroundings) -> bool:
    """Inside a long hexadecimal word, or the last group of a UUID."""
    head, tail = _HEX_END.search(around.before), _HEX_START.match(around.after)
    beside = len(head[0] if head else "") + len(tail[0] if tail else "")
    if beside and beside + len(one.digits) >= _SHORTEST_HASH:
        return True
    return bool(_UUID_HEAD.search(around.before))


def _is_weak(one: Candidate, around: Surroundings, key: str | None, reading: Reading) -> bool:
    before, after = around.before, around.after
    if key is None and _is_part_of_word(before, after):
        return True
    if key is not None and not says_nothing(key):
        return True
    if one.shape != "solid":
        return False
    return (
        reading == Reading.CODE
        or bool(_LOG_LINE.search(around.line))
        or bool(_NUMBER_BEFORE.search(before))
    )


def _is_part_of_word(before: str, after: str) -> bool:
    """Part of an identifier, a path or an address: UUID, hash, ORD-8392…, /item/8392…, 8392abc."""
    if after[:1].isascii() and after[:1].isalpha():
        return True
    if after[:1] in ("-", "_", "/") and after[1:2].isascii() and after[1:2].isalnum():
        return True
    if before[-1:] in ("/", "+", "#", "@", "&", "?", "\\"):
        return True
    word = _PREFIX.search(before)
    if word is not None:
        return not says_number(word[1])
    return before[-1:] in ("-", "_", ".") and before[-2:-1].isascii() and before[-2:-1].isalnum()


def reading_of(name: str) -> Reading:
    """How a file of this name is read: programs, prose, and everything else is data."""
    ending = name.rpartition(".")[2].casefold() if "." in name.rpartition("/")[2] else ""
    if ending in extensions("code"):
        return Reading.CODE
    return Reading.PROSE if ending in extensions("prose") else Reading.DATA
