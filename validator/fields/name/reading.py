"""A first look at whether a kana name can be the reading of a kanji name.

pykakasi is one voice, not the judge: it knows the everyday reading of about two names in five.
So a name is only noted when neither part begins with the sound that pykakasi gives it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jaconv
import polars as pl

_KANA_START = 1


@cache
def _kakasi() -> Any:  # noqa: ANN401 (pykakasi ships no types)
    import pykakasi

    return pykakasi.kakasi()  # type: ignore[no-untyped-call]


def reading_of(kanji: str) -> str:
    """Pykakasi's reading in katakana ("" where it has none)."""
    return str(jaconv.hira2kata("".join(part["hira"] for part in _kakasi().convert(kanji))))


def _starts_alike(kanji: str, kana: str) -> bool:
    reading = reading_of(kanji)
    return not reading or reading[:_KANA_START] == kana[:_KANA_START]


def unusual_reading(facts: pl.DataFrame) -> pl.Series:
    """``reading_unusual`` for each row (needs ``name_kanji, name_kana, key_kana, kana_state``).

    Only names of two parts on both sides are looked at; once for each distinct pair.
    """
    kanji_parts = pl.col("name_kanji").str.strip_chars().str.extract(r"^(\S+)\s+(\S+)$", 1)
    kanji_given = pl.col("name_kanji").str.strip_chars().str.extract(r"^(\S+)\s+(\S+)$", 2)
    kana = pl.col("name_kana").str.normalize("NFKC").str.strip_chars()
    names = facts.select(
        "row",
        family=kanji_parts,
        given=kanji_given,
        family_kana=kana.str.extract(r"^(\S+)\s+(\S+)$", 1),
        given_kana=kana.str.extract(r"^(\S+)\s+(\S+)$", 2),
        plain=pl.col("kana_state") == "kana",
    )
    parts = ["family", "given", "family_kana", "given_kana"]
    usable = names.filter(pl.col("plain") & pl.all_horizontal(pl.col(parts).is_not_null()))
    distinct = usable.select(parts).unique()
    unusual = [
        not _starts_alike(family, jaconv.hira2kata(family_kana))
        and not _starts_alike(given, jaconv.hira2kata(given_kana))
        for family, given, family_kana, given_kana in distinct.iter_rows()
    ]
    noted = usable.join(
        distinct.with_columns(pl.Series("reading_unusual", unusual, dtype=pl.Boolean)), on=parts
    ).filter("reading_unusual")
    return facts.select(
        pl.col("row").is_in(noted["row"].implode()).alias("reading_unusual")
    ).to_series()
