"""The ledger's memory of what clerks decided, and of which records were last seen how.

    decisions   a row for each decision, only ever added to; the latest of a difference counts
    flagged     a row for each record that a run with ``--out`` has held or returned: its latest run

``difference``, ``submitted``, ``holder`` are keyed hashes of `validator.hold.difference.digests`.
The name of the clerk and what was written as a reason stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from validator.hold.difference import DIGESTS
from validator.ledger.store import Ledger, Part, not_a_ledger

PART = Part(
    "decisions",
    (
        """
        CREATE TABLE decisions (
          id INTEGER PRIMARY KEY,
          record_id TEXT NOT NULL,
          run TEXT NOT NULL,
          run_as_of TEXT NOT NULL,
          difference TEXT,
          submitted TEXT,
          holder TEXT,
          decision TEXT NOT NULL,
          reason TEXT,
          reason_text TEXT,
          proof INTEGER NOT NULL,
          clerk TEXT NOT NULL,
          decided_on TEXT NOT NULL,
          entered_on TEXT NOT NULL
        ) STRICT;
        CREATE INDEX decisions_difference ON decisions (difference);
        CREATE INDEX decisions_record ON decisions (record_id);
        CREATE TABLE flagged (
          record_id TEXT PRIMARY KEY,
          batch TEXT NOT NULL,
          run TEXT NOT NULL,
          run_as_of TEXT NOT NULL,
          verdict TEXT NOT NULL,
          clear TEXT NOT NULL,
          difference TEXT,
          submitted TEXT,
          holder TEXT,
          steady INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX flagged_batch ON flagged (batch)
        """,
    ),
)


class Decision(StrEnum):
    """What a clerk can decide, in the words of the work list."""

    CONFIRMED = "本人確認済"
    CORRECTED = "訂正済"
    RETURNED = "返戻"
    ASKED = "照会中"


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. ``reason``: a key of schemas/codes/clearances.toml, or None."""

    record_id: str
    run: str
    run_as_of: date
    difference: str | None
    submitted: str | None
    holder: str | None
    decision: Decision
    reason: str | None
    reason_text: str | None
    proof: bool
    clerk: str
    decided_on: date
    entered_on: date

    def says_the_same(self, other: Entry) -> bool:
        """The same decision on the same difference, whenever it was entered."""
        return _content(self) == _content(other)


def _content(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.record_id, entry.difference, entry.submitted, entry.holder),
        *(entry.decision, entry.reason, entry.reason_text, entry.clerk, entry.decided_on),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """How a record stood in its latest run. ``steady``: no run has found another difference."""

    run: str
    run_as_of: date
    verdict: str
    clear: str
    difference: str | None
    submitted: str | None
    holder: str | None
    steady: bool


_SEEN = ("run", "run_as_of", "verdict", "clear", *DIGESTS, "steady")
_COLUMNS = (
    *("record_id", "run", "run_as_of", "difference", "submitted", "holder", "decision"),
    *("reason", "reason_text", "proof", "clerk", "decided_on", "entered_on"),
)


def add(ledger: Ledger, entries: Sequence[Entry]) -> None:
    """Keep ``entries``, all or none of them."""
    marks = ", ".join("?" * len(_COLUMNS))
    with ledger.transaction() as connection:
        connection.executemany(
            f"INSERT INTO decisions ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
            [tuple(_stored(value) for value in astuple(entry)) for entry in entries],
        )


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decision):
        return value.name.lower()
    return int(value) if isinstance(value, bool) else value


def entries(ledger: Ledger) -> list[Entry]:
    """All decisions, in the order in which they were entered."""
    rows = ledger.connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM decisions ORDER BY id"  # noqa: S608 (our own names)
    )
    with _refusing_damage():
        return [_entry(row) for row in rows]


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """A row that this program cannot have written means that the ledger is damaged."""
    try:
        yield
    except (ValueError, KeyError, TypeError):
        raise not_a_ledger() from None


def latest_by(column: str, all_entries: Iterable[Entry]) -> dict[str, Entry]:
    """The latest decision for each value of ``column``: record_id or one of `DIGESTS`."""
    found = ((getattr(entry, column), entry) for entry in all_entries)
    return {key: entry for key, entry in found if key is not None}


def _entry(row: Sequence[object]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in ("run_as_of", "decided_on", "entered_on"):
        values[name] = date.fromisoformat(str(values[name]))
    values["decision"] = Decision[str(values["decision"]).upper()]
    values["proof"] = bool(values["proof"])
    return Entry(**values)  # type: ignore[arg-type]


def seen(ledger: Ledger, record_ids: Iterable[str]) -> dict[str, Seen]:
    """How these records stood in their latest run; those the ledger does not know are left out."""
    found = {}
    for record_id in record_ids:
        row = ledger.connection.execute(
            f"SELECT {', '.join(_SEEN)} FROM flagged WHERE record_id = ?",  # noqa: S608
            (record_id,),
        ).fetchone()
        if row is not None:
            values = dict(zip(_SEEN, row, strict=True))
            with _refusing_damage():
                values["run_as_of"] = date.fromisoformat(values["run_as_of"])
            values["steady"] = bool(values["steady"])
            found[record_id] = Seen(**values)
    return found


def remember(
    ledger: Ledger, run: str, as_of: date, flagged: pl.DataFrame, batches: Sequence[str]
) -> None:
    """Keep how the records of a run stand.

    ``flagged``: ``record_id``, ``batch`` (the part of it before the line), ``verdict``, ``clear``
    and `DIGESTS` (keyed) of what was held or returned; ``batches``: all batches of the run. What
    was flagged before and is no more now passes.
    """
    values = flagged.select("record_id", "batch", "verdict", "clear", *DIGESTS).rows()
    with ledger.transaction() as connection:
        connection.executemany(
            "UPDATE flagged SET verdict = 'pass', run = ?, run_as_of = ? WHERE batch = ?",
            [(run, as_of.isoformat(), batch) for batch in batches],
        )
        connection.executemany(
            """
            INSERT INTO flagged VALUES (?1, ?2, ?8, ?9, ?3, ?4, ?5, ?6, ?7, 1)
            ON CONFLICT (record_id) DO UPDATE SET
              steady = steady AND difference IS ?5 AND submitted IS ?6 AND holder IS ?7,
              run = ?8, run_as_of = ?9, verdict = ?3, clear = ?4,
              difference = ?5, submitted = ?6, holder = ?7
            """,
            [(*row, run, as_of.isoformat()) for row in values],
        )


def keyed_digests(keyed: Callable[[str], str], made: pl.DataFrame) -> pl.DataFrame:
    """``made`` (`validator.hold.difference.digests`) with every digest as a keyed hash."""
    return made.with_columns(
        pl.Series(name, [None if d is None else keyed(d) for d in made[name]], dtype=pl.String)
        for name in DIGESTS
    )
