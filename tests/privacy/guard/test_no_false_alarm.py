"""Nothing is refused where nothing is: this repository, a thousand log files, other files."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

import validator
from validator.cli.main import main

from .asking import ask
from .harmless import write_logs

ROOT = Path(validator.__file__).parent.parent


def test_a_thousand_log_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = write_logs(tmp_path, 1000)
    # One in ten of the twelve-digit numbers in them fits by chance: the test has something to find.
    fitting = ask("all.txt", b"\n".join(p.read_bytes() for p in written[:50]), strict=True)
    assert len(fitting) > 50
    assert main(["guard", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


def test_this_repository(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=False).stdout
    files = [f for f in listed.decode().split("\0") if f and Path(f).is_file()]
    if not files:
        files = ["validator", "schemas", "fixtures", "tests", "docs", "tools", "benchmarks"]
    assert main(["guard", *files]) == 0
    assert capsys.readouterr() == ("", "")


def test_pictures_programs_and_noise_are_left_alone() -> None:
    noise = random.Random(3).randbytes(300_000)
    heads = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"\x7fELF", b"MZ", b"wOF2", b""]
    for head in heads:
        assert ask("a.bin", head + noise) == []
    python = Path(os.path.realpath("/proc/self/exe"))
    assert ask("python", python.read_bytes()[: 8 << 20]) == []


def test_strict_refuses_what_it_cannot_read_but_no_picture() -> None:
    noise = random.Random(3).randbytes(10_000)
    assert [r for *_, r in ask("a.bin", b"\x7fELF" + noise, strict=True)] == ["unknown"]
    assert ask("a.png", b"\x89PNG\r\n\x1a\n" + noise, strict=True) == []
