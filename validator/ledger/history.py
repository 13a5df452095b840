"""History of runs: how many records of each sender passed, were held and went back, and why.

Read back as polars frames by the reports, by ``validator trend`` and by the nightly job. Senders
are employers (``office_code``, "" where a record names none), runs are calls of ``check`` or files
of a night. No value of a person is kept.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from validator.ledger.store import Ledger, Part

if TYPE_CHECKING:
    from validator.checking import Checked

HISTORY = Part(
    "history",
    (
        """
        CREATE TABLE history_runs (
            run INTEGER PRIMARY KEY,
            run_at TEXT NOT NULL,
            night TEXT NOT NULL,
            kind TEXT NOT NULL,
            batch TEXT NOT NULL,
            lines INTEGER NOT NULL,
            records INTEGER NOT NULL,
            passed INTEGER NOT NULL,
            held INTEGER NOT NULL,
            returned INTEGER NOT NULL,
            policy TEXT NOT NULL,
            registry TEXT,
            registry_as_of TEXT,
            registry_rows INTEGER,
            rules_version TEXT NOT NULL,
            tool_version TEXT NOT NULL
        ) STRICT;
        CREATE INDEX history_runs_night ON history_runs (night);
        CREATE INDEX history_runs_batch ON history_runs (batch);
        CREATE TABLE history_senders (
            run INTEGER NOT NULL REFERENCES history_runs ON DELETE CASCADE,
            sender TEXT NOT NULL,
            records INTEGER NOT NULL,
            passed INTEGER NOT NULL,
            held INTEGER NOT NULL,
            returned INTEGER NOT NULL,
            PRIMARY KEY (run, sender)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX history_senders_sender ON history_senders (sender);
        CREATE TABLE history_causes (
            run INTEGER NOT NULL REFERENCES history_runs ON DELETE CASCADE,
            sender TEXT NOT NULL,
            verdict TEXT NOT NULL,
            hold_class TEXT NOT NULL,
            cause TEXT NOT NULL,
            records INTEGER NOT NULL,
            PRIMARY KEY (run, sender, verdict, hold_class, cause)
        ) STRICT, WITHOUT ROWID
        """,
    ),
)
CHECK, NIGHTLY = "check", "nightly"
RUN_SCHEMA: dict[str, type[pl.DataType]] = {
    "run": pl.Int64, "run_at": pl.String, "night": pl.String, "kind": pl.String,
    "batch": pl.String, "lines": pl.Int64, "records": pl.Int64, "passed": pl.Int64,
    "held": pl.Int64, "returned": pl.Int64, "policy": pl.String, "registry": pl.String,
    "registry_as_of": pl.String, "registry_rows": pl.Int64, "rules_version": pl.String,
    "tool_version": pl.String,
}  # fmt: skip
SENDER_SCHEMA: dict[str, type[pl.DataType]] = {
    "run": pl.Int64, "sender": pl.String, "records": pl.Int64, "passed": pl.Int64,
    "held": pl.Int64, "returned": pl.Int64,
}  # fmt: skip
CAUSE_SCHEMA: dict[str, type[pl.DataType]] = {
    "run": pl.Int64, "sender": pl.String, "verdict": pl.String, "hold_class": pl.String,
    "cause": pl.String, "records": pl.Int64,
}  # fmt: skip
# Hashes in letters: no run of digits in a report may look like part of a My Number.
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def batch_token(checked: Checked) -> str:
    """What the files of a run are known by: the same for the same contents in the same order."""
    hashes = [source.sha256 for source in checked.batch.sources]
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return whole[:12].translate(_LETTERS)


def record_run(ledger: Ledger, checked: Checked, run_at: datetime, kind: str = CHECK) -> int:
    """Add a run to the history; returns its number. OutputError (7) if it cannot be written."""
    with ledger.transaction() as connection:
        return insert_run(connection, checked, run_at, kind)


def insert_run(
    connection: sqlite3.Connection, checked: Checked, run_at: datetime, kind: str
) -> int:
    """`record_run` inside a transaction of the caller."""
    summary = checked.summary
    counts, used = summary.counts, summary.provenance
    registry = used.registry
    row = (
        run_at.isoformat(timespec="seconds"), used.as_of.isoformat(), kind, batch_token(checked),
        counts.lines, counts.records, counts.by_verdict["pass"], counts.by_verdict["hold"],
        counts.by_verdict["return"], used.policy,
        registry and registry.sha256,
        registry and registry.as_of and registry.as_of.isoformat(),
        registry and registry.rows,
        used.rules_version, used.tool_version,
    )  # fmt: skip
    run = connection.execute(
        f"INSERT INTO history_runs VALUES (NULL{', ?' * len(row)}) RETURNING run",  # noqa: S608 (question marks)
        row,
    ).fetchone()[0]
    records = checked.judged.records.select(
        "verdict",
        sender=pl.col("office_code").fill_null(""),
        hold_class=pl.col("hold_class").fill_null(""),
        cause=pl.col("cause").fill_null(""),
    )
    senders = records.group_by("sender", maintain_order=True).agg(
        pl.len(), *((pl.col("verdict") == v).sum().alias(v) for v in ("pass", "hold", "return"))
    )
    connection.executemany(
        "INSERT INTO history_senders VALUES (?, ?, ?, ?, ?, ?)",
        [(run, *of_sender) for of_sender in senders.iter_rows()],
    )
    why = records.filter(pl.col("verdict") != "pass")
    causes = why.group_by("sender", "verdict", "hold_class", "cause", maintain_order=True).len()
    connection.executemany(
        "INSERT INTO history_causes VALUES (?, ?, ?, ?, ?, ?)",
        [(run, *of_cause) for of_cause in causes.iter_rows()],
    )
    return int(run)


def runs(ledger: Ledger, *, kind: str | None = None, until: date | None = None) -> pl.DataFrame:
    """One row a run (`RUN_SCHEMA`), oldest first; ``until`` includes that day (``night``)."""
    return _frame(
        ledger,
        f"SELECT {', '.join(RUN_SCHEMA)} FROM history_runs"  # noqa: S608 (our own columns)
        " WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR night <= ?2) ORDER BY night, run",
        (kind, until.isoformat() if until else None),
        RUN_SCHEMA,
    )


def of_senders(
    ledger: Ledger, *, kind: str | None = None, until: date | None = None
) -> pl.DataFrame:
    """One row a run and sender: ``night``, ``run_at``, ``batch`` and `SENDER_SCHEMA`."""
    return _of(ledger, "history_senders", SENDER_SCHEMA, kind, until)


def of_causes(
    ledger: Ledger, *, kind: str | None = None, until: date | None = None
) -> pl.DataFrame:
    """One row a run, sender, verdict (hold, return), class and cause ("" where there is none)."""
    return _of(ledger, "history_causes", CAUSE_SCHEMA, kind, until)


def last_run_of(ledger: Ledger, senders: Sequence[str], *, but: str = "") -> pl.DataFrame:
    """The last run of each sender: ``sender, run_at, night, batch`` and its counts.

    Columns as of `of_senders`, and ``causes`` (struct list of ``verdict, hold_class, cause,
    records``). ``but`` leaves out a batch (`batch_token`): a sender's last other batch is meant.
    """
    asked = pl.DataFrame({"sender": list(dict.fromkeys(senders))}, schema={"sender": pl.String})
    latest = (
        of_senders(ledger)
        .filter(pl.col("batch") != but)
        .join(asked, on="sender", how="semi")
        .sort("run")
        .unique("sender", keep="last", maintain_order=True)
    )
    why = of_causes(ledger).join(latest.select("run", "sender"), on=["run", "sender"], how="semi")
    causes = why.group_by("sender", maintain_order=True).agg(
        causes=pl.struct("verdict", "hold_class", "cause", "records")
    )
    return latest.join(causes, on="sender", how="left", maintain_order="left").with_columns(
        pl.col("causes").fill_null([])
    )


def _of(
    ledger: Ledger,
    table: str,
    schema: dict[str, type[pl.DataType]],
    kind: str | None,
    until: date | None,
) -> pl.DataFrame:
    about = {"night": pl.String, "run_at": pl.String, "batch": pl.String}
    columns = ", ".join(f"of_it.{name}" for name in schema)
    return _frame(
        ledger,
        f"SELECT run.night, run.run_at, run.batch, {columns} FROM {table} AS of_it"  # noqa: S608 (our own names)
        " JOIN history_runs AS run USING (run)"
        " WHERE (?1 IS NULL OR run.kind = ?1) AND (?2 IS NULL OR run.night <= ?2)"
        " ORDER BY run.night, of_it.run, of_it.sender",
        (kind, until.isoformat() if until else None),
        about | schema,
    )


def _frame(
    ledger: Ledger, query: str, values: tuple[str | None, ...], schema: dict[str, type[pl.DataType]]
) -> pl.DataFrame:
    rows = ledger.connection.execute(query, values).fetchall()
    return pl.DataFrame(rows, schema=schema, orient="row")
