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


Made = dict[str, "str | None"]


def of_all(folder: Path, pairs: list[tuple[Made, dict[str, str]]]) -> list[Made]:
    """The digests of these forms and registry rows, each pair under a number of its own."""
    numbers = [number(40_000_000_000 + 7 * at) for at in range(len(pairs))]
    listed = list(zip(numbers, pairs, strict=True))
    batch = write_batch(folder, *({**FORM, "my_number": n, **form} for n, (form, _) in listed))
    known = write_registry(folder, *({"my_number": n, **row} for n, (_, row) in listed))
    checked = check_files([batch], Options(registry=known, as_of=AS_OF))
    return digests(checked.judged.sides).sort("row").select(DIGESTS).rows(named=True)


def of(folder: Path, form: Made, registry: dict[str, str] | None = None) -> Made:
    return of_all(folder, [(form, registry or {})])[0]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    return of(tmp_path_factory.mktemp("base"), {})


def test_three_digests_of_128_bits(base: dict[str, str | None]) -> None:
    assert len(set(base.values())) == 3
    assert all(len(d or "") == DIGEST_LENGTH for d in base.values())


OTHER_FORMS: list[Made] = [
    {"name_kanji": "見本　三郎"}, {"name_kana": "ミホン　サブロウ"}, {"birth_date": "1985-04-03"},
    {"birth_date": "1985-04-31"}, {"sex": "3"}, {"address": "東京都江東区豊洲二丁目2番28号"},
    {"address": "東京都江東区豊洲二丁目2番27号　見本ビル101"}, {"address": "東京都江東区豊洲二丁目2番27号" + "あ" * 1000},
    {"office_code": "1235"}, {"name_kanji": None}, {"name_kanji": "次郎　見本"},
]  # fmt: skip


def test_another_form_is_another_difference(tmp_path: Path, base: Made) -> None:
    for form, made in zip(
        OTHER_FORMS, of_all(tmp_path, [(f, {}) for f in OTHER_FORMS]), strict=True
    ):
        assert made["difference"] not in (base["difference"], None), form
        assert made["submitted"] != base["submitted"], form
        assert (made["holder"] == base["holder"]) is ("office_code" not in form), form


OTHER_REGISTRIES: list[dict[str, str]] = [
    {"name_kanji": "見本　三郎"}, {"name_kana": "ミホン　サブロウ"}, {"birth_date": "1985-04-04"},
    {"sex": "2"}, {"address": "東京都江東区豊洲九丁目2番27号"},
]  # fmt: skip


def test_another_registry_is_another_difference(tmp_path: Path, base: Made) -> None:
    for row, made in zip(
        OTHER_REGISTRIES, of_all(tmp_path, [({}, r) for r in OTHER_REGISTRIES]), strict=True
    ):
        assert made["difference"] not in (base["difference"], None), row
        assert made["holder"] != base["holder"], row
        assert made["submitted"] == base["submitted"], row


OTHER_NOTATIONS: list[Made] = [
    {"name_kanji": "見本 次郎"}, {"name_kana": "みほん じろう"}, {"name_kana": "ﾐﾎﾝ ｼﾞﾛｳ"},
    {"birth_date": "昭和60年4月2日"}, {"sex": "女"}, {"address": "東京都江東区豊洲２丁目２番２７号"},
    {"address": "東京都江東区豊洲２－２－２７"}, {"address": "江東区豊洲二丁目2番地27"},
    {"office_code": "１２３４"}, {"insured_number": "77"}, {"received_on": "2026-11-21"},
    {"postal_code": None},
]  # fmt: skip


def test_notation_and_other_columns_leave_it(tmp_path: Path, base: Made) -> None:
    made = of_all(tmp_path, [(form, {}) for form in OTHER_NOTATIONS])
    for form, own in zip(OTHER_NOTATIONS, made, strict=True):
        assert own["difference"] == base["difference"], form


# The registry's side: every item differs from the form, and the address is written otherwise.
OTHER_SPELLINGS: list[dict[str, str]] = [
    {"name_kanji": "見本太郎"}, {"name_kana": "ﾐﾎﾝ ﾀﾛｳ"}, {"birth_date": "昭和60年4月1日"},
    {"sex": "男"}, {"address": "東京都江東区豊洲１－２－２７"}, {"address": "江東区豊洲1丁目2番27号"},
]  # fmt: skip


def test_notation_of_the_registry_leaves_it(tmp_path: Path, base: Made) -> None:
    made = of_all(tmp_path, [({}, row) for row in OTHER_SPELLINGS])
    for row, own in zip(OTHER_SPELLINGS, made, strict=True):
        assert (own["difference"], own["holder"]) == (base["difference"], base["holder"]), row


def test_an_item_that_agrees_may_be_written_in_any_way(tmp_path: Path) -> None:
    agreeing = {"address": "東京都江東区豊洲一丁目2番27号"}
    once = of(tmp_path, agreeing)
    again = of(tmp_path, {"address": "江東区豊洲１－２－２７"})
    assert once["difference"] == again["difference"]


def test_the_number_is_no_part_of_it(tmp_path: Path, base: dict[str, str | None]) -> None:
    other = number(31415926536)
    assert of(tmp_path, {"my_number": other}, {"my_number": other}) == base


def test_no_hash_is_made_of_what_holds_a_number(tmp_path: Path) -> None:
    texts = (OWN, f"{OWN[:2]}-{OWN[2:5]}-{OWN[5:]}", f"見本{OWN}")
    columns = ("name_kanji", "name_kana", "address", "office_code", "sex")
    forms: list[Made] = [{column: text} for column in columns for text in texts]
    for form, made in zip(forms, of_all(tmp_path, [(f, {}) for f in forms]), strict=True):
        assert set(made.values()) == {None}, form


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
