"""SQLite files: every table by its rows; what is only left over in the file by its texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from validator.privacy.guard.binary import search_binary
from validator.privacy.guard.blob import Blob, RefusedError
from validator.privacy.guard.evidence import Evidence, Reason
from validator.privacy.guard.grid import Grid
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.names import shown_name
from validator.privacy.guard.surroundings import Reading

MAGIC = b"SQLite format 3\0"
# Steps of the engine: a file made to keep it busy is refused.
_MOST_STEPS = 2_000_000_000
_STEPS = 1_000_000


def search_database(blob: Blob, evidence: Evidence) -> None:
    """Every table, then the bytes: deleted rows may still lie in the file."""
    connection = sqlite3.connect(":memory:")
    left = _MOST_STEPS // _STEPS

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    try:
        connection.deserialize(blob.whole())
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.set_progress_handler(stop, _STEPS)
        for table in _tables(connection):
            member = f"{blob.member}!{shown_name(table)}" if blob.member else shown_name(table)
            _search_table(connection, table, Grid(Judge(evidence, Reading.DATA, member)))
    except sqlite3.Error:
        if left < 0:
            raise RefusedError(Reason.TOO_LARGE) from None
        # Damaged, or behind an extension: its texts are searched all the same.
    finally:
        connection.close()
    with blob.open() as stream:
        head = stream.read(64)
    search_binary(blob, head, evidence)


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall():
        if sql and "virtual table" not in sql.casefold():
            yield str(name)


def _search_table(connection: sqlite3.Connection, table: str, grid: Grid) -> None:
    quoted = table.replace('"', '""')
    rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 (a quoted name)
    grid.row(0, {n: column[0] for n, column in enumerate(rows.description)})
    for number, row in enumerate(rows, start=1):
        grid.row(number, {n: _text(value) for n, value in enumerate(row) if value is not None})


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
