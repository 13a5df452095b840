"""The kanji-name ladder: another notation of the same characters.

Merging too much hides a wrong person, so the variant table is used one hop only (never
its closure), and look-alikes that are different characters (斉/斎, 崎/埼, 坂/阪) are not in it.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import polars as pl

from validator.fields.ladder import Rung, fold
from validator.fields.text import (
    HYPHENS,
    SPACES,
    VARIATION_SELECTORS,
    WIDTH_TOUCHES,
    drop_spaces,
    fold_width,
)

_DATA = Path(__file__).parent / "data"

# Radicals that NFKC leaves alone although a unified ideograph exists (EquivalentUnifiedIdeograph).
_RADICALS = dict(
    zip(
        "⺟⺠⺡⺢⻑⻝⻟⻤⻨⻩⻫⻯⻲⺝⺩⺭⺮⺷⻄⻌⻖⻘",
        "母民氵氺長食飠鬼麦黄斉竜亀月王礻竹羊西辶阝青",
        strict=True,
    )
)


@cache
def _compatibility() -> tuple[list[str], list[str]]:
    """Compatibility ideographs and radicals with the unified ideograph that they stand for."""
    table = dict(_RADICALS)
    for first, last in ((0xF900, 0xFAFF), (0x2F00, 0x2FD5), (0x2F800, 0x2FA1D), (0x2E80, 0x2EF3)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code):
                table[chr(code)] = folded
    return list(table), list(table.values())


@cache
def variant_table() -> dict[str, str]:
    """Variant character → regular character (see data/SOURCES.md)."""
    rows = (_DATA / "variants.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {variant: regular for variant, regular, _ in (row.split("\t") for row in rows)}


def _selectors(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(VARIATION_SELECTORS, "")


def _compat(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(*_compatibility())


def _space(text: pl.Expr) -> pl.Expr:
    return drop_spaces(text)


def _iteration(text: pl.Expr) -> pl.Expr:
    # Only the marks are unified here; 佐々 against 佐佐 needs a look back (explain.py).
    return text.str.replace_all("[〻仝]", "々")


def _small_ke(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(["ヶ", "ヵ"], ["ケ", "カ"])


def _dash(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(f"([ァ-ヺー])[{HYPHENS[1:]}~〜\\-]", "${1}ー")


def _latin(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase()


def _variant(text: pl.Expr) -> pl.Expr:
    table = variant_table()
    return text.str.replace_many(list(table), list(table.values()))


_COMPATIBLE = "[⺀-⿟豈-﫿\U0002f800-\U0002fa1f]"

KANJI_RUNGS: tuple[Rung, ...] = (
    Rung("IVS", _selectors, VARIATION_SELECTORS),
    Rung("COMPAT", _compat, _COMPATIBLE),
    Rung("WIDTH", fold_width, WIDTH_TOUCHES),
    Rung("SPACE", _space, SPACES),
    Rung("ITERATION", _iteration, "[々〻仝]"),
    Rung("KE", _small_ke, "[ヶヵ]"),
    Rung("DASH", _dash, f"[{HYPHENS[1:]}~〜\\-]"),
    Rung("LATIN", _latin, "[a-zà-ÿ]"),
    Rung("VARIANT", _variant, f"[{''.join(variant_table())}]"),
)


def kanji_key(text: pl.Expr) -> pl.Expr:
    """Comparison key of a kanji name (all rungs)."""
    return fold(text, KANJI_RUNGS)
