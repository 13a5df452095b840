"""How likely the two sides of a held record are one person (0 to 1).

Evidence of each item is added as log2 weights (schemas/policies/weights.toml), in
Fellegi–Sunter form; a difference that is a known slip weighs less.
"""

from __future__ import annotations

import polars as pl

from validator.match.levels import ITEMS
from validator.resources import load_toml


def evidence() -> dict[str, pl.Expr]:
    """Weight of each item in bits; needs levels and ``slip``."""
    table = load_toml("policies/weights.toml")
    slips: dict[str, float] = table["slips"]
    result: dict[str, pl.Expr] = {}
    for item in ITEMS:
        weights: dict[str, float] = table["weights"][item]
        result[item] = pl.col(f"level_{item}").replace_strict(
            weights, default=0.0, return_dtype=pl.Float64
        )
    dates = {name: bits for name, bits in slips.items() if name != "wrong_sex_code"}
    result["birth_date"] = result["birth_date"] + pl.when(
        pl.col("level_birth_date") == "different"
    ).then(pl.col("slip").replace_strict(dates, default=0.0, return_dtype=pl.Float64)).otherwise(
        0.0
    )
    result["sex"] = result["sex"] + pl.when(pl.col("slip") == "wrong_sex_code").then(
        slips["wrong_sex_code"]
    ).otherwise(0.0)
    return result


def same_person() -> pl.Expr:
    """``same_person``: 0.5 for a held record with nothing to compare, null for a returned one."""
    prior: float = load_toml("policies/weights.toml")["prior"]
    bits = pl.sum_horizontal(*evidence().values()) + prior - _AGREEING
    odds = pl.lit(2.0).pow(bits.clip(-60, 60))
    compared = pl.any_horizontal(
        *(~pl.col(f"level_{i}").is_in(["not_checked", "blank"]) for i in ITEMS)
    )
    likelihood = pl.when(compared).then((odds / (1 + odds)).round(4))
    # A held record whose number nobody has: there is no other side, and nothing speaks either way.
    return likelihood.otherwise(pl.when(pl.col("verdict") == "hold").then(pl.lit(0.5)))


# The prior counts flagged records whose other items mostly agree: that much is in it already.
_AGREEING = 24.0
