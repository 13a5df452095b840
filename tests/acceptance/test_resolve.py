"""`resolve` from the command line: exit codes, formats, hostile files, and a ledger that survives."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from clean_record import AS_OF, OWN, RECORD, number, write_batch, write_registry

import validator
from validator.ledger import open_ledger
from validator.ledger.decisions import PART, entries

from .conftest import Run

DAY = AS_OF.isoformat()
KANA = "ミホン　ジロウ"
CLERK = "見本 係子"


@pytest.fixture
def worklist(run: Run, tmp_path: Path) -> Path:
    """A list of one held record, decided."""
    batch = write_batch(tmp_path, {"name_kana": KANA}, {"my_number": number(5), "sex": "9"})
    run("check", batch, "--registry", write_registry(tmp_path), "--out", "out", "--state", "state")
    path = tmp_path / "out" / "worklist.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["作業一覧"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in (2, 3) if sheet.cell(r, columns["行"]).value == 2)
    for header, value in (
        ("判定", "本人確認済"), ("理由", "字体の違い"), ("担当者", CLERK), ("決定日", DAY),
    ):  # fmt: skip
        sheet.cell(row, columns[header]).value = value
    book.save(path)
    return path


def resolve(run: Run, path: Path, *more: object, state: str = "state") -> tuple[int, str, str]:
    ran = run("resolve", path, "--state", state, "--as-of", DAY, *more)
    return ran.code, ran.out, ran.err


def change(path: Path, header: str, value: object, row: int = 2) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["作業一覧"]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    for at in range(2, 4):
        if sheet.cell(at, column + 0).value is not None or at == row:
            sheet.cell(at, column).value = value
    book.save(path)


def test_zero_if_every_decision_was_taken_one_if_a_row_was_refused(
    run: Run, worklist: Path
) -> None:
    assert resolve(run, worklist)[0] == 0
    change(worklist, "決定日", "2030-01-01")
    code, out, err = resolve(run, worklist)
    assert (code, err) == (1, "")
    assert "worklist.xlsx:2: " in out or "worklist.xlsx:3: " in out
    assert "決定日が先の日付です" in out
    assert "lies ahead" in resolve(run, worklist, "--lang", "en")[1]


@pytest.mark.parametrize("style", ["text", "json", "jsonl", "csv"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_personal_is_printed(run: Run, worklist: Path, style: str, lang: str) -> None:
    change(worklist, "record_id", f"{OWN} {KANA}")
    code, out, _ = resolve(run, worklist, "--format", style, "--lang", lang)
    assert code == 1
    for secret in (OWN, OWN[:6], KANA, CLERK, RECORD["name_kanji"], "字体の違い"):
        assert str(secret) not in out


def test_machine_formats(run: Run, worklist: Path) -> None:
    change(worklist, "理由", None)
    document = json.loads(resolve(run, worklist, "--format", "json")[1])
    assert document["counts"] == {"entered": 0, "known": 0, "refused": 1, "open": 1}
    (row,) = document["rows"]
    assert (row["result"], row["refusal"]) == ("refused", "no_reason")
    assert json.loads(resolve(run, worklist, "--format", "jsonl")[1]) == row
    (cells,) = csv.DictReader(io.StringIO(resolve(run, worklist, "--format", "csv")[1]))
    assert cells["record_id"] == row["record_id"] and cells["message"] == row["message"]


def test_wrong_usage(run: Run, worklist: Path) -> None:
    assert run("resolve", worklist).code == 2
    assert run("resolve").code == 2
    assert resolve(run, worklist, "--as-of", "x")[0] == 2


def broken(folder: Path, kind: str) -> Path:
    path = folder / "list.xlsx"
    if kind == "missing":
        return path
    if kind == "folder":
        path.mkdir()
        return path
    contents = {
        "empty": b"",
        "text": "record_id,判定\n".encode(),
        "no workbook": b"PK\x05\x06" + b"\0" * 18,
        "cut": b"PK\x03\x04" + b"\0" * 40,
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "old format": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }
    if kind in contents:
        path.write_bytes(contents[kind])
        return path
    book = openpyxl.Workbook()
    book.active.append(["record_id", "判定", "判定"] if kind == "doubled column" else ["a", "b"])
    if kind == "two lists":
        for _ in range(2):
            book.create_sheet().append(["record_id", "判定"])
    book.save(path)
    if kind in ("macro", "entity"):
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        if kind == "macro":
            parts["xl/vbaProject.bin"] = b"x"
        else:
            bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>'
            parts["xl/workbook.xml"] = bomb + parts["xl/workbook.xml"]
        with zipfile.ZipFile(path, "w") as new:
            for name, part in parts.items():
                new.writestr(name, part)
    return path


@pytest.mark.parametrize(
    "kind",
    [
        "missing", "folder", "empty", "text", "no workbook", "cut", "old format", "other table", "password",
        "doubled column", "two lists", "macro", "entity",
    ],
)  # fmt: skip
def test_what_is_no_work_list_is_refused_whole(run: Run, tmp_path: Path, kind: str) -> None:
    code, out, err = resolve(run, broken(tmp_path, kind))
    assert (code, out) == (3, "")
    assert err.count("\n") == 1 and "list.xlsx" in err
    assert ("パスワード" in err) is (kind == "password")
    assert not (tmp_path / "state").exists()


def test_a_held_state_is_busy_for_both_commands(run: Run, worklist: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state", [PART]):
        assert resolve(run, worklist)[0] == 6
        ran = run(
            "check", "batch.csv", "--registry", "registry.csv", "--out", "two", "--state", "state"
        )
        assert ran.code == 6
        assert not (tmp_path / "two").exists()
    assert resolve(run, worklist)[0] == 0


def test_a_damaged_state_is_told_and_left_alone(run: Run, worklist: Path, tmp_path: Path) -> None:
    database = tmp_path / "state" / "ledger.sqlite3"
    whole = database.read_bytes()
    for damage in (b"x" * 4096, whole[:100], whole[:4096] + b"\xff" * (len(whole) - 4096)):
        database.write_bytes(damage)
        assert resolve(run, worklist)[0] == 2
        ran = run(
            "check", "batch.csv", "--registry", "registry.csv", "--out", "two", "--state", "state"
        )
        assert (ran.code, (tmp_path / "two").exists()) == (2, False)
        assert database.read_bytes() == damage
    database.write_bytes(whole)
    (tmp_path / "state" / "ledger.key").unlink()
    assert resolve(run, worklist)[0] == 2


def test_bits_that_fall_over_in_the_ledger_never_end_in_an_internal_error(
    run: Run, worklist: Path, tmp_path: Path
) -> None:
    assert resolve(run, worklist)[0] == 0
    database = tmp_path / "state" / "ledger.sqlite3"
    whole = database.read_bytes()
    used = [at for at, byte in enumerate(whole) if byte]
    codes = set()
    for at in used[:: len(used) // 60]:
        database.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        codes.add(resolve(run, worklist)[0])
    assert codes <= {0, 1, 2}
    assert 2 in codes


@pytest.mark.parametrize("command", ["check", "resolve"])
def test_a_full_disk_leaves_the_state_as_it_was(
    run: Run, worklist: Path, tmp_path: Path, command: str
) -> None:
    """The limit of file sizes stands for the disk: the kernel refuses the same way."""
    state = tmp_path / "state"
    before = (state / "ledger.sqlite3").read_bytes()
    words = (
        ["resolve", str(worklist), "--state", str(state), "--as-of", DAY]
        if command == "resolve"
        else [
            "check",
            "batch.csv",
            "--registry",
            "registry.csv",
            "--state",
            str(state),
            "--as-of",
            DAY,
        ]
    )
    program = (
        "import resource, signal, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from validator.cli.main import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512));"
        f"sys.exit(main({words!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(validator.__file__).parent.parent)},
    )  # fmt: skip
    assert done.returncode == 7, done.stderr
    assert "Traceback" not in done.stderr
    assert (state / "ledger.sqlite3").read_bytes() == before
    assert resolve(run, worklist)[0] == 0


KILLED = """
import os, signal, sqlite3, sys
from validator.cli.main import main
import validator.ledger.store as store
real = sqlite3.connect
class Watched(sqlite3.Connection):
    def execute(self, statement, *rest):
        if statement.startswith({statement!r}):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *rest)
