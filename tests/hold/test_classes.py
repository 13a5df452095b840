"""Hold classes S, D and 0 and the causes, through real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from clean_record import (
    AS_OF,
    OWN,
    media_line,
    number,
    write_batch,
    write_media,
    write_registry,
)

from validator.checking import Checked, Options, check_files

OTHER = {
    "name_kanji": "手本　花子",
    "name_kana": "テホン　ハナコ",
    "birth_date": "1990-02-03",
    "sex": "2",
}
FAMILY = {"form": "hifuyosha_ido", "change_type": "1", "event_on": "2026-11-20", "acquired_on": None,
          "insured_name_kanji": "見本　父郎", "insured_name_kana": "ミホン　チチロウ", "insured_birth_date": "1960-01-01"}  # fmt: skip
LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"}


def check(
    folder: Path,
    *batch: dict[str, str | None],
    registry: list[dict[str, str | None]] | None = None,
    with_registry: bool = True,
) -> Checked:
    path = write_batch(folder, *batch)
    reg = write_registry(folder, *(registry if registry is not None else [{}]))
    return check_files([path], Options(registry=reg if with_registry else None, as_of=AS_OF))


def decided(checked: Checked) -> list[tuple[str, str | None]]:
    return checked.records().select("verdict", "hold_class").rows()


class TestTwoPersons:
    """Class D, sentence by sentence."""

    @pytest.mark.parametrize(
        "other",
        [
            OTHER,
            {"birth_date": "1985-04-02"},
            {"name_kanji": "手本　花子", "name_kana": "テホン　ハナコ"},
        ],
        ids=["all", "birth date", "both names"],
    )
    def test_the_holder_passes_with_a_warning_and_the_other_is_held(
        self, tmp_path: Path, other: dict[str, str | None]
    ) -> None:
        checked = check(tmp_path, {}, other)
        assert decided(checked) == [("pass", None), ("hold", "D")]
        codes = [set(c) for c in checked.records()["findings"].to_list()]
        assert "DU002" in codes[0]
        assert "DU001" in codes[1]

    def test_one_name_alone_does_not_make_two_persons(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, {"name_kanji": "手本　花子"})) == [
            ("pass", None),
            ("hold", "N"),
        ]

    def test_notation_does_not_make_two_persons(self, tmp_path: Path) -> None:
        checked = check(
            tmp_path,
            {},
            {"name_kanji": "見本太郎", "name_kana": "ﾐﾎﾝ ﾀﾛｳ", "birth_date": "S60.4.1"},
        )
        assert decided(checked) == [("pass", None)] * 2
        assert all("DU003" in codes for codes in checked.records()["findings"].to_list())

    def test_the_holder_may_be_written_in_another_notation(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, OTHER, {"name_kanji": "見本太郎"})) == [
            ("hold", "D"),
            ("pass", None),
        ]

    def test_one_undecidable_name_is_still_the_holder(self, tmp_path: Path) -> None:
        found = check(tmp_path, {}, OTHER, registry=[{"name_kana": None}])
        assert decided(found) == [("pass", None), ("hold", "D")]

    def test_neither_is_the_holder(self, tmp_path: Path) -> None:
        assert (
            decided(check(tmp_path, {}, OTHER, registry=[{"birth_date": "1970-01-01"}]))
            == [("hold", "D")] * 2
        )

    def test_without_a_registry_nobody_is_known_to_be_the_holder(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, OTHER, with_registry=False)) == [("hold", "D")] * 2

    def test_unknown_number_on_two_persons(self, tmp_path: Path) -> None:
        assert (
            decided(check(tmp_path, {}, OTHER, registry=[{"my_number": "{valid:11223344556}"}]))
            == [("hold", "D")] * 2
        )

    def test_three_records_two_persons(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, OTHER, {})) == [
            ("pass", None),
            ("hold", "D"),
            ("pass", None),
        ]

    def test_other_number_on_the_same_day_is_nobodys_business(self, tmp_path: Path) -> None:
        found = check(tmp_path, {}, {**OTHER, "my_number": "{valid:11223344556}"},
                      registry=[{}, {**OTHER, "my_number": "{valid:11223344556}"}])  # fmt: skip
        assert decided(found) == [("pass", None)] * 2

    def test_over_two_files(self, tmp_path: Path) -> None:
        one, two = (
            write_batch(tmp_path, {}, name="a.csv"),
            write_batch(tmp_path, OTHER, name="b.csv"),
        )
        found = check_files([one, two], Options(registry=write_registry(tmp_path), as_of=AS_OF))
        assert decided(found) == [("pass", None), ("hold", "D")]

    def test_on_one_familys_form(self, tmp_path: Path) -> None:
        child = {**FAMILY, "insured_my_number": "{same}"}
        assert decided(check(tmp_path, child, registry=[OTHER])) == [("hold", "D")]
        assert check(tmp_path, child, registry=[OTHER]).records()["cause"][0] == "family_number"
        assert decided(check(tmp_path, child)) == [("pass", None)]

    @pytest.mark.parametrize(
        ("given", "verdict"),
        [
            ({"address": None}, "pass"),
            ({"address": None, "sex": None, "name_kanji": None}, "pass"),
            ({"address": None, "sex": None, "name_kana": None}, "pass"),
            ({"address": "大阪府大阪市北区梅田三丁目1番1号"}, "hold"),
            ({"name_kanji": None, "name_kana": None}, "hold"),
            ({"birth_date": None}, "hold"),
        ],
        ids=[
            "address",
            "only kana and birth date",
            "only kanji",
            "moved",
            "no name",
            "no birth date",
        ],
    )
    def test_the_holder_on_a_form_that_needs_not_give_all(
        self, tmp_path: Path, given: dict[str, str | None], verdict: str
    ) -> None:
        found = decided(check(tmp_path, {**LOSS, "acquired_on": None, **given}, OTHER))
        assert found == [(verdict, "D" if verdict == "hold" else None), ("hold", "D")]

    def test_the_insured_person_of_a_media_line_gives_no_address(self, tmp_path: Path) -> None:
        line = media_line({29: OWN, **dict.fromkeys(range(70, 103))}, form="2202700")
        path = write_media(tmp_path / "KPFD0006.CSV", [line])
        found = check_files([path], Options(registry=write_registry(tmp_path), as_of=AS_OF))
        assert found.records().select("block", "verdict", "hold_class").rows() == [
            ("insured", "pass", None),
            ("spouse", "hold", "D"),
        ]

    def test_an_insured_person_on_anothers_form(self, tmp_path: Path) -> None:
        """The father's number: on the child's form as the father's, on a stranger's as his own."""
        child = {**FAMILY, "my_number": "{valid:11223344556}", "insured_my_number": "{same}"}
        father = {
            "name_kanji": "見本　父郎",
            "name_kana": "ミホン　チチロウ",
            "birth_date": "1960-01-01",
        }
        registry: list[dict[str, str | None]] = [dict(father), {"my_number": "{valid:11223344556}"}]
        assert decided(check(tmp_path, child, OTHER, registry=registry)) == [
            ("pass", None),
            ("hold", "D"),
        ]
        assert decided(check(tmp_path, child, father, registry=registry)) == [
            ("pass", None),
            ("pass", None),
        ]

    def test_the_same_person_twice_is_a_warning(self, tmp_path: Path) -> None:
        checked = check(tmp_path, {}, {})
        assert decided(checked) == [("pass", None)] * 2
        assert checked.findings().select("code", "severity").unique().rows() == [
            ("DU003", "warning")
        ]

    def test_one_person_with_two_numbers_is_judged_twice_with_a_warning(
        self, tmp_path: Path
    ) -> None:
        checked = check(tmp_path, {}, {"my_number": "{valid:11223344556}"})
        assert decided(checked) == [("pass", None), ("hold", "0")]
        assert all("DU004" in codes for codes in checked.records()["findings"].to_list())


class TestNotEvaluated:
    """Class S."""

    @pytest.mark.parametrize(
        "gap",
        [{"birth_date": None}, {"sex": None}, {"name_kanji": None}, {"name_kana": None, "address": None},
         {"birth_date": "不明"}, {"sex": "9"}],
    )  # fmt: skip
    def test_a_registry_row_with_too_little(
        self, tmp_path: Path, gap: dict[str, str | None]
    ) -> None:
        checked = check(tmp_path, {}, registry=[gap])
        assert decided(checked) == [("hold", "S")]
        assert checked.records()["cause"].to_list() == ["registry_incomplete"]

    @pytest.mark.parametrize("gap", ["name_kana", "address"])
    def test_one_gap_is_undecidable_only(self, tmp_path: Path, gap: str) -> None:
        checked = check(tmp_path, {}, registry=[{gap: None}])
        assert decided(checked) == [("pass", None)]
        assert checked.records()[f"level_{gap}"].to_list() == ["undecidable"]

    def test_s_wins_over_every_other_class(self, tmp_path: Path) -> None:
        assert decided(
            check(
                tmp_path,
                {"sex": "2", "address": "大阪府大阪市北区梅田1-1"},
                registry=[{"birth_date": None}],
            )
        ) == [("hold", "S")]

    def test_a_return_wins_over_s(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {"sex": "9"}, registry=[{"birth_date": None}])) == [
            ("return", None)
        ]

    def test_two_live_persons_of_one_number_never_double_a_record(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, registry=[{}, OTHER])) == [("hold", "S")]

    def test_a_resident_row_wins(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, registry=[{**OTHER, "status": "replaced"}, {}])) == [
            ("pass", None)
        ]

    def test_identical_rows_count_once(self, tmp_path: Path) -> None:
        assert decided(check(tmp_path, {}, registry=[{}, {}])) == [("pass", None)]


class TestNumberNotCurrent:
    """Class 0."""

    def test_unknown(self, tmp_path: Path) -> None:
        checked = check(tmp_path, {}, registry=[{"my_number": "{valid:11223344556}"}])
        assert decided(checked) == [("hold", "0")]
        levels = checked.records().select("level_my_number", "level_sex").row(0)
        assert levels == ("different", "not_checked")

    @pytest.mark.parametrize("status", ["deceased", "moved_abroad", "replaced"])
    def test_holder_gone(self, tmp_path: Path, status: str) -> None:
        assert decided(check(tmp_path, {}, registry=[{"status": status}])) == [("hold", "0")]
        assert decided(check(tmp_path, LOSS, registry=[{"status": status}])) == [("pass", None)]
        removal = {**FAMILY, "change_type": "2"}
        assert decided(check(tmp_path, removal, registry=[{"status": status}])) == [("pass", None)]


@pytest.mark.parametrize(
    ("record", "registry", "cause"),
    [
        ({"address": "大阪府大阪市北区梅田一丁目1番1号"}, {}, "moved"),
        ({"address": "東京都江東区豊洲一丁目2番27号 A棟"}, {"address": "東京都江東区豊洲一丁目2番27号 B棟"}, "building_differs"),
        ({"birth_date": "平成60年4月1日"}, {}, "era_confused"),
        ({"birth_date": "1985-01-04"}, {}, "day_month_swapped"),
        ({"birth_date": "1985-04-02"}, {}, "date_typo"),
        ({"birth_date": "1958-04-01"}, {}, "date_typo"),
        ({"sex": "2"}, {}, "wrong_sex_code"),
        ({"name_kana": "ミボン　タロウ"}, {}, "kana_typo"),
        ({"name_kanji": "見本　太朗"}, {}, "kanji_lookalike"),
        ({"name_kanji": "鈴木　太郎", "name_kana": "スズキ　タロウ"}, {}, "maiden_name"),
        ({"name_kanji": "太郎　見本", "name_kana": "タロウ　ミホン"}, {}, "name_parts"),
        (OTHER, {}, "family_number"),
        ({**OTHER, "address": "大阪府大阪市北区梅田1-1"}, {}, "someone_elses_number"),
        ({"name_kanji": "見本　花子", "name_kana": "ミホン　ハナコ", "birth_date": "1990-02-03", "sex": "2"}, {}, "family_number"),
        ({"my_number": "{wrong:27182818284}"}, {}, "number_typo"),
        ({"my_number": None}, {}, "number_missing"),
        ({"my_number": "000000000000"}, {}, "number_placeholder"),
        ({}, {"status": "deceased"}, "registry_status"),
        ({"birth_date": "不明"}, {}, "date_unreadable"),
        ({"address": None}, {}, "item_missing"),
    ],
)  # fmt: skip
def test_cause(
    tmp_path: Path, record: dict[str, str | None], registry: dict[str, str | None], cause: str
) -> None:
    if record is OTHER:
        cause = "someone_elses_number"  # same address, another family name: no family
    records = check(tmp_path, record, registry=[registry]).records()
    assert records["cause"].to_list() == [cause]
    assert records["action"].null_count() == 0


def test_a_slip_that_also_makes_a_return_by_age_keeps_its_cause(tmp_path: Path) -> None:
    found = check(
        tmp_path, {"birth_date": "明治43年4月1日"}, registry=[{"birth_date": "1968-04-01"}]
    ).records()
    assert found.select("verdict", "cause").row(0) == ("return", "era_confused")


def test_likelihood_orders_slips_before_strangers(tmp_path: Path) -> None:
    slip = {"birth_date": "1985-04-02", "my_number": OWN}
    stranger = {**OTHER, "address": "大阪府大阪市北区梅田1-1", "my_number": number(11223344556)}
    registry: list[dict[str, str | None]] = [{}, {"my_number": number(11223344556)}]
    records = check(tmp_path, slip, stranger, {"my_number": None}, registry=registry).records()
    likely, unlikely, returned = records["same_person"].to_list()
    assert 0.9 < likely <= 1
    assert 0 <= unlikely < 0.1
    assert returned is None
