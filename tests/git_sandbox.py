"""A scratch git repository that sees nothing of the machine's own configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import validator

ROOT = Path(validator.__file__).parent.parent
ENV = {
    **os.environ,
    "PYTHONPATH": f"{ROOT}:{ROOT / 'fixtures'}",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "見本",
    "GIT_AUTHOR_EMAIL": "a@example.jp",
    "GIT_COMMITTER_NAME": "見本",
    "GIT_COMMITTER_EMAIL": "a@example.jp",
}
VALIDATOR = f"{sys.executable} -m validator"


def git(*arguments: object, folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run git in ``folder``."""
    done = subprocess.run(
        ["git", *map(str, arguments)],
        cwd=folder,
        env=ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 or not check, done.stderr
    return done


def make_repository(folder: Path) -> Path:
    """A repository with one commit of ``a.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    git("init", "-q", "-b", "main", folder=folder)
    (folder / "a.txt").write_text("first\n")
    git("add", ".", folder=folder)
    git("commit", "-qm", "first", folder=folder)
    return folder
