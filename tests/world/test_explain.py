"""The labelled world of explanations: the labels are whole, and true of the records."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from explain_judging import calibration, leads_to

from shikaku_world.explain import ExplainWorld, make_explain_batch
from shikaku_world.kinds import KINDS
from shikaku_world.kinds.explain import (
    EXPLAIN_KINDS,
    pairs_of,
    parts_of,
    same_person_of,
)
from shikaku_world.towns import PREFECTURE_POPULATION

from . import oracle

FIVE_ITEMS = ["name_kanji", "name_kana", "birth_date", "sex", "address"]
PREFECTURES = list(PREFECTURE_POPULATION)
CAUSES = {
    "number_missing", "number_typo", "number_placeholder", "registry_status",
    "registry_incomplete", "family_number", "someone_elses_number", "era_confused",
    "day_month_swapped", "date_typo", "date_unreadable", "birth_date_differs", "wrong_sex_code",
    "maiden_name", "alias_used", "kana_typo", "kana_reading", "kana_newly_recorded",
    "kanji_lookalike", "name_unreadable", "name_parts", "columns_swapped", "columns_shifted",
    "systematic", "name_differs", "moved", "old_municipality", "building_differs",
    "address_incomplete", "block_differs", "item_missing", "not_admissible",
}  # fmt: skip


@pytest.fixture(scope="module")
def world() -> ExplainWorld:
    return make_explain_batch(6_000, 3)


def _beside(world: ExplainWorld) -> pl.DataFrame:
    """Labels beside both sides: the submitted record, and the live holder of its number (``h_``)."""
    holders = world.registry.filter(pl.col("status") == "resident").unique(
        "my_number", keep="none", maintain_order=True
    )
    rows = world.labels.hstack(world.batch)
    digits = [oracle.number(text) for text in rows["my_number"]]
    rows = rows.with_columns(number=pl.Series(digits, dtype=pl.String))
    held = holders.select("my_number", *(pl.col(i).alias(f"h_{i}") for i in FIVE_ITEMS))
    return rows.join(held.rename({"my_number": "number"}), on="number", how="left",
                     maintain_order="left")  # fmt: skip


def _differing(row: dict[str, object]) -> set[str]:
    submitted = {item: row[item] for item in FIVE_ITEMS}
    registry = {item: row[f"h_{item}"] for item in FIVE_ITEMS}
    return oracle.differing(submitted, registry, PREFECTURES)  # type: ignore[arg-type]


def test_every_kind_and_every_cause_occurs_and_a_third_came_later(world: ExplainWorld) -> None:
    seen = set(world.labels["kinds"].explode().drop_nulls())
    rare = {"explain_number_of_twin"}  # grown-up twins that live with their parents
    assert set(EXPLAIN_KINDS) - seen <= rare
    assert set(world.labels["cause"].drop_nulls()) == CAUSES
    by_scope = Counter(kind.scope for kind in EXPLAIN_KINDS.values())
    assert by_scope["explain_later"] / len(EXPLAIN_KINDS) > 1 / 3
    assert by_scope["explain_held_back"] / by_scope["explain"] > 1 / 3
    # Every cause has a kind that the program's makers may look at.
    assert {k.cause for k in EXPLAIN_KINDS.values() if k.scope == "explain"} == CAUSES


def test_labels_are_those_of_the_kinds(world: ExplainWorld) -> None:
    assert world.labels.height == world.batch.height == 6_000
    for label in world.labels.iter_rows(named=True):
        kinds = [EXPLAIN_KINDS[name] for name in label["kinds"]]
        if not kinds:
            assert (label["cause"], label["same_person"]) == (None, True)
            continue
        assert label["cause"] == kinds[0].cause
        assert label["causes"] == [kind.cause for kind in kinds]
        assert label["cause_detail"] is not None
        if all(kind.same_person for kind in kinds):
            assert label["same_person"] is True
        else:
            assert label["same_person"] is not True


def test_seeds_reproduce_the_world_and_differ() -> None:
    first, again, other = (make_explain_batch(400, seed, prior="even") for seed in (8, 8, 9))
    assert first.batch.equals(again.batch)
    assert first.registry.equals(again.registry)
    assert first.labels.equals(again.labels)
    assert not first.batch.equals(other.batch)


def test_wrong_people_are_others_with_their_own_number_and_differ(world: ExplainWorld) -> None:
    wrong = _beside(world).filter(~pl.col("same_person"))
    assert wrong.height > 250
    assert (wrong["number"] != wrong["right_number"]).all()
    assert wrong["h_birth_date"].null_count() == 0
    for row in wrong.iter_rows(named=True):
        assert _differing(row), row["kinds"]


def test_the_same_person_keeps_number_and_registry_row(world: ExplainWorld) -> None:
    kept = _beside(world).filter(
        pl.col("same_person")
        # A number that stands in another column is still the person's.
        & ~pl.col("causes").list.contains("registry_status")
        & ~pl.col("causes").list.contains("registry_incomplete")
    )
    assert kept.height > 4_000
    assert (kept["number"] == kept["right_number"]).all()
    assert kept["h_sex"].null_count() == 0


def test_undamaged_records_agree_with_their_holders(world: ExplainWorld) -> None:
    clean = _beside(world).filter(pl.col("kinds").list.len() == 0)
    assert clean.height > 1_500
    for item in FIVE_ITEMS:
        assert (clean[item] == clean[f"h_{item}"]).all(), item


def test_a_relatives_number_in_the_batch_is_the_relatives_own(world: ExplainWorld) -> None:
    labelled = _beside(world).filter(pl.col("cause_detail").fill_null("").str.ends_with("/batch"))
    exchanged = pl.col("kinds").list.contains("explain_numbers_of_spouses_exchanged")
    owners = _beside(world).filter((pl.col("kinds").list.len() == 0) | exchanged)
    assert labelled.height > 20
    found = labelled.filter(~pl.col("number").is_in(owners["right_number"].implode()))
    assert found.height == 0


def test_mistyped_numbers_are_one_slip_away_and_nobodys_or_somebody_elses(
    world: ExplainWorld,
) -> None:
    typed = _beside(world).filter(pl.col("cause") == "number_typo")
    of_one = typed.filter(pl.col("cause_detail") == "substitution")
    assert of_one.height > 20
    for number, right in of_one.select("number", "right_number").iter_rows():
        assert sum(a != b for a, b in zip(number, right, strict=True)) == 1
    chance = typed.filter(pl.col("kinds").list.first().str.contains("_valid$|_somebodys$"))
    assert all(oracle.valid_number(number) for number in chance["number"])
    somebodys = chance.filter(~pl.col("same_person"))
    assert somebodys.height > 5
    assert somebodys["h_sex"].null_count() == 0
    assert chance.filter(pl.col("same_person").is_null())["h_sex"].is_null().all()


def test_a_fault_of_an_office_covers_most_of_its_records(world: ExplainWorld) -> None:
    rows = world.labels.hstack(world.batch.select("office_code"))
    faulty = rows.with_columns(hit=pl.col("causes").list.contains("systematic"))
    shares = faulty.group_by("office_code").agg(pl.col("hit").mean(), pl.len())
    shares = shares.filter(pl.col("hit") > 0)
    assert shares.height >= 8
    assert shares["hit"].min() > 0.5  # type: ignore[operator]
    assert shares["hit"].mean() > 0.8  # type: ignore[operator]


def test_pairs_name_faults_of_different_columns_the_graver_first() -> None:
    pairs = pairs_of(["explain"])
    assert len(pairs) > 500
    for key in pairs[::40]:
        one, other = parts_of(key)
        assert not one.touches & other.touches
    with pytest.raises(ValueError, match="cannot be combined"):
        parts_of("explain_sex_code+explain_sex_code")


def test_priors_set_the_share_of_wrong_people() -> None:
    even = make_explain_batch(3_000, 4, prior="even").labels.filter(pl.col("kinds").list.len() > 0)
    national = make_explain_batch(3_000, 4, prior="national", scale=50).labels
    national = national.filter(pl.col("kinds").list.len() > 0)
    assert 0.45 < even["same_person"].mean() < 0.55  # type: ignore[operator]
    assert national["same_person"].mean() > 0.98  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("family_number", False),
        ("someone_elses_number", False),
        ("twin_number", False),
        ("number_on_two_people", False),
        ("number_on_two_unknown", None),
        ("number_unknown", None),
        ("number_missing", None),
        ("number_digit_typo", None),
        ("kana_typo", True),
        ("holder_deceased", True),
        ("address_previous", True),
    ],
)
def test_kinds_of_other_scopes_say_whether_it_is_the_same_person(
    name: str, same: bool | None
) -> None:
    assert same_person_of(KINDS[name]) is same


def test_a_fault_of_the_whole_file_leaves_no_other_fault() -> None:
    world = make_explain_batch(300, 6, whole_file="explain_office_sex_inverted")
    assert set(world.labels["cause"].drop_nulls()) == {"systematic"}
    assert world.labels["cause"].is_not_null().mean() > 0.75
    assert world.batch["office_code"].n_unique() == 1


@pytest.mark.parametrize(
    ("repair", "written", "right", "leads"),
    [
        ("substitution@2", "1934", "1234", True),
        ("substitution@3", "1934", "1234", False),
        ("neighbours_swapped@2-3", "1324", "1234", True),
        ("neighbours_swapped@1-2", "1324", "1234", False),
        ("jump_swapped@1-3", "3214", "1234", True),
        ("digit_lost@4", "123", "1234", True),
        ("digit_lost@1", "123", "1234", False),
        ("digit_doubled@2", "１２２３４", "1234", True),
        ("five_items", "", "1234", True),
        ("ambiguous", "1934", "1234", False),
        ("", "1934", "1234", False),
    ],
)
def test_a_suggested_repair_is_checked_by_doing_it(
    repair: str, written: str, right: str, leads: bool
) -> None:
    assert leads_to(repair, written, right) is leads


def test_calibration_of_a_fair_and_of_an_overbold_forecast() -> None:
    true = [True] * 9 + [False]
    judged = pl.DataFrame({"same_person": true * 10, "said_verdict": ["hold"] * 100})
    fair = calibration(judged.with_columns(said_same_person=pl.lit(0.9)))
    bold = calibration(judged.with_columns(said_same_person=pl.lit(1.0)))
    sharp = calibration(
        judged.with_columns(said_same_person=pl.col("same_person").cast(pl.Float64))
    )
    assert fair.error == pytest.approx(0.0)
    assert fair.skill == pytest.approx(0.0)
    assert bold.error == pytest.approx(0.1)
    assert bold.skill < 0
    assert (sharp.error, sharp.skill) == (0.0, 1.0)
