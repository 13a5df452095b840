"""What a clerk has confirmed before, so that it was not held again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from validator.hold.release import CLEARED
from validator.output.html.places import file_word, office_word
from validator.output.html.rules_used import said
from validator.rules.model import Text

if TYPE_CHECKING:
    from validator.checking import Checked

SHOWN = 50


@dataclass(frozen=True)
class ClearedLine:
    """One such record: where it stands, and when and why it was cleared."""

    file: str
    line: int
    office: Text
    words: Text


def cleared(checked: Checked) -> list[ClearedLine]:
    """The first cleared records, in the order of the batch."""
    if not checked.summary.counts.cleared:
        return []
    rule = next(rule for rule in checked.settings.rules if rule.code == CLEARED)
    offices = checked.judged.records.select("record_id", "office_code")
    found = (
        checked.judged.findings.filter(pl.col("code") == CLEARED)
        .head(SHOWN)
        .join(offices, on="record_id", how="left", maintain_order="left")
    )
    return [
        ClearedLine(
            file_word(file), line, office_word(office), said(rule, message, checked.settings.lang)
        )
        for file, line, office, message in found.select(
            "source_file", "line", "office_code", "message"
        ).iter_rows()
    ]
