"""One clean record of a fictional person, its registry row, and the files that hold them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

AS_OF = date(2026, 11, 23)
WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
Row = Mapping[str, "str | None"]


def number(body: str | int) -> str:
    """Eleven digits with the check digit that belongs to them."""
    digits = f"{int(body):011d}"
    rest = sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + str(0 if rest <= 1 else 11 - rest)


def wrong_number(body: str | int) -> str:
    """Eleven digits with another check digit."""
    right = number(body)
    return right[:11] + str((int(right[11]) + 5) % 10)


OWN = number(27182818284)
RECORD: dict[str, str | None] = {
    "form": "shikaku_shutoku",
    "office_code": "1234",
    "insured_symbol": "101",
    "insured_number": "1234",
    "my_number": OWN,
    "name_kanji": "見本　太郎",
    "name_kana": "ミホン　タロウ",
    "birth_date": "1985-04-01",
    "sex": "1",
    "postal_code": "135-0061",
    "address": "東京都江東区豊洲一丁目2番27号",
    "acquired_on": "2026-11-18",
    "received_on": "2026-11-20",
}
REGISTRY_COLUMNS = (
    "my_number", "name_kanji", "name_kana", "birth_date", "sex", "address", "postal_code",
    "alias_kanji", "alias_kana", "former_name_kanji", "former_name_kana", "previous_address",
    "status", "as_of",
)  # fmt: skip
REGISTRY_ROW: dict[str, str | None] = {
    **{c: RECORD[c] for c in ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "address")},
    "status": "resident",
    "as_of": "2026-11-20",
}
# Item numbers of 様式コード 2200700 (form-formats.md, section 2).
MEDIA_ITEMS: dict[int, str] = {
    1: "2200700", 2: "13", 3: "01", 4: "ｱﾅ", 5: "12345", 6: "1234", 7: "ﾐﾎﾝ ﾀﾛｳ",
    8: "見本　太郎", 9: "5", 10: "600401", 11: "1", 12: "1", 13: OWN, 18: "9", 19: "081118",
    20: "0", 21: "300000", 22: "0", 23: "300000", 29: "135", 30: "0061",
    32: "東京都江東区豊洲一丁目２番２７号", 34: "1", 35: "1234", 36: "1234",
}  # fmt: skip


def filled(row: Row) -> dict[str, str | None]:
    """The row with {valid:BODY}, {wrong:BODY}, {same}, {spaced} and {wide} replaced."""
    return {k: None if v is None else _token(v) for k, v in row.items()}


def _token(value: str) -> str:
    value = re.sub(r"\{valid:(\d+)\}", lambda m: number(m[1]), value)
    value = re.sub(r"\{wrong:(\d+)\}", lambda m: wrong_number(m[1]), value)
    value = value.replace("{same}", OWN)
    value = value.replace("{spaced}", f"{OWN[:4]} {OWN[4:8]}-{OWN[8:]}")
    return value.replace("{wide}", OWN.translate({ord(str(d)): 0xFF10 + d for d in range(10)}))


def write_csv(path: Path, rows: Sequence[Row], columns: Iterable[str] | None = None) -> Path:
    """A UTF-8 CSV file of the rows; columns in the order of their first use."""
    names = list(columns or dict.fromkeys(c for row in rows for c in row))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[row.get(c) or "" for c in names] for row in rows])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def write_batch(folder: Path, *changes: Row, name: str = "batch.csv") -> Path:
    """A CSV batch of clean records with these changes (one clean record without any)."""
    return write_csv(folder / name, [{**RECORD, **filled(c)} for c in changes or ({},)])


def write_registry(folder: Path, *changes: Row, name: str = "registry.csv") -> Path:
    """A CSV registry of the clean row with these changes (the clean row without any)."""
    rows = [{**REGISTRY_ROW, **filled(c)} for c in changes or ({},)]
    return write_csv(folder / name, rows, REGISTRY_COLUMNS)


def write_workbook(path: Path, rows: Sequence[Row], *, numeric: str = "", formula: str = "") -> Path:
    """A workbook whose column ``numeric`` holds numbers, ``formula`` formulas with their result."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    names = list(dict.fromkeys(c for row in rows for c in row))
    page.write_row(0, 0, names)
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(names):
            value = row.get(column) or ""
            if column == numeric:
                page.write_number(line, place, int(value))
            elif column == formula:
                page.write_formula(line, place, f'="{value}"', None, value)
            else:
                page.write_string(line, place, value)
    book.close()
    return path


def media_line(changes: Mapping[int, str | None] | None = None, fields: int = 37) -> str:
    """One data line of 2200700."""
    items = {**MEDIA_ITEMS, **(changes or {})}
    return ",".join(items.get(n) or "" for n in range(1, fields + 1))


def write_media(path: Path, lines: Sequence[str]) -> Path:
    """A KPFD0006 file of one employer with these data lines."""
    head = ["1234,001,20261120,,,,,", "[kanri]", ",001",
            "1234,135,0061,東京都江東区豊洲,見本出版株式会社,見本　一郎,03,0000,0000", "[data]"]  # fmt: skip
    path.write_bytes(("\r\n".join([*head, *lines]) + "\r\n").encode("cp932"))
    return path
