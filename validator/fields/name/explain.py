"""What a name difference is, for the few pairs that the ladder leaves unequal.

Works on single pairs (distinct leftovers), in plain Python, and on keys that the ladder has
made already: ``spaced`` keys keep one space between the parts of a name. The first
explanation that fits is reported as a reason; `similar` means close enough for an eye,
never equal.
"""

from __future__ import annotations

import re

from validator.fields.kana.ladder import long_vowels
from validator.fields.levels import Level
from validator.fields.name.characters import in_jis_x_0208, is_placeholder

Explained = tuple[Level, str]

_BRACKETS = re.compile(r"[(\[「【〔<].*?[)\]」】〕>]")
_HONORIFIC = re.compile(r"(様|さま|サマ|殿|さん|サン|氏|先生|君|くん|クン)$")
_REPEATED = re.compile(r"(.)々")
_FORMER = re.compile(r"(旧姓|旧氏|旧)[:： ]?.*$")


def distance(a: str, b: str, limit: int = 3) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two keys, up to ``limit`` + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, start=1):
        current = [i]
        for j, cb in enumerate(b, start=1):
            cost = min(row[j] + 1, current[-1] + 1, row[j - 1] + (ca != cb))
            if i > 1 and j > 1 and ca == b[j - 2] and a[i - 2] == cb:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)


def _placeholder(a: str, b: str, plain_a: str, plain_b: str, other_fine: bool) -> Explained | None:
    """Contract section 3: a placeholder is explained by exactly one character, or it is not."""
    in_a = [i for i, c in enumerate(plain_a) if is_placeholder(c)]
    in_b = [i for i, c in enumerate(plain_b) if is_placeholder(c)]
    if not in_a and not in_b:
        return None
    a, b = a.replace(" ", ""), b.replace(" ", "")
    if (
        not len(a) == len(b) == len(plain_a) == len(plain_b)
        or not other_fine
        or len(in_a) + len(in_b) != 1
    ):
        return Level.SIMILAR, "PLACEHOLDER_UNEXPLAINED"
    place = (in_a or in_b)[0]
    if a[:place] + a[place + 1 :] != b[:place] + b[place + 1 :]:
        return Level.SIMILAR, "PLACEHOLDER_UNEXPLAINED"
    if in_a and in_jis_x_0208(plain_b[place]):
        return Level.SIMILAR, "PLACEHOLDER_UNEXPLAINED"
    return Level.UNDECIDABLE, "GAIJI"


def _stripped(a: str, b: str) -> str | None:
    """Reason, if only brackets, an honorific or a former-name remark were added on one side."""
    for pattern, reason in (
        (_BRACKETS, "BRACKETS"),
        (_HONORIFIC, "HONORIFIC"),
        (_FORMER, "FORMER_REMARK"),
    ):
        bare_a, bare_b = (pattern.sub("", side).replace(" ", "") for side in (a, b))
        if bare_a and bare_a == bare_b:
            return reason
    return None


def _by_parts(spaced_a: str, spaced_b: str) -> str | None:
    """Reason, from family name and given name where both sides keep them apart."""
    a, b = spaced_a.split(), spaced_b.split()
    joined_a, joined_b = "".join(a), "".join(b)
    if len(a) > 1 and sorted(a) == sorted(b):
        return "SWAPPED_PARTS"
    if joined_a and len(b) == 2 and joined_a == b[1] + b[0]:
        return "SWAPPED_PARTS"
    if (len(b) >= 2 and joined_a in b) or (len(a) >= 2 and joined_b in a):
        return "PART_MISSING"
    if len(a) == len(b) == 2:
        if a[0] == b[0]:
            return "GIVEN_NAME_DIFFERS"
        if a[1] == b[1]:
            return "FAMILY_NAME_DIFFERS"
    elif len(b) == 2:
        if joined_a.startswith(b[0]):
            return "GIVEN_NAME_DIFFERS"
        if joined_a.endswith(b[1]):
            return "FAMILY_NAME_DIFFERS"
    return None


def explain_kanji(a: str, b: str, plain_a: str, plain_b: str, *, kana_fine: bool) -> Explained:
    """Level and reason of a kanji name that the ladder left unequal.

    ``a`` (submitted) and ``b`` (registry) are spaced keys; ``plain_*`` are the characters as
    written, without spaces and selectors: what the registry really has decides.
    """
    placeholder = _placeholder(a, b, plain_a, plain_b, kana_fine)
    if placeholder:
        return placeholder
    joined_a, joined_b = a.replace(" ", ""), b.replace(" ", "")
    if _REPEATED.sub(r"\1\1", joined_a) == _REPEATED.sub(r"\1\1", joined_b):
        return Level.EQUIVALENT, "ITERATION"
    reason = _stripped(a, b) or _by_parts(a, b)
    if reason and reason not in _PART_REASONS:
        return Level.SIMILAR, reason
    if kana_fine and len(joined_a) == len(joined_b) and _differing(joined_a, joined_b) == 1:
        return Level.SIMILAR, "ONE_CHARACTER"
    if reason:
        return (Level.SIMILAR if kana_fine else Level.DIFFERENT), reason
    return Level.DIFFERENT, "NAME_DIFFERS"


def _differing(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def _long_alike(a: str, b: str) -> bool:
    """Whether ー on one side stands for a vowel on the other, decided for each mark by itself."""
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


def explain_kana(a: str, b: str, *, kanji_fine: bool) -> Explained:
    """Level and reason of a kana name that the ladder left unequal (``a``, ``b``: spaced keys)."""
    joined_a, joined_b = a.replace(" ", ""), b.replace(" ", "")
    placeholder = _placeholder(joined_a, joined_b, joined_a, joined_b, kanji_fine)
    if placeholder:
        return placeholder
    if _long_alike(joined_a, joined_b):
        return Level.EQUIVALENT, "LONG"
    reason = _stripped(a, b) or _by_parts(a, b)
    if reason and reason not in _PART_REASONS:
        return Level.SIMILAR, reason
    if joined_a.translate(_UNVOICED) == joined_b.translate(_UNVOICED):
        return Level.SIMILAR, "VOICING"
    edits = distance(joined_a, joined_b)
    if edits == 1 or (edits == 2 and kanji_fine and max(len(joined_a), len(joined_b)) > 5):
        return Level.SIMILAR, "TYPO"
    return (Level.SIMILAR if kanji_fine else Level.DIFFERENT), reason or "READING_DIFFERS"


_PART_REASONS = ("GIVEN_NAME_DIFFERS", "FAMILY_NAME_DIFFERS")
_UNVOICED = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ",
)
