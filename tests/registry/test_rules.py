"""The contract's rules for rows, the same for a built registry and for a plain file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from validator.registry import Registry, build, open_registry

from .made_up import normalise, number, resident, wanted

Extract = Callable[..., Path]
Open = Callable[[Path], Registry]


@pytest.fixture(params=["built", "direct"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens an extract, built first or as it is."""

    def open_it(source: Path) -> Registry:
        path = source
        if request.param == "built":
            path = tmp_path / "built"
            build([source], path, normalise=normalise)
        return open_registry(path, normalise=normalise, max_age_days=None, as_of=date(2025, 12, 1))

    return open_it


def holder(registry: Registry, seed: int) -> dict[str, object]:
    return registry.holders(wanted(number(seed))).row(0, named=True)


def test_holder_has_raw_texts_and_normal_forms(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1, alias_kanji="通　称"), resident(2), resident(3)))
    found = registry.holders(wanted(number(3), number(9), number(1)))
    assert found.get_column("number").to_list() == [int(number(1)), int(number(3))]
    row = found.row(0, named=True)
    assert row["name_kanji"] == "見本　1子"
    assert row["n_name"] == "見本1子"
    assert row["n_birth"] == date(1980, 1, 2)
    assert row["alias_kanji"] == "通　称"
    assert row["previous_address"] is None
    assert row["conflict"] is False


def test_chosen_columns_only(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1), resident(2)))
    assert registry.holders(wanted(number(1)), ["n_name"]).columns == ["number", "n_name"]
    assert registry.holders(wanted(number(1)), ["sex", "number"]).columns == ["number", "sex"]


def test_nobody_known(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1)))
    found = registry.holders(wanted(number(2)))
    assert found.height == 0
    assert {"number", "conflict", "n_name"} <= set(found.columns)
    assert registry.holders(pl.Series([], dtype=pl.Int64)).height == 0


def test_number_notation_is_folded(extract: Extract, opened: Open) -> None:
    digits = number(1)
    wide = digits.translate({ord("0") + d: 0xFF10 + d for d in range(10)})
    grouped = f"{wide[:4]}－{wide[4:8]} {wide[8:]}"
    registry = opened(extract(resident(1, my_number=grouped), resident(2)))
    assert holder(registry, 1)["name_kanji"] == "見本　1子"
    assert registry.info.problems == {}


def test_identical_rows_count_once(extract: Extract, opened: Open) -> None:
    again = resident(1, my_number=number(1)[:6] + "-" + number(1)[6:])
    registry = opened(extract(resident(1), resident(2), resident(1), again))
    assert holder(registry, 1)["conflict"] is False
    assert (registry.info.rows, registry.info.numbers) == (2, 2)
    assert registry.info.problems == {"identical_row": 2}


def test_same_row_of_another_day_is_the_same_row(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(
            resident(1, as_of="2025-11-01"),
            resident(1, as_of="2025-12-01", status="resident"),
            resident(1, as_of=""),
        )
    )
    found = holder(registry, 1)
    assert (found["conflict"], found["as_of"]) == (False, "2025-12-01")
    assert registry.info.as_of == date(2025, 12, 1)


def test_resident_row_wins_over_the_others(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(
            resident(1, status="死亡", address="古い", as_of="2025-12-01"),
            resident(1, status="", address="今", as_of="2020-01-01"),
            resident(1, status="国外転出", address="古い", as_of="2025-12-01"),
        )
    )
    found = holder(registry, 1)
    assert (found["address"], found["conflict"], found["status"]) == ("今", False, None)
    assert registry.info.problems == {"duplicate_number": 3}
    assert registry.info.rows == 3


def test_two_different_live_rows_are_a_conflict_and_one_row(extract: Extract, opened: Open) -> None:
    rows = [resident(1), resident(1, name_kanji="別　人", status="resident"), resident(2)]
    registry = opened(extract(*rows))
    found = registry.holders(wanted(number(1), number(2)))
    assert found.get_column("conflict").to_list() == [True, False]
    assert registry.info.conflicts == 1
    assert registry.info.problems == {"conflicting_rows": 2}


