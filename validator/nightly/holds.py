"""Open holds and returns: which there are, which a newer form answers.

One row a held or returned record, known by its ``record_id``. A newer form of the same person and
employer (`person_keys`) closes it: ``answered`` if the newer one passes, ``superseded`` if it is
held or returned itself and so takes its place, with the day since when the person waits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from validator.ledger.decisions import Decision, entries, latest_by
from validator.match.person_keys import keys_of, people_of
from validator.pipeline import DAYS_TO_REGISTER

if TYPE_CHECKING:
    from validator.checking import Checked
    from validator.ledger.store import Ledger

_CHUNK = 500
HOLD_SCHEMA: dict[str, type[pl.DataType]] = {
    "hold": pl.String, "delivery": pl.String, "line": pl.Int64, "sender": pl.String,
    "form": pl.String, "verdict": pl.String, "hold_class": pl.String, "cause": pl.String,
    "due_on": pl.String, "opened_on": pl.String, "since": pl.String, "state": pl.String,
    "decided": pl.String, "closed_on": pl.String, "closed_by": pl.String,
}  # fmt: skip


def holds(ledger: Ledger) -> pl.DataFrame:
    """All holds and returns ever opened (`HOLD_SCHEMA`; dates in ISO form)."""
    rows = ledger.connection.execute(
        f"SELECT {', '.join(HOLD_SCHEMA)} FROM night_holds ORDER BY since, hold"  # noqa: S608 (our columns)
    ).fetchall()
    return pl.DataFrame(rows, schema=HOLD_SCHEMA, orient="row")


def enter(ledger: Ledger, checked: Checked, delivery: str, night: date) -> None:
    """Close what the records of a new delivery answer, then open its own. In a transaction."""
    connection = ledger.connection
    records = checked.judged.records
    flagged = records.filter(pl.col("verdict") != "pass")
    answers = _answers(ledger, checked)
    since, day = _close(connection, answers, night), night.isoformat()
    rows = flagged.with_columns(
        pl.col("due_on").fill_null(night + timedelta(days=DAYS_TO_REGISTER)).cast(pl.String)
    ).select(
        "record_id", pl.lit(delivery), "line", pl.col("office_code").fill_null(""), "form",
        "verdict", "hold_class", "cause", "due_on",
    )  # fmt: skip
    connection.executemany(
        f"INSERT INTO night_holds VALUES ({'?, ' * 11}'open', NULL, NULL, NULL)",  # noqa: S608
        [(*row, day, since.get(row[0], day)) for row in rows.iter_rows()],
    )
    people = people_of(checked.batch.frame.join(flagged.select("row"), on="row", how="semi"))
    keys = keys_of(people, ledger).join(flagged.select("row", "record_id"), on="row")
    connection.executemany(
        "INSERT OR IGNORE INTO night_hold_keys VALUES (?, ?)",
        keys.select("key", "record_id").iter_rows(),
    )


def decide(ledger: Ledger, night: date) -> None:
    """Follow what clerks decided (``validator resolve``) on open holds and returns.

    訂正済 ends one; 返戻 makes it a return that no renewed registry releases; 本人確認済 lets it
    pass when it is judged again; 照会中 leaves it open.
    """
    latest = latest_by("record_id", entries(ledger))
    with ledger.transaction() as connection:
        waiting = connection.execute(
            "SELECT hold, decided FROM night_holds WHERE state = 'open'"
        ).fetchall()
        for hold, decided in waiting:
            entry = latest.get(hold)
            if entry is None or entry.decision.name.lower() == decided:
                continue
            connection.execute(
                "UPDATE night_holds SET decided = ?1, verdict = iif(?1 = 'returned', 'return',"
                " verdict) WHERE hold = ?2",
                (entry.decision.name.lower(), hold),
            )
            if entry.decision is Decision.CORRECTED:
                close(connection, [hold], "resolved", night, "clerk")


def _answers(ledger: Ledger, checked: Checked) -> pl.DataFrame:
    """``hold, since, record_id, verdict``: open holds, and the new record that answers each."""
    connection = ledger.connection
    found: list[tuple[str, str, int]] = []
    open_ones = connection.execute(
        "SELECT DISTINCT sender, form FROM night_holds WHERE state = 'open'"
    ).fetchall()
    if open_ones:
        waiting = pl.DataFrame(open_ones, schema=["office_code", "form"], orient="row")
        records = checked.judged.records.with_columns(pl.col("office_code").fill_null(""))
        rows = records.join(waiting, on=["office_code", "form"], how="semi").select("row")
        people = people_of(checked.batch.frame.join(rows, on="row", how="semi"))
        keys = keys_of(people, ledger)
        for part in keys.iter_slices(_CHUNK):
            of_key: dict[str, list[int]] = {}
            for row, key in part.iter_rows():
                of_key.setdefault(key, []).append(row)
            marks = ", ".join("?" * len(of_key))
            query = "SELECT key, hold, since FROM night_hold_keys JOIN night_holds USING (hold)"
            query += f" WHERE state = 'open' AND key IN ({marks})"
            for key, hold, since in connection.execute(query, list(of_key)):
                found.extend((hold, since, row) for row in of_key[key])
    schema = {"hold": pl.String, "since": pl.String, "row": pl.UInt32}
    of_rows = checked.judged.records.select("row", "record_id", "verdict")
    passes_first = pl.col("verdict") != "pass"
    return (
        pl.DataFrame(found, schema=schema, orient="row")
        .unique()
        .join(of_rows, on="row")
        .sort("hold", passes_first, "row")
        .unique("hold", keep="first", maintain_order=True)
    )


def _close(connection: sqlite3.Connection, answers: pl.DataFrame, night: date) -> dict[str, str]:
    """Close what is answered; since when the person of each new record has been waiting."""
    since: dict[str, str] = {}
    for hold, before, record_id, verdict in answers.select(
        "hold", "since", "record_id", "verdict"
    ).iter_rows():
        state = "answered" if verdict == "pass" else "superseded"
        close(connection, [hold], state, night, record_id)
        since[record_id] = min(before, since.get(record_id, before))
    return since


def close(
    connection: sqlite3.Connection, these: Sequence[str], state: str, night: date, by: str
) -> None:
    """Close holds; their keys are forgotten, since nothing is looked up by them any more."""
    connection.executemany(
        "UPDATE night_holds SET state = ?, closed_on = ?, closed_by = ? WHERE hold = ?",
        [(state, night.isoformat(), by, hold) for hold in these],
    )
    connection.executemany(
        "DELETE FROM night_hold_keys WHERE hold = ?", [(hold,) for hold in these]
    )
