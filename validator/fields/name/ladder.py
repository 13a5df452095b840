"""The kanji-name ladder: another notation of the same characters.

`KANJI_RUNGS` take away what every writer does differently (width, spaces, glyph selectors …).
What is then still unequal is compared character by character with the tables of variants.py: only
there do merging too much and hiding a wrong person come into question.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl

from validator.fields.kana.ladder import hentaigana_table
from validator.fields.ladder import Rung, fold
from validator.fields.name import latin
from validator.fields.name.variants import fold_variants, read_table
from validator.fields.text import (
    HYPHENS,
    SPACES,
    VARIATION_SELECTORS,
    WIDTH_TOUCHES,
    drop_spaces,
    fold_width,
    squeeze_spaces,
)

_DOTS = "・･"
_REPEATING = re.compile("[々ゝゞヽヾ]")


@cache
def _compatibility() -> dict[str, str]:
    """Radicals, compatibility ideographs, hentaigana: the plain character that they stand for."""
    table = dict(row[:2] for row in read_table("unicode/radicals"))
    for first, last in ((0xF900, 0xFAFF), (0x2F00, 0x2FD5), (0x2F800, 0x2FA1D), (0x2E80, 0x2EF3)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code):
                table[chr(code)] = folded
    return table | hentaigana_table()


def _selectors(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(VARIATION_SELECTORS, "")


def _compat(text: pl.Expr) -> pl.Expr:
    table = _compatibility()
    return text.str.replace_many(list(table), list(table.values()))


def _space(text: pl.Expr) -> pl.Expr:
    return drop_spaces(text).str.replace_all(f"[{_DOTS}]", "")


def _keep_space(text: pl.Expr) -> pl.Expr:
    return squeeze_spaces(text.str.replace_all(f"[{_DOTS}]", " "))


def _iteration(text: pl.Expr) -> pl.Expr:
    # Only the marks are unified here; 佐々 against 佐佐 needs a look back (`spelled_out`).
    return text.str.replace_all("[〻仝]", "々")


def _small_ke(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(["ヶ", "ヵ"], ["ケ", "カ"])


def _dash(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(f"([ァ-ヺー])[{HYPHENS[1:]}~〜\\-]", "${1}ー")


_COMPATIBLE = "[\u2e80-\u2fdf\u31c0-\u31ef\uf900-\ufaff\U0002f800-\U0002fa1f\U0001b001-\U0001b122]"

KANJI_RUNGS: tuple[Rung, ...] = (
    Rung("IVS", _selectors, VARIATION_SELECTORS),
    Rung("COMPAT", _compat, _COMPATIBLE),
    Rung("WIDTH", fold_width, WIDTH_TOUCHES),
    Rung("SPACE", _space, f"{SPACES}|[{_DOTS}]"),
    Rung("ITERATION", _iteration, "[々〻仝]"),
    Rung("KE", _small_ke, "[ヶヵ]"),
    Rung("DASH", _dash, f"[{HYPHENS[1:]}~〜\\-]"),
    Rung("LATIN", latin.fold_letters, latin.TOUCHES),
)
# The same with one space left between the parts of a name, punctuation counting as a space.
SPACED_RUNGS: tuple[Rung, ...] = tuple(
    Rung(r.code, {"SPACE": _keep_space, "LATIN": latin.fold_words}.get(r.code, r.apply), r.touches)
    for r in KANJI_RUNGS
)


def spelled_out(text: str) -> str:
    """Repetition marks as the character that they repeat (佐々木 → 佐佐木, いすゞ → いすず)."""
    if not _REPEATING.search(text):
        return text
    made: list[str] = []
    for character in text:
        before = made[-1] if made else ""
        if character == "々" and before:
            made.append(before)
        elif character in "ゝヽ" and before:
            made.append(_plain_kana(before))
        elif character in "ゞヾ" and before:
            made.append(unicodedata.normalize("NFC", _plain_kana(before) + "\u3099"))
        else:
            made.append(character)
    return "".join(made)


def _plain_kana(kana: str) -> str:
    return unicodedata.normalize("NFD", kana)[0]


def kanji_key(text: pl.Expr) -> pl.Expr:
    """Comparison key of a kanji name: all rungs, then one form for each character."""
    return fold_variants(fold(text, KANJI_RUNGS))
