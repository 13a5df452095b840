"""The hooks as clerks meet them: real pre-commit and prek in a real repository."""

from __future__ import annotations

import base64
import gzip
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from clean_record import OWN, number, write_batch, write_workbook
from git_sandbox import ENV, ROOT, VALIDATOR, git, make_repository

MANIFEST: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)
BIN = Path(sys.executable).parent
SPACED = f"{OWN[:4]} {OWN[4:8]} {OWN[8:]}"
WIDE = OWN.translate({ord(str(d)): 0xFF10 + d for d in range(10)})


@pytest.fixture(params=["pre-commit", "prek"])
def repo(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clerks' repository with every hook of the manifest installed."""
    folder = make_repository(tmp_path / "repo")
    hooks = [
        {**hook, "language": "system", "entry": hook["entry"].replace("validator", VALIDATOR, 1)}
        for hook in MANIFEST
    ]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump(config, allow_unicode=True), encoding="utf-8"
    )
    (folder / "validator.toml").write_text('[guard]\nallow = ["uploads/**"]\n')
    (folder / "uploads").mkdir()
    for name in ("PRE_COMMIT_HOME", "PREK_HOME", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setitem(ENV, name, str(tmp_path / "home"))
    monkeypatch.setitem(ENV, "PATH", f"{BIN}:{ENV['PATH']}")
    git("add", ".", folder=folder)
    git("commit", "-qm", "settings", folder=folder)
    done = subprocess.run(
        [BIN / request.param, "install", "-t", "pre-commit", "-t", "commit-msg"],
        cwd=folder, env=ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def commit(folder: Path, message: str = "届書") -> tuple[int, str]:
    git("add", "-A", folder=folder)
    done = git("commit", "-m", message, folder=folder, check=False)
    said = re.sub("\x1b\\[[0-9;]*m", "", done.stdout + done.stderr)
    # prek indents what a hook says.
    return done.returncode, "\n".join(line.strip() for line in said.splitlines())


def test_uploads(repo: Path) -> None:
    """A good batch goes in, a bad one does not, and notations are fixed."""
    write_batch(repo / "uploads", {}, {"my_number": "{valid:5}"}, name="good.csv")
    assert commit(repo)[0] == 0
    write_batch(repo / "uploads", {}, {"sex": "9"}, {"my_number": "{wrong:7}"}, name="bad.csv")
    code, said = commit(repo)
    assert code != 0
    assert re.search(r"^uploads/bad\.csv:3: SX002 error sex: ", said, re.MULTILINE)
    assert re.search(r"^uploads/bad\.csv:4: MN\d+ error my_number: ", said, re.MULTILINE)
    assert OWN not in said and number(5) not in said and "太郎" not in said
    write_batch(repo / "uploads", {"my_number": SPACED}, name="bad.csv")
    code, said = commit(repo)
    assert code != 0 and "uploads/bad.csv:2: my_number: 直しました (number_notation)" in said
    assert OWN in (repo / "uploads" / "bad.csv").read_text(encoding="utf-8")
    assert commit(repo)[0] == 0


@pytest.mark.parametrize("repo", ["pre-commit"], indirect=True)
def test_what_is_staged_counts(repo: Path) -> None:
    bad = write_batch(repo / "uploads", {"sex": "9"}, name="b.csv")
    (repo / "memo.txt").write_text(f"番号 {OWN}\n", encoding="utf-8")
    git("add", "-A", folder=repo)
    write_batch(repo / "uploads", {}, name="b.csv")
    (repo / "memo.txt").write_text("clean\n")
    done = git("commit", "-m", "x", folder=repo, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert (
        "uploads/b.csv:2: SX002" in said
        and "memo.txt:1:4: " in said
        and "git gc --prune=now" in said
    )
    assert bad.read_text(encoding="utf-8").count(",9,") == 0
    git("add", "-A", folder=repo)
    git("commit", "-m", "x", folder=repo)


def plain_files(folder: Path) -> None:
    """One number in every encoding, width and container, a file each."""
    text = f"見本　太郎\n番号 {OWN}\n"
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp"):
        (folder / f"{codec}.txt").write_bytes(text.encode(codec))
        (folder / f"{codec}-wide.txt").write_bytes(text.replace(OWN, WIDE).encode(codec))
    for n, mark in enumerate([" ", "　", "\u00a0", "\u200b", "-", "‐", "－", "−", "–", "."]):
        (folder / f"separated-{n}.txt").write_text(
            text.replace(OWN, mark.join((OWN[:4], OWN[4:8], OWN[8:]))), encoding="utf-8"
        )
    write_workbook(folder / "book.xlsx", [{"番号": OWN}])
    write_workbook(folder / "numeric.xlsx", [{"個人番号": OWN}], numeric="個人番号")
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text.encode("cp932"))
    with zipfile.ZipFile(folder / "nested.zip", "w") as archive:
        archive.write(folder / "book.xlsx", "book.xlsx")
    (folder / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "a.zip.gz").write_bytes(gzip.compress((folder / "a.zip").read_bytes()))
    (folder / "mail.eml").write_bytes(b"x\n\n" + base64.encodebytes(text.encode()))
    (folder / f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}.txt").write_text("x")
    (folder / "mistyped.csv").write_text(
        f"氏名,個人番号\n見本,{OWN[:-1]}{(int(OWN[-1]) + 5) % 10}\n", encoding="utf-8"
    )


def test_every_plaintext_is_refused(repo: Path) -> None:
    (repo / "docs").mkdir()
    plain_files(repo / "docs")
    names = {path.name for path in (repo / "docs").iterdir()}
    code, said = commit(repo)
    assert code != 0
    told = {
        line[5:].split(":")[0].split("!")[0]
        for line in said.splitlines()
        if line.startswith("docs/")
    }
    assert len(told) == len(names) == 33
    assert names - told == {next(n for n in names if OWN[:4] in n)}
    for part in (OWN, SPACED, WIDE, OWN[:8], f"{OWN[:4]}-{OWN[4:8]}"):
        assert part not in said
    (repo / "uploads" / "docs").mkdir()
    git("rm", "-rq", "--cached", "docs", folder=repo)
    (repo / "docs").rename(repo.parent / "elsewhere")
    assert commit(repo, "nothing left")[0] != 9


@pytest.mark.parametrize("repo", ["prek"], indirect=True)
def test_messages_of_commits(repo: Path) -> None:
    (repo / "b.txt").write_text("x")
    code, said = commit(repo, f"番号 {OWN} の件")
    assert code != 0 and OWN not in said
    assert commit(repo, "番号の件")[0] == 0


def test_the_manifest_is_plain_and_complete() -> None:
    """Only keys that pre-commit and prek both know, and entries that our parser takes."""
    from validator.cli.main import build_parser

    known = {"id", "name", "description", "entry", "language", "files", "require_serial", "stages"}
    ids = [hook["id"] for hook in MANIFEST]
    assert ids == ["validator-guard", "validator-guard-message", "validator-check", "validator-fix"]
    for hook in MANIFEST:
        assert set(hook) <= known
        command, *arguments = hook["entry"].split()
        assert command == "validator" and hook["language"] == "python"
        assert build_parser().parse_args([*arguments, "uploads/a.csv"]).command == arguments[0]
    pattern = re.compile(next(h["files"] for h in MANIFEST if h["id"] == "validator-check"))
    for name in ("a.csv", "SHFD0006.CSV", "x/b.xlsx", "c.parquet", "d.jsonl", "e.TXT", "f.tsv"):
        assert pattern.search(name)
    for name in ("a.csv.bak", "README.md", "a.py"):
        assert not pattern.search(name)
