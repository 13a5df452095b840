"""The examples that a site copies work as they stand."""

import configparser
from pathlib import Path

import pytest

from validator.config import NightlyConfig, load_config

OPS = Path(__file__).resolve().parents[2] / "docs" / "ops"


def test_the_example_configuration_is_valid_and_names_every_key():
    config = load_config(OPS / "site.example.toml").nightly
    assert set(config.model_fields_set) == set(NightlyConfig.model_fields)
    assert set(config.band.model_fields_set) == set(type(config.band).model_fields)


@pytest.mark.parametrize("unit", sorted(p.name for p in OPS.glob("*.service")))
def test_units_are_well_formed_and_start_what_there_is(unit):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read(OPS / unit, encoding="utf-8")
    assert parser["Service"]["Type"] == "oneshot"
    command = parser["Service"]["ExecStart"]
    if "validator nightly" in command:
        from validator.cli.main import build_parser

        build_parser().parse_args(command.split()[1:])


def test_a_timer_for_each_job():
    for name in ("validator-nightly", "validator-watch"):
        assert (OPS / f"{name}.timer").exists()
        assert (OPS / f"{name}.service").exists()
