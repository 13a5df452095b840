"""After a run: the ledger keeps how its held, returned and cleared records stand."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import polars as pl

from validator.hold.release import CLEARED
from validator.ledger.clearances import keyed_digest
from validator.ledger.decisions import keyed_digests, remember
from validator.ledger.store import Ledger
from validator.output.record_id import source_tokens

if TYPE_CHECKING:
    from validator.checking import Checked
    from validator.output.summary import Provenance

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_RUN_LETTERS = 16


def run_name(used: Provenance) -> str:
    """By what a run is told from others: the same inputs, settings and registry give the same."""
    registry = used.registry.sha256 if used.registry else ""
    whole = [[source.sha256 for source in used.inputs], registry, used.as_of.isoformat()]
    settings = [used.policy, used.receiver, used.rules_version]
    digest = hashlib.sha256(json.dumps([*whole, *settings]).encode()).hexdigest()
    return digest[:_RUN_LETTERS].translate(_LETTERS)


def remember_run(ledger: Ledger, checked: Checked) -> None:
    """Keep the flagged and cleared records of a run. OutputError (7) if it cannot be written."""
    records = checked.judged.records.filter(
        (pl.col("verdict") != "pass") | pl.col("findings").list.contains(CLEARED)
    ).with_columns(
        verdict=pl.when(pl.col("verdict") == "pass").then(pl.lit("cleared")).otherwise("verdict")
    )
    clear = checked.judged.sides.select("row", "clear")
    tokens = source_tokens(checked.batch)
    keyed = keyed_digests(keyed_digest(ledger), checked.judged.digests)
    made = keyed.join(clear, on="row", how="left", maintain_order="left")
    flagged = records.join(made, on="row", how="left", maintain_order="left").with_columns(
        batch=pl.col("source").replace_strict(tokens, return_dtype=pl.String)
    )
    used = checked.summary.provenance
    remember(ledger, run_name(used), used.as_of, flagged, list(tokens.values()))
