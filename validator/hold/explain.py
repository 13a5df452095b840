"""What a good clerk would say of a held or returned record after looking at both sides.

All such records of a batch are explained together, because a sender's fault and the search of
the registry for a mistyped number concern many of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from validator.fields.subset import compute_once
from validator.hold import cause as causes
from validator.hold.clinic import display, share
from validator.hold.evidence import add_evidence
from validator.hold.likelihood import WATERFALL, add_likelihood
from validator.hold.relatives import relative
from validator.hold.repair import PEOPLE_COLUMNS, find_repairs
from validator.hold.slips import add_slips
from validator.hold.systematic import affected, find_systematic, signs
from validator.match.levels import ITEMS
from validator.registry.model import Registry
from validator.rules.model import Effect, Rule

EVIDENCE_COLUMNS = (
    "other",
    *(f"e_{item}" for item in WATERFALL[1:-1]),
    *(f"b_{part}" for part in WATERFALL),
    *(f"steps_{item}" for item in ITEMS),
    "share",
    "days_since_event",
    "clinic",
    "clears",
)
"""What explains a decision, without any value of a person: `validator explain-record` shows it."""
EXPLAINED = (
    *("cause", "cause_detail", "same_person", "action", "repair", "repair_matches"),
    "queue_position",
)
NEEDED = tuple(
    dict.fromkeys(
        (
            *("row", "source", "office_code", "verdict", "hold_class", "findings", "received"),
            *PEOPLE_COLUMNS,
            *("insured_number", "my_number", "reading_tier", "registry_reading_tier"),
            *("postal_code", "birth_date", "sex", "family_form", "two_persons", "agrees_fully"),
            *("as_of", "acquired", "event", "lost", "changed", "form", "is_addition", "is_removal"),
            *("member_code", "clear"),
            *(
                "r_name_kanji",
                "r_address",
                "r_name_kana",
                "r_n_sex",
                "r_previous_address",
                "r_alias_kanji",
                "r_alias_kana",
            ),
        )
    )
)
"""The facts that an explanation is made of."""
# From this day on municipalities record kana that the person has confirmed (hold-path 1.1).
KANA_RECORDED_SINCE = date(2025, 5, 26)
_ADVICE = ("share", "days_since_event", "clinic", "clears")
_REPAIR = {"repair": pl.String, "repair_matches": pl.UInt8, "repair_status": pl.String}


@dataclass(frozen=True)
class Explained:
    """``records``: ``row``, `EXPLAINED`, `EVIDENCE_COLUMNS`; ``systematic``: faults of senders."""

    records: pl.DataFrame
    systematic: pl.DataFrame


def explain(
    flagged: pl.DataFrame,
    all_totals: pl.DataFrame,
    registry: Registry | None,
    rules: Sequence[Rule],
    prior: float,
) -> Explained:
    """Explain the held and returned records of a batch.

    ``flagged``: the columns `NEEDED` of these records; ``all_totals``: `systematic.totals` of all
    records; ``prior``: share of held records that are the right person.
    """
    effective = [rule.code for rule in rules if rule.effect is not Effect.NONE]
    facts = add_slips(flagged).with_columns(
        codes=pl.col("findings").list.set_intersection(effective),
        kana_recorded=pl.lit(_kana_recorded(registry)),
    )
    shown = signs(facts)
    faults = find_systematic(shown, all_totals)
    facts = facts.join(affected(shown, faults), on="row", how="left", maintain_order="left")
    facts = _with_repairs(facts, registry)
    facts = add_likelihood(add_evidence(facts), prior)
    facts = compute_once(facts, cause=causes.cause())
    held = pl.col("verdict") == "hold"
    records = facts.select(
        "row",
        "cause",
        "repair",
        "repair_matches",
        *(c for c in EVIDENCE_COLUMNS if c not in _ADVICE),
        "verdict",
        "hold_class",
        "received",
        cause_detail=_detail(),
        share=share(pl.col("as_of")),
        clinic=display(),
        clears=causes.clearing(),
        days_since_event=(
            pl.col("as_of") - pl.coalesce("acquired", "event", "lost", "changed")
        ).dt.total_days(),
        # Where nobody has the number there is no other side: nothing speaks either way.
        same_person=pl.col("same_person").fill_null(pl.when(held).then(0.5)).round(4),
        action=causes.action("cause"),
    )
    queued = records.join(_queue(records), on="row", how="left", maintain_order="left")
    return Explained(queued.select("row", *EXPLAINED, *EVIDENCE_COLUMNS), faults)


def _kana_recorded(registry: Registry | None) -> bool:
    """Whether the registry's kana may have been recorded under the law of 2025-05-26."""
    as_of = None if registry is None else registry.info.as_of
    return as_of is None or as_of >= KANA_RECORDED_SINCE


def _with_repairs(facts: pl.DataFrame, registry: Registry | None) -> pl.DataFrame:
    if registry is None or facts.is_empty():
        return facts.with_columns(pl.lit(None, dtype=t).alias(c) for c, t in _REPAIR.items())
    found = find_repairs(facts, registry)
    return facts.join(found, on="row", how="left", maintain_order="left")


def _detail() -> pl.Expr:
    """``cause_detail``: more about the cause, in codes."""
    where = pl.when(pl.col("two_persons") | pl.col("family_form")).then(pl.lit("batch"))
    return (
        pl.when(pl.col("cause") == "systematic")
        .then("systematic")
        .when(pl.col("cause") == "family_number")
        .then(pl.concat_str(relative(), where.otherwise(pl.lit("registry")), separator="+"))
        .when(pl.col("cause") == "number_typo")
        .then("repair")
        .when(pl.col("cause") == "registry_status")
        .then("r_status")
    )


# What harms most comes first: a wrong person, then what nobody can see at the clinic.
_HARM = {"D": 0, "0": 1, "1": 1, "S": 2, "2": 3, "3": 4, "N": 5}
_SURE = 0.999


def _queue(records: pl.DataFrame) -> pl.DataFrame:
    """``row, queue_position`` from 1: by harm and certainty, near-certain notation cases last."""
    another = (pl.col("same_person") < 0.5).fill_null(value=False)
    nearly_certain = (pl.col("same_person") >= _SURE).fill_null(value=False)
    harm = pl.col("hold_class").replace_strict(_HARM, default=2, return_dtype=pl.Int8)
    ordered = records.select(
        "row", "received", "same_person", another=another, last=nearly_certain, harm=harm
    ).sort(
        ["another", "last", "harm", "same_person", "received", "row"],
        descending=[True, False, False, False, False, False],
        nulls_last=True,
    )
    return ordered.select("row").with_row_index("queue_position", offset=1)
