"""The workbook itself: sheets, headings, protection, texts that stay texts, and what is not in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from clean_record import AS_OF, OWN, number, write_batch, write_registry
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from python_calamine import CalamineWorkbook

from validator.checking import Checked, Options, check_files
from validator.output.worklist import rows as rows_module
from validator.output.worklist import write_worklist
from validator.output.worklist.columns import COLUMNS, HEADERS, INPUTS, Kind

OTHER = number(31415926536)
KANA = {"name_kana": "ミホン　ジロウ"}


def checked(folder: Path, *changes: dict[str, str | None], **options: object) -> Checked:
    numbers = [number(60_000_000_000 + 13 * n) for n in range(len(changes))]
    rows = [{"my_number": n, **c} for n, c in zip(numbers, changes, strict=True)]
    known = write_registry(folder, *({"my_number": n} for n in numbers))
    given = Options(registry=known, as_of=AS_OF, **options)  # type: ignore[arg-type]
    return check_files([write_batch(folder, *rows)], given)


def written(result: Checked, folder: Path, name: str = "worklist.xlsx") -> Path:
    path = folder / name
    write_worklist(result, path)
    return path


def opened(result: Checked, folder: Path) -> Workbook:
    return openpyxl.load_workbook(written(result, folder))


def table(book: Workbook, sheet: str = "作業一覧") -> list[dict[str, object]]:
    rows = list(book[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_sheets_and_headings(tmp_path: Path) -> None:
    book = opened(checked(tmp_path, KANA, {}), tmp_path)
    assert book.sheetnames == ["作業一覧", "明細", "規則の説明", "集計", "この表の使い方"]
    headings = [cell.value for cell in book["作業一覧"][1]]
    assert headings == list(HEADERS)
    assert {"record_id", "判定", "理由", "担当者", "決定日"} <= set(headings)
    assert book.active.title == "作業一覧"


def test_one_row_a_held_or_returned_record_in_the_order_of_work(tmp_path: Path) -> None:
    result = checked(tmp_path, {}, KANA, {"sex": "9"}, {"birth_date": "1985-04-02"})
    rows = table(opened(result, tmp_path))
    flagged = result.records().filter(pl.col("verdict") != "pass").sort("queue_position")
    assert [row["record_id"] for row in rows] == flagged["record_id"].to_list()
    assert [row["順"] for row in rows] == [1, 2, 3]
    by_line = {row["行"]: row for row in rows}
    assert by_line[3]["判定区分"] == "保留" and by_line[4]["判定区分"] == "返戻"
    assert by_line[3]["氏名(カナ)"] == "届 ミホン　ジロウ\n台 ミホン　タロウ"
    assert by_line[3]["氏名(漢字)"] == "見本　太郎"
    assert by_line[5]["生年月日"] == "届 1985-04-02\n台 1985-04-01"
    assert by_line[3]["異なる項目"] == "氏名(カナ)"
    assert by_line[4]["異なる項目"] == "性別"
    assert (by_line[3]["期限"].date(), by_line[3]["期限まで"]) == (date(2026, 11, 25), "あと2日")
    assert (by_line[3]["解除の条件"], by_line[5]["解除の条件"]) == ("理由", "理由と根拠")
    assert by_line[4]["解除の条件"] == "できません"
    assert "フリガナ" in by_line[3]["誰に何を聞くか"]


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ("2026-11-17", "超過1日"),
        ("2026-11-18", "今日まで"),
        ("2026-11-22", "あと4日"),
        (None, None),
    ],
)
def test_days_left(tmp_path: Path, received: str | None, words: str | None) -> None:
    (row,) = table(opened(checked(tmp_path, {**KANA, "received_on": received}), tmp_path))
    assert row["期限まで"] == words


def test_one_finding_a_row_in_the_same_order(tmp_path: Path) -> None:
    result = checked(tmp_path, {}, KANA, {"sex": "9", "name_kana": None})
    book = opened(result, tmp_path)
    found = table(book, "明細")
    flagged = result.findings().join(
        result.records().filter(pl.col("verdict") != "pass").select("record_id"), on="record_id"
    )
    assert sorted(row["コード"] for row in found) == sorted(flagged["code"])
    assert [row["順"] for row in found] == sorted(row["順"] for row in found)
    explained = {row[0].value for row in book["規則の説明"].iter_rows(min_row=2)}
    assert explained == set(flagged["code"])


def test_nothing_to_do(tmp_path: Path) -> None:
    book = opened(checked(tmp_path, {}), tmp_path)
    sheet = book["作業一覧"]
    texts = [c.value for row in sheet.iter_rows(min_row=2) for c in row if c.value is not None]
    assert texts == ["保留・返戻の記録はありません。この表ですることはありません。"]
    assert book["明細"].max_row == 1


def test_what_is_beyond_the_limit_is_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "MOST_ROWS", 2)
    rows = table(opened(checked(tmp_path, *[KANA] * 5), tmp_path))
    assert [row["順"] for row in rows] == [1, 2, None]
    assert "ほかに 3件" in str(rows[2]["期限"])


def test_only_the_inputs_can_be_changed(tmp_path: Path) -> None:
    sheet = opened(checked(tmp_path, KANA), tmp_path)["作業一覧"]
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # False: allowed
    for place, column in enumerate(COLUMNS):
        cell = sheet.cell(2, place + 1)
        dimension = next(d for d in sheet.column_dimensions.values() if d.min <= place + 1 <= d.max)
        assert cell.protection.locked is (column.kind is not Kind.INPUT), column.header
        assert dimension.hidden is (column.kind is Kind.HIDDEN), column.header
        if column.kind in (Kind.TEXT, Kind.SIDES) and cell.value is not None:
            assert cell.number_format == "@", column.header


def test_drop_downs_frozen_heading_filter_and_paper(tmp_path: Path) -> None:
    book = opened(checked(tmp_path, KANA), tmp_path)
    sheet = book["作業一覧"]
    lists = {
        str(v.sqref).split(":")[0]: v.formula1
        for v in sheet.data_validations.dataValidation
        if v.type == "list"
    }
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    assert lists[f"{columns['判定']}2"] == '"本人確認済,訂正済,返戻,照会中"'
    assert lists[f"{columns['理由']}2"] == "理由の一覧"
    area = book.defined_names["理由の一覧"].attr_text
    name, cells = area.replace("$", "").replace("'", "").split("!")
    reasons = [row[0].value for row in book[name][cells]]
    assert "字体の違い" in reasons and "本人確認書類で確認・マイナンバーカード" in reasons
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    setup = sheet.page_setup
    # One page wide is what the format means by default.
    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, None)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$1"


def test_widths_count_characters_of_east_asia_twice(tmp_path: Path) -> None:
    sheet = opened(checked(tmp_path, KANA), tmp_path)["作業一覧"]
    kana = next(cell for cell in sheet[1] if cell.value == "氏名(カナ)")
    # 届, a space and eight full-width characters.
    assert sheet.column_dimensions[kana.column_letter].width >= 2 + 1 + 2 * 8


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    result = checked(tmp_path, KANA, {"sex": "9"})
    first, second = (written(result, tmp_path, n).read_bytes() for n in ("a.xlsx", "b.xlsx"))
    assert first == second
    assert written(result, tmp_path, "c.xlsx").stat().st_mode & 0o777 == 0o600


def test_in_english(tmp_path: Path) -> None:
    book = opened(checked(tmp_path, KANA, lang="en"), tmp_path)
    (row,) = table(book)
    assert row["判定区分"] == "hold"
    assert row["氏名(カナ)"] == "F ミホン　ジロウ\nR ミホン　タロウ"
    assert "Work through" in str(book["この表の使い方"]["B5"].value)


STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", '"', "http://x "]
)
TEXTS = st.builds(
    lambda start, rest: start + rest,
    STARTS,
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs"])
        | st.sampled_from("=+-@\"'<>&_x0041_"),
        max_size=12,
    ),
)


COLUMNS_OF_TEXTS = ["name_kanji", "name_kana", "address", "insured_number", "office_name"]


@given(st.lists(st.tuples(*[TEXTS] * len(COLUMNS_OF_TEXTS)), min_size=12, max_size=12))
@settings(max_examples=5)
def test_a_text_is_never_a_formula_nor_a_link(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    rows = [
        {"my_number": OWN, "birth_date": "1985-04-02", "sex": "1", "office_code": "1234"}
        | {c: t.replace("\x00", "") for c, t in zip(COLUMNS_OF_TEXTS, texts, strict=True)}
        for texts in people
    ]
    pl.DataFrame(rows).write_parquet(folder / "batch.parquet")
    known = Options(registry=write_registry(folder), as_of=AS_OF)
    path = written(check_files([folder / "batch.parquet"], known), folder)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode()
            if name.startswith("xl/worksheets/"):
                body = part[part.index("<sheetData") : part.index("</sheetData>")]
                assert "<f" not in body and "<hyperlink" not in part
                # Every cell is a shared string, a number or blank.
                assert set(re.findall(r' t="(\w+)"', body)) <= {"s"}
    cells = CalamineWorkbook.from_path(path).get_sheet_by_name("作業一覧").to_python()
    listed = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    by_line = {row["行"]: row for row in listed if row["record_id"]}
    for line, row in enumerate(rows, start=2):
        plain = row["address"]
        # What is printable, and no number, is shown as it was written.
        if line in by_line and plain.isprintable() and plain.strip() and "_x" not in plain:
            assert plain in by_line[line]["住所"]


def test_no_number_anywhere_in_the_workbook(tmp_path: Path) -> None:
    """In no sheet, hidden column, property, comment or name, whole or in part."""
    spaced = f"{OTHER[:4]}-{OTHER[4:8]}-{OTHER[8:]}"
    wide = OTHER.translate({ord(str(d)): 0xFF10 + d for d in range(10)})
    places = ["name_kanji", "name_kana", "address", "office_name", "insured_number", "office_code"]
    rows: list[dict[str, str | None]] = [
        {place: text, "birth_date": "1985-04-02"}
        for place in places
        for text in (OTHER, spaced, wide)
    ]
    result = checked(
        tmp_path, *rows, {"my_number": OTHER}, state=tmp_path / "state", out=tmp_path / "o"
    )
    parts = []
    with zipfile.ZipFile(tmp_path / "o" / "worklist.xlsx") as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    text = "\n".join(parts).translate({0xFF10 + d: str(d) for d in range(10)})
    for length in (12, 6):
        for start in range(12 - length + 1):
            assert OTHER[start : start + length] not in text
    assert spaced not in text
    for given_number in result.batch.frame["my_number"].drop_nulls():
        assert given_number not in text


def test_names_stay_out_of_properties_and_names(tmp_path: Path) -> None:
    path = written(checked(tmp_path, KANA), tmp_path)
    with zipfile.ZipFile(path) as archive:
        for name in ("docProps/core.xml", "docProps/app.xml", "xl/workbook.xml"):
            assert "ミホン" not in archive.read(name).decode()


def test_inputs_are_blank(tmp_path: Path) -> None:
    rows = table(opened(checked(tmp_path, KANA), tmp_path))
    assert [row[h] for row in rows for h in INPUTS] == [None] * 4


def test_a_workbook_is_whole_for_a_strict_reader(tmp_path: Path) -> None:
    data = written(checked(tmp_path, KANA, {"sex": "9"}), tmp_path).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        strings = archive.read("xl/sharedStrings.xml").decode()
    used = {int(i) for i in re.findall(r't="s"><v>(\d+)</v>', sheet)}
    unique = int(re.search(r'uniqueCount="(\d+)"', strings)[1])  # type: ignore[index]
    assert unique == strings.count("<si>") and max(used) < unique
    numbers = [int(n) for n in re.findall(r'<row r="(\d+)"', sheet)]
    assert numbers == sorted(set(numbers))
    assert '<dimension ref="A1:AD3"/>' in sheet
