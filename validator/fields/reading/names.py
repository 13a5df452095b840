"""The tier of whole names, as submitted: the worse of family and given name."""

from __future__ import annotations

import polars as pl

from validator.fields.reading.parts import part_tiers
from validator.fields.reading.store import Knowledge, shipped
from validator.fields.reading.tiers import Tier, worst
from validator.fields.reading.unspaced import unspaced_tiers
from validator.fields.text import squeeze_spaces

_LONGEST_NAME = 120
_SIDES = ("kanji", "kana")
_PARTS = ("family", "given")


def reading_tiers(names: pl.DataFrame, *, voice: bool = True) -> pl.Series:
    """A `Tier` for each row of ``names`` (String ``kanji``, ``kana``: whole names, as submitted).

    Names of two parts on both sides are judged part by part; where one side has no space, every
    division is tried and the best counts. Null, blank and overlong names are not applicable.
    ``voice``: ask pykakasi as well, which takes half a second to load.
    """
    return tiers_by(names, shipped(voice=voice))


def tiers_by(names: pl.DataFrame, knowledge: Knowledge) -> pl.Series:
    """`reading_tiers` with other ``knowledge`` than the packaged one."""
    asked = names.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        *(pl.col(side).cast(pl.String) for side in _SIDES),
    )
    usable = asked.filter(
        pl.all_horizontal(pl.col(_SIDES).str.len_chars().is_between(1, _LONGEST_NAME))
    ).with_columns(squeeze_spaces(pl.col(side)) for side in _SIDES)
    two = pl.all_horizontal(pl.col(_SIDES).str.count_matches(" ", literal=True) == 1)
    spaced, other = usable.filter(two), usable.filter(~two)
    judged = _by_part(spaced, knowledge)
    if not other.is_empty():
        judged.extend(_unspaced(other, knowledge))
    return (
        asked.select("row")
        .join(judged, on="row", how="left", maintain_order="left")
        .select(pl.col("tier").fill_null(Tier.NOT_APPLICABLE.value).alias("reading_tier"))
        .to_series()
    )


def _by_part(names: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """``row, tier`` of names with two words on both sides; each distinct part is judged once."""
    judged = names.select("row")
    for place, part in enumerate(_PARTS):
        words = names.select(
            pl.col(side).str.split_exact(" ", 1).struct.field(f"field_{place}").alias(side)
            for side in _SIDES
        )
        distinct = words.unique().with_columns(surname=pl.lit(place == 0))
        tiers = distinct.select(*_SIDES, part_tiers(distinct, knowledge).alias(part))
        judged = judged.hstack(
            words.join(tiers, on=_SIDES, how="left", maintain_order="left").select(part)
        )
    return judged.select("row", tier=worst(_PARTS))


def _unspaced(names: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """``row, tier`` of all other names."""
    distinct = names.select(_SIDES).unique().with_row_index("name")
    words = distinct.with_columns(pl.col(side).str.split(" ") for side in _SIDES)
    tiers = distinct.join(unspaced_tiers(words, knowledge), on="name")
    return names.join(tiers, on=_SIDES).select("row", "tier")
