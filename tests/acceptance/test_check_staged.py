"""``check --staged``, ``--format concise`` and ``--output``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from clean_record import OWN, write_batch
from git_sandbox import git, make_repository

from .conftest import Run

HOOK = ("check", "--staged", "--format", "concise", "--no-progress")


@pytest.fixture
def inside(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    folder = make_repository(tmp_path / "repo")
    (folder / "uploads").mkdir()
    (folder / "validator.toml").write_text('[guard]\nallow = ["uploads/**"]\n')
    git("add", ".", folder=folder)
    git("commit", "-qm", "settings", folder=folder)
    monkeypatch.chdir(folder)
    return folder


def test_what_is_staged_is_checked(run: Run, inside: Path) -> None:
    assert (run(*HOOK).code, run(*HOOK).out) == (0, "")
    write_batch(inside / "uploads", {"sex": "9"}, name="bad.csv")
    assert run(*HOOK).code == 0
    git("add", ".", folder=inside)
    write_batch(inside / "uploads", {}, name="bad.csv")
    for names in ((), ("uploads/bad.csv",), ("uploads",)):
        ran = run(*HOOK, *names)
        assert (ran.code, ran.err) == (1, "")
        assert ran.out.startswith("uploads/bad.csv:2: SX002 error sex: ")
        assert ran.out.count("\n") == 1 and OWN not in ran.out
    git("add", ".", folder=inside)
    assert run(*HOOK).code == 0


def test_only_upload_paths_are_checked_where_some_are_named(run: Run, inside: Path) -> None:
    (inside / "notes.csv").write_text("a,b\n1,2\n")
    git("add", ".", folder=inside)
    assert run(*HOOK).code == 0
    assert run(*HOOK, "notes.csv").code == 0
    (inside / "validator.toml").write_text('policy = "classes-2023"\n')
    assert run(*HOOK, "notes.csv").code == 0
    git("add", ".", folder=inside)
    assert run(*HOOK, "notes.csv").code == 3


def test_an_unusable_file_and_wrong_options(run: Run, inside: Path) -> None:
    (inside / "uploads" / "x.csv").write_text("")
    git("add", ".", folder=inside)
    ran = run(*HOOK)
    assert ran.code == 3 and ran.err.startswith("validator: x.csv: ")
    assert run(*HOOK, "--out", "out").code == 2
    assert run(*HOOK, "--state", "state").code == 2
    assert run("check").code == 2


def test_output_writes_files_beside_stdout(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {"sex": "9"})
    ran = run(
        "check",
        batch.name,
        "--output",
        "sarif=a.sarif",
        "--output",
        "junit=a.xml",
        "--format",
        "concise",
    )
    assert ran.code == 1 and ran.out.startswith("batch.csv:2: SX002")
    assert json.loads(Path("a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert Path("a.xml").read_text(encoding="utf-8").count("<failure") == 1
    assert Path("a.sarif").stat().st_mode & 0o777 == 0o600
    again = run("check", batch.name, "--output", "sarif=a.sarif")
    assert again.code == 2 and "a.sarif" in again.err
    assert run("check", batch.name, "--output", "sarif=a.sarif", "--overwrite").code == 1
    for wrong in ("sarif", "=x", "sarif=", "text=x", "xml=x", OWN):
        assert run("check", batch.name, "--output", wrong).code == 2
    assert run("check", batch.name, "--output", "json=none/a.json").code == 7


def test_the_hook_does_not_wait_for_the_large_dictionary(
    run: Run, inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pykakasi only refines a note that the hook does not show."""

    def asked() -> None:
        raise AssertionError

    monkeypatch.setattr("validator.fields.reading.voice._kakasi", asked)
    row = {"name_kanji": "蘇我　奏詩", "name_kana": "ソガ　カナタ"}
    write_batch(inside / "uploads", row, name="b.csv")
    git("add", ".", folder=inside)
    assert run(*HOOK).code == 0
    shown = run("check", "--staged", "--format", "text")
    assert (shown.code, "KN030" in shown.out) == (5, False)
