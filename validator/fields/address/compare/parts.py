"""Addresses compared part by part: municipality, town, finer part, numbers, 方書.

The rule: equal municipality and town, finer part and numbers equal as one list whose kinds do not
contradict each other, 方書 equal or missing on one side → equivalent. Municipality and town agree
(or one is only missing or doubtful) and anything else differs → similar. Else → different. Whether
a number exists, and whether 地番 and 住居表示 name the same house, cannot be seen.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare.building import BUILDING_DIFFERS, compare_buildings
from validator.fields.address.compare.completion import completed
from validator.fields.address.compare.named import equal_steps
from validator.fields.address.compare.numbers import compare_numbers
from validator.fields.address.compare.place import DIFFERENT_PLACE, compare_places
from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse import parse_addresses
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.levels import Level

_NEEDED = (
    "prefecture", "city", "street", "building", "match_level", "muni_code", "oaza", "chome",
    "koaza", "numbers", "kinds", "letters", "care_of", "ambiguous", "dropped", "remark", "reasons",
)  # fmt: skip


def compare_by_parts(pairs: pl.DataFrame, site: AddressSite = PACKAGED) -> pl.DataFrame:
    """``level`` and ``steps`` of distinct pairs (String ``submitted``, ``registry``, not null)."""
    frame = pairs.with_row_index("pair").hstack(_split(pairs, site.gazetteer))
    frame = completed(frame, site.gazetteer)
    frame = frame.hstack(compare_places(frame)).hstack(compare_buildings(frame))
    frame = frame.hstack(compare_numbers(frame, koaza_optional=site.koaza_optional))
    elsewhere = pl.col("place").is_in(list(DIFFERENT_PLACE)).fill_null(value=False)
    faults = pl.concat_str(
        pl.col("place"),
        pl.when(~elsewhere).then(pl.col("number")),
        pl.when(~elsewhere & (pl.col("building") == BUILDING_DIFFERS)).then(pl.col("building")),
        separator="+",
        ignore_nulls=True,
    )
    frame = frame.with_columns(faults=faults)
    equal = pl.col("faults") == ""
    named = equal_steps(frame.filter(equal))
    return frame.join(named, on="pair", how="left", maintain_order="left").select(
        level=pl.when(equal)
        .then(pl.lit(Level.EQUIVALENT.value))
        .when(elsewhere)
        .then(pl.lit(Level.DIFFERENT.value))
        .otherwise(pl.lit(Level.SIMILAR.value)),
        steps=pl.when(equal).then("named").otherwise("faults"),
    )


def _split(pairs: pl.DataFrame, gazetteer: Gazetteer | None) -> pl.DataFrame:
    """Parts of both sides with the prefixes ``s_`` and ``r_``; each distinct text once."""
    texts = pl.concat([pairs["submitted"], pairs["registry"]]).unique(maintain_order=True)
    parsed = parse_addresses(texts, gazetteer=gazetteer).select(_NEEDED)
    places = pl.int_range(len(texts), dtype=pl.UInt32, eager=True)
    sides = []
    for column, prefix in (("submitted", "s_"), ("registry", "r_")):
        at = pairs[column].replace_strict(texts, places, return_dtype=pl.UInt32)
        sides.append(parsed[at].select(pl.all().name.prefix(prefix)))
    return pl.concat(sides, how="horizontal")
