"""What a letter says of a hold or a return, so that nothing of the registry can be read from it.

The reasons of a hold come down to a few questions of ``schemas/codes/letters.toml``, the same
whatever the registry shows. Only what the form alone shows is told exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import polars as pl

from validator.fields.levels import differs
from validator.output.letters.words import TABLE
from validator.pipeline import BATCH_FLAGS
from validator.resources import load_toml
from validator.rules.model import Effect, Rule

ASSOCIATION = "association"  # nothing to answer: we clear it up ourselves
ASKS = ("identity", "name", "address", "form", ASSOCIATION)
# Facts that rest on the registry or on other records, beside the flags of the batch.
_REGISTRY_PREFIXES = ("r_", "level_", "steps_", "registry_")
_REGISTRY_FACTS = frozenset(
    {*BATCH_FLAGS, "known", "has_registry", "agrees_fully", "holder_gone", "reading_tier"}
)


def speaks_of_form(rule: Rule) -> bool:
    """Whether the finding of ``rule`` rests on the form alone, so that its words may be told."""
    beyond = load_toml(TABLE)["beyond_the_form"]
    if rule.code in beyond["told"]:
        return True
    if rule.needs_registry or rule.family in beyond["families"]:
        return False
    params = (p if isinstance(p, pl.Expr) else p("ja") for p in rule.params.values())
    roots = chain.from_iterable(e.meta.root_names() for e in (rule.when, *params))
    return not any(r.startswith(_REGISTRY_PREFIXES) or r in _REGISTRY_FACTS for r in roots)


def reasons(findings: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """What made records be held or returned, by ``row``.

    ``findings``: ``row, code, message`` in the order of rules. ``reasons`` (List[String]) are
    told, each with the key of its remedy in ``remedies`` and, in ``fields``, the columns they
    speak of; ``beyond`` (List[String]) are the questions that stand for what may not be told.
    """
    table = load_toml(TABLE)
    effective = [rule for rule in rules if rule.effect is not Effect.NONE]
    told = {rule.code for rule in effective if speaks_of_form(rule)}
    known = pl.DataFrame(
        {
            "code": [rule.code for rule in effective],
            "told": [rule.code in told for rule in effective],
            "field_of_rule": [rule.field for rule in effective],
            "remedy": [r.code if r.code in table["remedies"] else "other" for r in effective],
            "ask": [table["items"].get(rule.field, "form") for rule in effective],
        },
        schema={
            "code": pl.String,
            "told": pl.Boolean,
            "field_of_rule": pl.String,
            "remedy": pl.String,
            "ask": pl.String,
        },
    )
    return (
        findings.join(known, on="code", how="inner", maintain_order="left")
        .group_by("row", maintain_order=True)
        .agg(
            reasons=pl.col("message").filter(pl.col("told")),
            remedies=pl.col("remedy").filter(pl.col("told")),
            fields=pl.col("field_of_rule").filter(pl.col("told")).drop_nulls(),
            beyond=pl.col("ask").filter(~pl.col("told")).unique(maintain_order=True),
        )
    )


def questions() -> pl.Expr:
    """``asks`` (List[String] of `ASKS`) from verdict, hold class, cause, levels and `reasons`."""
    table = load_toml(TABLE)
    held = pl.col("verdict") == "hold"
    one_way = pl.coalesce(
        pl.col("hold_class").replace_strict(table["classes"], default=None, return_dtype=pl.String),
        pl.col("cause").replace_strict(table["causes"], default=None, return_dtype=pl.String),
    )
    by_item = pl.concat_list(
        *(
            pl.when(pl.any_horizontal(differs(f"level_{item}") for item in items))
            .then(pl.lit(ask))
            .otherwise(pl.lit(None, dtype=pl.String))
            for ask, items in (
                ("identity", ("birth_date", "sex")),
                ("name", ("name_kanji", "name_kana")),
                ("address", ("address",)),
            )
        )
    ).list.drop_nulls()
    asked = pl.when(one_way.is_not_null()).then(pl.concat_list(one_way)).otherwise(by_item)
    told = pl.col("reasons").list.len() > 0
    nothing = pl.lit([], dtype=pl.List(pl.String))
    # What we clear up ourselves stands alone, and never beside what the form must put right.
    ours = asked.list.contains(ASSOCIATION)
    asked = pl.when(ours & (told | ~held)).then(nothing).otherwise(asked)
    more = pl.when(held).then(nothing).otherwise(pl.col("beyond"))
    asked = pl.concat_list(asked, more).list.unique(maintain_order=True)
    return (
        pl.when((asked.list.len() == 0) & ~told)
        .then(pl.lit(["form"], dtype=pl.List(pl.String)))
        .otherwise(asked)
    )
