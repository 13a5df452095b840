"""What a kana-name difference is, for the few pairs that the ladder leaves unequal.

Plain Python on single distinct pairs of spaced keys. Voicing is never folded: タカタ and タカダ
are two names; here it is only named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

import jaconv

from validator.fields.kana.ladder import long_vowels
from validator.fields.levels import Level
from validator.fields.name import garbled, placeholder
from validator.fields.name.explain import Explained
from validator.fields.name.parts import (
    Alignment,
    align,
    guess,
    one_part_same,
    part_missing,
    swapped,
)
from validator.fields.name.remarks import without_remarks
from validator.fields.name.romaji import sounds_alike
from validator.fields.name.variants import read_table
from validator.fields.reading import part_tier
from validator.fields.reading.tiers import PLAUSIBLE
from validator.fields.text_distance import distance

VOICING, TYPO, LOOK_ALIKE_KANA, LATIN_KANA = "VOICING", "TYPO", "LOOK_ALIKE_KANA", "LATIN_KANA"
_UNVOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ",
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z '.\-,]*")
_HAN = re.compile(r"[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
# Two words of kana without what could be an honorific: most names.
_ORDINARY = re.compile("[ァ-ヺー]+ [ァ-ヺー]*[ァ-ヌネ-ヺ](?<!サマ)")
_SURE_TYPO = 6  # letters from which two edits are still a slip where the kanji agrees


@dataclass(frozen=True, slots=True)
class KanaPair:
    """Both sides of a kana name (spaced keys), and what the kanji says."""

    a: str
    b: str
    raw_a: str
    kanji_fine: bool
    kanji_parts: Alignment | None = None
    kanji_left_out: bool = False
    kanji: str = ""  # the registry's kanji name
    kanji_given: bool = True  # whether there is a kanji name at all


def explain_kana(pair: KanaPair) -> Explained:
    """Level and reasons of a kana name whose keys differ."""
    a, b = _joined(pair.a), _joined(pair.b)
    if _same(a, b):
        return Explained(Level.EQUIVALENT, ("LONG",))
    if _ORDINARY.fullmatch(pair.a) and _ORDINARY.fullmatch(pair.b):
        return _by_parts(pair)
    if placeholder.has_one(a, b):
        fine = placeholder.explained(
            a, b, b, same=_same, rest_fine=pair.kanji_fine or pair.kanji_left_out
        )
        level = Level.UNDECIDABLE if fine else Level.SIMILAR
        return Explained(level, (placeholder.GAIJI if fine else placeholder.UNEXPLAINED,))
    for question in (_no_name, _latin, _remarks, _kanji):
        answer = question(pair)
        if answer is not None:
            return answer
    return _by_parts(pair)


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _same(a: str, b: str) -> bool:
    """Equal, where ー on one side may stand for a vowel on the other, mark by mark."""
    if len(a) != len(b):
        return False
    before = ""
    for x, y in zip(a, b, strict=True):
        if x != y:
            vowel = y if x == "ー" else x if y == "ー" else ""
            if not vowel or vowel not in long_vowels(before):
                return False
        before = y if x == "ー" else x
    return True


def same_kana(a: str, b: str) -> bool:
    """Whether two spaced keys are equal, long vowels read either way."""
    return _same(_joined(a), _joined(b))


def _no_name(pair: KanaPair) -> Explained | None:
    again = any(
        _same(jaconv.hira2kata("".join(text.split())), _joined(pair.b))
        for text in garbled.recovered(pair.raw_a)
    )
    why = garbled.MOJIBAKE if again else garbled.why_no_name(pair.a, pair.raw_a)
    why = why or garbled.why_no_name(pair.b, pair.b)
    if why is None:
        return None
    return Explained(Level.SIMILAR, (why,))


def _latin(pair: KanaPair) -> Explained | None:
    """Latin letters where kana belong."""
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        if _LATIN.fullmatch(one) and not _LATIN.fullmatch(other):
            close = pair.kanji_fine or sounds_alike(one, other)
            return Explained(Level.SIMILAR if close else Level.DIFFERENT, (LATIN_KANA,))
    return None


def _kanji(pair: KanaPair) -> Explained | None:
    """Kanji where kana belong."""
    if not _HAN.search(pair.a) or _HAN.search(pair.b):
        return None
    return Explained(Level.SIMILAR if pair.kanji_fine else Level.DIFFERENT, ("KANJI_FOR_KANA",))


def _remarks(pair: KanaPair) -> Explained | None:
    plain_a, plain_b = pair.a, pair.b
    codes: list[str] = []
    for side, text in (("a", pair.a), ("b", pair.b)):
        for remark in without_remarks(text):
            if side == "a":
                plain_a = remark.core
            else:
                plain_b = remark.core
            codes.append(remark.code)
            # On the registry's side brackets hold a registered former name.
            if side == "b" and remark.in_middle and _same(_joined(pair.a), _joined(plain_b)):
                return Explained(Level.EQUIVALENT, ("FORMER",))
            tries = ((plain_a, pair.b), (pair.a, plain_b), (plain_a, plain_b))
            if any(_same(_joined(x), _joined(y)) for x, y in tries):
                return Explained(Level.SIMILAR, tuple(dict.fromkeys(codes)))
    if not codes:
        return None
    # What looked like a remark can be part of a name (クン, サン): both readings are asked.
    rest = [_by_parts(_replaced(pair, x, y)) for x, y in ((pair.a, pair.b), (plain_a, plain_b))]
    best = min(rest, key=lambda found: found.level is Level.DIFFERENT)
    named = codes if best is rest[1] and best is not rest[0] else []
    return Explained(best.level, tuple(dict.fromkeys([*named, *best.steps])), best.parts)


def _replaced(pair: KanaPair, a: str, b: str) -> KanaPair:
    return replace(pair, a=a, b=b)


def _by_parts(pair: KanaPair) -> Explained:
    words_a, words_b = pair.a.split(), pair.b.split()
    a, b = _joined(pair.a), _joined(pair.b)
    if not words_a or not words_b:
        return Explained(Level.DIFFERENT, ("READING_DIFFERS",))
    parts = align(words_a, words_b, _same)
    if len(words_a) != len(words_b) or not one_part_same(parts):
        if swapped(words_a, words_b, _same):
            return Explained(Level.SIMILAR, ("SWAPPED_PARTS",))
        if part_missing(words_a, words_b, _same):
            several = min(len(words_a), len(words_b)) > 1
            reason = "MIDDLE_NAME_MISSING" if several else "PART_MISSING"
            return Explained(Level.SIMILAR, (reason,))
        parts = parts or guess(a, b, _same)
    slip = _slip(a, b, kanji_fine=pair.kanji_fine)
    sure = slip != TYPO or _one_edit(a, b)
    if slip is not None and not sure and _is_another_reading(pair, words_a):
        return Explained(Level.SIMILAR, ("OTHER_READING",), parts)
    if slip is not None:
        return Explained(Level.SIMILAR, (slip,), parts)
    if parts is None:
        level = Level.SIMILAR if pair.kanji_fine else Level.DIFFERENT
        return Explained(level, ("READING_DIFFERS",))
    reason = parts.reason if parts.reason != "NAME_DIFFERS" else "READING_DIFFERS"
    if pair.kanji_fine and _is_another_reading(pair, words_a):
        reason = "OTHER_READING"
    return Explained(_level(parts, pair), (reason,), parts)


def _is_another_reading(pair: KanaPair, words: list[str]) -> bool:
    """Whether the submitted kana can be read from the same kanji name, word by word."""
    kanji = pair.kanji.split()
    if len(kanji) != 2 or len(words) != 2:
        return False
    return all(
        part_tier(written, sound, surname=place == 0, voice=False) in PLAUSIBLE
        for place, (written, sound) in enumerate(zip(kanji, words, strict=True))
    )


def _slip(a: str, b: str, *, kanji_fine: bool) -> str | None:
    """Voicing, a kana taken for another, or a typing slip."""
    if a.translate(_UNVOICED) == b.translate(_UNVOICED):
        return VOICING
    if len(a) == len(b):
        unequal = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(unequal) == 1 and unequal[0][1] in _confused().get(unequal[0][0], ""):
            return LOOK_ALIKE_KANA
    if not _one_edit(a, b) and not kanji_fine:
        return None
    edits = distance(a, b, limit=2)
    longest = max(len(a), len(b))
    if edits == 1 or (edits == 2 and kanji_fine and longest >= _SURE_TYPO):
        return TYPO
    return None


def _one_edit(a: str, b: str) -> bool:
    """Whether what is left between the common beginning and end is one edit at most."""
    ahead, most = 0, min(len(a), len(b))
    while ahead < most and a[ahead] == b[ahead]:
        ahead += 1
    behind = 0
    while behind < most - ahead and a[-1 - behind] == b[-1 - behind]:
        behind += 1
    rest_a, rest_b = a[ahead : len(a) - behind], b[ahead : len(b) - behind]
    return max(len(rest_a), len(rest_b)) <= 1 or (len(rest_a) == 2 and rest_a[::-1] == rest_b)


@cache
def _confused() -> dict[str, str]:
    found: dict[str, str] = {}
    for group, _ in read_table("hand/look_alike_kana"):
        for kana in group:
            found[kana] = found.get(kana, "") + group.replace(kana, "")
    return found


def _level(parts: Alignment, pair: KanaPair) -> Level:
    """Steps 10 and 11 of the note: one part may differ, both may not."""
    if pair.kanji_fine:
        return Level.SIMILAR
    if not parts.family_same and not parts.given_same:
        return Level.DIFFERENT
    if parts.given_same:
        return Level.SIMILAR
    kanji = pair.kanji_parts
    return Level.SIMILAR if kanji is not None and kanji.given_same else Level.DIFFERENT
