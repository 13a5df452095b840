"""Numbers in pieces: cells, lines and elements of their own, escapes, fractions, databases."""

from __future__ import annotations

import io
import json
import random
import sqlite3
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from clean_record import number
from openpyxl.worksheet.datavalidation import DataValidation

from .asking import WRONG, N, fours, reasons, wide

MARKS = [",", "，", "、", "/", "\t", "\n", "\r\n", "  ", ":", "：", "|", "=", "\n\n", '","']


@pytest.mark.parametrize("mark", MARKS)
def test_groups_apart_count_beside_a_word_for_them(mark: str) -> None:
    assert reasons("a.txt", f"個人番号: {fours(N, mark)}\n") == ["field"]
    assert reasons("a.txt", f"売上 {fours(N, mark)}\n") == []
    assert reasons("a.txt", f"個人番号: {fours(WRONG, mark)}\n") == []


def test_cells_of_one_group_or_digit() -> None:
    row = ",".join(fours(N, ",").split(","))
    assert reasons("a.csv", f"氏名,個人番号,,\n見本,{row}\n") == ["field"]
    assert reasons("a.csv", f"個人番号,{','.join(N)}\n") == ["field"]
    assert reasons("a.csv", f"性別,個人番号{',' * 11}\n1,{','.join(N)}\n") == ["field"]
    cells = "</td>\n  <td class='d'>".join(N)
    assert reasons("a.html", f"<th>マイナンバー</th><td>{cells}</td>") == ["field"]


def test_other_cells_beside_an_empty_column_for_numbers() -> None:
    draw = random.Random(4)
    years = [f",{draw.randrange(1000, 9999)},{draw.randrange(1000, 9999)},{2000 + n % 9}" for n in range(500)]  # fmt: skip
    flags = ["," + ",".join(str(draw.randrange(10)) for _ in range(14)) for _ in range(500)]
    assert reasons("a.csv", "個人番号,金額,件数,年\n" + "\n".join(years)) == []
    head = "個人番号," + ",".join(f"区分{n}" for n in "一二三四五六七八九十甲乙丙丁")
    assert reasons("a.csv", f"{head}\n" + "\n".join(flags)) == []


@pytest.mark.parametrize("digits", [f"{N}.0", f"{N}.00"])
def test_a_number_that_became_a_fraction(digits: str) -> None:
    assert reasons("a.csv", f"氏名,値\n見本,{digits}\n") == ["number"]
    assert reasons("a.csv", f"氏名,個人番号\n見本,{digits}\n") == ["field"]
    assert reasons("a.csv", f"氏名,値\n見本,0.{N}\n") == []


def test_escapes_of_json_and_html() -> None:
    assert reasons("a.json", json.dumps({"個人番号": N})) == ["field"]
    assert reasons("a.json", json.dumps({"備考": wide(N)})) == ["number"]
    assert reasons("a.html", "<p>" + "".join(f"&#{ord(c)};" for c in N) + "</p>") == ["number"]
    assert reasons("a.html", "<p>" + "".join(f"&#x{ord(c):x};" for c in N) + "</p>") == ["number"]
    assert reasons("a.txt", r"C:\users\u12 \ud800 &#10; &#99999999;") == []


def test_everything_a_workbook_holds() -> None:
    def with_formula(book: openpyxl.Workbook) -> None:
        book.active["A1"] = f'="{N}"'

    def with_header(book: openpyxl.Workbook) -> None:
        book.active.oddHeader.center.text = N

    def with_choices(book: openpyxl.Workbook) -> None:
        choices = DataValidation(type="list", formula1=f'"{N},other"')
        choices.add("A1")
        book.active.add_data_validation(choices)

    def with_title(book: openpyxl.Workbook) -> None:
        book.active.title = N

    for change in (with_formula, with_header, with_choices, with_title):
        book, buffer = openpyxl.Workbook(), io.BytesIO()
        change(book)
        book.save(buffer)
        assert len(reasons("a.xlsx", buffer.getvalue())) == 1, change.__name__


def test_nested_columns_fractions_and_arrow() -> None:
    frames = [
        pl.DataFrame({"a": [{"b": ["x", N]}]}),
        pl.DataFrame({"a": [float(N)]}),
        pl.DataFrame({"a": [N.encode()]}),
    ]
    for frame in frames:
        parquet, arrow = io.BytesIO(), io.BytesIO()
        frame.write_parquet(parquet)
        frame.write_ipc(arrow, compression="zstd")
        assert reasons("a.parquet", parquet.getvalue()) == ["number"]
        assert reasons("a.arrow", arrow.getvalue()) == ["number"]
    assert reasons("a.arrow", b"ARROW1\0\0" + b"\0" * 99) == ["damaged"]


def test_rare_hyphens() -> None:
    for mark in "\u3030\u2e3a\ufe31\u05be\u1806":
        assert reasons("a.txt", f"番号 {fours(N, mark)}") == ["number"], hex(ord(mark))


def test_a_database_is_read_by_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE person (name TEXT, my_number INTEGER)")
        connection.execute("CREATE TABLE orders (id INTEGER, price REAL)")
        connection.execute("INSERT INTO person VALUES ('見本', ?)", (int(N),))
        connection.execute("INSERT INTO orders VALUES (?, 1.5)", (int(number(16180339888)),))
    connection.close()
    whole = path.read_bytes()
    assert reasons("a.db", whole) == ["field"]
    assert reasons("a.db", whole[:100] + b"\xff" * 4000) == []
