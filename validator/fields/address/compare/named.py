"""Names of the steps that made two split addresses equal."""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare.building import BUILDING_NAME, BUILDING_ONE_SIDE
from validator.fields.address.compare.numbers import (
    KOAZA_OMITTED,
    LETTER_MARK,
    ROOM_IN_BLOCK,
)
from validator.fields.address.ladder import ADDRESS_RUNGS, PREFECTURE
from validator.fields.ladder import climb

PREFECTURE_STEP = "PREFECTURE"
# A reason that one side alone has is a step of its own.
_REASONS = {
    "PREF_OMITTED": PREFECTURE_STEP,
    "PREF_SHORTENED": PREFECTURE_STEP,
    "COUNTY_OMITTED": "COUNTY",
    "CITY_OMITTED": "CITY",
    "WARD_OMITTED": "WARD",
    "OLD_MUNICIPALITY": "OLD_MUNICIPALITY",
    "OLD_TOWN": "OLD_TOWN",
    "TOWN_WORD": "TOWN_WORD",
    "KANA_OMITTED": "PLACE_KANA_OMITTED",
    "KE_FOR_KA": "PLACE_KANA",
    "BLOCK_WORD": "BLOCK_WORD",
}


def equal_steps(frame: pl.DataFrame) -> pl.DataFrame:
    """``pair`` and ``named`` (String) of equal pairs: parts of both sides, ``building``."""
    if frame.is_empty():
        return frame.select("pair", named=pl.lit("", dtype=pl.String))
    climbed = climb(
        frame.select(submitted=_bare("submitted", "s"), registry=_bare("registry", "r")),
        ADDRESS_RUNGS,
    )
    structure = {
        step: pl.any_horizontal(_one_sided(code) for code, name in _REASONS.items() if name == step)
        for step in dict.fromkeys(_REASONS.values())
    }
    marks = [pl.col(text).str.count_matches("大字|字") for text in ("submitted", "registry")]
    postal = [pl.col(f"{side}_dropped").str.contains("[0-9０-９]") for side in "sr"]
    lettered = [pl.col(f"{side}_koaza").str.contains(LETTER_MARK) for side in "sr"]
    structure |= {
        "LETTER_MARK": lettered[0] != lettered[1],
        KOAZA_OMITTED: pl.col("koaza_omitted"),
        "OAZA_MARK_OMITTED": marks[0] != marks[1],
        "STREET": (pl.col("s_street") == "") != (pl.col("r_street") == ""),
        "POSTAL_CODE": postal[0] != postal[1],
        "REMARK": (pl.col("s_remark") == "") != (pl.col("r_remark") == ""),
        ROOM_IN_BLOCK: pl.col("room_in_block"),
        BUILDING_NAME: pl.col("building") == BUILDING_NAME,
        BUILDING_ONE_SIDE: (pl.col("building") == BUILDING_ONE_SIDE) & ~pl.col("room_in_block"),
    }
    codes = pl.concat_str(
        pl.Series(climbed["steps"]).replace("", None),
        *(
            pl.when(condition.fill_null(value=False)).then(pl.lit(step))
            for step, condition in structure.items()
        ),
        separator="+",
        ignore_nulls=True,
    )
    named = frame.select("pair", named=codes)
    return named.with_columns(
        pl.col("named").str.split("+").list.unique(maintain_order=True).list.join("+")
    ).with_columns(
        named=pl.when(pl.col("named") == "").then(pl.lit("PLACE_CHARACTER")).otherwise("named")
    )


def _one_sided(code: str) -> pl.Expr:
    said = [
        pl.col(f"{side}_reasons").fill_null("").str.split("+").list.contains(code) for side in "sr"
    ]
    return said[0] != said[1]


def _bare(text: str, side: str) -> pl.Expr:
    """The address without 方書, remark and what stands before it."""
    bare = pl.col(text).str.strip_prefix(pl.col(f"{side}_dropped").fill_null(""))
    for part in ("remark", "building"):
        bare = bare.str.strip_suffix(pl.col(f"{side}_{part}").fill_null("")).str.strip_chars()
    # What one side leaves out would shift all that stands behind it.
    return (
        pl.when(_one_sided("PREF_OMITTED")).then(bare.str.replace(PREFECTURE, "")).otherwise(bare)
    )
