"""Words that tell what kind of address stands in the field (schemas/codes/address_words.toml)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

import polars as pl

from validator.fields.text import SPACES, fold_width, squeeze_spaces
from validator.resources import load_toml

# No address is longer; what lies behind is not looked at.
_LONGEST = 400
_JAPANESE = "[ぁ-ゖァ-ヺ一-鿿々]"
# 12番戸 and 12番屋敷: how the family register counted houses.
_OLD_HOUSE = "[0-9〇一二三四五六七八九十百]番(?:戸|屋敷)"
_LETTERS = r"\p{L}{2}"


class Use(StrEnum):
    """An address that is none of a home."""

    NULL_WORD = "null_word"
    NOT_JAPANESE = "not_japanese"  # abroad, or in Latin letters
    PO_BOX = "po_box"
    FAMILY_REGISTER = "family_register"


@cache
def _any_of(name: str) -> str:
    words: list[str] = load_toml("codes/address_words.toml")[name]
    return "|".join(re.escape(word) for word in words)


def folded(address: pl.Expr) -> pl.Expr:
    """The address in one width and case, spaces squeezed."""
    return squeeze_spaces(fold_width(address.str.slice(0, _LONGEST))).str.to_uppercase()


def use_of(text: pl.Expr, *, placed: pl.Expr, overseas: pl.Expr) -> pl.Expr:
    """A `Use`, or null: ``text`` is `folded`; ``placed``: a municipality was read in it."""
    plain = text.str.replace_all(SPACES, "")
    foreign = ~text.str.contains(_JAPANESE) & text.str.contains(_LETTERS)
    return (
        pl.when(text.str.contains(_any_of("po_box")))
        .then(pl.lit(Use.PO_BOX.value))
        .when(text.str.contains(f"{_any_of('family_register')}|{_OLD_HOUSE}"))
        .then(pl.lit(Use.FAMILY_REGISTER.value))
        .when(plain.is_in(load_toml("codes/address_words.toml")["null_words"]))
        .then(pl.lit(Use.NULL_WORD.value))
        .when(~placed & (overseas | foreign))
        .then(pl.lit(Use.NOT_JAPANESE.value))
    )


def names_office(building: pl.Expr, office_name: pl.Expr) -> pl.Expr:
    """Whether a 方書 (`folded`) is a place of work, by its words or by the employer's name.

    A home that bears an employer's name (社宅, 寮, マンション) is none.
    """
    own = folded(office_name)
    named = (own.str.len_chars() >= 3) & building.str.contains(own, literal=True)
    return (
        building.str.contains(_any_of("office")) | named.fill_null(value=False)
    ) & ~building.str.contains(_any_of("home"))
