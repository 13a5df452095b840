"""Residents are as in life, and the same for the same seed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from stdnum.jp import in_ as my_number

from shikaku_world.chance import Chance
from shikaku_world.numbers import draw_numbers
from shikaku_world.people import generate_people, registry_frame
from shikaku_world.text import beyond_jis_x_0208
from shikaku_world.towns import municipalities_named_once, postal_table

from .oracle import valid_number

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def people(as_of: date) -> pl.DataFrame:
    return generate_people(12_000, 3, as_of)


def test_same_seed_same_people_in_another_process(as_of: date) -> None:
    program = (
        "import sys; from datetime import date; from shikaku_world.people import generate_people;"
        "p = generate_people(700, 11, date.fromisoformat(sys.argv[1]));"
        "sys.stdout.write(p.write_csv())"
    )
    outputs = set()
    for hash_seed, threads in (("1", "1"), ("2", "2")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "POLARS_MAX_THREADS": threads,
            "PYTHONPATH": os.pathsep.join([str(FIXTURES), str(FIXTURES.parent)]),
        }
        done = subprocess.run(
            [sys.executable, "-c", program, as_of.isoformat()],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        outputs.add(done.stdout)
    outputs.add(generate_people(700, 11, as_of).write_csv())
    assert len(outputs) == 1
    assert generate_people(700, 12, as_of).write_csv() not in outputs


def test_numbers_are_valid_unique_and_no_placeholders(people: pl.DataFrame) -> None:
    numbers = people["my_number"]
    assert numbers.n_unique() == people.height
    assert all(my_number.is_valid(number) and valid_number(number) for number in numbers)
    assert not numbers.str.contains(r"^(\d)(?:0{11}|1{11}|9{11})$").any()


@given(st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_check_digits_hold_for_any_seed(seed: int) -> None:
    assert all(valid_number(number) for number in draw_numbers(50, Chance(seed)))


def test_ages_and_sexes_are_as_in_life(people: pl.DataFrame, as_of: date) -> None:
    assert people["birth_date"].min() >= date(1930, 1, 1)  # type: ignore[operator]
    assert people["birth_date"].max() <= as_of  # type: ignore[operator]
    assert set(people["sex"]) == {"1", "2"}
    assert 0.45 < (people["sex"] == "2").mean() < 0.55  # type: ignore[operator]
    children = people.filter(pl.col("role") == "child").join(
        people.filter(pl.col("role") == "head"), on="household", suffix="_head"
    )
    gap = (children["birth_date"] - children["birth_date_head"]).dt.total_days() / 365.25
    assert gap.min() > 16  # type: ignore[operator]
    spouses = people.filter(pl.col("role") == "spouse").join(
        people.filter(pl.col("role") == "head"), on="household", suffix="_head"
    )
    assert (spouses["sex"] != spouses["sex_head"]).all()


def test_households_share_surname_and_address(people: pl.DataFrame) -> None:
    shared = people.group_by("household").agg(
        pl.col("address").n_unique(), pl.col("surname").n_unique()
    )
    assert shared["address"].max() == 1
    assert shared["surname"].max() == 1
    sizes = people.group_by("household").len()["len"]
    assert sizes.max() == 5
    twins = people.filter(pl.col("role") == "child").group_by("household", "birth_date").len()
    assert (twins["len"] == 2).any()


def test_foreign_residents_gaiji_and_other_names_occur_at_their_rates(
    people: pl.DataFrame,
) -> None:
    assert 0.02 < people["foreign"].mean() < 0.03  # type: ignore[operator]
    foreign = people.filter("foreign")
    assert foreign["name_kanji"].str.contains(r"^[A-Z]+( [A-Z]+)+$").all()
    assert foreign["alias_kanji"].is_not_null().any()
    native = people.filter(~pl.col("foreign"))
    assert native["alias_kanji"].is_null().all()
    gaiji = native["name_kanji"].map_elements(beyond_jis_x_0208, return_dtype=pl.Boolean)
    assert 0.04 < gaiji.mean() < 0.052  # type: ignore[operator]
    plain = native["name_plain"].map_elements(beyond_jis_x_0208, return_dtype=pl.Boolean)
    assert not plain.any()
    assert people["former_name_kanji"].is_not_null().any()
    assert people["previous_address"].is_not_null().any()


def test_names_have_one_wide_space_and_katakana(people: pl.DataFrame) -> None:
    native = people.filter(~pl.col("foreign"))
    assert native["name_kanji"].str.contains(r"^[^　\s]+　[^　\s]+$").all()
    assert people["name_kana"].str.contains(r"^[ァ-ヶー]+(　[ァ-ヶー]+)+$").all()
    assert native["name_kanji"].n_unique() > 0.9 * native.height


def test_addresses_are_real_places(people: pl.DataFrame) -> None:
    table = postal_table().with_columns(
        place=pl.col("prefecture") + pl.col("city") + pl.col("town")
    )
    places = people.join(table, on="postal_code").with_columns(
        fits=pl.col("address").str.starts_with(pl.col("place"))
    )
    assert places.group_by("person").agg(pl.col("fits").any())["fits"].all()
    assert people["address"].str.contains("番地|番\\d+号").all()
    housed = people["address"].str.contains("　")
    assert 0.35 < housed.mean() < 0.45  # type: ignore[operator]


def test_registry_has_the_contracts_columns_in_text(people: pl.DataFrame) -> None:
    registry = registry_frame(people)
    assert set(registry.dtypes) == {pl.String}
    assert registry["birth_date"].str.contains(r"^\d{4}-\d\d-\d\d$").all()
    statuses = registry["status"].value_counts(normalize=True)
    shares = dict(statuses.iter_rows())
    assert shares["resident"] > 0.98
    assert set(shares) == {"resident", "deceased", "moved_abroad", "replaced"}
    assert_frame_equal(registry, registry_frame(people))


def test_names_of_two_municipalities_are_not_called_unique() -> None:
    once = municipalities_named_once()
    assert "府中市" not in once
    assert "伊達市" not in once
    assert "横浜市西区" in once
