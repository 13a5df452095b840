"""What became of the rows of a work list, on stdout: no name, no reason, no value of a person."""

from __future__ import annotations

import csv
import io
import json

from validator.ledger.decisions import Decision
from validator.privacy.visible import visible
from validator.resolve.refusals import WORDS
from validator.resolve.resolving import Outcome, Resolved

_ROW_COLUMNS = ("line", "record_id", "result", "decision", "refusal", "message")


def print_resolved(resolved: Resolved, style: str, lang: str, *, quiet: bool = False) -> str:
    """The result as ``text``, ``json`` (one document), ``jsonl`` or ``csv`` (one row a row)."""
    rows = [_row(outcome, lang) for outcome in resolved.outcomes]
    if style == "json":
        document = {"file": visible(resolved.file), "counts": _counts(resolved), "rows": rows}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if style == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if style == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, _ROW_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return buffer.getvalue()
    return _text(resolved, lang, quiet=quiet)


def _counts(resolved: Resolved) -> dict[str, int]:
    return {
        "entered": len(resolved.entered),
        "known": len(resolved.known),
        "refused": len(resolved.refused),
        "open": resolved.open_rows,
    }


def _row(outcome: Outcome, lang: str) -> dict[str, object]:
    refusal, entry = outcome.refusal, outcome.entry
    return {
        "line": outcome.line,
        "record_id": _shown_id(outcome),
        "result": "refused" if refusal else "known" if outcome.known else "entered",
        "decision": entry.decision.name.lower() if entry else None,
        "refusal": refusal.value if refusal else None,
        "message": WORDS[refusal].get(lang) if refusal else None,
    }


def _shown_id(outcome: Outcome) -> str:
    """A record_id; whatever else a cell of that column held is not repeated."""
    from validator.output.record_id import is_record_id

    return outcome.record_id if is_record_id(outcome.record_id) else "?"


def _text(resolved: Resolved, lang: str, *, quiet: bool) -> str:
    ja = lang == "ja"
    name = visible(resolved.file)
    lines = [
        f"{name}:{o.line}: {_shown_id(o)}: {WORDS[o.refusal].get(lang)}"
        for o in resolved.refused
        if o.refusal
    ]
    if quiet:
        return "".join(line + "\n" for line in lines)
    n = _counts(resolved)
    head = (
        f"台帳に取り込んだ判定 {n['entered']}件、取り込み済み {n['known']}件、"
        f"取り込まなかった行 {n['refused']}件、未記入 {n['open']}件"
        if ja
        else f"{n['entered']} decisions entered, {n['known']} known already, "
        f"{n['refused']} rows refused, {n['open']} open"
    )
    kinds = [o.entry.decision for o in resolved.entered if o.entry is not None]
    by_kind = [f"{d.value} {kinds.count(d)}" + ("件" if ja else "") for d in Decision if d in kinds]
    if by_kind:
        head += f" ({'、'.join(by_kind)})"
    if lines:
        lines.insert(0, "取り込まなかった行:" if ja else "refused:")
    return "\n".join([head, *lines]) + "\n"
