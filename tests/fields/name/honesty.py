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

import polars as pl

from validator.fields.ladder import Rung, fold

from .tables import possible_evidence, texts_joined

Tables = Callable[[str, str], "tuple[set[str], list[set[str]]] | None"]
"""Codes that must be named, and for each differing place the codes that may be (None: unequal)."""

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


def folded(text: str, rungs: Sequence[Rung]) -> str:
    """One text after these rungs."""
    return str(pl.DataFrame({"t": [text]}).select(fold(pl.col("t"), rungs)).item())


def _changed(before: str, after: str) -> tuple[Counter[str], Counter[str]]:
    old, new = Counter(before), Counter(after)
    return old - new, new - old


def _changes_alike(rung: Rung, a: str, b: str) -> bool:
    return _changed(a, folded(a, [rung])) == _changed(b, folded(b, [rung]))


def enough(a: str, b: str, steps: set[str], rungs: Sequence[Rung], tables: Tables) -> bool:
    """Whether the named codes make ``a`` and ``b`` equal."""
    ground = set().union(*(STANDS_ON.get(code, set()) for code in steps))
    for rung in rungs:
        if rung.code in steps or (rung.code in ground and _changes_alike(rung, a, b)):
            a, b = folded(a, [rung]), folded(b, [rung])
    found = tables(a, b)
    return found is not None and found[0] <= steps and all(may & steps for may in found[1])


def needless(a: str, b: str, steps: set[str], rungs: Sequence[Rung], tables: Tables) -> set[str]:
    """The named codes without which the pair is equal all the same."""
    found = tables(folded(a, rungs), folded(b, rungs))
    must, may = found or (set(), [])
    used = must.union(*may)
    done_by_rungs = {rung.code for rung in rungs}
    idle = {code for code in steps if code not in done_by_rungs and code not in used}
    for code in (steps & done_by_rungs) - must:
        left_out = {code} | STANDS_IN.get(code, set())
        rest = [rung for rung in rungs if rung.code not in left_out]
        if tables(folded(a, rest), folded(b, rest)) is not None:
            idle.add(code)
    return idle


def kanji_tables(a: str, b: str) -> tuple[set[str], list[set[str]]] | None:
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
        if before and character in "々":
            made += before
        elif before and character in "ゝヽ":
            made += unicodedata.normalize("NFD", before)[0]
        elif before and character in "ゞヾ":
            made += unicodedata.normalize("NFC", unicodedata.normalize("NFD", before)[0] + "\u3099")
        else:
            made += character
    return made


def kana_tables(a: str, b: str) -> tuple[set[str], list[set[str]]] | None:
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
