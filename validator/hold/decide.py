"""Verdict and hold class of each record (contract section 3): return > hold > pass."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl

from validator.fields.levels import Level, agrees
from validator.hold.policy import Policy
from validator.match.levels import ITEMS
from validator.rules.model import Effect, Rule

# The rules that carry the hold of an item: a site that lowers them lowers the hold.
ITEM_RULES = {
    "name_kanji": {"different": "NK020", "similar": "NK021"},
    "name_kana": {"different": "KN020", "similar": "KN021"},
    "birth_date": {"different": "BD020"},
    "sex": {"different": "SX020"},
    "address": {"different": "AD020", "similar": "AD021"},
}
GONE = ("deceased", "moved_abroad", "replaced")
CONDITION_RULES = {"two_persons": ("DU001",), "number_not_current": ("MN011", "MN012")}


class Verdict(StrEnum):
    """What would happen to a record."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    HOLD = "hold"
    RETURN = "return"


def add_conditions(frame: pl.DataFrame, *, has_registry: bool) -> pl.DataFrame:
    """Add what the rules and the policy ask about a record as a whole (Boolean columns).

    ``agrees_fully``: all five items agree with the registry (at most one name undecidable; on forms
    that need not give them all, the birth date, a name and whatever else is given);
    ``holder_gone``; ``registry_conflict``; ``registry_incomplete``; ``registry_gap``.
    """
    if not has_registry:
        return frame.with_columns(
            *(
                pl.lit(False).alias(name)
                for name in (
                    "agrees_fully",
                    "holder_gone",
                    "registry_conflict",
                    "registry_incomplete",
                    "registry_gap",
                )
            ),
            pl.lit(False).alias("has_registry"),
        )
    undecided = pl.sum_horizontal(
        *(
            (pl.col(f"level_{i}") == Level.UNDECIDABLE.value).cast(pl.Int8)
            for i in ("name_kanji", "name_kana")
        )
    )
    allowed = ~pl.col("is_addition")

    def blank(item: str) -> pl.Expr:
        return allowed & (pl.col(f"level_{item}") == Level.BLANK.value)

    names = [f"level_{i}" for i in ("name_kanji", "name_kana")]
    names_open = [
        agrees(name)
        | (pl.col(name) == Level.UNDECIDABLE.value)
        | blank(name.removeprefix("level_"))
        for name in names
    ]
    missing = {i: pl.col("known") & _registry_lacks(i) for i in ITEMS}
    count = pl.sum_horizontal(*(m.cast(pl.Int8) for m in missing.values()))
    return frame.with_columns(
        has_registry=pl.lit(True),
        agrees_fully=pl.all_horizontal(
            *names_open,
            pl.any_horizontal(agrees(name) for name in names),
            agrees("level_birth_date"),
            *(agrees(f"level_{i}") | blank(i) for i in ("sex", "address")),
            undecided <= 1,
        ),
        holder_gone=pl.col("known") & pl.col("r_status").is_in(GONE).fill_null(False),
        registry_conflict=pl.col("known") & pl.col("r_conflict").fill_null(False),
        registry_incomplete=missing["birth_date"]
        | missing["sex"]
        | missing["name_kanji"]
        | (count > 1),
        registry_gap=(count == 1)
        & ~(missing["birth_date"] | missing["sex"] | missing["name_kanji"]),
    )


def _registry_lacks(item: str) -> pl.Expr:
    if item in ("birth_date", "sex"):
        return pl.col("r_n_birth" if item == "birth_date" else "r_n_sex").is_null()
    return pl.col(f"r_{item}").is_null()


def decide(
    frame: pl.DataFrame,
    broken: pl.DataFrame,
    rules: Sequence[Rule],
    policy: Policy,
    *,
    unevaluated: bool,
) -> pl.DataFrame:
    """``verdict``, ``hold_class``, ``clear`` of each row of ``frame`` (``broken``: by the rules).

    ``clear``: what clearing a hold would take (`Policy.clearing`).
    """
    active = {rule.code: rule for rule in rules}

    def holds(code: str) -> bool:
        return code in active and active[code].effect is Effect.HOLD

    counting = {
        item: [level for level, code in codes.items() if holds(code)]
        for item, codes in ITEM_RULES.items()
    }
    returning = [rule.code for rule in rules if rule.effect is Effect.RETURN]
    owned = {"RG001", "RG002"}
    owned.update(*(codes.values() for codes in ITEM_RULES.values()), *CONDITION_RULES.values())
    raised = [r.code for r in rules if r.effect is Effect.HOLD and r.code not in owned]
    false = pl.lit(False)

    def any_of(codes: Sequence[str], effect: Effect = Effect.HOLD) -> pl.Expr:
        columns = [pl.col(c) for c in codes if c in active and active[c].effect is effect]
        return pl.any_horizontal(*columns) if columns else false

    facts = frame.select("row", *(f"level_{i}" for i in ITEMS)).hstack(broken)
    facts = facts.with_columns(
        # A hold that a site has added to a rule of its own choice has no class but S: look at it.
        not_evaluated=any_of(["RG001", "RG002", *raised]) | pl.lit(unevaluated),
        two_persons=any_of(["DU001"]),
        number_not_current=any_of(["MN011", "MN012"]),
        returned=any_of(returning, Effect.RETURN),
    )
    # The number's real holder passes class D with a warning, whatever else the table says of D.
    return facts.with_columns(found=policy.hold_class(counting)).select(
        "row",
        verdict=pl.when(pl.col("returned"))
        .then(pl.lit(Verdict.RETURN.value))
        .when(pl.col("found").is_in(policy.holding))
        .then(pl.lit(Verdict.HOLD.value))
        .otherwise(pl.lit(Verdict.PASS.value)),
        hold_class=pl.when(~pl.col("returned") & pl.col("found").is_in(policy.holding)).then(
            "found"
        ),
        clear=policy.clearing(counting),
    )
