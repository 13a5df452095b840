"""``validator config show``: what counts, where it comes from, and TOML that reads back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.cli.main import main
from validator.config import Config, load_config, parse_config
from validator.config_show import shown_config

SITE = """
policy = "classes-2023"
[headers]
my_number = "本人 \\"No\\""
[rules.KN030]
off = true
reason = "組合の取り決め"
[registry]
path = "reg dir"
max_age_days = 3
[nightly.expected]
"1234.csv" = ["mon", "fri"]
[guard]
allow = ["uploads/**"]
"""


def effective(config: Config) -> Config:
    return config.model_copy(
        update={
            "policy": config.policy or "registration-2024",
            "receiver": config.receiver or "association",
        }
    )


def test_what_is_shown_reads_back_as_the_same_configuration(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(SITE, encoding="utf-8")
    for where in (path, None):
        for lang in ("ja", "en"):
            text = shown_config(where, lang)
            assert parse_config(text, "shown") == effective(load_config(where))


def test_every_value_says_where_it_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "site.toml"
    path.write_text(SITE, encoding="utf-8")
    assert main(["config", "show", "--config", str(path), "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# configuration: site.toml"
    assert 'policy = "classes-2023"  # file' in lines
    assert 'receiver = "association"  # default' in lines
    assert "max_age_days = 3  # file" in lines and "max_age_days = 365  # default" in lines
    assert 'allow = ["uploads/**"]  # file' in lines
    assert "# town_renames =  # not set" in lines
    plain = [line for line in lines[1:] if line and not line.startswith("[")]
    assert all(line.endswith(("# file", "# default", "# not set")) for line in plain)


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text("nonsense = 1\n")
    assert main(["config", "show", "--config", str(path)]) == 2
    assert main(["config", "show", "--config", str(tmp_path / "none.toml")]) == 2
    assert main(["config"]) == 2


@given(
    st.text(st.characters(blacklist_categories=("Cs",)), min_size=1),
    st.text(st.characters(blacklist_categories=("Cs",))),
)
def test_any_text_is_written_as_toml(key: str, value: str) -> None:
    from validator.config_show import _key, _toml

    assert tomllib.loads(f"{_key(key)} = {_toml(value)}") == {key: value}
