"""The embedded database of ``--state DIR``: one SQLite file, one secret key, one lock.

    DIR/ledger.sqlite3   tables of the parts; 0600
    DIR/ledger.key       32 random bytes for keyed hashes, made once; 0600
    DIR/ledger.lock      locked by the kernel while a run writes, free again when it dies

No table holds a My Number, whole or part, hashed or not. Keyed hashes (`Ledger.keyed_hash`) are
of other items; whoever has only the database cannot guess them back.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validator.errors import BusyError, OutputError, UsageError

DATABASE, KEY, LOCK = "ledger.sqlite3", "ledger.key", "ledger.lock"
_KEY_BYTES = 32
_HEADER_BYTES = 100
# "JHIV": tells our database from any other file of SQLite.
APPLICATION_ID = 0x4A484956


@dataclass(frozen=True)
class Part:
    """Tables of one part of the program: ``steps[n]`` brings them from version n to n + 1.

    A step is a script of SQL statements and is never changed once it was released.
    """

    name: str
    steps: tuple[str, ...]


class Ledger:
    """An open ledger. ``connection`` is in autocommit mode: use `transaction` to write."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, key: bytes) -> None:
        self.folder = folder
        self.connection = connection
        self._key = key

    def keyed_hash(self, *parts: str | None) -> str:
        """HMAC-SHA-256 of the parts, in hexadecimal; a missing part differs from an empty one."""
        text = json.dumps(parts, ensure_ascii=True)
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything in the block is kept, or nothing of it."""
        with _reporting_database_faults():
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            with _reporting_database_faults():
                yield self.connection
                self.connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def open_ledger(folder: Path, parts: Sequence[Part]) -> Iterator[Ledger]:
    """Open the ledger in ``folder`` for one run; made where it is missing.

    Raises BusyError (6) if another run has it open, UsageError (2) if it is not a ledger, is
    damaged or comes from a newer version, OutputError (7) if it cannot be written.
    """
    with _reporting_faults():
        _make_folder(folder)
        lock = _locked(folder / LOCK)
    try:
        with _reporting_faults():
            key = _key_of(folder)
            connection = _connect(folder / DATABASE)
        try:
            ledger = Ledger(folder, connection, key)
            with _reporting_database_faults():
                for part in parts:
                    _bring_up_to_date(ledger, part)
                yield ledger
        finally:
            connection.close()
    finally:
        os.close(lock)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise not_a_ledger()
        folder.mkdir(mode=0o700, parents=True)


def _locked(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BusyError(
            "台帳(--state)を別の処理が使用中です。終わってから、もう一度実行してください。",
            "another run is using the ledger (--state): try again when it has ended",
        ) from None
    return descriptor


def _key_of(folder: Path) -> bytes:
    """The key; made together with the ledger, never again: a new key would forget everything."""
    path = folder / KEY
    if not os.path.lexists(path):
        if (folder / DATABASE).exists():
            raise UsageError(
                "台帳の鍵(ledger.key)がありません。バックアップから戻してください。"
                "戻せない場合は、新しい --state フォルダーで始めてください"
                "(解除の記録は引き継がれません)。",
                "the key of the ledger (ledger.key) is missing: restore it from a backup, or start"
                " with a new --state folder (clearances are then forgotten)",
            )
        made = folder / f".{KEY}.new"
        made.unlink(missing_ok=True)
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)
        _sync(folder)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise not_a_ledger()
    return key


def _connect(path: Path) -> sqlite3.Connection:
    if path.exists():
        # SQLite takes anything shorter than its header for an empty database. An empty file is
        # what a run leaves that was killed while it made the ledger.
        if 0 < path.stat().st_size < _HEADER_BYTES:
            raise not_a_ledger()
    else:
        # SQLite would make the file with the rights of the umask.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        _claim(connection)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, version INTEGER NOT NULL)"
            " STRICT"
        )
    except BaseException:
        connection.close()
        raise
    return connection


def _claim(connection: sqlite3.Connection) -> None:
    """Mark an empty database as ours; anybody else's is refused."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION_ID:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application or tables:
        raise not_a_ledger()
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _bring_up_to_date(ledger: Ledger, part: Part) -> None:
    found = ledger.connection.execute(
        "SELECT version FROM parts WHERE name = ?", (part.name,)
    ).fetchone()
    version = found[0] if found else 0
    if version > len(part.steps):
        raise UsageError(
            "台帳(--state)は、より新しい版の validator で作られています。"
            "validator を更新してください。",
            "the ledger (--state) was made by a newer version: update the validator",
        )
    for number, step in enumerate(part.steps[version:], version + 1):
        with ledger.transaction() as connection:
            for statement in filter(None, (s.strip() for s in step.split(";"))):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO parts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = ?",
                (part.name, number, number),
            )


def not_a_ledger() -> UsageError:
    """For a state that cannot be read as one, down to its rows."""
    return UsageError(
        "--state の場所は validator の台帳ではないか、壊れています。"
        "場所を確認し、壊れている場合はバックアップから戻してください。",
        "--state does not hold a ledger of the validator, or it is damaged: check the place, or"
        " restore it from a backup",
    )


@contextlib.contextmanager
def _reporting_faults() -> Iterator[None]:
    try:
        with _reporting_database_faults():
            yield
    except OSError:
        raise _unwritable() from None


@contextlib.contextmanager
def _reporting_database_faults() -> Iterator[None]:
    """Faults of the database only: what else fails while it is open is not its fault."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        code = fault.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError(
                "台帳(--state)を別の処理が使用中です。終わってから、もう一度実行してください。",
                "another run is using the ledger (--state): try again when it has ended",
            ) from None
        # A table or column that is not there: the schema is not the one that was written.
        raise (not_a_ledger() if code == sqlite3.SQLITE_ERROR else _unwritable()) from None
    except sqlite3.DatabaseError:
        raise not_a_ledger() from None


def _unwritable() -> OutputError:
    return OutputError(
        "台帳(--state)に書き込めません。空き容量とアクセス権を確認してください。",
        "the ledger (--state) cannot be written: check free space and access rights",
    )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
