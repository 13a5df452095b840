"""Every kind does to a record what its label says, seen with an oracle of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
import pytest

from shikaku_world.batches import World, make_batch
from shikaku_world.expectation import Fact, expected
from shikaku_world.kinds import KINDS, kinds_of
from shikaku_world.presets import PRESETS
from shikaku_world.sentences import SENTENCES
from shikaku_world.towns import PREFECTURE_POPULATION

from . import oracle

PREFECTURES = list(PREFECTURE_POPULATION)
SHUTOKU = "shikaku_shutoku"
FIVE_ITEMS = ["name_kanji", "name_kana", "birth_date", "sex", "address"]
_FACT_OF = {fact.value: fact for fact in Fact}
_CLASS_BY_SENTENCE = {
    "class_S": "S", "class_S_rows": "S", "class_D": "D", "class_0_unknown": "0",
    "class_0_status": "0", "class_1_birth_date": "1", "class_1_sex": "1", "class_2_names": "2",
    "class_2_address": "2", "class_3": "3", "class_N": "N", "former_name": "2",
    "building_differs": "3", "two_numbers": "0",
}  # fmt: skip
_MUST_PASS = {
    "equal", "equivalent", "number_repaired", "ivs", "placeholder_explained",
    "placeholder_registry", "building_one_side", "alias", "kana_ichi", "blank_elsewhere",
    "undecidable_item", "registry_rows", "class_0_not_on_loss", "finding_only",
}  # fmt: skip


def _records(world: World) -> Iterator[tuple[dict[str, object], oracle.Row]]:
    yield from zip(
        world.labels.iter_rows(named=True), world.batch.iter_rows(named=True), strict=True
    )


def _live_rows(world: World) -> dict[str, list[oracle.Row]]:
    found: dict[str, list[oracle.Row]] = {}
    for row in world.registry.unique(maintain_order=True).iter_rows(named=True):
        if row["status"] in (None, "resident"):
            found.setdefault(row["my_number"], []).append(row)
    return found


def test_every_sentence_of_the_contract_has_a_kind_with_its_own_outcome() -> None:
    by_sentence: dict[str, list[str]] = {name: [] for name in SENTENCES}
    for kind in kinds_of(scope="main"):
        by_sentence[kind.sentence].append(kind.name)
    assert [name for name, kinds in by_sentence.items() if not kinds] == []
    for kind in KINDS.values():
        outcome = kind.expected
        if kind.sentence in _CLASS_BY_SENTENCE:
            assert outcome.hold_class == _CLASS_BY_SENTENCE[kind.sentence], kind.name
        if kind.sentence in _MUST_PASS or kind.family in ("notation", "finding_only"):
            assert outcome.verdict == "pass", kind.name
        if kind.family == "real_return":
            assert outcome.verdict == "return", kind.name
        if kind.family == "real_hold":
            assert outcome.verdict == "hold", kind.name


def test_expectation_follows_the_order_of_classes() -> None:
    assert expected({Fact.KANA}).hold_class == "N"
    assert expected({Fact.KANA, Fact.ADDRESS}).hold_class == "2"
    assert expected({Fact.KANA, Fact.KANJI}).hold_class == "2"
    assert expected({Fact.ADDRESS}).hold_class == "3"
    assert expected({Fact.SEX, Fact.KANA, Fact.KANJI}).hold_class == "1"
    assert expected({Fact.NOT_LIVE, Fact.SEX}).hold_class == "0"
    assert expected({Fact.TWO_PEOPLE, Fact.NOT_LIVE}).hold_class == "D"
    assert expected({Fact.UNEVALUATED, Fact.TWO_PEOPLE}).hold_class == "S"
    assert expected({Fact.RETURNED, Fact.UNEVALUATED}).verdict == "return"


def test_every_main_kind_occurs_with_its_label(accuracy_world: World) -> None:
    seen = accuracy_world.labels.explode("kinds").group_by("kinds").len()
    counts = dict(seen.iter_rows())
    missing = [kind.name for kind in kinds_of(scope="main") if counts.get(kind.name, 0) < 2]
    assert missing == []
    assert {k for k in counts if k} <= {kind.name for kind in kinds_of(scope="main")}


def test_labels_are_those_of_the_kinds_facts(accuracy_world: World) -> None:
    for label, _ in _records(accuracy_world):
        kinds = [KINDS[name] for name in label["kinds"]]  # type: ignore[attr-defined]
        if label["note"] == "owner":
            facts = kinds[0].pair.owner_facts  # type: ignore[union-attr]
        else:
            facts = frozenset[Fact]().union(*(kind.facts for kind in kinds))
        truth = expected(facts)
        assert (label["verdict"], label["hold_class"]) == (truth.verdict, truth.hold_class)
        assert label["line"] == label["row"] + 2  # type: ignore[operator]


def test_what_passes_agrees_and_what_is_held_differs(accuracy_world: World) -> None:
    """Records of 資格取得届 whose number is known: the oracle finds the labelled class."""
    live = _live_rows(accuracy_world)
    # These are told by placeholders, aliases and gaps, which the oracle does not know.
    beyond = {"placeholder_explained", "placeholder_registry", "alias", "undecidable_item"}
    compared = 0
    for label, row in _records(accuracy_world):
        kinds = [KINDS[name] for name in label["kinds"]]  # type: ignore[attr-defined]
        facts = frozenset[Fact]().union(*(kind.facts for kind in kinds))
        if row["form"] != SHUTOKU or label["verdict"] == "return" or row["my_number"] is None:
            continue
        if any(kind.sentence in beyond for kind in kinds) or label["hold_class"] in ("S", "D"):
            continue
        holders = live.get(oracle.number(row["my_number"]), [])
        if label["hold_class"] == "0":
            assert holders == [], kinds
            continue
        assert len(holders) == 1, kinds
        assert None not in [row[item] for item in FIVE_ITEMS], kinds
        differs = oracle.differing(row, holders[0], PREFECTURES)
        truth = expected(_FACT_OF[name] for name in differs)
        assert (truth.verdict, truth.hold_class) == (label["verdict"], label["hold_class"]), (
            [kind.name for kind in kinds], facts, sorted(differs),
        )  # fmt: skip
        compared += 1
    assert compared > 7_000


def test_clean_records_are_equal_as_written(accuracy_world: World) -> None:
    clean = accuracy_world.labels["kinds"].list.len() == 0
    batch = accuracy_world.batch.filter(clean)
    found = batch.join(accuracy_world.registry, on="my_number", suffix="_registry")
    assert found.height == batch.height
    for item in FIVE_ITEMS:
        assert (found[item] == found[f"{item}_registry"]).all(), item


def test_a_number_stands_for_two_people_only_where_labelled(accuracy_world: World) -> None:
    rows = accuracy_world.batch.with_columns(
        accuracy_world.labels["kinds", "hold_class"]
    ).with_columns(
        number=pl.col("my_number").map_elements(oracle.number, return_dtype=pl.String),
        paired=pl.col("kinds").list.eval(
            pl.element().is_in([name for name, kind in KINDS.items() if kind.pair])
        ).list.any(),
    )  # fmt: skip
    # Placeholders and unusable numbers are nobody's.
    usable = rows.filter(pl.col("number").str.contains(r"^\d{12}$")).filter(
        pl.col("number").map_elements(oracle.valid_number, return_dtype=pl.Boolean)
        & ~pl.col("number").str.contains("^(0{12}|12345678901.)$")
    )
    shared = usable.filter(pl.col("number").is_duplicated())
    assert shared.height > 50
    assert shared["paired"].all()
    lonely_d = usable.filter((pl.col("hold_class") == "D") & ~pl.col("number").is_duplicated())
    assert lonely_d["kinds"].list.contains("dependant_insureds_number").all()


def _digits(row: oracle.Row) -> str:
    return oracle.number(row["my_number"])


def _placeholder(text: str) -> bool:
    return len(set(text)) == 1 or text.startswith("12345678901")


RETURN_CHECKS: dict[str, Callable[[oracle.Row], bool]] = {
    "number_missing": lambda row: row["my_number"] is None,
    "number_length": lambda row: not re.fullmatch(r"\d{12}", _digits(row)),
    "check_digit": lambda row: (
        bool(re.fullmatch(r"\d{12}", _digits(row))) and not oracle.valid_number(_digits(row))
    ),
    "given_number_checked": lambda row: not oracle.valid_number(_digits(row)),
    "number_placeholder": lambda row: _placeholder(_digits(row)),
    "item_blank": lambda row: None in (
        row["name_kanji"], row["name_kana"], row["birth_date"], row["sex"], row["address"]
    ),
    "kana_not_kana": lambda row: bool(re.search(r"[一-龥々]", row["name_kana"] or ""))
    or not re.search("[ァ-ヶ]", row["name_kana"] or ""),
    "impossible_date": lambda row: None in [
        oracle.day(row[name])
        for name in ("birth_date", "acquired_on", "lost_on") if row[name] is not None
    ],
    "era_overrun": lambda row: any(
        re.match("(昭和|S)(6[4-9]|[7-9])|平成(3[2-9])", row[name] or "")
        for name in ("birth_date", "acquired_on")
    ),
    "two_digit_year": lambda row: bool(re.fullmatch(r"\d\d/\d\d/\d\d", row["birth_date"] or "")),
    "excel_serial": lambda row: bool(re.fullmatch(r"\d{4,5}", row["birth_date"] or "")),
    "unknown_sex": lambda row: row["sex"] is not None and oracle.sex(row["sex"]) is None,
    "age_75": lambda row: _age(row, "birth_date", "acquired_on") >= 75,
    "dependant_75": lambda row: _age(row, "birth_date", "received_on") >= 75,
    "age_slip": lambda row: _age(row, "birth_date", "acquired_on") >= 75,
    "loss_date": lambda row: (
        (oracle.day(row["lost_on"]) - oracle.day(row["left_on"])).days != 1  # type: ignore[operator]
    ),
    "just_in_case": lambda row: row["certificate_reason"] in (None, "念のため"),
    "damaged_not_attached": lambda row: (
        row["loss_kind"] == "damaged" and row["certificate_attached"] is None
    ),
    "unidentified": lambda row: not any(
        row[name] for name in ("my_number", "insured_symbol", "insured_number", "name_kanji",
                               "name_kana", "birth_date")
    ),
    "deletion_request": lambda row: "削除" in (row["change_reason"] or ""),
}  # fmt: skip


def _age(row: oracle.Row, born_on: str, at: str) -> int:
    born, then = oracle.day(row[born_on]), oracle.day(row[at])
    assert born is not None
    assert then is not None
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def test_every_return_kind_breaks_its_sentence(accuracy_world: World) -> None:
    checked = set()
    for label, row in _records(accuracy_world):
        for name in label["kinds"]:  # type: ignore[attr-defined]
            kind = KINDS[name]
            if kind.family == "real_return" and kind.sentence in RETURN_CHECKS:
                assert RETURN_CHECKS[kind.sentence](row), (name, row)
                checked.add(kind.sentence)
    assert checked == set(RETURN_CHECKS)


def test_later_scopes_stay_out_of_the_accuracy_preset() -> None:
    assert {kind.scope for kind in KINDS.values()} == {"main", "names", "addresses"}
    for key in PRESETS["accuracy"].rates:
        assert {KINDS[name].scope for name in key.split("+")} == {"main"}


@pytest.mark.parametrize("scope", ["names", "addresses"])
def test_kinds_of_later_issues_really_change_the_writing(scope: str, as_of: date) -> None:
    kinds = kinds_of("notation", scope=scope)  # type: ignore[arg-type]
    world = make_batch(3_000, 4, as_of, {kind.name: 0.4 / len(kinds) for kind in kinds})
    joined = world.batch.with_columns(world.labels["kinds"]).join(
        world.registry, on="my_number", suffix="_registry"
    )
    damaged = joined.filter(pl.col("kinds").list.len() > 0)
    assert damaged.height > 500
    changed = pl.any_horizontal(
        pl.col(item) != pl.col(f"{item}_registry")
        for item in ("name_kanji", "name_kana", "address")
    )
    assert damaged.select(changed.all()).item()
    assert (world.labels["verdict"] == "pass").all()


def test_kinds_that_touch_the_same_field_cannot_be_combined(as_of: date) -> None:
    with pytest.raises(ValueError, match="cannot be combined"):
        make_batch(200, 1, as_of, {"kana_half_width+kana_blank": 0.1})
    with pytest.raises(ValueError, match="more than all"):
        make_batch(200, 1, as_of, {"kana_half_width": 0.7, "kana_blank": 0.7})
