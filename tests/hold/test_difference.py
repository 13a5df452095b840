"""What a clearance is bound to: it changes with either side, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, OWN, number, write_batch, write_registry

from validator.checking import Options, check_files
from validator.hold.difference import DIGEST_LENGTH, DIGESTS, digests

# Every item differs, so that every item counts.
FORM: dict[str, str | None] = {
    "name_kanji": "見本　次郎",
    "name_kana": "ミホン　ジロウ",
    "birth_date": "1985-04-02",
    "sex": "2",
    "address": "東京都江東区豊洲二丁目2番27号",
}


def of(
    folder: Path, form: dict[str, str | None], registry: dict[str, str] | None = None
) -> dict[str, str | None]:
    known = write_registry(folder, registry or {})
    batch = write_batch(folder, {**FORM, **form})
    checked = check_files([batch], Options(registry=known, as_of=AS_OF))
    return digests(checked.judged.sides).select(DIGESTS).row(0, named=True)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    return of(tmp_path_factory.mktemp("base"), {})


def test_three_digests_of_128_bits(base: dict[str, str | None]) -> None:
    assert len(set(base.values())) == 3
    assert all(len(d or "") == DIGEST_LENGTH for d in base.values())


@pytest.mark.parametrize(
    "form",
    [
        {"name_kanji": "見本　三郎"}, {"name_kana": "ミホン　サブロウ"}, {"birth_date": "1985-04-03"},
        {"birth_date": "1985-04-31"}, {"sex": "3"}, {"address": "東京都江東区豊洲二丁目2番28号"},
        {"address": "東京都江東区豊洲二丁目2番27号　見本ビル101"}, {"address": "東京都江東区豊洲二丁目2番27号" + "あ" * 1000},
        {"office_code": "1235"}, {"name_kanji": None}, {"name_kanji": "次郎　見本"},
    ],
)  # fmt: skip
def test_another_form_is_another_difference(
    tmp_path: Path, base: dict[str, str | None], form: dict[str, str | None]
) -> None:
    made = of(tmp_path, form)
    assert made["difference"] != base["difference"]
    assert made["submitted"] != base["submitted"]
    assert (made["holder"] == base["holder"]) is ("office_code" not in form)


@pytest.mark.parametrize(
    "registry",
    [
        {"name_kanji": "見本　三郎"}, {"name_kana": "ミホン　サブロウ"}, {"birth_date": "1985-04-04"},
        {"sex": "2"}, {"address": "東京都江東区豊洲九丁目2番27号"},
    ],
)  # fmt: skip
def test_another_registry_is_another_difference(
    tmp_path: Path, base: dict[str, str | None], registry: dict[str, str]
) -> None:
    made = of(tmp_path, {}, registry)
    assert made["difference"] != base["difference"]
    assert made["holder"] != base["holder"]
    assert made["submitted"] == base["submitted"]


@pytest.mark.parametrize(
    "form",
    [
        {"name_kanji": "見本 次郎"}, {"name_kana": "みほん じろう"}, {"name_kana": "ﾐﾎﾝ ｼﾞﾛｳ"},
        {"birth_date": "昭和60年4月2日"}, {"sex": "女"}, {"address": "東京都江東区豊洲２丁目２番２７号"},
        {"office_code": "１２３４"}, {"insured_number": "77"}, {"received_on": "2026-11-21"},
        {"postal_code": None},
    ],
)  # fmt: skip
def test_notation_and_other_columns_leave_it(
    tmp_path: Path, base: dict[str, str | None], form: dict[str, str | None]
) -> None:
    assert of(tmp_path, form)["difference"] == base["difference"]


def test_an_item_that_agrees_may_be_written_in_any_way(tmp_path: Path) -> None:
    agreeing = {"address": "東京都江東区豊洲一丁目2番27号"}
    once = of(tmp_path, agreeing)
    again = of(tmp_path, {"address": "江東区豊洲１－２－２７"})
    assert once["difference"] == again["difference"]


def test_the_number_is_no_part_of_it(tmp_path: Path, base: dict[str, str | None]) -> None:
    other = number(31415926536)
    assert of(tmp_path, {"my_number": other}, {"my_number": other}) == base


@pytest.mark.parametrize("column", ["name_kanji", "name_kana", "address", "office_code", "sex"])
@pytest.mark.parametrize("text", [OWN, f"{OWN[:2]}-{OWN[2:5]}-{OWN[5:]}"])
def test_no_hash_is_made_of_what_holds_a_number(tmp_path: Path, column: str, text: str) -> None:
    assert set(of(tmp_path, {column: text}).values()) == {None}


def test_without_a_holder_only_the_form_has_a_digest(tmp_path: Path) -> None:
    made = of(tmp_path, {"my_number": number(31415926536)})
    assert (made["difference"], made["holder"]) == (None, None)
    assert made["submitted"]


def test_texts_that_run_into_each_other_are_told_apart(tmp_path: Path) -> None:
    one = of(tmp_path, {"name_kanji": "見本次", "name_kana": "ミホン"})
    two = of(tmp_path, {"name_kanji": "見本", "name_kana": "次ミホン"})
    assert one["submitted"] != two["submitted"]


def test_nothing_flagged_has_no_digests(tmp_path: Path) -> None:
    checked = check_files(
        [write_batch(tmp_path)], Options(registry=write_registry(tmp_path), as_of=AS_OF)
    )
    assert digests(checked.judged.sides).is_empty()
    assert isinstance(checked.judged.sides, pl.DataFrame)
