"""What Japanese does to a reading inside a name, on folded katakana (all kana large, ヂ = ジ)."""

from __future__ import annotations

from collections.abc import Iterable

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_FOLD = str.maketrans(
    "ァィゥェォッャュョヮヵヶヰヱヲヂヅヴ", "アイウエオツヤユヨワカケイエオジズブ"
)
_VOICED = dict(
    zip(
        "カキクケコサシスセソタチツテトハヒフヘホ",
        "ガギグゲゴザジズゼゾダジズデドバビブベボ",
        strict=True,
    )
)
_HALF_VOICED = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
_HISTORICAL = dict(zip("ハヒフヘホ", "ワイウエオ", strict=True))
_CLIPPED = frozenset("ツクチキ")
# A geminate (ッ, folded to ツ) only stands before these.
BEFORE_GEMINATE = frozenset("カキクケコサシスセソタチツテトパピプペポ")
# Read between two characters of a surname (given name) without being written: 井上 イノウエ,
# 尼崎 アマガサキ; 木実 コノミ.
LINKS = {True: frozenset("ノガツ"), False: frozenset("ノ")}


def folded_kana(text: str) -> str:
    """Katakana as `kana_key` folds it, for plain kana only (single letters, readings)."""
    return text.translate(_HIRAGANA_TO_KATAKANA).translate(_FOLD)


def voiced(readings: Iterable[str]) -> set[str]:
    """連濁: first sounds voiced or half voiced (カワ → ガワ; ヘイ → ベイ, ペイ)."""
    readings = [reading for reading in readings if reading]
    return {
        table[reading[0]] + reading[1:]
        for table in (_VOICED, _HALF_VOICED)
        for reading in readings
        if reading[0] in table
    }


def geminated(readings: Iterable[str]) -> set[str]:
    """促音化: readings that may lose their last sound to ッ (イチ → イッ, ガク → ガッ)."""
    return {
        reading[:-1] + "ツ" for reading in readings if len(reading) > 1 and reading[-1] in _CLIPPED
    }


def kana_sounds(letter: str, *, first: bool) -> set[str]:
    """What a kana letter inside a name may sound like: itself, ヶ as ガ, historical ハ as ワ."""
    plain = folded_kana(letter)
    sounds = {plain}
    if plain == "ケ":
        sounds |= {"ガ", "カ", "コ", "ゲ"}
    if not first and plain in _HISTORICAL:
        sounds.add(_HISTORICAL[plain])
    return sounds


def is_kana(letter: str) -> bool:
    """Whether a character is a kana letter."""
    return "ァ" <= letter <= "ヺ" or "ぁ" <= letter <= "ゖ"
