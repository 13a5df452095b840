"""What clerks decided before on the people of a work list: the column 「前回の判定」."""

from __future__ import annotations

import polars as pl

from validator.hold.difference import DIGESTS
from validator.ledger.clearances import Memory
from validator.ledger.decisions import Decision, Entry
from validator.output.worklist.texts import words

_ENGLISH = {
    Decision.CONFIRMED: "confirmed",
    Decision.CORRECTED: "corrected",
    Decision.RETURNED: "returned",
    Decision.ASKED: "asked",
}
# By what an earlier decision is found, the surest first, and what has changed since.
_CHANGED = {
    "difference": None,
    "record_id": None,
    "submitted": ("台帳が変わりました", "the registry has changed"),
    "holder": ("届書が変わりました", "the form has changed"),
}


def decisions_before(people: pl.DataFrame, memory: Memory | None, lang: str) -> pl.DataFrame:
    """Add ``before`` (String, null where there is none). ``people``: record_id and `DIGESTS`."""
    if memory is None or not any(memory.latest.values()):
        return people.with_columns(pl.lit(None, dtype=pl.String).alias("before"))
    found = [
        _found(dict(zip(("record_id", *DIGESTS), values, strict=True)), memory, lang)
        for values in people.select("record_id", *DIGESTS).iter_rows()
    ]
    return people.with_columns(pl.Series("before", found, dtype=pl.String))


def _found(by: dict[str, str | None], memory: Memory, lang: str) -> str | None:
    for column, changed in _CHANGED.items():
        key = by[column]
        entry = memory.latest[column].get(key) if key is not None else None
        if entry is not None:
            shown = entry_words(entry, lang)
            return shown if changed is None else f"{shown} / {changed[0 if lang == 'ja' else 1]}"
    return None


def entry_words(entry: Entry, lang: str) -> str:
    """A decision in words: day, what, by whom, why."""
    ja = lang == "ja"
    what = entry.decision.value if ja else _ENGLISH[entry.decision]
    who = f"(担当 {entry.clerk})" if ja else f"(by {entry.clerk})"
    why = entry.reason_text or (
        words("clearances", "reasons", lang)[entry.reason] if entry.reason else None
    )
    return f"{entry.decided_on.isoformat()} {what}{who}" + (f": {why}" if why else "")
