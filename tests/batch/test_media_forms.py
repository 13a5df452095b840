"""Electronic media 2201700 and 2202700: persons of a line, columns, marks, mixed files."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from clean_record import DEPENDANT_ITEMS, LOSS_ITEMS, media_line, number
from pydantic import ValidationError

from validator.batch import Batch, read_batch
from validator.batch.layouts import FormLayout, form_layouts
from validator.errors import InputError
from validator.output.record_id import record_ids

from . import builders as make

PLACES = {"row", "source", "line_index", "line", "sheet"}
SECOND = {
    104: "ﾐﾎﾝ ｼﾞﾛｳ", 105: "見本　次郎", 106: "9", 107: "070401", 108: "1", 109: "10", 110: "甥",
    111: number(14142135623), 112: "2", 113: "135", 114: "0061", 115: "東京都江東区豊洲",
    123: "9", 124: "081118", 125: "4", 127: "0", 128: "5", 129: "同居", 134: "備考", 139: "1",
}  # fmt: skip
# 図4.10.1-2 of the official specification (form-formats 4).
OFFICIAL = {
    1: "2202700", 2: "21", 3: "01", 4: "ｹｲﾄ", 5: "1", 6: "9", 7: "010708", 8: "10", 9: "ﾈﾝｷﾝ ﾏｻｱｷ",
    10: "年金　正明", 11: "5", 12: "551010", 13: "1", 14: "123456708900", 17: "3200000", 21: "1",
    22: "9", 23: "010708", 24: "ﾈﾝｷﾝ ｸﾐ", 25: "年金　久美", 26: "5", 27: "560326", 28: "2",
    29: "123456078900", 35: "1", 37: "120", 38: "8580", 39: "東京都杉並区高井戸西３－５－２４",
    40: "1", 41: "03", 42: "3456", 43: "7890", 44: "9", 45: "010707", 46: "2", 48: "1", 49: "0",
}  # fmt: skip


def read(tmp_path: Path, *lines: str, layout: str = "KPFD0006") -> Batch:
    path = tmp_path / "x.CSV"
    path.write_bytes(make.media(layout, [line.split(",") for line in lines]))
    return read_batch([path])


def dependants(changes: Mapping[int, str | None] | None = None, fields: int = 142) -> str:
    return media_line(changes, fields, "2202700")


def without(*ranges: tuple[int, int]) -> dict[int, str | None]:
    return {no: None for first, last in ranges for no in range(first, last + 1)}


def given(batch: Batch, row: int) -> dict[str, str]:
    """The columns that a record has a value in."""
    values = batch.frame.row(row, named=True)
    return {name: v for name, v in values.items() if v is not None and name not in PLACES}


@pytest.mark.parametrize(("layout", "fields"), [("SHFD0006", 27), ("KPFD0006", 30)])
def test_a_loss_line(tmp_path: Path, layout: str, fields: int) -> None:
    line = media_line({12: "1234", 13: "567890", 21: "備考", 23: "2"}, fields, "2201700")
    batch = read(tmp_path, line, layout=layout)
    association = layout == "KPFD0006"
    assert given(batch, 0) == {
        "form": "shikaku_soshitsu",
        "office_code": "1234" if association else "01-ｱﾅ",
        "insured_number": "1234",
        "name_kana": "ﾐﾎﾝ ﾀﾛｳ",
        "name_kanji": "見本　太郎",
        "birth_date": "5600401",
        "my_number": LOSS_ITEMS[11],
        "pension_number": "1234-567890",
        "lost_on": "9081118",
        "loss_cause": "4",
        "left_on": "9081117",
        "remarks": "備考",
        "certificates_returned": "1",
        "certificates_not_returned": "2",
    }
    assert batch.media_fields["2201700"]["fields"].to_list() == [fields]


def test_the_official_line_field_by_field(tmp_path: Path) -> None:
    line = ",".join(OFFICIAL.get(no, "") for no in range(1, 140))
    batch = read(tmp_path, line, layout="SHFD0006")
    common = {
        "form": "hifuyosha_ido",
        "office_code": "01-ｹｲﾄ",
        "office_name": "出版株式会社",
        "insured_number": "10",
        "change_type": "1",
    }
    assert given(batch, 0) == common | {
        "block": "insured",
        "name_kana": "ﾈﾝｷﾝ ﾏｻｱｷ",
        "name_kanji": "年金　正明",
        "birth_date": "5551010",
        "sex": "1",
        "my_number": "123456708900",
        "annual_income": "3200000",
    }
    assert given(batch, 1) == common | {
        "block": "spouse",
        "insured_name_kana": "ﾈﾝｷﾝ ﾏｻｱｷ",
        "insured_name_kanji": "年金　正明",
        "insured_birth_date": "5551010",
        "insured_my_number": "123456708900",
        "name_kana": "ﾈﾝｷﾝ ｸﾐ",
        "name_kanji": "年金　久美",
        "birth_date": "5560326",
        "sex": "2",
        "relationship": "妻",
        "my_number": "123456078900",
        "living_together": "同居",
        "postal_code": "120-8580",
        "address": "東京都杉並区高井戸西３－５－２４",
        "phone": "03-3456-7890",
        "event_on": "9010707",
        "event_reason": "婚姻",
        "occupation": "無職",
        "annual_income": "0",
    }
    items = batch.media_fields["2202700"]
    for row, own in ((0, [*range(1, 22), 69, 136]), (1, [*range(1, 69), 137])):
        read_items = {no: items[f"f{no:02d}"][row] for no in own}
        assert read_items == {no: OFFICIAL.get(no) for no in own}


def test_the_official_header_and_line_begin(tmp_path: Path) -> None:
    path = tmp_path / "SHFD0006.CSV"
    text = (
        "21,01,ｹｲﾄ,001,20170101,22223\r\n[kanri]\r\n,001\r\n21,01,ｹｲﾄ,123,100,0000,"
        "東京都千代田区霞が関１－２－２,健保サービス株式会社,健保　良一,03,1234,5678\r\n[data]\r\n"
        "2200700,21,01,ｹｲﾄ,123" + "," * 29 + "\r\n"
    )
    path.write_bytes(text.encode("cp932"))
    batch = read_batch([path])
    assert batch.file_marks.rows() == []
    assert given(batch, 0) == {
        "form": "shikaku_shutoku",
        "office_code": "01-ｹｲﾄ",
        "office_name": "健保サービス株式会社",
    }
    first = batch.media_fields["2200700"].select("f01", "f02", "f03", "f04", "f05").row(0)
    assert first == ("2200700", "21", "01", "ｹｲﾄ", "123")


@pytest.mark.parametrize("filled", list(product([True, False], repeat=3)))
def test_only_filled_blocks_are_records(tmp_path: Path, filled: tuple[bool, ...]) -> None:
    spouse, first, second = filled
    changes = {**(SECOND if second else {}), **({} if spouse else without((22, 68)))}
    changes |= {} if first else without((70, 102))
    batch = read(tmp_path, dependants(), dependants(changes), dependants())
    names = ["spouse", "other1", "other2"]
    expected = ["insured", *(name for name, on in zip(names, filled, strict=True) if on)]
    own = batch.frame.filter(pl.col("line_index") == 1)
    assert own["block"].to_list() == expected
    assert own["line"].unique().to_list() == [7]
    assert batch.frame["line_index"].is_sorted()
    assert batch.frame["row"].to_list() == list(range(batch.frame.height))
    assert (batch.sources[0].lines, batch.sources[0].records) == (3, 6 + len(expected))
    blocks = batch.media_fields["2202700"].filter(pl.col("row").is_in(own["row"].implode()))
    assert blocks["blocks"].unique().to_list() == [",".join(expected)]
    assert record_ids(batch)["record_id"].n_unique() == batch.frame.height


def test_what_says_nothing_of_a_person_makes_no_record(tmp_path: Path) -> None:
    """The income of a spouse who is no dependant, spaces, a flag beside an empty block."""
    changes = {**without((22, 68), (70, 102)), 69: "1200000", 30: " ", 137: "1", 139: "1"}
    batch = read(tmp_path, dependants(changes))
    assert batch.frame["block"].to_list() == ["insured"]
    row = batch.media_fields["2202700"].row(0, named=True)
    assert (row["f69"], row["f137"], row["f138"], row["f139"]) == ("1200000", "1", None, "1")


def test_the_second_dependant_is_read_like_the_first(tmp_path: Path) -> None:
    batch = read(tmp_path, dependants(SECOND))
    second = given(batch, 3)
    assert second == {
        "block": "other2",
        "form": "hifuyosha_ido",
        "office_code": "1234",
        "insured_number": "1234",
        "change_type": "1",
        "insured_name_kana": "ﾐﾎﾝ ﾀﾛｳ",
        "insured_name_kanji": "見本　太郎",
        "insured_birth_date": "5600401",
        "insured_my_number": DEPENDANT_ITEMS[14],
        "name_kana": "ﾐﾎﾝ ｼﾞﾛｳ",
        "name_kanji": "見本　次郎",
        "birth_date": "9070401",
        "sex": "1",
        "relationship": "甥",
        "my_number": SECOND[111],
        "living_together": "別居",
        "postal_code": "135-0061",
        "address": "東京都江東区豊洲",
        "event_on": "9081118",
        "event_reason": "その他 同居",
        "occupation": "小・中学生以下",
        "annual_income": "0",
        "remarks": "備考",
        "certificate_needed": "1",
    }
    items = batch.media_fields["2202700"].row(3, named=True)
    assert [items[f"f{no}"] for no in (71, 76, 102, 138)] == ["ﾐﾎﾝ ｼﾞﾛｳ", "10", None, "1"]
    assert items["f104"] is items["f24"] is None


def test_codes_become_words_and_unknown_ones_stay(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        dependants({28: "3", 35: "2", 48: "3", 76: "5", 92: "06"}),
        dependants({28: "5", 35: "9", 48: "7", 76: "99", 92: "0"}),
    )
    columns = ["sex", "relationship", "living_together", "occupation"]
    known, unknown = (batch.frame.select(columns).rows()[at : at + 3] for at in (0, 3))
    assert known[1:] == [
        ("1", "夫(未届)", "別居", "年金受給者"),
        ("1", "弟妹", "同居", "その他"),
    ]
    # A sex that nobody can read is never taken for one of 2200700's codes.
    assert unknown[1:] == [("?", "5", "9", "7"), ("1", "99", "同居", "0")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("1", ("9081118", "離職")),
        ("2", ("9081101", "就職・収入増加")),
        ("3", ("9081118", "離職")),
        (None, ("9081118", "離職")),
    ],
)
def test_the_event_follows_the_kind_of_change(
    tmp_path: Path, change: str | None, expected: tuple[str, str]
) -> None:
    batch = read(tmp_path, dependants({21: change, 50: "9", 51: "081101", 52: "3"}))
    assert batch.frame.select("event_on", "event_reason").row(1) == expected


def test_marks_stand_at_the_person_they_speak_of(tmp_path: Path) -> None:
    long = "ﾐﾎﾝ " + "ｱ" * 30
    batch = read(
        tmp_path,
        dependants({9: long}),
        dependants({24: long, 70: "1", 96: "あ" * 25}),
        dependants({**SECOND, 104: long, 105: '"見本　次郎"', 10: '"見本　太郎"'}),
        dependants({103: '""'}),
    )
    assert sorted(batch.marks.rows()) == [
        (0, "name_kana", "byte_length_exceeded"),
        (4, "name_kana", "byte_length_exceeded"),
        (5, "event_reason", "byte_length_exceeded"),
        (5, "f70", "byte_length_exceeded"),
        (6, "name_kanji", "quoted_value"),
        (9, "name_kana", "byte_length_exceeded"),
        (9, "name_kanji", "quoted_value"),
        (10, "f70", "quoted_value"),
    ]


def test_forms_mixed_line_by_line(tmp_path: Path) -> None:
    loss, joining = media_line(form="2201700"), media_line()
    batch = read(tmp_path, loss, dependants(), joining, dependants(SECOND), loss)
    assert batch.frame.select("line", "form", "block").rows() == [
        (6, "shikaku_soshitsu", None),
        *((7, "hifuyosha_ido", block) for block in ("insured", "spouse", "other1")),
        (8, "shikaku_shutoku", None),
        *((9, "hifuyosha_ido", block) for block in ("insured", "spouse", "other1", "other2")),
        (10, "shikaku_soshitsu", None),
    ]
    rows = {code: sorted(items["row"]) for code, items in batch.media_fields.items()}
    assert rows == {"2200700": [4], "2201700": [0, 9], "2202700": [1, 2, 3, 5, 6, 7, 8]}
    numbers = batch.frame["my_number"].to_list()
    for code, item in (("2200700", "f13"), ("2201700", "f11")):
        items = batch.media_fields[code]
        assert items[item].to_list() == [numbers[row] for row in items["row"]]


def test_rows_of_several_files_follow_one_another(tmp_path: Path) -> None:
    path = tmp_path / "x.CSV"
    path.write_bytes(make.media("KPFD0006", [dependants().split(",")]))
    batch = read_batch([path, path])
    assert sorted(batch.media_fields["2202700"]["row"]) == list(range(6))
    assert batch.frame["line_index"].to_list() == [0] * 6
    assert record_ids(batch)["record_id"].n_unique() == 6


def test_without_its_own_items_a_line_belongs_to_the_only_employer(tmp_path: Path) -> None:
    batch = read(tmp_path, dependants(fields=139))
    assert batch.frame["office_code"].unique().to_list() == ["0012"]
    assert batch.file_marks["mark"].to_list() == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (media_line(form="2201700") + ",", "number of fields"),
        (dependants(fields=140), "number of fields"),
        ("2265700" + "," * 20, "not a qualification form"),
        ("2221700" + "," * 48, "not a qualification form"),
        ("22017041" + "," * 26, "obsolete since 2018-03"),
        ("2299999" + "," * 138, "does not know"),
    ],
)
def test_refused_lines_are_named(tmp_path: Path, line: str, word: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, dependants(), line, media_line())
    assert word in refused.value.en
    assert refused.value.lines == (7,)


def test_lines_of_one_form_have_one_length(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, dependants(), dependants(), dependants(fields=139))
    assert refused.value.lines == (8,)


def test_layouts_agree_with_the_specification() -> None:
    loss, family = form_layouts()["2201700"], form_layouts()["2202700"]
    assert [variant.fields for variant in loss.variant] == [27, 30]
    assert [variant.fields for variant in family.variant] == [139, 142]
    names = {item.no: item.name for item in family.item}
    assert (names[69], names[136]) == ("配偶者の年間収入(被扶養者でない場合)", "届出意思確認済")
    first, second = (family.item[at : at + 33] for at in (69, 102))
    assert [i.model_dump(exclude={"no"}) for i in first] == [
        i.model_dump(exclude={"no"}) for i in second
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"block": ({"name": "x", "items": ((1, 200),)},)},
        {"block": ({"name": "x", "items": ((1, 2),), "like": "y"},)},
        {"block": ({"name": "x", "items": ((1, 2),)}, {"name": "y", "items": ((3, 3),), "like": "x"})},
        {"columns": {"sex": ({"items": (1,), "values": "nowhere"},)}},
        {"columns": {"sex": ({"items": (1,), "when": {99: ("1",)}},)}},
        {"condition": ({"rule": "ES001", "required": (31,)},)},
        {"date_items": ({"name": "x", "items": (30, 31)},)},
    ],
)  # fmt: skip
def test_a_layout_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    declared = form_layouts()["2201700"].model_dump()
    assert FormLayout.model_validate(declared)
    with pytest.raises(ValidationError):
        FormLayout.model_validate(declared | change)
