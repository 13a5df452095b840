"""The step between the verdict and its words: held records that a clerk has cleared pass."""

from __future__ import annotations

import polars as pl

from validator.hold.clearing import CLEARING_SCHEMA, Clearances
from validator.hold.decide import Verdict
from validator.hold.difference import sides
from validator.rules.engine import evaluate
from validator.rules.model import Rule

FAMILY = "CL"
CLEARED = "CL001"


def release(
    facts: pl.DataFrame,
    broken: pl.DataFrame,
    verdicts: pl.DataFrame,
    rules: tuple[Rule, ...],
    clearances: Clearances,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """``facts``, ``broken`` and ``verdicts`` with what the ledger says of the held records.

    Only with the finding that says so does a cleared record pass: where a site has switched that
    rule off, the hold stays.
    """
    spoken = tuple(rule for rule in rules if rule.family == FAMILY)
    held = verdicts.filter(pl.col("verdict") == Verdict.HOLD.value).select("row", "clear")
    if not spoken or held.is_empty():
        return facts, broken, verdicts
    found = clearances.of(sides(facts.join(held, on="row", how="inner", maintain_order="left")))
    if found.is_empty():
        return facts, broken, verdicts
    facts = facts.drop(name for name in CLEARING_SCHEMA if name != "row").join(
        found, on="row", how="left", maintain_order="left"
    )
    broken = broken.with_columns(evaluate(facts, spoken).broken)
    if CLEARED not in broken.columns:
        return facts, broken, verdicts
    verdicts = verdicts.with_columns(passes=broken.get_column(CLEARED)).with_columns(
        verdict=pl.when("passes").then(pl.lit(Verdict.PASS.value)).otherwise("verdict"),
        hold_class=pl.when(~pl.col("passes")).then("hold_class"),
    )
    return facts, broken, verdicts.drop("passes")
