"""``validator guard`` as a person runs it: lines, exit codes, allowed paths, and in git."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from clean_record import OWN, number, write_batch, write_csv, write_workbook
from git_sandbox import ENV, VALIDATOR, git, make_repository

from .conftest import Run

GUARD = f"{VALIDATOR} guard"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_repository(tmp_path / "repo")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    return folder


@pytest.fixture
def inside(repo: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(repo)
    return repo


def test_one_line_a_finding_and_the_exit_code(run: Run, tmp_path: Path) -> None:
    write_batch(tmp_path, {}, {"my_number": "{wrong:5}"})
    write_workbook(tmp_path / "b.xlsx", [{"番号": OWN}])
    (tmp_path / "clean.csv").write_text("a,b\n1,2\n")
    ran = run("guard", "batch.csv", "b.xlsx", "clean.csv")
    assert ran.code == 9
    places = [line.split(": ")[0] for line in ran.out.splitlines()]
    assert places == ["batch.csv:2:31", "batch.csv:3:31", "b.xlsx!Sheet:2:1"]
    assert ran.err.count("\n") == 1 and ran.err.startswith("validator: batch.csv:2:31: ")
    assert OWN[:6] not in ran.out + ran.err and OWN[6:] not in ran.out + ran.err
    english = run("guard", "batch.csv", "--lang", "en")
    assert english.out.isascii() and english.err.isascii()
    clean = run("guard", "clean.csv")
    assert (clean.code, clean.out, clean.err) == (0, "", "")


def test_folders_are_searched_and_many_places_are_counted(run: Run, tmp_path: Path) -> None:
    rows = [{"個人番号": number(n)} for n in range(1, 301)]
    (tmp_path / "in").mkdir()
    write_csv(tmp_path / "in" / "b.csv", rows)
    ran = run("guard", "in")
    assert ran.code == 9
    assert len(ran.out.splitlines()) == 101 and ran.out.splitlines()[-1] == "in/b.csv: ほか200か所"


def test_files_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8b\x08rest")
    os.mkfifo(tmp_path / "pipe")
    assert run("guard", "a.gz").code == 3
    assert run("guard", "pipe").code == 3
    missing = run("guard", "none.csv", "--lang", "en")
    assert missing.code == 3 and missing.out.startswith("none.csv: the file does not exist")
    (tmp_path / "b.txt").write_text(f"番号 {OWN}")
    assert run("guard", "none.csv", "a.gz", "b.txt").code == 9
    assert run("guard").code == 2
    assert run("guard", "--staged").code == 2


def test_a_name_with_a_number_is_not_repeated(run: Run, tmp_path: Path) -> None:
    for name in (
        f"{OWN}.csv",
        f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}.csv",
        f"x {OWN[:4]}　{OWN[4:8]}　{OWN[8:]}",
    ):
        (tmp_path / name).write_text("x")
        ran = run("guard", name)
        assert ran.code == 9 and "●●●●" in ran.out
        assert OWN[8:] not in ran.out + ran.err


def test_allowed_paths(run: Run, tmp_path: Path) -> None:
    (tmp_path / "uploads" / "2026").mkdir(parents=True)
    for path in ("uploads/a.csv", "uploads/2026/b.csv", "other.csv"):
        (tmp_path / path).write_text(f"個人番号\n{OWN}\n")
    config = tmp_path / "site.toml"
    for patterns, left in {
        '"uploads/**"': 1, '"uploads"': 1, '"uploads/*.csv"': 2, '"**/*.csv"': 0, '"*.csv"': 2, '"*"': 0,
        '"uploads/?.csv", "other.csv"': 1, "": 3, '"../other.csv"': 3,
    }.items():  # fmt: skip
        config.write_text(f"[guard]\nallow = [{patterns}]\n")
        ran = run("guard", "--config", config, "uploads", "other.csv")
        assert len(ran.out.splitlines()) == left, patterns
    (tmp_path / "validator.toml").write_text('[guard]\nallow = ["**"]\n')
    assert run("guard", "uploads", "other.csv").code == 0
    (tmp_path / "validator.toml").write_text("[guard]\nallowed = []\n")
    assert run("guard", "other.csv").code == 2


def test_the_index_counts_not_the_work_tree(run: Run, inside: Path) -> None:
    (inside / "届 書.csv").write_text(f"個人番号\n{OWN}\n")
    (inside / "a.txt").write_text(f"番号 {OWN}\n")
    assert run("guard", "--staged").code == 0
    git("add", ".", folder=inside)
    (inside / "届 書.csv").write_text("clean\n")
    (inside / "a.txt").write_text("clean\n")
    ran = run("guard", "--staged")
    assert ran.code == 9
    found, advice = ran.out.splitlines()[:2], ran.out.splitlines()[2:]
    assert [line.split(": ")[0] for line in found] == ["a.txt:1:4", "届 書.csv:2:1"]
    assert advice[1:] == [
        "  git restore --staged -- a.txt",
        "  git rm --cached -- '届 書.csv'",
        "  git gc --prune=now",
    ]
    assert run("guard", "a.txt", "届 書.csv").code == 0
    assert run("guard", "--staged", "a.txt").out.startswith("a.txt:1:4: ")
    assert run("guard", "--staged", "none.txt").code == 2


def test_the_advice_does_away_with_the_stored_number(run: Run, inside: Path) -> None:
    (inside / "new.csv").write_text(f"個人番号\n{OWN}\n")
    (inside / "a.txt").write_text(f"番号 {OWN}\n")
    git("add", ".", folder=inside)
    stored = [
        git("rev-parse", f":{name}", folder=inside).stdout.strip() for name in ("new.csv", "a.txt")
    ]
    advice = run("guard", "--staged").out.splitlines()[-3:]
    assert all(git("cat-file", "-e", one, folder=inside).returncode == 0 for one in stored)
    for command in advice:
        subprocess.run(
            command.strip(), shell=True, cwd=inside, env=ENV, check=True, capture_output=True
        )
    assert all(git("cat-file", "-e", one, folder=inside, check=False).returncode for one in stored)
    assert (inside / "new.csv").read_text().endswith(f"{OWN}\n")
    assert run("guard", "--staged").code == 0


def test_the_configuration_that_is_staged_counts(run: Run, inside: Path) -> None:
    (inside / "validator.toml").write_text('[guard]\nallow = ["up/**"]\n')
    (inside / "up").mkdir()
    (inside / "up" / "b.csv").write_text(f"個人番号\n{OWN}\n")
    git("add", "up", folder=inside)
    assert run("guard", "--staged").code == 9
    git("add", "validator.toml", folder=inside)
    assert run("guard", "--staged").code == 0
    os.chdir(inside / "up")
    assert run("guard", "--staged", "b.csv").code == 0
    git("mv", "b.csv", "../c.csv", folder=inside / "up")
    assert run("guard", "--staged").out.startswith("c.csv:2:1")


def test_other_kinds_of_entries(run: Run, inside: Path) -> None:
    (inside / "link").symlink_to(f"/data/{OWN}.csv")
    (inside / "gone.txt").write_text("x")
    git("add", ".", folder=inside)
    git("rm", "-q", "--cached", "gone.txt", folder=inside)
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub", folder=inside)
    assert run("guard", "--staged").out.startswith("link")
    git("rm", "-q", "--cached", "link", folder=inside)
    assert run("guard", "--staged").code == 0
    git("checkout", "-q", "-b", f"届/{OWN}", folder=inside)
    assert run("guard", "--staged").code == 9


def test_before_the_first_commit(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", folder=tmp_path)
    (tmp_path / "a.csv").write_text(f"個人番号\n{OWN}\n")
    git("add", ".", folder=tmp_path)
    assert run("guard", "--staged").code == 9


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_clean_filter_keeps_the_number_out_of_the_object_store(repo: Path) -> None:
    git("config", "filter.guard.clean", f"{GUARD} --filter -- %f", folder=repo)
    git("config", "filter.guard.required", "true", folder=repo)
    (repo / ".gitattributes").write_text("* filter=guard\n")
    good = bytes(range(256)) + "個人番号なし\r\n".encode("cp932")
    (repo / "good.bin").write_bytes(good)
    git("add", ".gitattributes", "good.bin", folder=repo)
    shown = subprocess.run(["git", "show", ":good.bin"], cwd=repo, capture_output=True, check=True)
    assert shown.stdout == good
    before = git("count-objects", folder=repo).stdout
    (repo / "bad.csv").write_text(f"個人番号\n{OWN}\n")
    refused = git("add", "bad.csv", folder=repo, check=False)
    assert refused.returncode != 0 and "bad.csv:2:1: " in refused.stderr
    assert OWN not in refused.stdout + refused.stderr
    assert git("count-objects", folder=repo).stdout == before


def test_a_server_refuses_what_a_push_brings(repo: Path, tmp_path: Path) -> None:
    server = tmp_path / "server.git"
    git("init", "-q", "--bare", server, folder=tmp_path)
    hook = server / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\nexec {GUARD} --pre-receive\n")
    hook.chmod(0o755)
    git("remote", "add", "origin", server, folder=repo)
    git("push", "-q", "origin", "main", folder=repo)
    (repo / "validator.toml").write_text('[guard]\nallow = ["**"]\n')
    (repo / "b.csv").write_text(f"個人番号\n{OWN}\n")
    git("add", ".", folder=repo)
    git("commit", "-qm", "b", folder=repo)
    git("rm", "-q", "b.csv", folder=repo)
    git("commit", "-qm", "taken out again", folder=repo)
    refused = git("push", "origin", "main", folder=repo, check=False)
    assert refused.returncode != 0 and "b.csv:2:1: " in refused.stderr
    assert OWN not in refused.stderr
    git("reset", "-q", "--hard", "HEAD~2", folder=repo)
    git("commit", "-q", "--allow-empty", "-m", f"番号 {OWN}", folder=repo)
    refused = git("push", "origin", "main", folder=repo, check=False)
    assert refused.returncode != 0 and "commit " in refused.stderr
    git("reset", "-q", "--hard", "HEAD~1", folder=repo)
    git("tag", "-a", "v1", "-m", f"番号 {OWN}", folder=repo)
    assert git("push", "origin", "v1", folder=repo, check=False).returncode != 0
    git("tag", "v2", "HEAD:a.txt", folder=repo)
    git("push", "-q", "origin", "v2", folder=repo)
    git("push", "-q", "origin", "HEAD:refs/heads/other", folder=repo)
    git("push", "-q", "origin", ":other", folder=repo)
    assert git("push", "origin", f"HEAD:refs/heads/{OWN}", folder=repo, check=False).returncode != 0


def test_wrong_input_of_a_hook(run: Run, inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"what is this\nnonsense\n")
    assert run("guard", "--pre-receive").code == 2
    feed(monkeypatch, f"{'0' * 40} {'f' * 40} refs/heads/x\n".encode())
    assert run("guard", "--pre-receive").code == 2
