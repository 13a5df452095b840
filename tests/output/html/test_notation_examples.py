"""The examples of notation in the report are true: the comparison itself says so."""

import polars as pl
import pytest

from validator import compare_addresses, compare_names
from validator.resources import load_toml

EXAMPLES = load_toml("codes/notation_examples.toml")
TOWN = "東京都江東区豊洲"
NAMES = [(i, s, *p) for i in ("name_kanji", "name_kana") for s, p in EXAMPLES[i].items()]


@pytest.mark.parametrize(("item", "step", "written", "read"), NAMES)
def test_names(item, step, written, read):
    side = item.removeprefix("name_")
    columns = {
        f"{who}_{script}": ["見"]
        for who in ("submitted", "registry")
        for script in ("kanji", "kana")
    }
    pair = {**columns, f"submitted_{side}": [written], f"registry_{side}": [read]}
    result = compare_names(pl.DataFrame(pair)).row(0, named=True)
    assert result[f"level_{side}"] == "equivalent"
    assert step in result["steps"]


@pytest.mark.parametrize(("step", "pair"), EXAMPLES["address"].items())
def test_addresses(step, pair):
    written, read = (TOWN + part.removeprefix("…") for part in pair)
    if step == "POSTAL_CODE":
        written, read = f"〒135-0061 {TOWN}1-2", f"{TOWN}1-2"
    result = compare_addresses(pl.DataFrame({"submitted": [written], "registry": [read]}))
    assert result["level"][0] == "equivalent"
    assert step in result["steps"][0].split("+")


def test_examples_are_too_short_to_be_anybodys_value():
    assert all(
        len(side) <= 8 for item in EXAMPLES.values() for pair in item.values() for side in pair
    )
    assert set(EXAMPLES) <= {"name_kanji", "name_kana", "address"}
    steps = load_toml("codes/steps.toml")["steps"]
    assert all(step in steps for item in EXAMPLES.values() for step in item)
