"""Address of each record against the registry: level and steps.

same → equal after the spelling rungs (ladder.py) → split into parts and compared part by part
(parts.py). The rungs see all rows and settle nearly all of them; only what is still unequal is
split, each distinct pair once.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare.building import BUILDING_ONE_SIDE
from validator.fields.address.compare.named import PREFECTURE_STEP
from validator.fields.address.compare.numbers import kinds_contradict
from validator.fields.address.compare.parts import compare_by_parts
from validator.fields.address.compare.place import TOWN_DIFFERS, kept_apart
from validator.fields.address.ladder import ADDRESS_RUNGS, LONGEST, address_forms
from validator.fields.address.postal import ambiguous_city_pattern
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.ladder import climb
from validator.fields.levels import Level
from validator.fields.subset import first_given

FORMS = ("pref", "base", "rest", "kinds")
_LETTER = "^ノ?[甲乙丙丁戊己庚辛壬癸ァ-ヺ]{1,2}(?:号|部)?$"
# Longest run of numbers whose kinds are compared one by one.
_KIND_POSITIONS = 5


def compare_address_pairs(pairs: pl.DataFrame, site: AddressSite = PACKAGED) -> pl.DataFrame:
    """Levels of addresses.

    ``pairs``: String columns ``submitted``, ``registry`` and, where they were computed when the
    registry was built, ``r_pref, r_base, r_rest, r_kinds``; ``site``: what the site decides.
    Returns ``level`` and ``steps``.
    """
    frame = pairs.with_row_index("pair").with_columns(
        level=pl.when(pl.col("submitted").is_null())
        .then(pl.lit(Level.BLANK.value))
        .when(pl.col("registry").is_null())
        .then(pl.lit(Level.UNDECIDABLE.value))
        .when(pl.col("submitted") == pl.col("registry"))
        .then(pl.lit(Level.SAME.value))
        .otherwise(None),
    )
    pending = frame.filter(pl.col("level").is_null())
    if pending.is_empty():
        return frame.select("level", steps=pl.lit(""))
    long = pl.max_horizontal(pl.col("submitted", "registry").str.len_chars()) > LONGEST
    too_long = pending.filter(long).select(
        "pair", level=pl.lit(Level.DIFFERENT.value), steps=pl.lit("ADDRESS_TOO_LONG")
    )
    solved = pl.concat([_solve(pending.filter(~long), site), too_long])
    return frame.join(
        solved, on="pair", how="left", suffix="_solved", maintain_order="left"
    ).select(first_given("level_solved", "level").alias("level"), pl.col("steps").fill_null(""))


def _solve(pending: pl.DataFrame, site: AddressSite) -> pl.DataFrame:
    sides = pending.hstack(address_forms(pending["submitted"]).select(pl.all().name.prefix("s_")))
    if "r_base" not in sides.columns:
        sides = sides.hstack(address_forms(sides["registry"]).select(pl.all().name.prefix("r_")))
    one_prefecture = pl.col("s_pref").is_null() | pl.col("r_pref").is_null()
    city_alone = ~pl.col("s_base").str.contains(ambiguous_city_pattern())
    prefecture_fits = pl.col("s_pref").eq_missing(pl.col("r_pref")) | (one_prefecture & city_alone)
    no_rest = (pl.col("s_rest") == "") | (pl.col("r_rest") == "")
    # 1020番地イ is another lot than 1020番地, not a home in it.
    lettered = pl.any_horizontal(pl.col("s_rest", "r_rest").str.contains(_LETTER))
    # 日の出 and 日之出 are two towns there.
    named = [pl.col(text).str.extract(f"({kept_apart()})", 1) for text in ("submitted", "registry")]
    apart = (named[0] != named[1]).fill_null(value=False)
    sides = sides.with_columns(
        rest_equal=pl.col("s_rest") == pl.col("r_rest"),
        pref_differs=one_prefecture & ~pl.col("s_pref").eq_missing(pl.col("r_pref")),
    ).with_columns(
        equal=(pl.col("s_base") == pl.col("r_base"))
        & prefecture_fits
        & ~kinds_contradict(_KIND_POSITIONS)
        & (pl.col("rest_equal") | (no_rest & ~lettered))
        & ~apart,
        apart=apart,
    )
    equal = sides.filter("equal")
    found = _equal_steps(equal).select(
        "pair", level=pl.lit(Level.EQUIVALENT.value), steps=pl.col("named")
    )
    apart_rows = sides.filter("apart").select(
        "pair", level=pl.lit(Level.DIFFERENT.value), steps=pl.lit(TOWN_DIFFERS)
    )
    found = pl.concat([found, apart_rows])
    unequal = sides.filter(~pl.col("equal") & ~pl.col("apart"))
    unequal = unequal.select("pair", "submitted", "registry")
    if unequal.is_empty():
        return found
    distinct = unequal.select("submitted", "registry").unique(maintain_order=True)
    settled = distinct.hstack(compare_by_parts(distinct, site))
    rest = unequal.join(settled, on=["submitted", "registry"], how="left", maintain_order="left")
    return pl.concat([found, rest.select("pair", "level", "steps")])


def _equal_steps(equal: pl.DataFrame) -> pl.DataFrame:
    """Names of the steps that made addresses equal, with 都道府県 and 方書 taken out first."""
    named = climb(
        equal.select(submitted=_bare("submitted", "s"), registry=_bare("registry", "r")),
        ADDRESS_RUNGS,
    )
    return equal.select(
        "pair",
        named=pl.concat_str(
            pl.Series(named["steps"]).replace("", None),
            pl.when(pl.col("pref_differs")).then(pl.lit(PREFECTURE_STEP)),
            pl.when(~pl.col("rest_equal")).then(pl.lit(BUILDING_ONE_SIDE)),
            separator="+",
            ignore_nulls=True,
        ),
    )


def _bare(column: str, side: str) -> pl.Expr:
    """The text without what is omitted on the other side, so that the rungs explain the rest."""
    text = (
        pl.when(pl.col("pref_differs"))
        .then(pl.col(column).str.strip_prefix(pl.col(f"{side}_pref").fill_null("")))
        .otherwise(pl.col(column))
    )
    return pl.when(pl.col("rest_equal")).then(text).otherwise(pl.col(f"{side}_base"))
