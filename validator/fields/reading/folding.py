"""Names as their readings are compared: one form for each character, one spelling of each sound.

Kanji go through the name ladder's `kanji_key`, kana through `kana_key`; what is kana inside a
kanji name (ひろ子) is folded like a reading, and iteration marks are written out (佐々木 → 佐佐木).
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from validator.fields.kana.ladder import kana_key, kana_long_keys
from validator.fields.reading.sounds import folded_kana, voiced

MAX_PART = 30
"""Characters; longer parts are not names and are not judged."""

KANJI = r"\p{Han}〆"
_NAME = f"^[{KANJI}ァ-ヺー]+$"
_READING = "^[ァ-ヺー]+$"
_PLAIN_KANA = re.compile("[ァ-ヲンヵヶぁ-をん]+")
_KANA = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30F5))]
_REPEATED = {
    f"{kana}{mark}": kana + next(iter(sorted(voiced([kana]))), kana)
    for kana in (chr(code) for code in range(0x30A1, 0x30F5))
    for mark in "ゞヾ"
}


def fold_kanji(text: pl.Expr) -> pl.Expr:
    """A kanji name or part of one, as the dictionary and the lattice write it."""
    # The ladder explains differences with the help of this room, so it is only imported when used.
    from validator.fields.name.ladder import kanji_key

    return spell_out(kanji_key(text))


def spell_out(key: pl.Expr) -> pl.Expr:
    """A ``kanji_key`` with its kana folded like a reading and its iteration marks written out."""
    return (
        key.str.replace_many(_KANA, [folded_kana(kana) for kana in _KANA])
        .str.replace_many(list(_REPEATED), list(_REPEATED.values()))
        .str.replace_all("(.)[々ゝヽ]", "${1}${1}")
        # Once more for a mark after a mark.
        .str.replace_all("(.)[々ゝヽ]", "${1}${1}")
    )


def fold_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """Fold ``kanji, kana``; a pair with ー gives two rows, one for each vowel it may stand for.

    Other columns are kept. Pairs that cannot be judged (too long, other scripts) are dropped.
    """
    folded = (
        pairs.filter(
            pl.col("kanji").str.len_chars() <= 2 * MAX_PART,
            pl.col("kana").str.len_chars() <= 2 * MAX_PART,
        )
        .with_columns(kanji=fold_kanji(pl.col("kanji")), kana=kana_key(pl.col("kana")))
        .filter(
            pl.col("kanji").str.contains(_NAME),
            pl.col("kana").str.contains(_READING),
            pl.col("kanji").str.len_chars() <= MAX_PART,
            pl.col("kana").str.len_chars() <= MAX_PART,
        )
    )
    return write_out_long_vowels(folded)


def write_out_long_vowels(folded: pl.DataFrame) -> pl.DataFrame:
    """Two rows for each folded pair with ー: the repeated vowel, and ウ / イ as spelled."""
    has_long = pl.any_horizontal(pl.col("kanji", "kana").str.contains("ー", literal=True))
    long = folded.filter(has_long)
    if long.is_empty():
        return folded
    both = [
        long.with_columns(
            kanji=kana_long_keys(pl.col("kanji"))[which], kana=kana_long_keys(pl.col("kana"))[which]
        )
        for which in (0, 1)
    ]
    return pl.concat([folded.filter(~has_long), *both])


@cache
def _alone() -> dict[str, str]:
    """Characters folded one by one so far."""
    return {}


def learn_characters(characters: pl.Series) -> None:
    """Fold many single characters at once, so that `fold_one` finds them."""
    frame = characters.unique().to_frame("kanji")
    folded = frame.select(fold_kanji(pl.col("kanji"))).to_series()
    _alone().update(zip(frame["kanji"], folded, strict=True))


def fold_one(kanji: str, kana: str) -> list[tuple[str, str]]:
    """`fold_pairs` for a single pair, without a frame where the characters are known."""
    table = _alone()
    if len(kanji) > MAX_PART or len(kana) > MAX_PART:
        return []
    if _PLAIN_KANA.fullmatch(kana) and kanji and all(letter in table for letter in kanji):
        return [("".join(table[letter] for letter in kanji), folded_kana(kana))]
    pair = pl.DataFrame({"kanji": [kanji], "kana": [kana]})
    return fold_pairs(pair).unique(maintain_order=True).rows()
