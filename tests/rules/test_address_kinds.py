"""The world's address kinds through `check`, with its registry and without one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF

from shikaku_world.batches import World, make_batch
from shikaku_world.kinds import kinds_of
from validator import check
from validator.api import Result

# What each kind must be told by, whether there is a registry or not.
CODES = {
    "address_of_office": "AD044", "address_post_office_box": "AD042", "address_same_as_above": "AD040",
    "address_family_register": "AD043", "address_wrong_prefecture": "AD032",
    "address_unknown_municipality": "AD031", "address_unknown_town": "AD036",
    "address_town_missing": "AD037", "address_digits_run_together": "AD039",
}  # fmt: skip
OF_THE_ADDRESS = pl.col("code").str.contains("^AD0(?:0[2-7]|[34])")


@pytest.fixture(scope="module")
def world() -> World:
    return make_batch(2_500, 8, AS_OF, dict.fromkeys(CODES, 0.04))


@pytest.fixture(scope="module", params=[True, False], ids=["registry", "alone"])
def checked(
    request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Result:
    if not request.param:
        return check(world.batch, as_of=AS_OF)
    path = tmp_path_factory.mktemp("world") / "registry.parquet"
    world.registry.write_parquet(path)
    return check(world.batch, path, as_of=AS_OF)


def test_the_table_names_every_kind() -> None:
    held = kinds_of("real_hold", scope="addresses")
    assert {kind.name for kind in held} == set(CODES)


def test_each_kind_is_told_by_its_rule(world: World, checked: Result) -> None:
    seen: Counter[str] = Counter()
    for kinds, codes in zip(world.labels["kinds"], checked.records["findings"], strict=True):
        for kind in kinds:
            assert CODES[kind] in codes.to_list(), (kind, codes.to_list())
            seen[kind] += 1
    assert set(seen) == set(CODES)
    assert min(seen.values()) > 20


def test_findings_decide_nothing(world: World, checked: Result) -> None:
    found = checked.findings.filter(OF_THE_ADDRESS)
    assert set(found["effect"]) == {"none"}
    assert set(found["severity"]) <= {"warning", "info"}
    alone = (checked.records["level_address"] == "not_checked").all()
    expected = (
        pl.repeat("pass", world.labels.height, eager=True) if alone else world.labels["verdict"]
    )
    assert checked.records["verdict"].to_list() == expected.to_list()


def test_clean_records_are_left_alone(world: World, checked: Result) -> None:
    clean = world.labels["kinds"].list.len() == 0
    rows = checked.records.filter(clean)
    told = checked.findings.filter(OF_THE_ADDRESS & (pl.col("severity") == "warning"))
    doubted = rows.filter(pl.col("record_id").is_in(told["record_id"].implode()))
    # The world draws 丁目 at random, so a town whose 丁目 have several codes may get a wrong one.
    assert set(told.filter(pl.col("record_id").is_in(doubted["record_id"].implode()))["code"]) <= {
        "AD047"
    }
    assert doubted.height <= 0.003 * rows.height
    if (rows["level_address"] == "same").all():
        assert doubted.is_empty()


def test_no_message_holds_a_part_of_the_address(world: World, checked: Result) -> None:
    told = checked.findings.filter(OF_THE_ADDRESS)
    text = "\n".join(told.select("message", "hint").unique().to_series().to_list())
    parts = (
        world.batch["address"].str.extract_all(r"[^0-9一-十　]{3,}[市区町村]").explode().unique()
    )
    assert len(parts) > 100
    assert [part for part in parts.drop_nulls() if part in text] == []


def test_a_former_name_and_a_contradiction_name_the_place_of_today(tmp_path: Path) -> None:
    addresses = ["埼玉県浦和市高砂一丁目2番3号", "大阪府江東区豊洲一丁目2番27号"]
    batch = pl.DataFrame(
        {
            "form": ["shimei_henko"] * 2,
            "insured_symbol": ["1", "1"],
            "insured_number": ["1", "2"],
            "address": addresses,
        }
    )
    findings = check(batch, as_of=AS_OF).findings.filter(OF_THE_ADDRESS)
    assert findings.select("code", "suggestion").rows() == [
        ("AD035", "埼玉県さいたま市浦和区"), ("AD032", "東京都江東区"),
    ]  # fmt: skip
