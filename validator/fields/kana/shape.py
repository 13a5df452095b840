"""Whether a kana field holds kana."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from validator.fields.subset import compute_where
from validator.fields.text import HYPHENS, fold_width, is_blank

_KANA = "[ァ-ヺヽヾーぁ-ゖゝゞ]"
_KANJI = "[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


class KanaState(StrEnum):
    """What a kana field looks like."""

    BLANK = "blank"
    KANA = "kana"
    NO_KANA = "no_kana"
    KANJI = "kanji"  # kanji among or instead of kana
    OTHER = "other"  # kana, and characters that belong to no name


def kana_state(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add ``kana_state`` (a `KanaState`) of ``column``; 一 directly after a kana is read as ー."""
    plain = frame.select(
        pl.col(column).str.contains("^[ァ-ヺー][ァ-ヺー 　]*$").fill_null(value=False)
    ).to_series()
    return compute_where(
        frame,
        ~plain,
        {"kana_state": _odd_state(column)},
        {"kana_state": pl.repeat(KanaState.KANA.value, pl.len(), dtype=pl.String)},
    )


def _odd_state(column: str) -> pl.Expr:
    text = fold_width(pl.col(column)).str.replace_all(f"({_KANA})一", "${1}ー")
    return (
        pl.when(is_blank(column))
        .then(pl.lit(KanaState.BLANK.value))
        .when(text.str.contains(_KANJI))
        .then(pl.lit(KanaState.KANJI.value))
        .when(~text.str.contains(_KANA))
        .then(pl.lit(KanaState.NO_KANA.value))
        .when(text.str.contains(f"[^ァ-ヺヽヾーぁ-ゖゝゞ\\sA-Za-z・･,.'’=＝~〜{HYPHENS[1:]}\\-]"))
        .then(pl.lit(KanaState.OTHER.value))
        .otherwise(pl.lit(KanaState.KANA.value))
    )
