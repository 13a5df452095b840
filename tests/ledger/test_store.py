"""The embedded database of --state: made once, locked, private, never half-written."""

import os
import sqlite3
import subprocess
import sys

import pytest

from validator.errors import BusyError, OutputError, UsageError
from validator.ledger import Part, open_ledger

NOTES = Part("notes", ("CREATE TABLE notes (text TEXT NOT NULL) STRICT",))
NEWER = Part("notes", (*NOTES.steps, "ALTER TABLE notes ADD COLUMN seen INTEGER"))


def put(folder, text, part=NOTES):
    with open_ledger(folder, [part]) as ledger, ledger.transaction() as db:
        db.execute("INSERT INTO notes (text) VALUES (?)", (text,))


def texts(folder, part=NOTES):
    with open_ledger(folder, [part]) as ledger:
        return [row[0] for row in ledger.connection.execute("SELECT text FROM notes")]


def test_what_is_written_is_there_next_time(tmp_path):
    put(tmp_path / "deep" / "state", "一")
    put(tmp_path / "deep" / "state", "二")
    assert texts(tmp_path / "deep" / "state") == ["一", "二"]


def test_files_are_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        put(tmp_path / "state", "一")
    finally:
        os.umask(before)
    modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "state").iterdir()}
    assert modes == {"ledger.sqlite3": 0o600, "ledger.key": 0o600, "ledger.lock": 0o600}
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_failing_block_leaves_nothing(tmp_path):
    def fail():
        with open_ledger(tmp_path, [NOTES]) as ledger, ledger.transaction() as db:
            db.execute("INSERT INTO notes (text) VALUES ('half')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert texts(tmp_path) == []


def test_faults_of_the_caller_are_not_blamed_on_the_ledger(tmp_path):
    with pytest.raises(FileNotFoundError), open_ledger(tmp_path, [NOTES]):
        raise FileNotFoundError


def test_a_second_run_is_refused_and_a_dead_one_frees_it(tmp_path):
    put(tmp_path, "一")
    with open_ledger(tmp_path, [NOTES]), pytest.raises(BusyError), open_ledger(tmp_path, [NOTES]):
        pass
    dying = (
        "import os, sys, pathlib; from validator.ledger import open_ledger\n"
        "with open_ledger(pathlib.Path(sys.argv[1]), []): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", dying, tmp_path], check=False).returncode == -9
    assert texts(tmp_path) == ["一"]


def test_tables_grow_with_the_program_and_never_shrink(tmp_path):
    put(tmp_path, "old")
    put(tmp_path, "new", NEWER)
    assert texts(tmp_path, NEWER) == ["old", "new"]
    with pytest.raises(UsageError), open_ledger(tmp_path, [NOTES]):
        pass


def test_keyed_hashes_need_the_key(tmp_path):
    with open_ledger(tmp_path / "a", []) as one, open_ledger(tmp_path / "b", []) as other:
        assert one.keyed_hash("x", "y") == one.keyed_hash("x", "y")
        assert one.keyed_hash("x", "y") != other.keyed_hash("x", "y")
        distinct = [("xy",), ("x", "y"), ("", "xy"), (None, "xy"), ("xy", None), ('x", "y',)]
        hashes = {one.keyed_hash(*parts) for parts in distinct}
        assert len(hashes) == len(distinct)
    with open_ledger(tmp_path / "a", []) as again:
        assert {again.keyed_hash(*parts) for parts in distinct} == hashes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ledger.sqlite3", b"x"),
        ("ledger.sqlite3", b"name,kana\n" * 1000),
        ("ledger.key", b""),
        ("ledger.key", b"x"),
    ],
)
def test_what_is_no_ledger_is_refused(tmp_path, name, content):
    put(tmp_path, "一")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError), open_ledger(tmp_path, [NOTES]):
        pass


def test_somebody_elses_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    (tmp_path / "ledger.key").write_bytes(bytes(32))
    with pytest.raises(UsageError), open_ledger(tmp_path, [NOTES]):
        pass


def test_a_lost_key_is_said_not_replaced(tmp_path):
    put(tmp_path, "一")
    (tmp_path / "ledger.key").unlink()
    with pytest.raises(UsageError, match="key"), open_ledger(tmp_path, [NOTES]):
        pass
    assert not (tmp_path / "ledger.key").exists()


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "state").write_text("x")
    with pytest.raises(UsageError), open_ledger(tmp_path / "state", []):
        pass


def test_a_full_disk_is_an_output_error(tmp_path):
    put(tmp_path, "一")
    with open_ledger(tmp_path, [NOTES]) as ledger:
        pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OutputError), ledger.transaction() as db:
            db.execute("INSERT INTO notes (text) VALUES (?)", ("x" * 100_000,))
    assert texts(tmp_path) == ["一"]
