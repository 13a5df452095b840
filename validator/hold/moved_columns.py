"""Values that stand in a wrong column: shifted by one, or two columns swapped."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

import polars as pl

_KANA = r"[\p{Katakana}ー\x{ff61}-\x{ff9f}]"
# What the value of a column looks like, whatever column it stands in.
_SHAPES = {
    "my_number": r"^[0-9０-９][0-9０-９ 　\-－]{10,16}[0-9０-９]$",
    "name_kanji": r"^[\p{Han}々ヶ]{1,6}\s+[\p{Han}\p{Hiragana}々ヶ]{1,6}$",
    "name_kana": rf"^{_KANA}+[\s・](?:{_KANA}|\s)+$",
    "birth_date": (
        r"^(?:(?:19|20)[0-9]{2}(?:[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[01][0-9][0-3][0-9])"
        r"|(?:明治|大正|昭和|平成|令和|[MTSHRmtshr])[^\p{Han}]{0,3}[0-9元].*)$"
    ),
    "sex": r"^[12１２男女]$",
    "postal_code": r"^〒?[0-9０-９]{3}[-－]?[0-9０-９]{4}$",
    "address": r"^.{1,12}[都道府県市区町村].{1,}$",
}
# As the columns stand on most sheets; the date of acquisition mostly follows the address.
_ORDER = ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "postal_code", "address")
_FEWEST = 2
_SWAPS = (
    ("name_kanji", "name_kana"),
    ("name_kana", "address"),
    ("name_kanji", "address"),
    ("postal_code", "address"),
    ("name_kana", "birth_date"),
    ("birth_date", "sex"),
)


def _looks_like(column: str, shape: str) -> pl.Expr:
    value = pl.col(column).str.strip_chars()
    found = value.str.contains(_SHAPES[shape])
    if shape == "address":
        # A birth date in words or a name is no address.
        found = (
            found & (value.str.len_chars() > len("東京都千代田区")) & ~value.str.contains("年.*月")
        )
    return found.fill_null(value=False)


def columns_shifted() -> pl.Expr:
    """Two columns at least hold what belongs into the column on the same side of them."""
    right = [_looks_like(here, before) for before, here in pairwise(_ORDER)]
    left = [_looks_like(here, after) for here, after in pairwise(_ORDER)]
    left.append(_looks_like("address", "birth_date"))
    counts = (pl.sum_horizontal(hit.cast(pl.Int8) for hit in hits) for hits in (right, left))
    return reduce(lambda a, b: a | b, (count >= _FEWEST for count in counts))


def columns_swapped() -> pl.Expr:
    """Two columns of the record hold each other's values."""
    swaps = [_looks_like(a, b) & _looks_like(b, a) for a, b in _SWAPS]
    # 番号 of the insured person where the My Number belongs, and the other way round.
    swaps.append(
        _looks_like("insured_number", "my_number") & ~_looks_like("my_number", "my_number")
    )
    swaps.append(birth_date_elsewhere())
    return reduce(lambda a, b: a | b, swaps)


def birth_date_elsewhere() -> pl.Expr:
    """The registry's birth date stands where the date of acquisition belongs."""
    born = pl.col("r_n_birth")
    return ((pl.col("acquired") == born) & (pl.col("birth") != born)).fill_null(value=False)
