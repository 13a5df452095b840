"""Why a clerk takes both sides for one person: a reason of the pick list, or in words.

The list is schemas/codes/clearances.toml. A reason counts as proof where it says by what the
person was made sure of: a document, a query of the resident register, the person's own word. That
the employer says so once more is none, nor is why the two sides are written differently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from validator.resources import load_toml

OTHER = "other"
_TABLE = "codes/clearances.toml"
# Between a reason and the document that proves it.
_WITH = "・"
# A document that is still missing proves nothing; 「相違ない」 speaks of no document.
_MISSING = (
    r"[^、。,.;]{0,6}?(?<!相違)(?<!違い)(?<!まちがい)(?<!問題)(?<!疑い)"
    r"(?:な[しい]|無[しい]|未|待ち|不要|省略|できず|出来ず|せず|不可|予定|これから|[照依請][会頼求]中)"
)


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
        proofs = [_proofs()[key][lang] for key in entry.get("with", ())]
        offered += [f"{entry[lang]}{_WITH}{p}" for p in proofs] or [entry[lang]]
    return tuple(offered)


def read_reason(text: str) -> Reason | None:
    """What a clerk wrote; None where it says nothing (no letter, kana or kanji)."""
    words = " ".join(text.split())
    if not re.search(r"\w", words):
        return None
    folded = fold(words)
    known = [code for label, code in _labels() if folded.startswith(label)]
    if not known:
        return Reason(OTHER, words, bool(proofs_in(words)))
    whole = folded in _whole_labels()
    return Reason(known[0], None if whole else words, bool(proofs_in(words)))


@cache
def _labels() -> tuple[tuple[str, str], ...]:
    """Folded label → code, the longest first."""
    reasons = load_toml(_TABLE)["reasons"]
    found = [(fold(e[lang]), code) for code, e in reasons.items() for lang in ("ja", "en")]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _whole_labels() -> frozenset[str]:
    return frozenset(label for label, _ in _labels())


@cache
def _proofs() -> dict[str, dict[str, Any]]:
    table = load_toml(_TABLE)
    return {**table["documents"], **table["checks"]}


@cache
def _proof_patterns() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """Of each document or check its label, how it is named, and the words that take it back."""
    found = []
    for entry in _proofs().values():
        words = "|".join(re.escape(fold(w)) for w in (*entry["words"], entry["ja"], entry["en"]))
        unless = tuple(fold(word) for word in entry.get("unless", ()))
        found.append((entry["ja"], re.compile(f"(?:{words})(?!{_MISSING})"), unless))
    return tuple(found)


def proofs_in(text: str) -> tuple[str, ...]:
    """By what a reason says that the person was made sure of: labels, in Japanese."""
    table, folded = load_toml(_TABLE), fold(text)
    none = [w for entry in table["no_proof"].values() for w in entry["words"]]
    for word in (*none, *table["no_check"]["words"]):
        folded = folded.replace(fold(word), "")
    return tuple(
        label
        for label, pattern, unless in _proof_patterns()
        if pattern.search(folded) and not any(word in folded for word in unless)
    )


def fold(text: str) -> str:
    """Without width, case and spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
