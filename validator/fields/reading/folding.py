"""Names as their readings are compared: one form for each character, one spelling of each sound.

Kanji go through the name ladder's `kanji_key`, kana through `kana_key`; what is kana inside a
kanji name (ひろ子) is folded like a reading, and iteration marks are written out (佐々木 → 佐佐木).
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from validator.fields.kana.ladder import kana_key, kana_long_keys, long_vowels
from validator.fields.reading.sounds import folded_kana, voiced

_IDEOGRAPHS = range(0x4E00, 0xA000)
_PAGES_ALONE = 6
MAX_PART = 30
"""Characters; longer parts are not names and are not judged."""

KANJI = r"\p{Han}〆"
_NAME = f"^[{KANJI}ァ-ヺー]+$"
_READING = "^[ァ-ヺー]+$"
_PLAIN_KANA = re.compile("[ァ-ンヵヶぁ-んー]+")
# Unified ideographs, their marks and kana: what `kanji_key` folds character by character.
_PLAIN_NAME = re.compile("[々〆〇ゝゞヽヾぁ-ゖァ-ヶー㐀-䶿一-鿿]+")
_LONG = re.compile("([ァ-ヶ])ー")
_MARK = re.compile("(.)[々ゝヽ]")
_MARKS = frozenset("ゝヽゞヾ")
_VOICED_MARK = re.compile("[ァ-ヴ][ゞヾ]")
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


def fold_known(pairs: pl.DataFrame) -> pl.DataFrame:
    """Fold the ``kanji`` of many names of kanji and kana whose ``kana`` is folded already.

    Most of them stay as they are, so only those with a character that changes are touched.
    """
    letters = pairs.select(pl.col("kanji").str.split("").list.explode().unique())
    changing = letters.filter(
        (pl.col("kanji") != fold_kanji(pl.col("kanji"))) | pl.col("kanji").is_in([*"々ゝヽゞヾ"])
    )["kanji"]
    changed = pl.col("kanji").str.contains_any(changing.to_list())
    touched = pairs.filter(changed).with_columns(kanji=fold_kanji(pl.col("kanji")))
    return write_out_long_vowels(pl.concat([pairs.filter(~changed), touched]))


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
    """The `kanji_key` of single characters that were asked for so far."""
    return {}


def learn_characters(characters: pl.Series) -> None:
    """Fold many single characters at once, so that `fold_one` finds them."""
    from validator.fields.name.ladder import kanji_key

    frame = characters.unique().to_frame("kanji")
    folded = frame.select(kanji_key(pl.col("kanji"))).to_series()
    _alone().update(zip(frame["kanji"], folded, strict=True))


def _around(code: int) -> range:
    """Neighbours of a character are likely to come too; after a few pages, all ideographs are.

    A page costs nearly as much as a dozen.
    """
    _pages().add(page := code & ~0xFF)
    if len(_pages()) > _PAGES_ALONE and page in _IDEOGRAPHS:
        return _IDEOGRAPHS
    return range(page, page + 0x100)


@cache
def _pages() -> set[int]:
    """The pages that were asked for so far."""
    return set()


def key_of(kanji: str) -> str | None:
    """The `kanji_key` of a name of kanji and kana; None where other characters are in it."""
    if not _PLAIN_NAME.fullmatch(kanji):
        return None
    table = _alone()
    for letter in kanji:
        if letter not in table:
            learn_characters(pl.Series([chr(code) for code in _around(ord(letter))]))
    return "".join(table[letter] for letter in kanji)


def fold_one(kanji: str, kana: str) -> list[tuple[str, str]]:
    """`fold_pairs` for a single pair, without a frame where it is plain kanji and kana."""
    if len(kanji) > MAX_PART or len(kana) > MAX_PART:
        return []
    key = key_of(kanji)
    if key is None or not _PLAIN_KANA.fullmatch(kana):
        pair = pl.DataFrame({"kanji": [kanji], "kana": [kana]})
        return fold_pairs(pair).unique(maintain_order=True).rows()
    name, reading = _spelled_out(key), folded_kana(kana)
    if _MARKS.intersection(name):
        return []
    if "ー" not in name + reading:
        return [(name, reading)]
    variants = ((_with_vowels(name, which), _with_vowels(reading, which)) for which in (0, 1))
    return list(dict.fromkeys(variants))


def _spelled_out(key: str) -> str:
    """`spell_out` for one text."""
    text = _VOICED_MARK.sub(lambda pair: _REPEATED[pair[0]], folded_kana(key))
    return _MARK.sub(r"\1\1", _MARK.sub(r"\1\1", text))


def _with_vowels(text: str, which: int) -> str:
    """``text`` with ー written out in one of two ways (`kana_long_keys` for one text)."""
    return _LONG.sub(lambda pair: pair[1] + (long_vowels(pair[1]) or "ーー")[which], text)
