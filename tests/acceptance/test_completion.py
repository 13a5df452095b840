"""Completion in real shells: bash always, zsh and fish where they are."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from validator.cli.main import COMMANDS, build_parser, main


@pytest.fixture
def scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        (tmp_path / f"validator.{shell}").write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "届 書.csv").write_text("x")
    (tmp_path / "folder").mkdir()
    return tmp_path


def bash(folder: Path, *words: str) -> set[str]:
    """What bash offers for the last of ``words``."""
    typed = " ".join(map(shlex.quote, words))
    script = (
        f"source validator.bash; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _validator;"
        " printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return set(done.stdout.split("\n")) - {""}


def test_bash_offers_commands_options_and_values(scripts: Path) -> None:
    assert set(COMMANDS) <= bash(scripts, "validator", "")
    assert bash(scripts, "validator", "expl") == {"explain", "explain-record"}
    assert bash(scripts, "validator", "check", "--fo") == {"--form", "--format"}
    assert bash(scripts, "validator", "check", "--format", "s") == {"sarif"}
    assert bash(scripts, "validator", "check", "--format", "=", "j") == {"json", "jsonl", "junit"}
    assert bash(scripts, "validator", "check", "--format", "=") > {"json", "text"}
    assert bash(scripts, "validator", "registry", "") >= {"build", "info"}
    assert "--out" in bash(scripts, "validator", "registry", "build", "--")
    assert bash(scripts, "validator", "explain", "MN00") >= {"MN001", "MN002"}
    assert bash(scripts, "validator", "template", "shikaku_so") == {"shikaku_soshitsu"}
    assert bash(scripts, "validator", "check", "届") == {"届 書.csv"}
    assert bash(scripts, "validator", "check", "--out", "") == {"folder"}
    assert bash(scripts, "validator", "check", "b.csv", "--as-of", "2") == set()


def test_every_option_of_every_command_is_offered(scripts: Path) -> None:
    """The scripts are made from the parser: nothing is missing in any of them."""
    commands = build_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    texts = {s: (scripts / f"validator.{s}").read_text(encoding="utf-8") for s in ("zsh", "fish")}
    for name, parser in commands.items():  # type: ignore[union-attr]
        options = {o for action in parser._actions for o in action.option_strings}
        assert options <= bash(scripts, "validator", name, "-") | {"-h"}
        for option in options:
            assert option in texts["zsh"]
            assert (f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}") in texts[
                "fish"
            ]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish(scripts: Path) -> None:
    def fish(line: str) -> set[str]:
        script = f"source validator.fish; complete -C {shlex.quote(line)}"
        done = subprocess.run(
            ["fish", "--no-config", "-c", script],
            cwd=scripts,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return {found.split("\t")[0] for found in done.stdout.splitlines()}

    assert set(COMMANDS) <= fish("validator ")
    assert fish("validator check --form") == {"--form", "--format"}
    assert fish("validator check --format s") == {"sarif"}
    assert {"build", "info"} <= fish("validator registry ")
    assert "MN001" in fish("validator explain MN")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_loads(scripts: Path) -> None:
    script = (
        "autoload -Uz compinit; compinit -u -D; source ./validator.zsh; print ${_comps[validator]}"
    )
    done = subprocess.run(
        ["zsh", "-f", "-c", script], cwd=scripts, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("_validator", "")