store.sqlite3.connect = lambda *a, **k: real(*a, **k, factory=Watched)
sys.exit(main({words!r}))
"""


@pytest.mark.parametrize("statement", ["BEGIN", "COMMIT"])
@pytest.mark.parametrize("command", ["check", "resolve"])
def test_a_killed_run_leaves_all_or_nothing(
    run: Run, worklist: Path, tmp_path: Path, command: str, statement: str
) -> None:
    words = (
        ["resolve", str(worklist), "--state", "state", "--as-of", DAY]
        if command == "resolve"
        else [
            "check",
            "batch.csv",
            "--registry",
            "registry.csv",
            "--out",
            "two",
            "--state",
            "state",
            "--as-of",
            DAY,
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(statement=statement, words=words)],
        cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(validator.__file__).parent.parent)},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    with open_ledger(tmp_path / "state", [PART]) as ledger:
        assert entries(ledger) == []
        assert ledger.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not (tmp_path / "two").exists()
    assert resolve(run, worklist)[0] == 0
    again = run(
        "check", "batch.csv", "--registry", "registry.csv", "--out", "two", "--state", "state"
    )
    assert again.code == 1
    assert json.loads((tmp_path / "two/summary.json").read_text("utf-8"))["counts"]["cleared"] == 1


def test_the_ledger_holds_no_number_and_of_people_only_the_clerk(
    run: Run, worklist: Path, tmp_path: Path
) -> None:
    assert resolve(run, worklist)[0] == 0
    state = tmp_path / "state"
    held = b"".join(path.read_bytes() for path in state.iterdir() if path.name != "ledger.key")
    for secret in (OWN, KANA, "ミホン", "見本　太郎", "1985-04-01", "豊洲"):
        assert secret.encode() not in held
    assert CLERK.encode() in held
    texts = [
        str(value)
        for table in ("decisions", "flagged")
        for row in sqlite3.connect(state / "ledger.sqlite3").execute(f"SELECT * FROM {table}")
        for value in row
    ]
    assert texts
    for length in range(6, 13):
        for start in range(12 - length + 1):
            assert not any(OWN[start : start + length] in text for text in texts)
    assert {p.stat().st_mode & 0o777 for p in state.iterdir()} == {0o600}


def test_the_run_folder_proves_a_list_made_without_a_ledger(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {"name_kana": KANA})
    run("check", batch, "--registry", write_registry(tmp_path), "--out", "out")
    path = tmp_path / "out" / "worklist.xlsx"
    for header, value in (("判定", "照会中"), ("担当者", CLERK), ("決定日", DAY)):
        change(path, header, value)
    elsewhere = tmp_path / "sent.xlsx"
    elsewhere.write_bytes(path.read_bytes())
    for state, words in (("a", [path]), ("b", [elsewhere]), ("c", [elsewhere, "--run", "out"])):
        assert run("resolve", *words, "--state", state, "--as-of", DAY).code == 0
    assert run("resolve", elsewhere, "--run", "nowhere", "--state", "d").code == 3


def test_a_config_may_name_the_state(run: Run, worklist: Path, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(f'state = "{tmp_path / "state"}"\n', encoding="utf-8")
    ran = run("resolve", worklist, "--config", "site.toml", "--as-of", DAY)
    assert ran.code == 0 and "1件" in ran.out
    again = run("check", "batch.csv", "--registry", "registry.csv", "--config", "site.toml")
    assert "CL001" in again.out


def test_faults_of_the_disk_are_no_decision(
    run: Run, worklist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refusing(path: object, flags: int, *rest: object, **more: object) -> int:
        if str(path).endswith("ledger.lock"):
            raise PermissionError(errno.EACCES, "no")
        return real(path, flags, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    code, _, err = resolve(run, worklist)
    assert code == 7 and "--state" in err
