"""Electronic media: layouts, mapping to canonical columns, marks, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from validator.batch import Batch, read_batch
from validator.batch.layouts import FormLayout, Variant, form_layouts, header_layouts
from validator.errors import InputError

from . import builders as make


def read(tmp_path: Path, data: bytes, **options: bool) -> Batch:
    path = tmp_path / "x.bin"
    path.write_bytes(data)
    return read_batch([path], **options)  # type: ignore[arg-type]


def refusal(tmp_path: Path, data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    text = caught.value.render("ja") + caught.value.render("en")
    assert not any(make.my_number(index) in text for index in range(10))
    assert "山田" not in text
    return caught.value


def lines(count: int, fields: int, **items: str) -> list[list[str]]:
    return [make.shikaku_shutoku_line(index, fields, **items) for index in range(count)]


@pytest.mark.parametrize(
    ("layout", "fields"), [("SHFD0006", 33), ("SHFD0006", 34), ("KPFD0006", 36), ("KPFD0006", 37)]
)
@pytest.mark.parametrize("tail", [b"", b"\x1a", b"\x1a\r\n"])
def test_every_record_length_maps_to_the_same_columns(
    tmp_path: Path, layout: str, fields: int, tail: bytes
) -> None:
    batch = read(tmp_path, make.media(layout, lines(3, fields), tail=tail))
    source = batch.sources[0]
    assert (source.format, source.encoding, source.layout) == ("media", "cp932", layout)
    got = batch.frame.row(1, named=True)
    association = layout == "KPFD0006"
    assert got["office_code"] == ("0012" if association else "01-ｹｲﾄ")
    assert got["office_name"] == "出版株式会社"
    assert got["insured_number"] == ("502" if association else "2")
    assert (got["name_kana"], got["name_kanji"]) == ("ﾔﾏﾀﾞ ﾀﾛｳ", "山田　太郎")
    assert (got["birth_date"], got["acquired_on"]) == ("5600401", "9070401")
    assert (got["sex"], got["my_number"]) == ("1", make.my_number(1))
    assert (got["postal_code"], got["address"]) == ("135-0061", "東京都江東区豊洲２－２")
    assert got["certificate_needed"] == ("1" if fields in {34, 37} else None)
    assert (got["form"], got["no_number_reason"], got["block"]) == ("shikaku_shutoku", None, None)
    assert batch.frame["line"].to_list() == [6, 7, 8]
    raw = batch.media_fields["2200700"]
    assert raw["fields"].to_list() == [fields] * 3
    assert raw["f37"].to_list() == [None] * 3
    assert raw.row(2, named=True)["f36"] == ("503" if association else None)
    assert raw["f34"].to_list() == ["1" if fields in {34, 37} else None] * 3
    assert ("eof_mark" in batch.file_marks["mark"].to_list()) == bool(tail)


def test_reasons_are_joined_and_blank_parts_left_out(tmp_path: Path) -> None:
    rows = [
        make.shikaku_shutoku_line(0, 34, f13="", f14="3", f15="出生"),
        make.shikaku_shutoku_line(1, 34, f13="", f14="1", f29="", f30="", f32=""),
        make.shikaku_shutoku_line(2, 34, f15="備考のみ", f10="", f30=""),
        make.shikaku_shutoku_line(3, 34, f13="", f14="2", f15="留学"),
    ]
    frame = read(tmp_path, make.media("SHFD0006", rows)).frame
    assert frame["no_number_reason"].to_list() == ["3 出生", "1", "備考のみ", "2"]
    assert frame["postal_code"].to_list()[:3] == ["135-0061", None, "135"]
    assert frame["address"].to_list()[1] is None
    assert frame["birth_date"].to_list()[2] == "5"


def test_several_employers_are_told_apart(tmp_path: Path) -> None:
    second = ["21", "02", "ｱｲｳ", *make.SHFD_OFFICE[3:7], "第二株式会社", *make.SHFD_OFFICE[8:]]
    rows = [
        make.shikaku_shutoku_line(0, 34),
        make.shikaku_shutoku_line(1, 34, f3="02", f4="ｱｲｳ"),
        make.shikaku_shutoku_line(2, 34, f3="2", f4="ｱｲｳ"),
        make.shikaku_shutoku_line(3, 34, f3="77", f4="XYZ"),
    ]
    batch = read(tmp_path, make.media("SHFD0006", rows, offices=[make.SHFD_OFFICE, second]))
    assert batch.frame["office_code"].to_list() == ["01-ｹｲﾄ", "02-ｱｲｳ", "2-ｱｲｳ", "77-XYZ"]
    assert batch.frame["office_name"].to_list() == [
        "出版株式会社",
        "第二株式会社",
        "第二株式会社",
        None,
    ]
    assert ("office_not_in_header", "1") in batch.file_marks.select("mark", "detail").rows()


def test_a_line_without_employer_belongs_to_the_only_one(tmp_path: Path) -> None:
    batch = read(tmp_path, make.media("KPFD0006", lines(1, 37, f35="")))
    assert batch.frame.select("office_code", "office_name").row(0) == ("0012", "出版株式会社")


def test_bytes_are_counted_as_cp932(tmp_path: Path) -> None:
    rows = [
        make.shikaku_shutoku_line(0, 34, f7="ﾔﾏﾀﾞ" * 6 + "ｱ", f8="山" * 12),  # 25 and 24 bytes
        make.shikaku_shutoku_line(1, 34, f7="ﾔﾏﾀﾞ" * 6 + "ｱｲ", f8="山" * 13),  # 26 and 26
        make.shikaku_shutoku_line(2, 34, f31="ｱ" * 76, f10="19850401"),
    ]
    batch = read(tmp_path, make.media("SHFD0006", rows))
    assert set(batch.marks.rows()) == {
        (1, "name_kana", "byte_length_exceeded"),
        (1, "name_kanji", "byte_length_exceeded"),
        (2, "f31", "byte_length_exceeded"),
        (2, "birth_date", "byte_length_exceeded"),
    }


def test_quoted_values_are_read_and_marked(tmp_path: Path) -> None:
    rows = [make.shikaku_shutoku_line(0, 34), make.shikaku_shutoku_line(1, 34, f32='"豊洲,２－２"')]
    batch = read(tmp_path, make.media("SHFD0006", rows))
    assert batch.frame["address"].to_list() == ["東京都江東区豊洲２－２", "豊洲,２－２"]
    assert batch.marks.rows() == [(1, "address", "quoted_value")]


def test_signs_of_a_foreign_writer_are_noted(tmp_path: Path) -> None:
    data = make.media(
        "SHFD0006", lines(1, 36), line_end="\n", encoding="utf-8", declared="002"
    ).replace(b"22223", b"22007")
    marks = dict(read(tmp_path, data).file_marks.select("mark", "detail").rows())
    assert marks == {
        "not_cp932": None,
        "lf_line_end": None,
        "count_mismatch": "002/1",
        "header_value": "代表届書コード",
        "field_count_unusual": "36",
    }


def test_half_width_kana_are_not_taken_for_utf_8(tmp_path: Path) -> None:
    office = ["21", "01", "ﾃｲ", "123", "100", "0000", "", "", "", "03", "1234", "5678"]
    row = make.shikaku_shutoku_line(0, 34, f4="ﾃｲ", f7="ﾃｲ ﾃｲ", f8="", f31="", f32="")
    data = make.media("SHFD0006", [row], offices=[office]).replace("ｹｲﾄ".encode("cp932"), b"A")
    data.decode("utf-8")  # valid by chance
    batch = read(tmp_path, data)
    assert batch.sources[0].encoding == "cp932"
    assert batch.frame["name_kana"].to_list() == ["ﾃｲ ﾃｲ"]


GOOD = make.media("KPFD0006", lines(4, 37))
HEAD = GOOD.split(b"\r\n")


def joined(parts: list[bytes]) -> bytes:
    return b"\r\n".join(parts)


REFUSED = {
    "no data section": (joined(HEAD[:4]), "truncated", ()),
    "no data line": (joined([*HEAD[:5], b""]), "truncated", ()),
    "section padded by a spreadsheet": (GOOD.replace(b"[kanri]", b"[kanri],,,"), "spreadsheet", ()),
    "sections swapped": (
        GOOD.replace(b"[kanri]\r\n", b"").replace(b"[data]", b"[data]\r\n[kanri]"),
        "",
        (),
    ),
    "last line cut": (GOOD[:-60], "cut off", (9,)),
    "last line cut in its code": (joined([*HEAD[:9], b"22007"]), "cut off", (10,)),
    "field lost": (
        joined([*HEAD[:6], HEAD[6].rpartition(b",")[0], *HEAD[7:]]),
        "number of fields",
        (7,),
    ),
    "field too many": (joined([*HEAD[:6], HEAD[6] + b",", *HEAD[7:]]), "number of fields", (7,)),
    "all lines of a wrong length": (
        make.media("KPFD0006", [line[:35] for line in lines(3, 37)]),
        "number of fields",
        (6, 7, 8),
    ),
    "media record": (GOOD.replace(b",,,,,\r\n[kanri]", b",\r\n[kanri]"), "header", (1,)),
    "count record": (GOOD.replace(b"\r\n,001", b"\r\n001"), "header", (3,)),
    "employer record": (GOOD.replace(b",5678", b""), "header", (4,)),
    "no employer": (joined([*HEAD[:3], *HEAD[4:]]), "header", (4,)),
    "pension fund": (GOOD.replace(b",,,,,\r\n[kanri]", b"," * 50 + b"\r\n[kanri]"), "KNFD", (1,)),
    "unknown code": (
        joined([*HEAD[:6], b"2299999" + HEAD[6][7:], *HEAD[7:]]),
        "does not know",
        (7,),
    ),
    "obsolete code": (joined([*HEAD[:6], b"22007041" + HEAD[6][7:], *HEAD[7:]]), "2018-03", (7,)),
    "salary form": (
        joined([*HEAD[:5], b"2225700" + b"," * 52, *HEAD[5:]]),
        "not a qualification form",
        (6,),
    ),
    "open quote": (GOOD.replace("山田".encode("cp932"), '"山田'.encode("cp932"), 1), "quote", (6,)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path: Path, name: str) -> None:
    data, word, numbers = REFUSED[name]
    error = refusal(tmp_path, data)
    assert word in error.en
    assert error.lines == numbers


def test_cut_anywhere_never_loses_a_line_unseen(tmp_path: Path) -> None:
    path = tmp_path / "x"
    ends = {at + 1 for at, byte in enumerate(GOOD) if byte == 0x0A}
    for at in range(1, len(GOOD), 5):
        path.write_bytes(GOOD[:at])
        try:
            batch = read_batch([path])
        except InputError:
            continue
        assert at in ends or "no_final_line_end" in batch.file_marks["mark"].to_list()


def test_an_expected_empty_file(tmp_path: Path) -> None:
    batch = read(tmp_path, joined([*HEAD[:5], b""]), expect_empty=True)
    assert batch.frame.height == 0
    assert batch.sources[0].layout == "KPFD0006"


def test_media_and_tables_go_together(tmp_path: Path) -> None:
    media, table = tmp_path / "KPFD0006.CSV", tmp_path / "a.csv"
    media.write_bytes(GOOD)
    table.write_bytes(make.delimited(make.people(2)))
    batch = read_batch([table, media, media])
    assert batch.frame["source"].to_list() == [0, 0, *[1] * 4, *[2] * 4]
    assert batch.media_fields["2200700"]["row"].to_list() == list(range(2, 10))
    numbers = [make.my_number(index) for index in range(4)]
    assert batch.frame["my_number"].to_list()[2:] == numbers * 2


def test_layout_files_agree_with_the_specification() -> None:
    layout = form_layouts()["2200700"]
    assert [variant.fields for variant in layout.variant] == [33, 34, 36, 37]
    widths = {header.layout: len(header.office.fields) for header in header_layouts()}
    assert widths == {"KPFD0006": 9, "SHFD0006": 12}
    longest = {item.no: item.max_bytes for item in layout.item}
    assert (longest[1], longest[13], longest[15], longest[7]) == (7, 12, 75, 25)


def test_a_layout_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValidationError):
        Variant(fields=34, layouts=("SHFD0006",), items=((1, 33),))
    declared = form_layouts()["2200700"].model_dump()
    assert FormLayout.model_validate(declared)
    with pytest.raises(ValidationError):
        FormLayout.model_validate(declared | {"office": {"SHFD0006": [99]}})