def test_of_several_gone_the_newest_then_the_first(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(
            resident(1, status="死亡", address="一", as_of="2024-05-01"),
            resident(1, status="番号変更", address="二", as_of="令和7年5月1日"),
            resident(1, status="国外転出", address="三", as_of=""),
            resident(2, status="死亡", address="一"),
            resident(2, status="死亡", address="二"),
        )
    )
    assert holder(registry, 1)["status"] == "replaced"
    assert holder(registry, 1)["conflict"] is False
    assert holder(registry, 2)["address"] == "一"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("ＲＥＳＩＤＥＮＴ", "resident"),
        ("現 存", "resident"),
        ("死亡", "deceased"),
        ("国外転出", "moved_abroad"),
        ("Moved Abroad", "moved_abroad"),
        ("個人番号変更", "replaced"),
    ],
)
def test_status_words(extract: Extract, opened: Open, word: str, status: str) -> None:
    found = holder(opened(extract(resident(1, status=word))), 1)
    assert (found["status"], found["conflict"]) == (status, False)


def test_unknown_status_could_not_be_evaluated(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(
            resident(1, status="謎"),
            resident(2, status=""),
            resident(2, status="謎", address="別"),
        )
    )
    assert (holder(registry, 1)["status"], holder(registry, 1)["conflict"]) == ("unknown", True)
    assert (holder(registry, 2)["status"], holder(registry, 2)["conflict"]) == (None, True)
    assert registry.info.problems["status_unknown"] == 2


def test_rows_without_a_usable_number_stay_and_are_counted(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(
            resident(1),
            resident(2, my_number=""),
            resident(3, my_number=number(3)[1:]),
            resident(4, my_number=number(4, fits=False)),
            resident(5, my_number="9" * 12),
            resident(6, my_number="1.23457E+11"),
        )
    )
    assert registry.info.problems == {
        "number_missing": 1,
        "number_not_12_digits": 2,
        "number_check_digit": 1,
        "number_placeholder": 1,
    }
    assert (registry.info.rows, registry.info.numbers) == (6, 1)
    unnumbered = registry.search(pl.col("number").is_null())
    assert sorted(unnumbered.get_column("n_name")) == [f"見本{i}子" for i in range(2, 7)]


def test_blank_items_and_unreadable_dates_are_counted(extract: Extract, opened: Open) -> None:
    blanks = resident(1, name_kanji="", name_kana="　", birth_date="", sex=" ", address="")
    registry = opened(extract(blanks, resident(2, as_of="いつか")))
    assert holder(registry, 1)["name_kana"] is None
    assert registry.info.as_of is None
    assert registry.info.problems == {
        "as_of_unreadable": 1,
        **dict.fromkeys(
            ("blank_name_kanji", "blank_name_kana", "blank_birth_date", "blank_sex"), 1
        ),
        "blank_address": 1,
    }


def test_search_sees_every_row(extract: Extract, opened: Open) -> None:
    registry = opened(
        extract(resident(1), resident(1, address="別"), resident(2), resident(3, my_number=""))
    )
    rows = registry.search(pl.col("n_birth") == date(1980, 1, 2))
    assert rows.height == 4
    assert registry.search(pl.col("n_name") == "見本2子").height == 1


def test_built_and_direct_agree(extract: Extract, tmp_path: Path) -> None:
    rows = [resident(i % 90, address=f"{i % 7}", as_of=f"2025-1{i % 3}-01") for i in range(200)]
    rows += [resident(i, status=("死亡", "謎", "")[i % 3]) for i in range(80, 120)]
    source = extract(*rows)
    build([source], tmp_path / "built", normalise=normalise)
    one, two = (
        open_registry(p, normalise=normalise, max_age_days=None, as_of=date(2025, 12, 1))
        for p in (source, tmp_path / "built")
    )
    everyone = wanted(*(number(i) for i in range(0, 130, 2)))
    assert_frame_equal(one.holders(everyone), two.holders(everyone))
    some = pl.col("address").str.len_chars() < 3
    assert_frame_equal(one.search(some), two.search(some), check_row_order=False)
    same = ("sha256", "as_of", "rows", "numbers", "conflicts", "problems")
    assert [getattr(one.info, f) for f in same] == [getattr(two.info, f) for f in same]
