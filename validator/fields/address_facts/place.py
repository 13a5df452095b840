"""What an address says of its place, by the packaged gazetteer: an address alone, no registry.

Source: validator/fields/address/data/gazetteer/SOURCES.md. Not seen: a municipality merged before
1999, a 丁目 younger than the data, whether a number exists in its town.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse import parse_addresses
from validator.fields.address.postal import area_towns
from validator.fields.address_facts.words import folded, use_of

_POSTAL_CODE_AHEAD = r"^\s*〒?\s*[0-9]{3}[- ]?[0-9]{4}"
# Six digits on end, or twelve in groups of four: no number of a house.
_LONG_NUMBER = r"[0-9]{6}|[0-9]{4}[- ][0-9]{4}[- ][0-9]{4}"
_UNNUMBERED = "^(?:無番地?|番外地?)"
# 豊洲ハイツ203 has no 番地, though it has a number; 緑団地3-201 may be all there is.
_ROOM_ALONE = (
    "^[^0-9]{2,}(?:ハイツ|マンション|アパート|コーポ|荘|ビル|ハイム|メゾン|寮)[^0-9]{0,6}[0-9]"
)
# A municipality is written, though none that the data has.
_MUNICIPALITY_WORD = "^[^0-9]{1,8}?(?:[市区]|郡[^0-9]{1,8}?[町村])"
_BEHIND_PREFECTURE = "^[^0-9]{1,10}?[市区町村]"
# A lone 町 or 村 in front may be a town whose municipality is missing (緑町1-2).
_SURE_MUNICIPALITY = "^[^0-9]{1,8}?[市区郡]"
# 龍ケ崎市3710番地: so it is written, though the postal data does not tell.
_NUMBERED_DIRECTLY = ["08208"]
# Island villages where a home may have no number.
_WITHOUT_NUMBERS = ["13362", "13382", "13402", "13421"]


class Place(StrEnum):
    """How far the place that is written can be found."""

    FOUND = "found"
    MUNICIPALITY_MISSING = "municipality_missing"
    MUNICIPALITY_UNKNOWN = "municipality_unknown"
    PREFECTURE_CONTRADICTS = "prefecture_contradicts"
    MUNICIPALITY_SHARED = "municipality_shared"  # 府中市 without its prefecture
    WARD_MISSING = "ward_missing"
    FORMER = "former"  # a municipality of earlier days
    TOWN_UNKNOWN = "town_unknown"
    TOWN_MISSING = "town_missing"
    CHOME_UNKNOWN = "chome_unknown"


class Number(StrEnum):
    """What is wrong with the number of the house."""

    MISSING = "missing"
    TOO_LONG = "too_long"


def read_places(addresses: pl.Series, gazetteer: Gazetteer | None = None) -> pl.DataFrame:
    """One row for each of ``addresses`` (String, distinct, none blank), in their order.

    ``address``; ``place`` (a `Place`, null where `use` says that it is none); ``number`` (a
    `Number` or null); ``use`` (a `Use` or null); ``today``: prefecture and municipality that the
    place belongs to, where that is certain and not what was written; ``building`` folded;
    ``muni_code`` (null unless one municipality is certain), ``oaza``, ``koaza``, ``chome``.
    """
    frame = (
        parse_addresses(addresses, gazetteer=gazetteer)
        .with_columns(
            address=addresses,
            text=folded(pl.lit(addresses)),
            building=folded(pl.col("building")),
            reasons=pl.col("reasons").fill_null(""),
        )
        .with_columns(shared=_says("AMBIGUOUS"))
    )
    frame = frame.with_columns(
        use=use_of(pl.col("text"), placed=pl.col("city") != "", overseas=_says("OVERSEAS"))
    )
    townless = frame.select((pl.col("match_level") == "city") & (pl.col("block") != "")).to_series()
    direct = _numbered_directly() if townless.any() else []
    place = pl.when(pl.col("use").is_null()).then(_place(direct)).alias("place")
    return frame.with_columns(place, number=_number()).select(
        "address",
        "place",
        "use",
        "building",
        "chome",
        number=pl.when(pl.col("use").is_null()).then("number"),
        today=pl.when(
            ~pl.col("shared")
            & pl.col("place").is_in([Place.FORMER.value, Place.PREFECTURE_CONTRADICTS.value])
        ).then(pl.col("prefecture") + pl.col("city")),
        muni_code=pl.when(~pl.col("shared")).then("muni_code"),
        oaza=pl.when(pl.col("match_level").is_in(["town", "block"])).then("oaza"),
        koaza=pl.col("koaza").fill_null(""),
    )


def _says(reason: str) -> pl.Expr:
    return pl.col("reasons").str.contains(f"(?:^|\\+){reason}(?:$|\\+)")


def _place(numbered_directly: list[str]) -> pl.Expr:
    """The first that fits: what makes the rest unreadable stands in front."""
    nameless = pl.col("town").str.contains(_UNNUMBERED)
    unlisted = _says("TOWN_UNLISTED") & ~nameless
    behind = pl.col("building").str.strip_prefix(pl.col("prefecture"))
    written = pl.when(pl.col("prefecture") == "").then(
        behind.str.contains(_MUNICIPALITY_WORD)
    ).otherwise(behind.str.contains(_BEHIND_PREFECTURE))  # fmt: skip
    guessed = (
        _says("PREF_OMITTED")
        & (pl.col("old_municipality") | (pl.col("match_level") == "city"))
        & ~pl.col("text").str.contains(_SURE_MUNICIPALITY)
    )
    states = (
        (Place.MUNICIPALITY_UNKNOWN, (pl.col("city") == "") & written),
        (Place.MUNICIPALITY_MISSING, (pl.col("city") == "") | guessed),
        (Place.PREFECTURE_CONTRADICTS, _says("PREF_CONTRADICTS")),
        (Place.FORMER, pl.col("old_municipality")),
        (Place.TOWN_UNKNOWN, unlisted & (~pl.col("shared") | _says("WARD_OMITTED"))),
        (Place.WARD_MISSING, pl.col("shared") & _says("WARD_OMITTED")),
        (Place.MUNICIPALITY_SHARED, pl.col("shared") & _says("PREF_OMITTED")),
        (
            Place.TOWN_MISSING,
            (pl.col("match_level") == "city")
            & (pl.col("block") != "")
            & ~nameless
            & ~pl.col("muni_code").is_in(numbered_directly)
            & ~pl.col("city").str.ends_with("村"),
        ),
        (Place.CHOME_UNKNOWN, _says("CHOME_UNLISTED")),
    )
    return pl.coalesce(
        *(pl.when(condition).then(pl.lit(state.value)) for state, condition in states),
        pl.lit(Place.FOUND.value),
    )


@cache
def _numbered_directly() -> list[str]:
    """Municipalities with addresses that go from their name to the number, by the postal data."""
    named_so = area_towns().filter(pl.col("whole") & (pl.col("town") != ""))
    return [*named_so["city_code"].unique().to_list(), *_NUMBERED_DIRECTLY]


def _number() -> pl.Expr:
    long = pl.col("text").str.replace(_POSTAL_CODE_AHEAD, "").str.contains(_LONG_NUMBER)
    # In 札幌 a block of the grid may be all: 北一条西二丁目.
    grid = pl.col("chome").is_not_null() & pl.col("oaza").fill_null("").str.contains("条")
    # A building right behind the town may have been taken for a 小字 that nobody knows.
    behind = pl.col("koaza").fill_null("") + pl.col("block") + pl.col("building")
    room = (_says("KOAZA_UNLISTED") & behind.str.contains(_ROOM_ALONE)) | (
        (pl.col("block") == "")
        & (~pl.col("building").str.contains("[0-9]") | pl.col("building").str.contains(_ROOM_ALONE))
    )
    missing = (
        (pl.col("city") != "")
        & room
        & ~pl.col("town").str.contains(_UNNUMBERED)
        & ~pl.col("muni_code").is_in(_WITHOUT_NUMBERS).fill_null(value=False)
        & ~(grid & (pl.col("prefecture") == "北海道"))
    )
    return (
        pl.when(long)
        .then(pl.lit(Number.TOO_LONG.value))
        .when(missing)
        .then(pl.lit(Number.MISSING.value))
    )
