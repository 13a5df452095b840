"""The kana ladder: notation differences that never make another name.

Voicing (タカタ / タカダ) is never folded: they are two names. Since 2025-05-26 small and large
kana and ヂ/ジ, ヅ/ズ are different official readings, but older systems only knew one of them,
so they are equivalent with a step of their own (decided policy).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from validator.fields.ladder import Rung, fold
from validator.fields.text import (
    HYPHENS,
    SPACES,
    WIDTH_TOUCHES,
    drop_spaces,
    fold_width,
    squeeze_spaces,
)

_HIRAGANA = [chr(c) for c in range(0x3041, 0x3097)] + ["ゝ", "ゞ"]
_KATAKANA = [chr(c + 0x60) for c in range(0x3041, 0x3097)] + ["ヽ", "ヾ"]

# Small letters for the sounds of Ainu: the sound of the large one in any other system.
_EXTENSIONS = dict(
    zip("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "クシストヌハヒフヘホムラリルレロ", strict=True)
)

_OLD = {"ヰ": "イ", "ヱ": "エ", "ヲ": "オ", "ヂ": "ジ", "ヅ": "ズ"}
_SMALL = (
    dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True)) | _EXTENSIONS
)
_VU = {
    **{f"ヴ{small}": big for small, big in zip("ァィェォ", "バビベボ", strict=True)},
    **{f"ヴ{large}": big for large, big in zip("アイエオ", "バビベボ", strict=True)},
    "ヴ": "ブ",
    **dict(zip("ヷヸヹヺ", "バビベボ", strict=True)),
}

_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパァャヮヵ",
    "イ": "イキシチニヒミリギジビピィヰ",
    "ウ": "ウクスツヌフムユルグズブプゥュヴッ",
    "エ": "エケセテネヘメレゲゼデベペェヱヶ",
    "オ": "オコソトノホモヨロヲゴゾドボポォョ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_REPEATED = {f"{kana}ー": kana + vowel for kana, vowel in _VOWEL.items()}
_SPELLED = {
    f"{kana}ー": kana + {"オ": "ウ", "エ": "イ"}.get(vowel, vowel) for kana, vowel in _VOWEL.items()
}
_VOICED = dict(
    zip(
        "カキクケコサシスセソタチツテトハヒフヘホ",
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        strict=True,
    )
)
_REPEAT_MARKS = {f"{kana}ヽ": kana * 2 for kana in _VOWEL} | {
    f"{kana}ヾ": kana + voiced for kana, voiced in _VOICED.items()
}


def _replace(text: pl.Expr, table: dict[str, str]) -> pl.Expr:
    return text.str.replace_many(list(table), list(table.values()), leftmost=True)


def _script(text: pl.Expr) -> pl.Expr:
    return _replace(text.str.replace_many(_HIRAGANA, _KATAKANA), _REPEAT_MARKS)


def _dash(text: pl.Expr) -> pl.Expr:
    # 一 and the dash family count as ー only directly after a kana.
    return text.str.replace_all(f"([ァ-ヺー])[{HYPHENS[1:]}~〜一_\\-]", "${1}ー")


_SEPARATORS = "[・･,.，．、＝=]"


def _separators(text: pl.Expr) -> pl.Expr:
    return drop_spaces(text).str.replace_all(_SEPARATORS, "")


def _keep_words(text: pl.Expr) -> pl.Expr:
    return squeeze_spaces(text.str.replace_all(_SEPARATORS, " "))


@cache
def hentaigana_table() -> dict[str, str]:
    """Hentaigana → hiragana (the first sound where one letter has several)."""
    table = Path(__file__).parents[1] / "name" / "data" / "mj" / "hentaigana.tsv"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: row[1] for row in reversed(rows)}


def _hentaigana(text: pl.Expr) -> pl.Expr:
    table = hentaigana_table()
    return text.str.replace_many(list(table), list(table.values()))


KANA_RUNGS: tuple[Rung, ...] = (
    Rung("COMPAT", _hentaigana, "[\U0001b001-\U0001b122]"),
    Rung("WIDTH", fold_width, WIDTH_TOUCHES),
    Rung("SPACE", _separators, f"{SPACES}|{_SEPARATORS}"),
    Rung("SCRIPT", _script, "[ぁ-ゖゝゞヽヾ]"),
    Rung("DASH", _dash, f"[{HYPHENS[1:]}~〜一_\\-]"),
    Rung("VU", lambda text: _replace(text, _VU), "[ヴヷ-ヺ]"),
    Rung("OLDKANA", lambda text: _replace(text, _OLD), "[ヰヱヲヂヅ]"),
    Rung("SMALL", lambda text: _replace(text, _SMALL), "[ァィゥェォッャュョヮヵヶㇰ-ㇿ]"),
)

# The same with one space left between the words of a name.
SPACED_KANA_RUNGS: tuple[Rung, ...] = tuple(
    Rung(r.code, _keep_words if r.code == "SPACE" else r.apply, r.touches) for r in KANA_RUNGS
)


def long_vowels(kana: str) -> tuple[str, ...]:
    """The vowels that ー may stand for after ``kana``: the repeated one, and ウ / イ as spelled."""
    vowel = _VOWEL.get(kana)
    if vowel is None:
        return ()
    return (vowel, {"オ": "ウ", "エ": "イ"}.get(vowel, vowel))


def kana_key(text: pl.Expr) -> pl.Expr:
    """Comparison key of a kana name (all rungs; long vowels still as written)."""
    return fold(text, KANA_RUNGS)


def kana_long_keys(key: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Two readings of ー in a kana key: the repeated vowel, and ウ / イ as spelled.

    ー may stand for either, but オオ and オウ are different names: two keys are equivalent if
    they agree under one of the two readings, and there is no common key for all three.
    """
    return _replace(key, _REPEATED), _replace(key, _SPELLED)
