"""Whether a postal code that covers the municipality covers the town and the 丁目 too.

A code may name several towns, stand for all that are not listed (以下に掲載がない場合), for a
tower, for single 丁目, 番地 or streets. It is called wrong only where the data has another code for
the very town that is written: a town that Japan Post does not list has none of its own.
"""

from __future__ import annotations

import re
from enum import StrEnum

import polars as pl

from validator.fields.address.postal import area_towns, postal_digits

_CHOME_NOTE = re.compile(r"[0-9]+(?:[〜~\-、][0-9]+)*丁目")


class PostalFit(StrEnum):
    """How a code of the right municipality stands to the town."""

    FITS = "fits"
    OTHER_TOWN = "other_town"
    WHOLE_MUNICIPALITY = "whole_municipality"  # though the town has a code of its own
    OTHER_CHOME = "other_chome"


def postal_fit(frame: pl.DataFrame) -> pl.DataFrame:
    """``row, postal_fit, postal_code_of_town`` for each row where the data can tell.

    ``frame``: ``row, postal_code`` and of the parsed address ``muni_code, oaza, koaza, chome``.
    ``postal_code_of_town`` (135-0061): the one code that the town, or its 丁目, has.
    """
    asked = frame.with_columns(code=postal_digits("postal_code")).drop_nulls(["code", "muni_code"])
    towns = _towns(asked["muni_code"].unique().to_list())
    covered = asked.join(
        towns, left_on=["code", "muni_code"], right_on=["code", "city_code"], how="inner"
    )
    written = pl.col("oaza") + pl.col("koaza")
    fits = pl.col("town").str.starts_with(pl.col("oaza")) | written.str.starts_with(pl.col("town"))
    by_row = (
        covered.with_columns(
            fits=~pl.col("whole") & fits.fill_null(value=True),
            chome_fits=_chome_fits(),
        )
        .group_by("row", "muni_code", "oaza", "koaza", "chome", maintain_order=True)
        .agg(
            town_fits=pl.col("fits").any(),
            whole=pl.col("whole").any(),
            chome_fits=(pl.col("fits") & pl.col("chome_fits")).any(),
        )
    )
    doubtful = by_row.filter(pl.col("oaza").is_not_null() & ~pl.col("chome_fits"))
    found = doubtful.join(_own_codes(doubtful, towns), on="row", how="left", maintain_order="left")
    listed = pl.col("own").is_not_null()
    state = (
        pl.when(pl.col("town_fits") & (pl.col("chome") > 0) & listed)
        .then(pl.lit(PostalFit.OTHER_CHOME.value))
        .when(pl.col("town_fits"))
        .then(pl.lit(PostalFit.FITS.value))
        .when(listed & pl.col("whole"))
        .then(pl.lit(PostalFit.WHOLE_MUNICIPALITY.value))
        .when(listed)
        .then(pl.lit(PostalFit.OTHER_TOWN.value))
        .otherwise(pl.lit(PostalFit.FITS.value))
    )
    told = found.select("row", postal_fit=state, postal_code_of_town="own_code")
    rest = by_row.join(told, on="row", how="anti").select(
        "row",
        postal_fit=pl.lit(PostalFit.FITS.value),
        postal_code_of_town=pl.lit(None, dtype=pl.String),
    )
    return pl.concat([told, rest])


def _own_codes(rows: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    """The codes that the data has for the very town and 丁目 of ``rows``.

    ``row, own`` (how many; only rows that have any), ``own_code`` (if there is one only).
    """
    towns = towns.filter(~pl.col("whole"))
    own = (
        rows.select("row", "muni_code", "oaza", "chome")
        .join(towns, left_on=["muni_code", "oaza"], right_on=["city_code", "town"], how="inner")
        .filter(_chome_fits())
    )
    code = pl.col("code").str.replace("^([0-9]{3})", "${1}-")
    return (
        own.group_by("row")
        .agg(own=pl.col("code").n_unique(), first=code.first())
        .select("row", "own", own_code=pl.when(pl.col("own") == 1).then("first"))
    )


def _chome_fits() -> pl.Expr:
    """False where the note of a code lists 丁目 and the address has another one."""
    return pl.col("chomes").list.contains(pl.col("chome")).fill_null(value=True)


def _towns(city_codes: list[str]) -> pl.DataFrame:
    """`area_towns` and the ``chomes`` of a note that names nothing else (1〜4丁目, 1、3丁目)."""
    towns = area_towns(city_codes)
    notes = [
        note
        for note in towns["note"].drop_nulls().unique(maintain_order=True)
        if _CHOME_NOTE.fullmatch(note)
    ]
    listed = pl.DataFrame(
        {"note": notes, "chomes": [_listed(note) for note in notes]},
        schema={"note": pl.String, "chomes": pl.List(pl.Int16)},
    )
    return towns.join(listed, on="note", how="left", maintain_order="left")


def _listed(note: str) -> list[int]:
    found: list[int] = []
    for part in note.removesuffix("丁目").split("、"):
        ends = [int(end) for end in re.split(r"[〜~\-]", part)]
        found.extend(range(ends[0], ends[-1] + 1))
    return found
