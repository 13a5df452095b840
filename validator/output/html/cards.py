"""One record as a clerk needs it: what differs, why, how sure, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from validator.hold.likelihood import WATERFALL
from validator.match.levels import ITEMS
from validator.output.html.charts import Step, Waterfall
from validator.output.html.differences import Difference
from validator.output.html.page import worded
from validator.output.html.queue import Line
from validator.output.html.rules_used import said
from validator.output.words import ITEM_NAMES, LEVELS, SEVERITIES, code_word
from validator.resources import load_toml
from validator.rules.model import Rule, Text

_WAITING = ("invalid", "none")


@dataclass(frozen=True)
class ItemLine:
    """One of the five items: its level, the steps or reasons, and both sides where they differ."""

    name: Text
    level: str
    level_word: Text
    reasons: tuple[Text, ...]
    difference: Difference | None


@dataclass(frozen=True)
class FindingLine:
    """One finding in both languages; ``code`` links to the rule."""

    code: str
    severity: str
    severity_word: Text
    message: Text
    hint: Text


@dataclass(frozen=True)
class Card:
    """Everything about one held or returned record."""

    line: Line
    items: tuple[ItemLine, ...]
    waterfall: Waterfall | None
    other: Text | None
    findings: tuple[FindingLine, ...]
    document: Text | None
    ask: Text | None
    repair: Text | None
    clears: Text | None
    reasons: tuple[Text, ...]
    clinic: Text
    share: Text | None
    at_risk: int | None


def cards(
    people: pl.DataFrame,
    lines: Sequence[Line],
    shown: Mapping[tuple[str, str], Difference],
    findings: pl.DataFrame,
    rules: Sequence[Rule],
    lang: str,
) -> list[Card]:
    """Cards of ``people`` (rows of `flagged_people`) and their ``lines`` of the queue.

    ``shown``: `differences` of them; ``findings``: ``record_id, code, message`` of these records,
    in order; ``message`` is in ``lang``.
    """
    by_code = {rule.code: rule for rule in rules}
    findings_of: dict[str, list[FindingLine]] = {}
    for record, code, message in findings.select("record_id", "code", "message").iter_rows():
        findings_of.setdefault(record, []).append(_finding(by_code[code], message, lang))
    return [
        _card(row, line, tuple(findings_of.get(row["record_id"], ())), shown)
        for row, line in zip(people.iter_rows(named=True), lines, strict=True)
    ]


def _finding(rule: Rule, message: str, lang: str) -> FindingLine:
    severity = rule.severity.value
    return FindingLine(
        rule.code, severity, SEVERITIES[severity], said(rule, message, lang), rule.hint
    )


def _card(
    row: Mapping[str, Any],
    line: Line,
    findings: tuple[FindingLine, ...],
    shown: Mapping[tuple[str, str], Difference],
) -> Card:
    cause = load_toml("codes/causes.toml")["causes"][row["cause"]]
    clears, days = row["clears"], row["days_since_event"]
    # Only who would join or stay is asked for money meanwhile.
    waiting = row["clinic"] in _WAITING
    return Card(
        line=line,
        items=tuple(_item(row, item, shown) for item in ITEMS),
        waterfall=_waterfall(row),
        other=code_word("evidence", "others", row["other"]) if row["other"] else None,
        findings=findings,
        document=_word("documents", cause["document"]),
        ask=_word("asks", cause["ask"]),
        repair=_repair(row),
        clears=code_word("evidence", "clears", clears) if clears else None,
        reasons=_reasons(row["cause"], clears),
        clinic=code_word("evidence", "clinic", row["clinic"]),
        share=code_word("evidence", "shares", row["share"] or "unknown") if waiting else None,
        at_risk=days if waiting and days is not None and days >= 0 else None,
    )


def _word(group: str, code: str) -> Text | None:
    return None if code == "none" else code_word("causes", group, code)


def _item(
    row: Mapping[str, Any], item: str, shown: Mapping[tuple[str, str], Difference]
) -> ItemLine:
    level = row[f"level_{item}"]
    steps: Iterable[str] = filter(None, (row[f"steps_{item}"] or "").split("+"))
    return ItemLine(
        ITEM_NAMES[item],
        level,
        LEVELS[level],
        tuple(code_word("steps", "steps", step) for step in steps),
        shown.get((row["record_id"], item)),
    )


def _waterfall(row: Mapping[str, Any]) -> Waterfall | None:
    if row["b_prior"] is None:
        return None
    return Waterfall(
        tuple(
            Step(
                worded(code_word("evidence", "items", part)),
                row[f"b_{part}"],
                worded(code_word("evidence", "words", row[f"e_{part}"]))
                if row.get(f"e_{part}")
                else "",
            )
            for part in WATERFALL
        )
    )


def _repair(row: Mapping[str, Any]) -> Text | None:
    if not row["repair"]:
        return None
    kind, _, places = row["repair"].partition("@")
    first, _, last = places.partition("-")
    words = code_word("repairs", "repairs", kind)

    def filled(text: str) -> str:
        text = text.replace("{first}", first).replace("{last}", last or first)
        return text.replace("{matches}", str(row["repair_matches"] or "?"))

    return Text(filled(words.ja), filled(words.en))


def _reasons(cause: str, clears: str | None) -> tuple[Text, ...]:
    """Reasons that fit the cause, as far as they may clear the hold."""
    if clears not in ("with_reason", "with_proof"):
        return ()
    reasons = load_toml("codes/clearances.toml")["reasons"]
    fitting = [
        key
        for key, entry in reasons.items()
        if cause in entry["causes"] and (entry["proof"] or clears == "with_reason")
    ]
    return tuple(code_word("clearances", "reasons", key) for key in [*fitting, "document"])
