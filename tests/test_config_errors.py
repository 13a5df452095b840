"""A wrong configuration: exit 2, one line with the key and what belongs there, never a value."""

from __future__ import annotations

from pathlib import Path

import pytest
from clean_record import write_batch

from validator.cli.main import main
from validator.config import load_config

SECRET = "見本太郎の秘密"
WRONG = [
    ('polcy = "x"', "polcy", "policy"),
    ('[registri]\npath = "x"', "registri", "registry"),
    ('[registry]\npat = "x"', "registry.pat", "path"),
    ('[nightly]\ninbocks = "x"', "nightly.inbocks", "inbox"),
    ("[nightly.band]\nnight = 3", "nightly.band.night", "nights"),
    ('[guard]\nalow = ["x"]', "guard.alow", "allow"),
    ('[rules.KN001]\nseverty = "error"', "rules.KN001.severty", "severity"),
    ("[rules.KN001]\noff = true", "rules.KN001", "reason"),
    ('[rules.KN001]\noff = true\nreason = " "', "rules.KN001", "reason"),
    ('[rules.KN001]\noff = "yes"', "rules.KN001.off", "true or false"),
    ('[rules.KN001]\neffect = "returnn"', "rules.KN001.effect", "'return'"),
    ('[rules.kn001]\nseverity = "error"', "kn001", "KN001"),
    ("policy = 3", "policy", "text"),
    ('receiver = "x"', "receiver", "pension_office"),
    ('[registry]\nmax_age_days = "3"', "registry.max_age_days", "whole number"),
    ("[registry]\nmax_age_days = true", "registry.max_age_days", "whole number"),
    ("[registry]\nmax_age_days = -1", "registry.max_age_days", "0 or more"),
    ('[guard]\nallow = "x"', "guard.allow", "list"),
    ("names = 1", "names", "table"),
    ('[headers]\nname_kanjj = "x"', "[headers]", "name_kanji"),
    ("\x00", "c.toml", "TOML"),
]


@pytest.mark.parametrize(("text", "key", "remedy"), WRONG)
def test_the_key_and_what_belongs_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, key: str, remedy: str
) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text.replace('"x"', f'"{SECRET}"') + "\n", encoding="utf-8")
    batch = write_batch(tmp_path)
    assert main(["check", str(batch), "--config", str(path), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert key in err
    assert remedy in err
    assert SECRET not in err


def test_a_file_that_is_not_there_is_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "show", "--config", str(tmp_path / "none.toml"), "--lang", "en"]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_the_mark_that_windows_editors_write_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(b'\xef\xbb\xbfpolicy = "classes-2023"\r\n')
    assert load_config(path).policy == "classes-2023"


@pytest.mark.parametrize("text", ['[rules.ZZ999]\nseverity = "error"', '[headers]\nnobody = "x"'])
def test_what_the_check_would_refuse_is_not_shown_as_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text)
    assert main(["config", "show", "--config", str(path)]) == 2
    assert capsys.readouterr().out == ""
