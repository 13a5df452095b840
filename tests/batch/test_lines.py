"""Physical line numbers, quoted line breaks, blank lines, marks of tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from validator.batch import Batch, read_batch
from validator.errors import InputError

from . import builders as make

ROWS = make.people(6)


def read(tmp_path: Path, data: bytes, **options: bool) -> Batch:
    path = tmp_path / "b"
    path.write_bytes(data)
    return read_batch([path], **options)  # type: ignore[arg-type]


def marks(batch: Batch) -> list[tuple[int, str, str]]:
    return batch.marks.rows()  # type: ignore[return-value]


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_quoted_line_break_moves_the_lines_behind_it(
    tmp_path: Path, line_end: str, encoding: str
) -> None:
    broken = f'東京都江東区豊洲2-2{line_end}{line_end}豊洲"ハイツ", 101'
    rows = [ROWS[0], ROWS[1] | {"address": broken}, ROWS[2]]
    data = make.delimited(rows, quote=True, line_end=line_end, encoding=encoding)
    batch = read(tmp_path, data)
    assert batch.frame["line"].to_list() == [2, 3, 6]
    assert batch.frame["address"][1] == broken
    assert batch.frame["my_number"][2] == ROWS[2]["my_number"]


def test_a_line_break_in_the_header_counts(tmp_path: Path) -> None:
    data = make.delimited(ROWS, quote=True).replace(b'"address"', b'"ad\ndress"')
    batch = read(tmp_path, data)
    assert batch.frame["line"].to_list() == [3, 4, 5, 6, 7, 8]
    assert batch.frame["address"].to_list() == [row["address"] for row in ROWS]


@pytest.mark.parametrize("quote", [False, True])
def test_blank_lines_are_skipped_and_counted(tmp_path: Path, quote: bool) -> None:
    lines = make.delimited(ROWS, quote=quote).splitlines(keepends=True)
    empty_cells = (b'""' if quote else b"") + b"," * (len(make.ENGLISH) - 1) + b"\r\n"
    data = b"".join([b"\r\n", *lines[:3], b"\r\n", b"\n", lines[3], empty_cells, *lines[4:], b"\n"])
    batch = read(tmp_path, data)
    assert batch.sources[0].blank_lines == 5
    assert batch.sources[0].lines == 6
    assert batch.frame["line"].to_list() == [3, 4, 7, 9, 10, 11]
    assert batch.frame["my_number"].to_list() == [row["my_number"] for row in ROWS]
    assert ("blank_lines", "5") in batch.file_marks.select("mark", "detail").rows()


def test_a_file_without_final_line_end_is_whole_but_noted(tmp_path: Path) -> None:
    row = ROWS[0] | {"certificate_needed": "1"}
    batch = read(tmp_path, make.delimited([row]).removesuffix(b"\r\n"))
    assert batch.frame["certificate_needed"].to_list() == ["1"]
    assert batch.file_marks["mark"].to_list() == ["no_final_line_end"]


def test_exponents_stay_as_they_are_and_are_marked(tmp_path: Path) -> None:
    rows = [ROWS[0], ROWS[1] | {"my_number": "1.23457E+11"}, ROWS[2] | {"my_number": "1E+11"}]
    for data in (make.delimited(rows), make.xlsx(rows), make.json_lines(rows)):
        batch = read(tmp_path, data)
        assert batch.frame["my_number"].to_list()[1:] == ["1.23457E+11", "1E+11"]
        assert marks(batch) == [(1, "my_number", "exponent"), (2, "my_number", "exponent")]


def test_json_lines_count_from_one_and_skip_blank_lines(tmp_path: Path) -> None:
    lines = make.json_lines(ROWS).splitlines(keepends=True)
    batch = read(tmp_path, b"".join([lines[0], b"\n  \n", *lines[1:]]))
    assert batch.frame["line"].to_list() == [1, 4, 5, 6, 7, 8]
    assert batch.sources[0].blank_lines == 2


def test_json_numbers_keep_their_notation_but_for_the_decimals_of_whole_ones(
    tmp_path: Path,
) -> None:
    rows = [
        {
            **ROWS[0],
            "insured_number": 7,
            "sex": True,
            "postal_code": 1350061.0,
            "branch_number": 1.5,
        }
    ]
    data = make.json_lines(rows).replace(b'"my_number": "', b'"my_number": 1.5e11, "x": "')
    batch = read(tmp_path, data)
    assert batch.frame.select(
        "insured_number", "sex", "postal_code", "branch_number", "my_number"
    ).row(0) == (
        "7",
        "true",
        "1350061",
        "1.5",
        "1.5e11",
    )
    assert sorted(marks(batch)) == [
        (0, "branch_number", "numeric_cell"),
        (0, "insured_number", "numeric_cell"),
        (0, "my_number", "exponent"),
        (0, "my_number", "numeric_cell"),
        (0, "postal_code", "numeric_cell"),
        (0, "sex", "boolean_cell"),
    ]
    assert batch.sources[0].extra_columns == ("x",)


def test_parquet_columns_of_other_types_become_text_with_a_mark(tmp_path: Path) -> None:
    frame = pl.DataFrame(ROWS, schema=dict.fromkeys(make.ENGLISH, pl.String)).with_columns(
        pl.col("my_number").cast(pl.Int64),
        pl.col("insured_number").cast(pl.Float64),
        pl.col("birth_date").str.to_date(),
        pl.col("acquired_on").str.to_datetime("%Y-%m-%d"),
        pl.col("sex").cast(pl.Categorical),
    )
    path = tmp_path / "b.parquet"
    frame.write_parquet(path)
    batch = read_batch([path])
    got = batch.frame.row(0, named=True)
    assert got["my_number"] == str(int(ROWS[0]["my_number"] or ""))
    assert got["insured_number"] == "1"
    assert (got["birth_date"], got["acquired_on"]) == (ROWS[0]["birth_date"], "2025-04-01")
    assert got["sex"] == ROWS[0]["sex"]
    kinds = set(batch.marks.select("column", "mark").rows())
    assert kinds == {
        ("my_number", "numeric_cell"),
        ("insured_number", "numeric_cell"),
        ("birth_date", "date_cell"),
        ("acquired_on", "date_cell"),
    }
    assert batch.frame["line"].to_list() == [2, 3, 4, 5, 6, 7]


def test_workbook_cells_become_text_with_a_mark(tmp_path: Path) -> None:
    cells = dict(ROWS[0])
    book = make.workbook([make.ENGLISH, [cells[name] for name in make.ENGLISH]])
    sheet = book.active
    at = {name: make.ENGLISH.index(name) + 1 for name in make.ENGLISH}
    sheet.cell(2, at["my_number"]).value = 123456789
    sheet.cell(2, at["birth_date"]).value = dt.date(1985, 4, 1)
    sheet.cell(2, at["received_on"]).value = dt.datetime(2025, 4, 3, 9, 30)
    sheet.cell(2, at["certificate_needed"]).value = True
    sheet.cell(2, at["insured_number"]).value = 12.5
    sheet.cell(4, at["address"]).value = "豊洲"
    sheet.cell(4, at["sex"]).value = "=1+1"
    batch = read(tmp_path, make.saved(book))
    got = batch.frame.row(0, named=True)
    assert (got["my_number"], got["insured_number"]) == ("123456789", "12.5")
    assert (got["birth_date"], got["received_on"]) == ("1985-04-01", "2025-04-03T09:30:00")
    assert got["certificate_needed"] == "true"
    assert batch.frame["line"].to_list() == [2, 4]
    assert batch.sources[0].blank_lines == 1
    assert set(marks(batch)) == {
        (0, "my_number", "numeric_cell"),
        (0, "insured_number", "numeric_cell"),
        (0, "birth_date", "date_cell"),
        (0, "received_on", "date_cell"),
        (0, "certificate_needed", "boolean_cell"),
        (1, "sex", "formula_cell"),
    }


def test_workbook_error_values_are_not_taken_for_blank_rows(tmp_path: Path) -> None:
    book = make.workbook([make.ENGLISH, ["x"], []])
    cell = book.active.cell(4, make.ENGLISH.index("my_number") + 1)
    cell.value, cell.data_type = "#N/A", "e"
    batch = read(tmp_path, make.saved(book))
    assert batch.frame["line"].to_list() == [2, 4]
    assert batch.frame["my_number"].to_list() == [None, None]
    assert (1, "my_number", "error_cell") in marks(batch)


def test_hidden_and_empty_sheets_do_not_count(tmp_path: Path) -> None:
    book = make.workbook([make.ENGLISH, [ROWS[0][name] for name in make.ENGLISH]])
    book.create_sheet("空")
    hidden = book.create_sheet("控え")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    batch = read(tmp_path, make.saved(book))
    assert batch.frame["sheet"].to_list() == ["名簿"]
    assert batch.file_marks.select("mark", "detail").rows() == [("hidden_sheet", "1")]
    hidden.sheet_state = "visible"
    with pytest.raises(InputError, match="2 visible sheets"):
        read(tmp_path, make.saved(book))


def test_a_table_without_records_only_when_expected(tmp_path: Path) -> None:
    for data in (make.delimited([]), make.xlsx([]), make.parquet([]), make.delimited([]) + b"\n"):
        with pytest.raises(InputError, match="no record"):
            read(tmp_path, data)
        batch = read(tmp_path, data, expect_empty=True)
        assert batch.frame.height == 0
        assert batch.sources[0].lines == 0


def test_leading_zeros_live(tmp_path: Path) -> None:
    batch = read(tmp_path, make.delimited([ROWS[0] | {"my_number": "000000000012"}]))
    assert batch.frame.select("my_number", "insured_symbol", "insured_number").row(0) == (
        "000000000012",
        "012",
        "000001",
    )


def test_a_blank_line_behind_the_header_does_not_change_the_width(tmp_path: Path) -> None:
    lines = make.delimited(ROWS).splitlines(keepends=True)
    batch = read(tmp_path, b"".join([lines[0], b"\r\n", b"\n", *lines[1:]]))
    assert batch.sources[0].blank_lines == 2
    assert batch.frame["line"].to_list() == list(range(4, 4 + len(ROWS)))
    assert batch.frame["sex"].to_list() == [row["sex"] for row in ROWS]
