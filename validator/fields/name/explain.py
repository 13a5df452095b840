"""What a kanji-name difference is, for the few pairs that ladder and keys leave unequal.

Plain Python on single distinct pairs. The questions are asked in the order of how much they
explain; the first that fits is the reason. ``similar`` means close enough for an eye, never equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

import jaconv

from validator.fields.levels import Level
from validator.fields.name import garbled, latin, placeholder
from validator.fields.name.ladder import spelled_out
from validator.fields.name.likeness import ONE_CHARACTER, nature
from validator.fields.name.parts import (
    Alignment,
    align,
    guess,
    one_part_same,
    part_missing,
    swapped,
)
from validator.fields.name.remarks import BRACKETS, HONORIFIC, is_remark, without_remarks
from validator.fields.name.romaji import SURE, reads_as_pinyin, sounds_alike
from validator.fields.name.variants import joined_by
from validator.fields.reading import split_name

_KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー・ ]+")
# Two words of kanji and kana, and nothing that could be a remark or a sign of damage: most names.
_ORDINARY = re.compile("[々ぁ-ゖァ-ヺー一-鿿]+ [々ぁ-ゖァ-ヺー一-鿿]+")
_KATAKANA = re.compile("[ァ-ヺー ]+")
_LONGEST_CUT = 10
_MAYBE_MORE = re.compile(
    "[様殿氏君旧元姓株有限会社法店所組団縺繧繝縲螟驛譁逕螻蜷髮驥]"
    "|(?:さま|サマ|さん|サン|くん|クン|ちゃん|チャン|どの|先生|女史|御中)$"
)


@dataclass(frozen=True, slots=True)
class KanjiPair:
    """Both sides of a kanji name: spaced keys, characters as written, and what the kana says."""

    a: str
    b: str
    written_a: str
    written_b: str
    raw_a: str
    kana_a: str | None
    kana_b: str | None
    kana_fine: bool
    kana_agrees: bool  # fine is not enough to explain a placeholder: it must really agree
    known_names: tuple[str, ...] = ()  # keys of the registry's other names (alias, former)


@dataclass(frozen=True, slots=True)
class Explained:
    """Level, reasons (codes), and how the parts lie (None where that says nothing)."""

    level: Level
    steps: tuple[str, ...]
    parts: Alignment | None = None


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _same(a: str, b: str) -> bool:
    return joined_by(spelled_out(a), spelled_out(b)) is not None


def equal_steps(a: str, b: str) -> tuple[str, ...] | None:
    """Codes that make two folded names equal after all: repetition marks, variant characters."""
    a, b = _joined(a), _joined(b)
    found = joined_by(a, b)
    if found is not None:
        return found
    full_a, full_b = spelled_out(a), spelled_out(b)
    if full_a == a and full_b == b:
        return None
    found = joined_by(full_a, full_b)
    return None if found is None else ("ITERATION", *found)


def explain_kanji(pair: KanjiPair) -> Explained:
    """Level and reasons of a kanji name that `equal_steps` leaves unequal."""
    if _is_ordinary(pair.a) and _is_ordinary(pair.b):
        return _by_parts(pair)
    for question in (_placeholders, _no_name, _latin, _remarks):
        answer = question(pair)
        if answer is not None:
            return answer
    return _by_parts(pair)


def _is_ordinary(text: str) -> bool:
    return bool(_ORDINARY.fullmatch(text)) and not _MAYBE_MORE.search(text)


def _placeholders(pair: KanjiPair) -> Explained | None:
    if not placeholder.has_one(pair.a, pair.b):
        return None
    a, b = _joined(pair.a), _joined(pair.b)
    if placeholder.explained(a, b, pair.written_b, same=_same, rest_fine=pair.kana_agrees):
        return Explained(Level.UNDECIDABLE, (placeholder.GAIJI,))
    return Explained(Level.SIMILAR, (placeholder.UNEXPLAINED,))


def _no_name(pair: KanjiPair) -> Explained | None:
    """A company or a word for "nothing"; bytes in a wrong encoding are read again."""
    again = any(
        _same("".join(text.split()), pair.written_b) for text in garbled.recovered(pair.raw_a)
    )
    why = garbled.MOJIBAKE if again else garbled.why_no_name(pair.a, pair.raw_a)
    why = why or garbled.why_no_name(pair.b, pair.written_b)
    if why is None:
        return None
    # It tells nothing about the person: no match, and no evidence for somebody else either.
    return Explained(Level.SIMILAR, (why,))


def _latin(pair: KanjiPair) -> Explained | None:
    a_latin, b_latin = latin.is_latin(pair.a), latin.is_latin(pair.b)
    if a_latin and b_latin:
        spelled = [latin.spelled_by_icao(text) for text in (pair.written_a, pair.written_b)]
        plain = [_joined(pair.a), _joined(pair.b)]
        if spelled[0] in (spelled[1], plain[1]) or spelled[1] == plain[0]:
            return Explained(Level.EQUIVALENT, ("DIACRITICS",))
        if any(r.code == HONORIFIC for text in (pair.a, pair.b) for r in without_remarks(text)):
            return None  # a title is a remark, no word of the name
        reason = latin.compare_words(pair.a.split(), pair.b.split())
        return Explained(Level.SIMILAR, (reason,)) if reason else None
    beside = _beside(pair)
    if beside is not None:
        return beside
    if (a_latin and _KANA_ONLY.fullmatch(pair.b)) or (b_latin and _KANA_ONLY.fullmatch(pair.a)):
        return Explained(Level.SIMILAR if pair.kana_fine else Level.DIFFERENT, ("LATIN_KANA",))
    return None


def _beside(pair: KanjiPair) -> Explained | None:
    """A Latin name with the kanji beside it, on one side or on both."""
    both_a, both_b = _two_scripts(pair.a), _two_scripts(pair.b)
    if both_a and both_b:
        fits = [_same(_joined(x), _joined(y)) for x, y in zip(both_a, both_b, strict=True)]
        if all(fits):
            return Explained(Level.EQUIVALENT, ("BESIDE",))
        # One of the two names is another: an eye must see it, however the other agrees.
        return Explained(Level.SIMILAR if any(fits) else Level.DIFFERENT, ("BESIDE_DIFFERS",))
    if both_b:
        if any(_same(_joined(part), _joined(pair.a)) for part in both_b):
            return Explained(Level.EQUIVALENT, ("BESIDE",))
        return _with_part_of_its_script(pair, "b", both_b)
    if both_a:
        for part, beside in zip(both_a, reversed(both_a), strict=True):
            if _same(_joined(part), _joined(pair.b)):
                verified = _known(beside, pair) or _fits(part, beside, pair)
                step = "BESIDE" if verified else "BESIDE_UNVERIFIED"
                return Explained(Level.EQUIVALENT if verified else Level.SIMILAR, (step,))
        return _with_part_of_its_script(pair, "a", both_a)
    return None


def _two_scripts(text: str) -> tuple[str, str] | None:
    found = latin.scripts_beside(text)
    if found is None or len(_joined(found[1])) < 2 or is_remark(found[1]):
        return None
    return None if garbled.why_no_name(found[1], found[1]) else found


def _fits(part: str, beside: str, pair: KanjiPair) -> bool:
    """Whether what stands beside the registered name is the same name in another script."""
    if latin.is_latin(beside):
        return bool(pair.kana_b) and sounds_alike(beside, pair.kana_b or "", SURE)
    return reads_as_pinyin(beside, part)


def _with_part_of_its_script(pair: KanjiPair, side: str, both: tuple[str, str]) -> Explained | None:
    """Compare the side that gives one script with the part of that script on the other."""
    one = pair.a if side == "b" else pair.b
    part = both[0] if latin.is_latin(one) else both[1]
    found = explain_kanji(replace(pair, a=part) if side == "a" else replace(pair, b=part))
    level = Level.DIFFERENT if found.level is Level.DIFFERENT else Level.SIMILAR
    return Explained(level, found.steps, found.parts)


@dataclass(frozen=True, slots=True)
class _Option:
    """A side of the pair with some of its remarks taken away."""

    text: str
    codes: tuple[str, ...] = ()
    verified: bool = True


def _options(text: str, side: str, pair: KanjiPair) -> list[_Option]:
    """The side as it stands, and without its remarks one after the other."""
    options = [_Option(text)]
    for remark in without_remarks(text):
        before = options[-1]
        # What a 住民票 prints beside the name is no remark if the registry knows it.
        known = remark.code == BRACKETS and (
            (side == "b" and remark.in_middle) or _known(remark.content, pair)
        )
        options.append(
            _Option(remark.core, (*before.codes, remark.code), before.verified and known)
        )
    return options


def _remarks(pair: KanjiPair) -> Explained | None:
    """The same name once a remark is taken away."""
    sides = _options(pair.a, "a", pair), _options(pair.b, "b", pair)
    tries = sorted(product(*sides), key=lambda t: len(t[0].codes) + len(t[1].codes))[1:]
    for one, other in tries:
        found = equal_steps(one.text, other.text)
        if found is None:
            continue
        if one.verified and other.verified:
            return Explained(Level.EQUIVALENT, ("FORMER", *found))
        return Explained(Level.SIMILAR, _unique(*one.codes, *other.codes, *found))
    if not tries:
        return None
    bare_a, bare_b = sides[0][-1], sides[1][-1]
    rest = explain_kanji(replace(pair, a=bare_a.text, b=bare_b.text))
    verified = bare_a.verified and bare_b.verified
    level = rest.level if verified or rest.level is Level.DIFFERENT else Level.SIMILAR
    return Explained(level, _unique(*bare_a.codes, *bare_b.codes, *rest.steps), rest.parts)


def _unique(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _known(content: str, pair: KanjiPair) -> bool:
    key = _joined(content)
    return bool(key) and any(
        _same(key, name) or _same(key, name[: len(key)]) for name in map(_joined, pair.known_names)
    )


def _by_parts(pair: KanjiPair) -> Explained:
    a, b = pair.a.split(), pair.b.split()
    if not a or not b:
        return Explained(Level.DIFFERENT, ("NAME_DIFFERS",))
    parts = align(*_cut_by_kana(a, b, pair), _same)
    if len(a) != len(b) or not one_part_same(parts):
        if swapped(a, b, _same):
            return Explained(Level.SIMILAR, ("SWAPPED_PARTS",))
        if part_missing(a, b, _same):
            return Explained(Level.SIMILAR, ("PART_MISSING",))
        parts = parts or guess(_joined(pair.a), _joined(pair.b), _same)
    if parts is None:
        return Explained(Level.DIFFERENT, ("NAME_DIFFERS",))
    steps = (parts.reason, *_natures(parts))
    return Explained(_level(parts, steps, pair), steps, parts)


def _cut_by_kana(a: list[str], b: list[str], pair: KanjiPair) -> tuple[list[str], list[str]]:
    """Names without a border, cut by dictionary where the kana shows one."""
    cut = []
    for words, kana in ((a, pair.kana_a), (b, pair.kana_b)):
        kana_words = kana.split() if kana and _KATAKANA.fullmatch(kana) else []
        found = (
            split_name(words[0], kana_words[0], "".join(kana_words[1:]))
            if len(words) == 1 and len(kana_words) >= 2 and len(words[0]) <= _LONGEST_CUT
            else None
        )
        cut.append(list(found) if found else words)
    return cut[0], cut[1]


def _natures(parts: Alignment) -> tuple[str, ...]:
    """How the differing characters could have been taken for one another, part by part."""
    found: list[str] = []
    for one, other in parts.differing():
        if _KANA_ONLY.fullmatch(one) and jaconv.hira2kata(one) == jaconv.hira2kata(other):
            found.append("KANA_SCRIPT")
            continue
        if len(one) != len(other):
            continue
        pairs = [(x, y) for x, y in zip(one, other, strict=True) if not _same(x, y)]
        if len(pairs) == 1:
            found.append(nature(*pairs[0]))
    return tuple(dict.fromkeys(found))


def _level(parts: Alignment, steps: tuple[str, ...], pair: KanjiPair) -> Level:
    """Steps 10 and 11 of the note: one part may differ, both may not."""
    if not parts.family_same and not parts.given_same:
        return Level.DIFFERENT
    if pair.kana_fine or parts.given_same:
        return Level.SIMILAR
    # Another given name: only a character that is easily confused keeps it close.
    close = len(steps) > 1 and ONE_CHARACTER not in steps
    alone = pair.kana_a is None or pair.kana_b is None
    return Level.SIMILAR if close and alone else Level.DIFFERENT
