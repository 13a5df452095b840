"""Who counts as the person that was meant, and who does not."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from clean_record import OWN, RECORD, number, wrong_number
from repair_people import ITEMS, Row, facts, mistyped, neighbours, opened, repairs

from validator.hold.repair import PEOPLE_COLUMNS, find_repairs

ELSEWHERE = "大阪府大阪市北区梅田三丁目1番3号"
OTHER = {
    "my_number": number(31415926535), "name_kanji": "手本　花子", "name_kana": "テホン　ハナコ",
    "birth_date": "1990-02-03", "sex": "2", "address": ELSEWHERE,
}  # fmt: skip
ALTERED = {
    "name_kanji": "見本　次郎", "name_kana": "ミホン　ジロウ", "birth_date": "1985-11-21", "sex": "2",
    "address": ELSEWHERE,
}  # fmt: skip
TYPED, CODE = mistyped(OWN, "neighbours_swapped", random.Random(5))
NONE = (None, None, "none")


def near(digits: str, *taken: str) -> str:
    """A valid number one slip away from ``digits``."""
    return next(n for n in sorted(neighbours(digits)) if n not in taken)


class TestRule:
    """Who counts as the person one slip away."""

    @pytest.mark.parametrize(
        ("record", "matches"),
        [
            ({}, 5),
            ({"address": ELSEWHERE}, 4),
            ({"name_kana": "ミホン　ダロウ"}, 4),
            ({"name_kanji": "見本　多郎"}, 4),
            ({"sex": "2"}, 4),
            ({"birth_date": "1985-04-11"}, 4),
            ({"birth_date": "昭和61年4月1日"}, 4),
            ({"birth_date": "平成60年4月1日"}, 4),
            ({"name_kanji": "旧姓　太郎", "name_kana": "キュウセイ　タロウ"}, 3),
            ({"name_kanji": "見本●郎", "address": ELSEWHERE}, None),
            ({"address": None}, 4),
            ({"address": None, "sex": None, "name_kana": None}, 2),
        ],
    )  # fmt: skip
    def test_one_person(self, tmp_path: Path, record: Row, matches: int | None) -> None:
        registry = opened(tmp_path, [{}, OTHER])
        repair, agreeing, status = repairs([{**record, "my_number": TYPED}], registry)[0]
        if matches is None:  # nothing explains the sign, and the address differs too
            assert (repair, agreeing, status) == NONE
        else:
            assert (repair, agreeing, status) == (CODE, matches, "found")

    @pytest.mark.parametrize(
        "holder",
        [
            {"name_kanji": "見本　次郎", "name_kana": "ミホン　ジロウ"},
            {"name_kanji": "見本　花子", "name_kana": "ミホン　ハナコ", "sex": "2"},
            {"name_kanji": "見本　太一", "name_kana": "ミホン　タイチ", "birth_date": "1955-09-12"},
            {"birth_date": "1955-09-12"},
            {"birth_date": "1955-09-12", "address": ELSEWHERE},
            {"name_kana": "ミホン　ジロウ", "address": ELSEWHERE},
            {"birth_date": "1985-04-11", "address": ELSEWHERE},
            {"name_kanji": "手本　次郎", "name_kana": "テホン　ジロウ"},
        ],
        ids=[
            "twin",
            "twin sister",
            "father",
            "namesake at the address",
            "namesake",
            "another name and place",
            "date and place",
            "lodger of one birth date",
        ],
    )
    def test_another_person(self, tmp_path: Path, holder: Row) -> None:
        assert repairs([{"my_number": TYPED}], opened(tmp_path, [holder]))[0] == NONE

    def test_two_that_fit_are_told_as_such(self, tmp_path: Path) -> None:
        twice = [{}, {"my_number": near(TYPED, OWN), "address": ELSEWHERE}]
        assert repairs([{"my_number": TYPED}], opened(tmp_path, twice))[0] == (
            "ambiguous",
            None,
            "ambiguous",
        )

    @pytest.mark.parametrize("status", ["deceased", "moved_abroad", "replaced", "失踪"])
    @pytest.mark.parametrize("typed", [TYPED, None], ids=["mistyped", "missing"])
    def test_only_residents(self, tmp_path: Path, status: str, typed: str | None) -> None:
        registry = opened(tmp_path, [{"status": status}, OTHER])
        assert repairs([{"my_number": typed}], registry)[0] == (None, None, "holder_not_current")

    def test_a_number_that_was_renumbered(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{"status": "replaced"}, {"my_number": number(14142135623)}])
        for typed in (OWN, TYPED, None):
            assert repairs([{"my_number": typed}], registry)[0] == ("five_items", 5, "found")

    @pytest.mark.parametrize("typed", [TYPED, None], ids=["mistyped", "missing"])
    def test_nobody_with_a_doubled_row(self, tmp_path: Path, typed: str | None) -> None:
        registry = opened(tmp_path, [{}, {"name_kanji": "手本　一郎"}])
        assert repairs([{"my_number": typed}], registry)[0] == (None, None, "holder_not_current")


class TestFiveItems:
    def test_the_number_of_somebody_else(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{}, OTHER])
        for typed in (
            OTHER["my_number"],
            number(16180339887),
            "1" * 12,
            "1.23457E+11",
            None,
            wrong_number(14142135623),
        ):
            assert repairs([{"my_number": typed}], registry)[0] == ("five_items", 5, "found"), typed

    def test_in_other_spelling(self, tmp_path: Path) -> None:
        spelled = {
            "name_kanji": "見本太郎",
            "name_kana": "ﾐﾎﾝ ﾀﾛｳ",
            "birth_date": "S60.4.1",
            "sex": "男",
            "address": "江東区豊洲1-2-27",
        }
        registry = opened(tmp_path, [{}, OTHER])
        assert repairs([{**spelled, "my_number": None}], registry)[0] == ("five_items", 5, "found")

    def test_by_the_registered_alias(self, tmp_path: Path) -> None:
        latin = {
            "name_kanji": "ＳＡＭＰＬＥ　ＡＮＮ",
            "name_kana": "サンプル　アン",
            "alias_kanji": RECORD["name_kanji"],
            "alias_kana": RECORD["name_kana"],
        }
        assert repairs([{"my_number": None}], opened(tmp_path, [latin]))[0] == (
            "five_items",
            5,
            "found",
        )

    @pytest.mark.parametrize("item", ITEMS)
    @pytest.mark.parametrize("value", ["altered", "blank"])
    def test_not_when_one_differs_or_is_missing(
        self, tmp_path: Path, item: str, value: str
    ) -> None:
        record = {"my_number": None, item: ALTERED[item] if value == "altered" else None}
        assert repairs([record], opened(tmp_path, [{}]))[0][0] is None

    def test_not_when_two_rows_fit(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{}, {"my_number": number(14142135623)}])
        assert repairs([{"my_number": None}], registry)[0] == ("ambiguous", None, "ambiguous")

    def test_a_row_without_a_number_fits_too(self, tmp_path: Path) -> None:
        unnumbered = {"my_number": None}
        assert repairs([{"my_number": None}], opened(tmp_path, [unnumbered, {}]))[0] == (
            "ambiguous",
            None,
            "ambiguous",
        )
        assert repairs([{"my_number": None}], opened(tmp_path, [unnumbered, OTHER]))[0] == (
            None,
            None,
            "holder_not_current",
        )

    def test_a_namesake_of_one_birth_date_holds_the_number(self, tmp_path: Path) -> None:
        namesake = {"my_number": number(14142135623), "address": ELSEWHERE}
        registry = opened(tmp_path, [{}, namesake])
        assert repairs([{"my_number": namesake["my_number"]}], registry)[0] == (
            "five_items",
            5,
            "found",
        )

    def test_somebody_who_moved_keeps_the_number(self, tmp_path: Path) -> None:
        assert repairs([{"address": ELSEWHERE}], opened(tmp_path, [{}, OTHER]))[0] == NONE

    def test_the_holder_agrees_in_everything(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{}, {"my_number": number(14142135623)}])
        assert repairs([{}], registry)[0] == (None, None, "not_searched")


class TestUse:
    def test_each_row_is_decided_by_itself(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{}, OTHER])
        records = [
            {"my_number": TYPED},
            {},
            {"my_number": None},
            {**OTHER, "my_number": OWN},
            {"sex": "2", "my_number": None},
        ]
        together = find_repairs(facts(records, registry), registry)
        assert together.columns == ["row", "repair", "repair_matches", "repair_status"]
        frame = facts(records, registry).sample(fraction=1, shuffle=True, seed=4)
        alone = pl.concat([find_repairs(frame.slice(n, 1), registry) for n in range(frame.height)])
        assert alone.get_column("row").to_list() == frame.get_column("row").to_list()
        assert alone.sort("row").equals(together)
        empty = find_repairs(frame.clear(), registry)
        assert (empty.height, empty.schema) == (0, together.schema)

    def test_nothing_to_search_costs_nothing(self, tmp_path: Path) -> None:
        class Untouchable:
            def __getattr__(self, name: str) -> object:
                raise AssertionError(name)

        people = facts([{}, {}], opened(tmp_path, [{}])).select(PEOPLE_COLUMNS)
        found = find_repairs(people, Untouchable())  # type: ignore[arg-type]
        assert set(found.get_column("repair_status")) == {"not_searched"}

    def test_no_digits_of_a_number_come_out(self, tmp_path: Path) -> None:
        registry = opened(tmp_path, [{}, OTHER])
        found = find_repairs(
            facts(
                [{"my_number": TYPED}, {"my_number": OTHER["my_number"]}, {"my_number": None}],
                registry,
            ),
            registry,
        )
        shown = repr(found) + found.write_csv() + repr(found.rows())
        assert found.get_column("repair").to_list() == [CODE, "five_items", "five_items"]
        for digits in (OWN, TYPED, str(OTHER["my_number"])):
            assert not any(digits[n : n + 4] in shown for n in range(9))
