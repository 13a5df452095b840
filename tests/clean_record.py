"""One clean record of a fictional person, its registry row, and the files that hold them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

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
# What else is filled in on the other forms as a rule.
USUAL: dict[str, Row] = {
    "hifuyosha_ido": {"relationship": "いとこ", "living_together": "同居"},
    "shikaku_soshitsu": {"loss_cause": "退職"},
    "shimei_henko": {"old_name_kanji": "手本　太郎", "changed_on": "2026-11-18"},
    "kisai_jiko_henko": {"changed_on": "2026-11-18"},
    "kakuninsho_funshitsu": {"circumstances": "外出先で"},
    "kakuninsho_funshitsu_soshitsugo": {"circumstances": "外出先で"},
}
REGISTRY_COLUMNS = (
    "my_number", "name_kanji", "name_kana", "birth_date", "sex", "address", "postal_code",
    "alias_kanji", "alias_kana", "former_name_kanji", "former_name_kana", "previous_address",
    "status", "as_of",
)  # fmt: skip
REGISTRY_ROW: dict[str, str | None] = {
    **{
        c: RECORD[c]
        for c in ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "address")
    },
    "status": "resident",
    "as_of": "2026-11-20",
}
# Item numbers of 様式コード 2200700 (form-formats.md, section 2).
MEDIA_ITEMS: dict[int, str] = {
    1: "2200700", 2: "21", 3: "01", 4: "ｱﾅ", 5: "12345", 6: "1234", 7: "ﾐﾎﾝ ﾀﾛｳ",
    8: "見本　太郎", 9: "5", 10: "600401", 11: "1", 12: "1", 13: OWN, 18: "9", 19: "081118",
    20: "0", 21: "300000", 22: "0", 23: "300000", 29: "135", 30: "0061",
    32: "東京都江東区豊洲一丁目２番２７号", 34: "1", 35: "1234", 36: "1234",
}  # fmt: skip
# 様式コード 2201700 (section 3): the same person, retired.
LOSS_ITEMS: dict[int, str] = {
    1: "2201700", 2: "21", 3: "01", 4: "ｱﾅ", 5: "12345", 6: "1234", 7: "ﾐﾎﾝ ﾀﾛｳ",
    8: "見本　太郎", 9: "5", 10: "600401", 11: OWN, 14: "9", 15: "081118", 16: "4", 17: "9",
    18: "081117", 22: "1", 28: "1234", 29: "1234",
}  # fmt: skip
# 様式コード 2202700 (section 4): wife and son are added.
DEPENDANT_ITEMS: dict[int, str] = {
    1: "2202700", 2: "21", 3: "01", 4: "ｱﾅ", 5: "1", 6: "9", 7: "081119", 8: "1234",
    9: "ﾐﾎﾝ ﾀﾛｳ", 10: "見本　太郎", 11: "5", 12: "600401", 13: "1", 14: OWN, 17: "5000000", 21: "1",
    24: "ﾐﾎﾝ ﾊﾅｺ", 25: "見本　花子", 26: "5", 27: "620303", 28: "2", 29: number(31415926536),
    35: "1", 37: "135", 38: "0061", 39: "東京都江東区豊洲一丁目２番２７号", 44: "9", 45: "081118",
    46: "3", 48: "1", 49: "0",
    71: "ﾐﾎﾝ ｲﾁﾛｳ", 72: "見本　一郎", 73: "9", 74: "010505", 75: "1", 76: "01",
    78: number(16180339888), 79: "1", 80: "135", 81: "0061",
    82: "東京都江東区豊洲一丁目２番２７号", 90: "9", 91: "081118", 92: "4", 94: "0", 95: "5",
    96: "配偶者の離職", 140: "1234", 141: "1234",
}  # fmt: skip
MEDIA_FORMS = {"2200700": MEDIA_ITEMS, "2201700": LOSS_ITEMS, "2202700": DEPENDANT_ITEMS}
MEDIA_FIELDS = {"2200700": 37, "2201700": 30, "2202700": 142}
# The items of each form that hold a My Number.
MEDIA_NUMBERS = {"2200700": (13,), "2201700": (11,), "2202700": (14, 29, 78)}


def clean(changes: Row, own: str = OWN) -> dict[str, str | None]:
    """The clean record with ``changes``, and what its form has filled in as a rule."""
    usual = USUAL.get(changes.get("form") or "", {})
    return {**RECORD, **usual, "my_number": own, **filled(changes, own)}


def filled(row: Row, own: str = OWN) -> dict[str, str | None]:
    """The row with {valid:BODY}, {wrong:BODY}, {same}, {spaced} and {wide} replaced."""
    return {k: None if v is None else _token(v, own) for k, v in row.items()}


def _token(value: str, own: str) -> str:
    value = re.sub(r"\{valid:(\d+)\}", lambda m: number(m[1]), value)
    value = re.sub(r"\{wrong:(\d+)\}", lambda m: wrong_number(m[1]), value)
    value = value.replace("{same}", own)
    value = value.replace("{spaced}", f"{own[:4]} {own[4:8]}-{own[8:]}")
    return value.replace("{wide}", own.translate({ord(str(d)): 0xFF10 + d for d in range(10)}))


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


def write_workbook(
    path: Path, rows: Sequence[Row], *, numeric: str = "", formula: str = ""
) -> Path:
    """A workbook; column ``numeric`` holds numbers, ``formula`` formulas with their stored result."""
    names = list(dict.fromkeys(c for row in rows for c in row))
    cells = [[_cell(f"{chr(65 + n)}1", name) for n, name in enumerate(names)]]
    for line, row in enumerate(rows, start=2):
        cells.append([
            _cell(f"{chr(65 + n)}{line}", row.get(c) or "",
                  "number" if c == numeric else "formula" if c == formula else "")
            for n, c in enumerate(names)
        ])  # fmt: skip
    sheet = "".join(f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(cells, start=1))
    book = openpyxl.Workbook()
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{sheet}</sheetData></worksheet>"
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def _cell(place: str, value: str, kind: str = "") -> str:
    text = escape(value)
    if kind == "number":
        return f'<c r="{place}"><v>{int(value)}</v></c>'
    if kind == "formula":
        return f'<c r="{place}" t="str"><f>T("x")</f><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def media_line(
    changes: Mapping[int, str | None] | None = None,
    fields: int | None = None,
    form: str = "2200700",
) -> str:
    """One data line; of 2200700, 2201700 or 2202700 with the association's items."""
    items = {**MEDIA_FORMS[form], **(changes or {})}
    return ",".join(items.get(n) or "" for n in range(1, (fields or MEDIA_FIELDS[form]) + 1))


def write_media(path: Path, lines: Sequence[str]) -> Path:
    """A KPFD0006 file of one employer with these data lines."""
    head = ["1234,001,20261120,,,,,", "[kanri]", ",001",
            "1234,135,0061,東京都江東区豊洲,見本出版株式会社,見本　一郎,03,0000,0000", "[data]"]  # fmt: skip
    path.write_bytes(("\r\n".join([*head, *lines]) + "\r\n").encode("cp932"))
    return path
