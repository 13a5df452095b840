"""Files for the tests of reading: made here, byte by byte, without the program's own writers."""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl
import polars as pl

Row = dict[str, str | None]

ENGLISH = [
    "office_code",
    "office_name",
    "insured_symbol",
    "insured_number",
    "my_number",
    "name_kanji",
    "name_kana",
    "birth_date",
    "sex",
    "postal_code",
    "address",
    "acquired_on",
    "received_on",
    "no_number_reason",
    "certificate_needed",
]
JAPANESE = [
    "事業所番号",
    "事業所名称",
    "記号",
    "番号",
    "個人番号",
    "氏名（漢字）",
    "氏名（カナ）",
    "生年月日",
    "性別",
    "郵便番号",
    "住所",
    "資格取得年月日",
    "届書受付年月日",
    "個人番号を記載できない理由",
    "資格確認書発行要否",
]

_FAMILY = [("山田", "ヤマダ"), ("佐々木", "ササキ"), ("東海林", "ショウジ"), ("渡邊", "ワタナベ")]
_GIVEN = [("太郎", "タロウ"), ("花子", "ハナコ"), ("一", "ハジメ"), ("凜", "リン")]


def my_number(seed: int) -> str:
    """A number with a right check digit, made at run time."""
    return with_check_digit(f"{random.Random(seed).randrange(10**11):011d}")


def with_check_digit(body: str) -> str:
    """Eleven digits and their check digit."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)


def people(count: int, seed: int = 1) -> list[Row]:
    """Records of 資格取得届 as text, all representable in CP932."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for index in range(count):
        family, given = rng.choice(_FAMILY), rng.choice(_GIVEN)
        rows.append(
            {
                "office_code": f"{rng.randrange(5):04d}",
                "office_name": "出版株式会社",
                "insured_symbol": "012",
                "insured_number": f"{index + 1:06d}",
                "my_number": my_number(seed * 1000 + index),
                "name_kanji": f"{family[0]}　{given[0]}",
                "name_kana": f"{family[1]}　{given[1]}",
                "birth_date": f"{rng.randrange(1960, 1999)}-0{rng.randrange(1, 9)}-1{index % 9}",
                "sex": rng.choice("12"),
                "postal_code": "135-0061",
                "address": f"東京都江東区豊洲{rng.randrange(1, 6)}-{index + 1}",
                "acquired_on": "2025-04-01",
                "received_on": "2025-04-03",
                "no_number_reason": None,
                "certificate_needed": rng.choice(["1", None]),
            }
        )
    return rows


def delimited(
    rows: Sequence[Row],
    *,
    separator: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\r\n",
    headers: Sequence[str] = ENGLISH,
    quote: bool = False,
) -> bytes:
    """A CSV or TSV file."""

    def line(values: Sequence[str]) -> str:
        if quote:
            values = ['"' + value.replace('"', '""') + '"' for value in values]
        return separator.join(values) + line_end

    body = "".join(line([row[name] or "" for name in ENGLISH]) for row in rows)
    return (line(list(headers)) + body).encode(encoding)


def json_lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A JSON Lines file; null cells are left out."""
    return "".join(
        json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n"
        for row in rows
    ).encode()


def parquet(rows: Sequence[Row]) -> bytes:
    """A Parquet file of text columns."""
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=dict.fromkeys(ENGLISH, pl.String)).write_parquet(buffer)
    return buffer.getvalue()


def workbook(rows: Sequence[Sequence[Any]], *, title: str = "名簿") -> openpyxl.Workbook:
    """A workbook with one sheet of the given rows (header included)."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook, the same at any time of day."""
    buffer = io.BytesIO()
    book.save(buffer)
    members = unpacked(buffer.getvalue())
    stamp = re.compile(rb"(?<=W3CDTF\">)[^<]*")
    members["docProps/core.xml"] = stamp.sub(b"2025-04-01T00:00:00Z", members["docProps/core.xml"])
    return packed(members.items())


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The members of a ZIP file by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file of the members, in order, a name twice where it comes twice."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as target:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members:
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def xlsx(rows: Sequence[Row], headers: Sequence[str] = ENGLISH) -> bytes:
    """An XLSX file of text cells."""
    return saved(workbook([list(headers), *([row[name] for name in ENGLISH] for row in rows)]))


def shikaku_shutoku_line(index: int, fields: int, **items: str) -> list[str]:
    """The fields of one 2200700 data line; ``items``: ``f13="..."`` by item of the longest form."""
    values = dict.fromkeys(range(1, 38), "")
    values |= {
        1: "2200700",
        2: "21",
        3: "01",
        4: "ｹｲﾄ",
        5: "123",
        6: str(index + 1),
        7: "ﾔﾏﾀﾞ ﾀﾛｳ",
        8: "山田　太郎",
        9: "5",
        10: "600401",
        11: "1",
        12: "1",
        13: my_number(index),
        18: "9",
        19: "070401",
        20: "0",
        21: "300000",
        22: "0",
        23: "300000",
        29: "135",
        30: "0061",
        31: "ﾄｳｷﾖｳﾄ ｺｳﾄｳｸ",
        32: "東京都江東区豊洲２－２",
        34: "1",
        35: "0012",
        36: f"{index + 501}",
    }
    values |= {int(name[1:]): value for name, value in items.items()}
    numbers = {
        33: range(1, 34),
        34: range(1, 35),
        36: [*range(1, 34), 35, 36, 37],
        37: range(1, 38),
    }[fields]
    return [values[no] for no in numbers]


def media(
    layout: str,
    lines: Sequence[Sequence[str]],
    *,
    offices: Sequence[Sequence[str]] | None = None,
    declared: str | None = None,
    line_end: str = "\r\n",
    tail: bytes = b"",
    encoding: str = "cp932",
) -> bytes:
    """An electronic-media file."""
    if offices is None:
        offices = [SHFD_OFFICE if layout == "SHFD0006" else KPFD_OFFICE]
    first = "21,01,ｹｲﾄ,001,20250405,22223" if layout == "SHFD0006" else "0012,001,20250405,,,,,"
    header = [first, "[kanri]", f",{declared or f'{len(offices):03d}'}"]
    header += [",".join(office) for office in offices]
    body = [",".join(line) for line in lines]
    return line_end.join([*header, "[data]", *body, ""]).encode(encoding) + tail


SHFD_OFFICE = [
    "21",
    "01",
    "ｹｲﾄ",
    "123",
    "100",
    "0000",
    "東京都千代田区霞が関１－２－２",
    "出版株式会社",
    "健保　良一",
    "03",
    "1234",
    "5678",
]
KPFD_OFFICE = [
    "0012",
    "100",
    "0000",
    "東京都千代田区霞が関１－２－２",
    "出版株式会社",
    "健保　良一",
    "03",
    "1234",
    "5678",
]
