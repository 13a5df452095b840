"""Postal codes: known or not, and whether they agree with the address.

Data: data/postal.parquet (Japan Post's list, see data/SOURCES.md). What it cannot see: a code
younger than the data, and whether a number exists in a town. The data holds no names of
businesses, and remarks on 番地 and floors only as text: a code is taken to cover its whole town.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import polars as pl

from validator.fields.address.ladder import PREFECTURES
from validator.fields.subset import compute_where
from validator.fields.text import HYPHENS, SPACES, VARIATION_SELECTORS, fold_width, is_blank
from validator.resources import once

_DATA = Path(__file__).parent / "data" / "postal.parquet"


class PostalState(StrEnum):
    """How a postal code stands to the list and to the address."""

    BLANK = "blank"
    FITS = "fits"
    MALFORMED = "malformed"  # not seven digits
    UNKNOWN = "unknown"  # seven digits that are no code
    BUSINESS = "business"  # a large-volume business code
    OTHER_PREFECTURE = "other_prefecture"
    OTHER_MUNICIPALITY = "other_municipality"
    NOT_COMPARED = "not_compared"  # no address, or no prefecture and no municipality read in it


def _places(codes: pl.Series) -> pl.DataFrame:
    """Rows of these codes, one a municipality: ``code, prefecture, city, written, business``.

    A code's municipalities stand in the order of the list.
    """
    asked = pl.LazyFrame({"postal_code": codes.unique()})
    return (
        pl.scan_parquet(_DATA)
        .select("postal_code", "prefecture", "city", "kind")
        .join(asked, on="postal_code", how="semi", maintain_order="left")
        .select(
            code="postal_code",
            prefecture="prefecture",
            # 郡 is often left out, so the municipality is looked for without it.
            city=pl.col("city").str.replace(r"^.{1,5}?郡", ""),
            written=pl.col("prefecture") + pl.col("city"),
            business=pl.col("kind") == "office",
        )
        .unique(maintain_order=True)
        .collect()
    )


@once
def ambiguous_city_pattern() -> str:
    """Regex for an address without prefecture whose municipality another one may be meant by.

    府中市 exists twice, and 中央区 is a municipality of Tokyo and a ward of several cities.
    """
    cities = pl.read_parquet(_DATA, columns=["prefecture", "city"]).unique()
    ward = pl.col("city").str.extract("^.+市(.+区)$", 1)
    wards = cities.with_columns(name=ward).drop_nulls()
    shared = (
        pl.concat([cities.with_columns(name="city"), wards])
        .group_by("name")
        .agg(pl.struct("prefecture", "city").n_unique().alias("bearers"))
        .filter(pl.col("bearers") > 1)["name"]
        .sort()
        .to_list()
    )
    return "^(?:" + "|".join(shared) + ")"


def area_towns(city_codes: Sequence[str] | None = None) -> pl.DataFrame:
    """Towns of the codes of areas: ``code, city_code, town, note, whole``.

    ``city_codes``: of these municipalities only, which is far quicker for a few.

    ``town`` and ``note`` in half width; ``whole``: the code stands for the municipality as a whole
    (以下に掲載がない場合), or for numbers that follow its name directly.
    """
    wanted = pl.lit(value=True) if city_codes is None else pl.col("city_code").is_in(city_codes)
    own_name = pl.col("city").str.replace("^.*郡|^.*市(.+区)$", "${1}")
    return (
        pl.scan_parquet(_DATA)
        .filter(pl.col("kind") == "area", wanted)
        .select(
            "city_code",
            code="postal_code",
            town=fold_width(pl.col("town")),
            note=fold_width(pl.col("note")),
            whole=(pl.col("town") == "") | (pl.col("town") == own_name),
        )
        .unique(maintain_order=True)
        .collect()
    )


def code_municipalities(codes: pl.Series) -> pl.DataFrame:
    """``code, city_code``: the municipalities (JIS X 0402) of these codes of seven digits."""
    asked = pl.LazyFrame({"postal_code": codes.drop_nulls().unique()})
    return (
        pl.scan_parquet(_DATA)
        .select("postal_code", "city_code")
        .join(asked, on="postal_code", how="semi", maintain_order="left")
        .select("city_code", code="postal_code")
        .unique(maintain_order=True)
        .collect()
    )


def postal_digits(column: str) -> pl.Expr:
    """The seven digits of a code that may be written in any width, with 〒 and hyphens."""
    folded = fold_width(pl.col(column))
    return folded.str.replace_all(f"[{HYPHENS[1:]}\\-〒ー]|{SPACES}", "")


def postal_state(frame: pl.DataFrame) -> pl.Series:
    """A `PostalState` for each row of ``frame`` (String ``postal_code``, ``address``)."""
    given = _codes(frame.with_row_index("pair").select("pair", "address", "postal_code"))
    places = _places(given["code"])
    first = places.unique("code", keep="first", maintain_order=True)
    checked = given.join(first, on="code", how="left", maintain_order="left").select(
        "pair",
        "code",
        "address",
        "blank",
        known=pl.col("city").is_not_null(),
        business="business",
        shaped=pl.col("code").str.contains(r"^[0-9]{7}$"),
        one_fits=pl.col("address").str.starts_with(pl.col("written"))
        | pl.col("address").str.starts_with(pl.col("city")),
    )
    open_rows = checked.filter(
        pl.col("known") & ~pl.col("one_fits").fill_null(False) & pl.col("address").is_not_null()
    )
    found = checked.join(_compare(open_rows, places), on="pair", how="left", maintain_order="left")
    return found.select(
        pl.when("blank")
        .then(pl.lit(PostalState.BLANK.value))
        .when(~pl.col("shaped").fill_null(False))
        .then(pl.lit(PostalState.MALFORMED.value))
        .when(~pl.col("known"))
        .then(pl.lit(PostalState.UNKNOWN.value))
        .when("business")
        .then(pl.lit(PostalState.BUSINESS.value))
        .otherwise(
            pl.coalesce(
                "compared",
                pl.when("one_fits")
                .then(pl.lit(PostalState.FITS.value))
                .otherwise(pl.lit(PostalState.NOT_COMPARED.value)),
            )
        )
        .alias("postal_state")
    ).to_series()


def _codes(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("postal_code")
    plain = frame.select(
        text.str.contains(r"^[0-9]{3}-?[0-9]{4}$").fill_null(value=False)
    ).to_series()
    return compute_where(
        frame,
        ~plain,
        {"code": postal_digits("postal_code")},
        {"code": text.str.replace("-", "", literal=True)},
    ).with_columns(blank=is_blank("postal_code"))


def _compare(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The rows that need all municipalities of a code, or a folded address."""
    text = fold_width(pl.col("address").str.replace_all(VARIATION_SELECTORS, "")).str.replace_all(
        SPACES, ""
    )
    text = text.str.replace_many(["ヶ", "が", "ガ"], ["ケ", "ケ", "ケ"])
    pairs = (
        rows.select("pair", "code", text=text)
        .join(places, on="code")
        .with_columns(
            city_in=pl.col("text").str.contains(
                pl.col("city").str.replace_many(["ヶ", "が", "ガ"], ["ケ", "ケ", "ケ"]),
                literal=True,
            ),
            written=pl.col("text").str.extract("^(" + "|".join(PREFECTURES) + ")", 1),
        )
        .group_by("pair")
        .agg(
            city_in=pl.col("city_in").any(),
            prefecture_in=(pl.col("written") == pl.col("prefecture")).any(),
            written=pl.col("written").first(),
            has_city=pl.col("text").first().str.contains("[市区町村]"),
        )
    )
    return pairs.select(
        "pair",
        compared=pl.when("city_in")
        .then(pl.lit(PostalState.FITS.value))
        .when(pl.col("written").is_not_null() & ~pl.col("prefecture_in"))
        .then(pl.lit(PostalState.OTHER_PREFECTURE.value))
        .when("has_city")
        .then(pl.lit(PostalState.OTHER_MUNICIPALITY.value))
        .otherwise(pl.lit(PostalState.NOT_COMPARED.value)),
    )
