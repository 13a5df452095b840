"""Whether the codes of an equality tell the truth, without asking how they were found.

Only the rungs themselves are used (what each one does to a single text), never the code that
picks the names. Two questions about a pair and its codes:

*enough*: the rungs that are named, and the tables that are named, make the two texts equal. One
indulgence: a rung that is not named may help if it is the ground on which a named one stands
(half-width kana must be wide before the dash behind them counts) and changes both sides alike.

*needed*: without a named rung (and without the rungs that can stand in for it: dropping a wide
space makes its width irrelevant) the two texts stay unequal; a table that is named joins at least
one pair of characters.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

import polars as pl

from validator.fields.ladder import Rung, fold

from .tables import possible_evidence, texts_joined

# Codes that must be named, and for each differing place the codes that may be; None: unequal.
Joined = tuple[set[str], list[set[str]]] | None
Tables = Callable[[str, str], Joined]


class Named(NamedTuple):
    """Two texts that were found equal, and the codes that were named for it."""

    a: str
    b: str
    steps: frozenset[str]


STANDS_ON = {
    "DASH": {"COMPAT", "WIDTH", "SCRIPT", "IVS"},
    "VU": {"WIDTH", "SCRIPT"},
    "OLDKANA": {"WIDTH", "SCRIPT"},
    "SMALL": {"WIDTH", "SCRIPT"},
    "SCRIPT": {"COMPAT", "WIDTH"},
    "KE": {"WIDTH"},
    "LATIN": {"WIDTH"},
    "ITERATION": {"IVS", "COMPAT", "WIDTH", "SPACE"},
    "LONG": {"COMPAT", "WIDTH", "SPACE", "SCRIPT", "DASH", "VU", "OLDKANA", "SMALL"},
}
STANDS_IN = {"WIDTH": {"SPACE", "DASH", "LATIN"}, "COMPAT": {"WIDTH"}}
_VOWELS = {
    row: vowel
    for vowel, rows in {
        "ア": "アカサタナハマヤラワガザダバパ",
        "イ": "イキシチニヒミリギジビピ",
        "ウ": "ウクスツヌフムユルグズブプ",
        "エ": "エケセテネヘメレゲゼデベペ",
        "オ": "オコソトノホモヨロゴゾドボポ",
    }.items()
    for row in rows
}


def folded(texts: Sequence[str], rungs: Sequence[Rung]) -> list[str]:
    """Texts after these rungs."""
    return pl.DataFrame({"t": texts}).select(fold(pl.col("t"), rungs)).to_series().to_list()


def _changed(before: str, after: str) -> tuple[Counter[str], Counter[str]]:
    old, new = Counter(before), Counter(after)
    return old - new, new - old


def not_enough(pairs: Sequence[Named], rungs: Sequence[Rung], tables: Tables) -> list[Named]:
    """The pairs that their named codes do not make equal."""
    ones, others = [pair.a for pair in pairs], [pair.b for pair in pairs]
    for rung in rungs:
        next_ones, next_others = folded(ones, [rung]), folded(others, [rung])
        for n, pair in enumerate(pairs):
            ground = set().union(*(STANDS_ON.get(code, set()) for code in pair.steps))
            alike = _changed(ones[n], next_ones[n]) == _changed(others[n], next_others[n])
            if rung.code in pair.steps or (rung.code in ground and alike):
                ones[n], others[n] = next_ones[n], next_others[n]
    return [
        pair
        for pair, one, other in zip(pairs, ones, others, strict=True)
        if not _explained(tables(one, other), pair.steps)
    ]


def _explained(found: Joined, steps: frozenset[str]) -> bool:
    return found is not None and found[0] <= steps and all(may & steps for may in found[1])


def needless(
    pairs: Sequence[Named], rungs: Sequence[Rung], tables: Tables
) -> list[tuple[Named, str]]:
    """The pairs with a named code without which they are equal all the same."""
    found: list[tuple[Named, str]] = []
    by_rungs = {rung.code for rung in rungs}
    whole = _joined(pairs, rungs, tables)
    for pair, (must, places) in zip(pairs, whole, strict=True):
        used = must.union(*places)
        found += [(pair, code) for code in pair.steps - by_rungs - used]
    for code in by_rungs:
        left_out = {code} | STANDS_IN.get(code, set())
        rest = [rung for rung in rungs if rung.code not in left_out]
        without = _joined(pairs, rest, tables, unequal=(set(), [set()] * 10_000))
        for pair, (must, places), (_, more) in zip(pairs, whole, without, strict=True):
            # A table that has more to do has taken the rung's place, and would be named for it.
            if code in pair.steps - must and len(more) <= len(places):
                found.append((pair, code))
    return found


def _joined(
    pairs: Sequence[Named],
    rungs: Sequence[Rung],
    tables: Tables,
    unequal: tuple[set[str], list[set[str]]] = (set(), []),
) -> list[tuple[set[str], list[set[str]]]]:
    ones = folded([pair.a for pair in pairs], rungs)
    others = folded([pair.b for pair in pairs], rungs)
    return [tables(one, other) or unequal for one, other in zip(ones, others, strict=True)]


def kanji_tables(a: str, b: str) -> Joined:
    """Variant characters, and repetition marks written out where that is what it takes."""
    for must, one, other in ((set[str](), a, b), ({"ITERATION"}, written_out(a), written_out(b))):
        if texts_joined(one, other):
            places = zip(one, other, strict=True)
            return must, [possible_evidence(x, y) for x, y in places if x != y]
    return None


def written_out(text: str) -> str:
    """々 ゝ ゞ as what stands before them."""
    made = ""
    for character in text:
        before = made[-1:]
        if before and character == "々":
            made += before
        elif before and character in "ゝヽ":
            made += unicodedata.normalize("NFD", before)[0]
        elif before and character in "ゞヾ":
            made += unicodedata.normalize("NFC", unicodedata.normalize("NFD", before)[0] + "\u3099")
        else:
            made += character
    return made


def kana_tables(a: str, b: str) -> Joined:
    """ー on one side for a vowel that it can stand for on the other."""
    before, places = "", 0
    for x, y in zip_longest(a, b, fillvalue=""):
        if x != y:
            vowel = {x, y} - {"ー"}
            sound = _VOWELS.get(before, "")
            if "ー" not in (x, y) or not vowel <= _spelled(sound):
                return None
            places += 1
        before = y if x == "ー" else x
    return set(), [{"LONG"}] * places


def _spelled(vowel: str) -> set[str]:
    return {vowel, {"オ": "ウ", "エ": "イ"}.get(vowel, vowel)} - {""}
