"""The decision table, whole, against a slow and obvious reading of contract section 3."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import polars as pl
import pytest

from validator.errors import UsageError
from validator.hold.decide import decide
from validator.hold.policy import load_policy
from validator.rules import all_rules
from validator.rules.catalogue import configured_rules

NAMES = ["same", "equivalent", "undecidable", "similar", "different", "blank", "not_checked"]
PLAIN = ["same", "equivalent", "undecidable", "different", "blank", "not_checked"]
ITEMS = {
    "name_kanji": NAMES,
    "name_kana": NAMES,
    "birth_date": PLAIN,
    "sex": PLAIN,
    "address": NAMES,
}
CONDITIONS = {"MN003": "returned", "RG001": "incomplete", "DU001": "two", "MN011": "unknown"}
Row = dict[str, "str | bool"]


def combinations() -> list[Row]:
    levels = [dict(zip(ITEMS, values, strict=True)) for values in product(*ITEMS.values())]
    flags = [
        dict(zip(CONDITIONS, values, strict=True)) for values in product([False, True], repeat=4)
    ]
    return [{**level, **flag} for level in levels for flag in flags]


ALL = combinations()


def obvious(row: Row, policy: str) -> tuple[str, str | None]:
    """Verdict and class, sentence by sentence."""
    if row["MN003"]:
        return "return", None
    differing = {item for item in ITEMS if row[item] in ("similar", "different")}
    if row["RG001"]:
        return "hold", "S"
    if row["DU001"]:
        return "hold", "D"
    if row["MN011"]:
        return "hold", "0"
    if "birth_date" in differing or "sex" in differing:
        return "hold", "1"
    kana, kanji, address = (n in differing for n in ("name_kana", "name_kanji", "address"))
    if (kana and kanji) or ((kana or kanji) and address):
        return "hold", "2"
    if address:
        return "hold", "3"
    if kana or kanji:
        return ("hold", "N") if policy == "registration-2024" else ("pass", None)
    return "pass", None


def decided(
    rows: list[Row], policy: str, rules: tuple = all_rules(), *, unevaluated: bool = False
) -> list[tuple[str, str | None]]:
    frame = pl.DataFrame(rows).with_row_index("row")
    facts = frame.select("row", *(pl.col(item).alias(f"level_{item}") for item in ITEMS))
    broken = frame.select(
        (pl.col(r.code) if r.code in CONDITIONS else pl.lit(False)).alias(r.code) for r in rules
    )
    result = decide(facts, broken, rules, load_policy(policy), unevaluated=unevaluated)
    assert result["row"].to_list() == list(range(len(rows)))
    return result.select("verdict", "hold_class").rows()


@pytest.mark.parametrize("policy", ["registration-2024", "classes-2023"])
def test_every_combination(policy: str) -> None:
    found = decided(ALL, policy)
    wrong = [(row, got) for row, got in zip(ALL, found, strict=True) if got != obvious(row, policy)]
    assert wrong[:3] == []
    assert len(ALL) > 190_000


def test_what_could_not_be_evaluated_never_passes() -> None:
    some = ALL[::37]
    for (verdict, found), row in zip(
        decided(some, "classes-2023", unevaluated=True), some, strict=True
    ):
        assert (verdict, found) == (("return", None) if row["MN003"] else ("hold", "S"))


@pytest.mark.parametrize(
    ("off", "level", "stays"),
    [("AD021", "similar", "different"), ("AD020", "different", "similar")],
)
def test_a_rule_that_is_off_takes_the_hold_of_its_level_with_it(
    off: str, level: str, stays: str
) -> None:
    rules = configured_rules({off: {"off": True}})
    clean: Row = dict.fromkeys(ITEMS, "same") | dict.fromkeys(CONDITIONS, False)
    rows: list[Row] = [{**clean, "address": level}, {**clean, "address": stays}]
    assert decided(rows, "registration-2024", rules) == [("pass", None), ("hold", "3")]


FILE_POLICY = """
name = "local"
title = { ja = "独自", en = "local" }
[[class]]
id = "S"
holds = true
condition = "not_evaluated"
title = { ja = "照合できない", en = "not evaluated" }
[[class]]
id = "A"
holds = true
differ = [["birth_date", "sex"]]
title = { ja = "両方", en = "both" }
[[class]]
id = "B"
holds = false
differ = [["address"]]
title = { ja = "住所", en = "address" }
"""


def test_a_policy_file_decides_by_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_text(FILE_POLICY, encoding="utf-8")
    rows = [row for row in ALL[::11] if not row["MN003"]]
    for row, got in zip(rows, decided(rows, str(path)), strict=True):
        both = row["birth_date"] == "different" and row["sex"] == "different"
        assert got == (("hold", "S") if row["RG001"] else ("hold", "A") if both else ("pass", None))


@pytest.mark.parametrize(
    "damage",
    [
        ('condition = "not_evaluated"', 'condition = "sunny"'), ('id = "S"\nholds = true', 'id = "S"\nholds = false'),
        ('condition = "not_evaluated"', 'differ = [["address"]]'), ('id = "A"', 'id = "S"'), ('"sex"', '"shoe_size"'),
        ('name = "local"', 'nmae = "local"'), ('differ = [["address"]]', "differ = []"), ('differ = [["address"]]', "differ = [[]]"),
        ("[[class]]", "[[class"),
    ],
)  # fmt: skip
def test_an_unsound_policy_is_refused(tmp_path: Path, damage: tuple[str, str]) -> None:
    path = tmp_path / "local.toml"
    path.write_text(FILE_POLICY.replace(*damage), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != FILE_POLICY
    with pytest.raises(UsageError):
        load_policy(path)


@pytest.mark.parametrize("name", ["registration-2025", "no/such/file.toml", ""])
def test_a_policy_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        load_policy(name)
