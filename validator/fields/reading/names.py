"""The tier of whole names, as submitted: the worse of family and given name."""

from __future__ import annotations

import polars as pl

from validator.fields.reading.parts import part_tiers
from validator.fields.reading.store import Knowledge, shipped
from validator.fields.reading.tiers import Tier, worst
from validator.fields.reading.unspaced import unspaced_tiers
from validator.fields.text import squeeze_spaces

_LONGEST_NAME = 120
_NAME = ["kanji", "kana"]
_PARTS = ("family", "given")


def reading_tiers(names: pl.DataFrame) -> pl.Series:
    """A `Tier` for each row of ``names`` (String ``kanji``, ``kana``: whole names, as submitted).

    Names of two parts on both sides are judged part by part; where one side has no space, every
    division is tried and the best counts. Null, blank and overlong names are not applicable.
    """
    return tiers_by(names, shipped())


def tiers_by(names: pl.DataFrame, knowledge: Knowledge) -> pl.Series:
    """`reading_tiers` with other ``knowledge`` than the packaged one."""
    asked = names.select(pl.col(_NAME).cast(pl.String))
    distinct = _divided(asked.unique())
    two = pl.all_horizontal(pl.col(_NAME).list.len() == 2)
    judged = pl.concat(
        [
            _by_part(distinct.filter(two), knowledge),
            unspaced_tiers(distinct.filter(~two), knowledge),
        ]
    )
    found = (
        distinct.select(pl.col("written"), "name")
        .join(judged, on="name", how="left")
        .unnest("written")
    )
    return (
        asked.join(found, on=_NAME, how="left", maintain_order="left")
        .select(pl.col("tier").fill_null(Tier.NOT_APPLICABLE.value).alias("reading_tier"))
        .to_series()
    )


def _divided(names: pl.DataFrame) -> pl.DataFrame:
    """``name`` (index), ``written`` (as given), ``kanji`` and ``kana`` as lists of words."""
    usable = names.filter(
        pl.all_horizontal(pl.col(_NAME).str.len_chars().is_between(1, _LONGEST_NAME))
    )
    return usable.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("name"),
        pl.struct(_NAME).alias("written"),
        *(squeeze_spaces(pl.col(column)).str.split(" ") for column in _NAME),
    )


def _by_part(names: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """``name, tier`` of names with two words on both sides."""
    columns = names.select(
        "name",
        *(
            pl.struct(
                pl.lit(place == 0).alias("surname"),
                *(pl.col(column).list.get(place).alias(column) for column in _NAME),
            ).alias(part)
            for place, part in enumerate(_PARTS)
        ),
    )
    parts = pl.concat([columns.select(pl.col(part).struct.unnest()) for part in _PARTS]).unique()
    tiers = parts.with_columns(part_tiers(parts, knowledge)).select(
        pl.struct("surname", *_NAME).alias("part"), "tier"
    )
    for part in _PARTS:
        columns = columns.join(
            tiers.rename({"part": part, "tier": f"{part}_tier"}), on=part, how="left"
        )
    return columns.select("name", tier=worst([f"{part}_tier" for part in _PARTS]))
