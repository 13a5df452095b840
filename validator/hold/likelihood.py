"""How likely the two sides of a held record are one person (0 to 1), and why.

Fellegi-Sunter with several kinds of other people: each kind (a stranger, a relative, a twin, a
namesake …) has its own shares of each piece of evidence (schemas/policies/weights.toml), so that
a twin's equal birth date and address do not speak for one person. Everything is added as log2.
"""

from __future__ import annotations

from functools import cache
from math import log2
from pathlib import Path
from typing import Any

import polars as pl

from validator.fields.name import kanji_key
from validator.hold.evidence import ITEMS
from validator.resources import load_toml, once

_SURNAMES = Path(__file__).parent / "data" / "surnames.parquet"
_LONGEST_FAMILY = 5
# A word that the table lacks: rarer than the rarest that it has.
_UNSEEN = 1e-12
_SURE = 40.0  # bits: beyond them four decimals show 0 or 1

WATERFALL = ("prior", *ITEMS, "others")
"""Bits for one person, column ``b_…`` each: they add up to the log2 odds."""


@cache
def _table() -> dict[str, Any]:
    return load_toml("policies/weights.toml")


def other_people() -> tuple[str, ...]:
    """The kinds of people whom a wrong number belongs to."""
    return tuple(_table()["others"])


@once
def _family_shares() -> pl.DataFrame:
    return pl.read_parquet(_SURNAMES)


def _with_family_share(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``family_share``: how common the registry's family name is."""
    name = frame.select(
        written=pl.col("r_name_kanji").str.strip_chars().str.extract(r"^([^\s]+)\s", 1),
        key=kanji_key(pl.col("r_name_kanji")),
    ).with_row_index("at")
    lengths = pl.DataFrame({"length": range(1, _LONGEST_FAMILY + 1)}, schema={"length": pl.UInt32})
    tries = (
        name.join(lengths, how="cross")
        .filter(
            pl.col("written").is_null() | (pl.col("written").str.len_chars() == pl.col("length"))
        )
        .with_columns(family=pl.col("key").str.slice(0, pl.col("length")))
    )
    # Without a space in the name the longest known family name at its front counts.
    found = (
        tries.join(_family_shares(), on="family")
        .sort("at", "length", descending=[False, True])
        .unique("at", keep="first", maintain_order=True)
    )
    joined = name.join(found.select("at", "share"), on="at", how="left", maintain_order="left")
    rare: float = _table()["by_family_share"]["rare"]
    return frame.with_columns(family_share=joined["share"].fill_null(rare))


def _bits(kind: str, item: str) -> pl.Expr:
    shares: dict[str, float] = _table()[kind][item]
    by_word = {word: log2(share) for word, share in shares.items()}
    bits = pl.col(f"e_{item}").replace_strict(
        by_word, default=log2(_UNSEEN), return_dtype=pl.Float64
    )
    weighed: dict[str, list[str]] = _table()["by_family_share"]
    if item != "name" or kind not in weighed:
        return bits
    common = pl.col("e_name").is_in(weighed[kind])
    return bits + pl.when(common).then(pl.col("family_share").log(2)).otherwise(0.0)


def add_likelihood(frame: pl.DataFrame, prior: float) -> pl.DataFrame:
    """Add ``same_person`` and its bits (`WATERFALL`, columns ``b_…``), and ``other`` (String).

    ``frame`` has the evidence columns ``e_…``, ``r_name_kanji`` and ``known``;
    ``prior`` is the share of held records that are the right person. Where nothing could be
    compared, all of them are null. ``other`` is the most likely kind of another person.
    """
    kinds = other_people()
    weights: dict[str, float] = _table()["others"]
    frame = _with_family_share(frame)
    columns = {f"_same_{item}": _bits("same", item) for item in ITEMS}
    for kind in kinds:
        columns |= {f"_{kind}_{item}": _bits(kind, item) for item in ITEMS}
    frame = frame.with_columns(**columns)
    frame = frame.with_columns(
        **{
            f"_{kind}": pl.sum_horizontal(f"_{kind}_{item}" for item in ITEMS) + log2(weights[kind])
            for kind in kinds
        }
    ).with_columns(_best=pl.max_horizontal(f"_{kind}" for kind in kinds))
    rest = pl.sum_horizontal(
        pl.lit(2.0).pow((pl.col(f"_{kind}") - pl.col("_best")).clip(lower_bound=-200.0))
        for kind in kinds
    )
    other = pl.coalesce(
        pl.when(pl.col(f"_{kind}") == pl.col("_best")).then(pl.lit(kind)) for kind in kinds
    )
    frame = frame.with_columns(other=other, _rest=rest.log(2))
    share = pl.col("other").replace_strict(
        {kind: log2(weights[kind]) for kind in kinds}, return_dtype=pl.Float64
    )
    frame = frame.with_columns(
        # The prior is that of the held records; the shares of one person are those of all.
        b_prior=pl.lit(log2(prior / (1 - prior)) - log2(_table()["flagged"])),
        # What the other kinds of people add to the most likely one.
        b_others=-(share + pl.col("_rest")),
        **{
            f"b_{item}": pl.col(f"_same_{item}")
            - pl.coalesce(
                pl.when(pl.col("other") == kind).then(f"_{kind}_{item}") for kind in kinds
            )
            for item in ITEMS
        },
    )
    total = pl.sum_horizontal(f"b_{name}" for name in WATERFALL).clip(-_SURE, _SURE)
    odds = pl.lit(2.0).pow(total)
    compared = pl.col("known") & ~pl.all_horizontal(
        pl.col(f"e_{item}") == "missing" for item in ITEMS if item != "registry"
    )
    made = {"same_person": odds / (1 + odds), "other": pl.col("other")}
    made |= {f"b_{name}": pl.col(f"b_{name}") for name in WATERFALL}
    frame = frame.with_columns(
        **{name: pl.when(compared).then(value) for name, value in made.items()}
    )
    return frame.drop(pl.selectors.starts_with("_"), "family_share")
