"""Where two values differ, shown without either of them.

Each character becomes a sign: its shape tells the kind of the character, its filling whether both
sides agree there (hollow) or not (filled). No character of a value is ever part of the result, and
values of the same kinds that differ in the same places give the same result.

======= ===== ===== =========================================
kind    equal other
======= ===== ===== =========================================
kanji     □     ■
kana      ○     ●
digit     ◇     ◆   never a digit: no number can be read off
other     △     ▲   Latin letters, marks, anything else
gap             ＿   the other side has a character more
======= ===== ===== =========================================
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

GAP = "＿"
SIGNS = {"kanji": "□■", "kana": "○●", "digit": "◇◆", "other": "△▲"}
ALPHABET = frozenset("".join(SIGNS.values()) + GAP + " …")
"""Every character that a mask can hold."""
# A name or a part of an address is far shorter; what lies behind is not drawn.
LONGEST = 40
_PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring signs that all agree with the other side, or all do not."""

    signs: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """Both sides as signs, one below the other, and in words where they differ."""

    submitted: tuple[Run, ...]
    registry: tuple[Run, ...]
    where: Words


def kind(character: str) -> str:
    """Kind of a character (`SIGNS`)."""
    if character.isdigit() or (character.isnumeric() and not "㐀" <= character <= "鿿"):
        return "digit"
    name = unicodedata.name(character, "")
    if name.startswith("CJK") or character in "々〆〇ヶ":
        return "kanji"
    if name.startswith(("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA")):
        return "kana"
    return "other"


def signs(text: str, *, differs: bool) -> str:
    """``text`` as signs; spaces stay, so that family and given name are told apart."""
    return "".join(" " if c.isspace() else SIGNS[kind(c)][differs] for c in text)


def mask_pair(submitted: str, registry: str) -> Masked:
    """Two texts (notation already folded, parts separated by one space) side by side."""
    left, right = submitted[:LONGEST], registry[:LONGEST]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    sides: tuple[list[Run], list[Run]] = ([], [])
    changes = []
    for tag, a, b, c, d in matcher.get_opcodes():
        width = max(b - a, d - c)
        for runs, part in ((sides[0], left[a:b]), (sides[1], right[c:d])):
            drawn = signs(part, differs=tag != "equal")
            runs.append(Run(drawn.ljust(width, GAP), tag != "equal"))
        if tag != "equal":
            changes.append((tag, a, b, d - c))
    for runs, whole in zip(sides, (submitted, registry), strict=True):
        if len(whole) > LONGEST:
            runs.append(Run("…", differs=False))
    return Masked(tuple(sides[0]), tuple(sides[1]), _where(left, right, changes))


def _where(left: str, right: str, changes: Sequence[tuple[str, int, int, int]]) -> Words:
    if not changes:
        return Words("伏せた部分に違いは見えません", "no difference in what is shown")
    touched = sum(b - a for _, a, b, _ in changes)
    if touched >= len(left.replace(" ", "")) or not left or not right:
        return Words("全体が違います", "all of it differs")
    if len(changes) > _PLACES_NAMED:
        return Words(f"{len(changes)}か所が違います", f"{len(changes)} places differ")
    ja, en = [], []
    for tag, start, end, other in changes:
        place_ja, place_en = _place(left, start, end)
        if tag == "insert":
            before_ja, before_en = _place(left, max(start - 1, 0), max(start, 1))
            ja.append(f"{before_ja}の{'後' if start else '前'}に、台帳だけ{other}文字")
            side = "after" if start else "before"
            en.append(f"{other} more in the registry {side} {before_en}")
        elif tag == "delete":
            ja.append(f"{place_ja}は届書だけ")
            en.append(f"{place_en} only on the form")
        else:
            ja.append(f"{place_ja}が違います")
            en.append(f"{place_en} differs")
    return Words("、".join(ja), ", ".join(en))


def _place(text: str, start: int, end: int) -> tuple[str, str]:
    """Positions ``start`` to ``end`` in words; of a name in two parts, counted in its part."""
    part_ja, part_en, first = "", "", 0
    if text.count(" ") == 1:
        border = text.index(" ")
        if end <= border:
            part_ja, part_en = "氏の", " of the family name"
        elif start > border:
            part_ja, part_en, first = "名の", " of the given name", border + 1
    start, end = start - first + 1, end - first
    span = f"{start}" if start >= end else f"{start}〜{end}"
    return f"{part_ja}{span}文字目", f"character {span.replace('〜', '-')}{part_en}"


@dataclass(frozen=True, slots=True)
class MaskedPart:
    """One part of a date or an address; ``masked`` only where both sides have it and differ."""

    name: Words
    state: str  # same, different, submitted_only, registry_only
    masked: Masked | None = None


def mask_dates(
    submitted: date | None, registry: date | None
) -> tuple[tuple[MaskedPart, ...], Words]:
    """Year, month and day of two days, and in words what differs; no parts without both."""
    if submitted is None or registry is None:
        return (), Words("日付として比べられません", "cannot be compared as a date")
    names = (Words("年", "year"), Words("月", "month"), Words("日", "day"))
    pairs = [
        (submitted.year, registry.year),
        (submitted.month, registry.month),
        (submitted.day, registry.day),
    ]
    parts = tuple(
        MaskedPart(name, "same" if a == b else "different")
        for name, (a, b) in zip(names, pairs, strict=True)
    )
    differing = [part.name for part in parts if part.state != "same"]
    if not differing:
        return parts, Words("同じ日です", "the same day")
    (_, (month, other_month), (day, other_day)) = pairs
    if len(differing) == 2 and (month, day) == (other_day, other_month):
        return parts, Words("月と日が入れ替わっています", "month and day are swapped")
    return parts, Words(
        "・".join(name.ja for name in differing) + "が違います",
        ", ".join(name.en for name in differing)
        + (" differ" if len(differing) > 1 else " differs"),
    )


ADDRESS_PARTS = {
    "prefecture": Words("都道府県", "prefecture"),
    "city": Words("市区町村", "municipality"),
    "town": Words("町字", "town"),
    "block": Words("番地", "number"),
    "building": Words("建物・部屋", "building"),
}


def mask_addresses(submitted: Sequence[str], registry: Sequence[str]) -> tuple[MaskedPart, ...]:
    """The parts of two addresses (order of `ADDRESS_PARTS`; empty where one is not written)."""
    parts = []
    for name, left, right in zip(ADDRESS_PARTS.values(), submitted, registry, strict=True):
        if not left and not right:
            continue
        if left == right:
            parts.append(MaskedPart(name, "same"))
        elif not left or not right:
            parts.append(MaskedPart(name, "submitted_only" if left else "registry_only"))
        else:
            parts.append(MaskedPart(name, "different", mask_pair(left, right)))
    return tuple(parts)
