"""``records.parquet``, ``findings.parquet`` and ``findings.csv``."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import polars.selectors as cs

from validator.hold.explain import EVIDENCE_COLUMNS
from validator.pipeline import RECORD_COLUMNS, Judged
from validator.rules.model import Rule

FINDING_COLUMNS = (
    "record_id",
    "source_file",
    "line",
    "field",
    "code",
    "slug",
    "severity",
    "effect",
    "message",
    "hint",
    "suggestion",
)
_DECIMALS = 5
# A spreadsheet takes a cell that begins so for a formula (ASVS 1.2.10; full-width forms too).
_FORMULA = "^[=+\\-@\t\r＝＋－＠]"


def records_table(judged: Judged) -> pl.DataFrame:
    """One row a record, in input order."""
    return _short(judged.records.select(RECORD_COLUMNS))


def evidence_table(judged: Judged) -> pl.DataFrame:
    """What the decisions on held and returned records rest on; no value of a person."""
    flagged = judged.records.filter(pl.col("verdict") != "pass")
    return _short(flagged.select("record_id", *EVIDENCE_COLUMNS))


def _short(table: pl.DataFrame) -> pl.DataFrame:
    """``table`` without long decimals: six digits in a row could be part of somebody's number."""
    return table.with_columns(cs.float().round(_DECIMALS))


def findings_table(judged: Judged, rules: Sequence[Rule], lang: str) -> pl.DataFrame:
    """One row a finding, in the order of records, then of rules; always complete."""
    meta = pl.DataFrame(
        {
            "code": [r.code for r in rules],
            "field": [r.field for r in rules],
            "slug": [r.slug for r in rules],
            "severity": [r.severity.value for r in rules],
            "effect": [r.effect.value for r in rules],
            "hint": [r.hint.get(lang) for r in rules],
        },
        schema=dict.fromkeys(("code", "field", "slug", "severity", "effect", "hint"), pl.String),
    )
    # A difference whose class the policy does not hold is a warning only.
    only_warns = (pl.col("effect") == "hold") & (pl.col("verdict") == "pass")
    return (
        judged.findings.join(meta, on="code", how="left", maintain_order="left")
        .with_columns(
            effect=pl.when(only_warns).then(pl.lit("none")).otherwise("effect"),
            severity=pl.when(only_warns).then(pl.lit("warning")).otherwise("severity"),
        )
        .select(FINDING_COLUMNS)
    )


def for_spreadsheets(table: pl.DataFrame) -> pl.DataFrame:
    """``table`` with an apostrophe before texts that a spreadsheet would run as a formula."""
    return table.with_columns(
        pl.when(pl.col(pl.String).str.contains(_FORMULA))
        .then(pl.lit("'") + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )


def masked(table: pl.DataFrame) -> pl.DataFrame:
    """``table`` without suggestions: they may hold personal values and never reach a screen."""
    return table.with_columns(suggestion=pl.lit(None, dtype=pl.String))
