"""Why a clerk takes both sides for one person: a reason of the pick list, or in words.

The list is schemas/codes/clearances.toml. A document counts as proof where it is named.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from validator.resources import load_toml

OTHER = "other"
_TABLE = "codes/clearances.toml"
# Between a reason and the document that proves it.
_WITH = "・"


@dataclass(frozen=True, slots=True)
class Reason:
    """``code``: of schemas/codes/clearances.toml; ``words``: what else was written; ``proof``."""

    code: str
    words: str | None
    proof: bool


@cache
def pick_list(lang: str = "ja") -> tuple[str, ...]:
    """What the work list offers: each reason, those that take a document with each document."""
    table = load_toml(_TABLE)
    offered = []
    for code, entry in table["reasons"].items():
        if code == OTHER:
            continue
        documents = [table["documents"][key][lang] for key in entry.get("with", ())]
        offered += [f"{entry[lang]}{_WITH}{d}" for d in documents] or [entry[lang]]
    return tuple(offered)


def read_reason(text: str) -> Reason | None:
    """What a clerk wrote; None where it says nothing (no letter, kana or kanji)."""
    words = " ".join(text.split())
    if not re.search(r"\w", words):
        return None
    folded = _fold(words)
    known = [code for label, code in _labels() if folded.startswith(label)]
    if not known:
        return Reason(OTHER, words, _names_document(folded))
    whole = folded in _whole_labels()
    return Reason(known[0], None if whole else words, _names_document(folded))


@cache
def _labels() -> tuple[tuple[str, str], ...]:
    """Folded label → code, the longest first."""
    reasons = load_toml(_TABLE)["reasons"]
    found = [(_fold(e[lang]), code) for code, e in reasons.items() for lang in ("ja", "en")]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _whole_labels() -> frozenset[str]:
    return frozenset(label for label, _ in _labels())


def _names_document(folded: str) -> bool:
    table = load_toml(_TABLE)
    for entry in table["no_proof"].values():
        for word in entry["words"]:
            folded = folded.replace(_fold(word), "")
    words = [w for e in table["documents"].values() for w in (*e["words"], e["ja"], e["en"])]
    return any(_fold(word) in folded for word in words)


def _fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
