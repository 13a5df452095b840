"""Driving the command line in process, as a person at a terminal would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from clean_record import AS_OF

from validator.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        words = [str(a) for a in arguments]
        if words[0] in ("check", "demo") and "--as-of" not in words:
            words += ["--as-of", AS_OF.isoformat()]
        code = main(words)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call
