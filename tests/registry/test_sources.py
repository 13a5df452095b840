"""Every format and notation of an extract gives the same registry."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from validator.registry import Registry, open_registry

from .made_up import normalise, number, resident, to_csv, wanted

Extract = Callable[..., Path]
ROWS = [resident(1, status="死亡"), resident(2, address='"豊洲一丁目, ""見本""荘"'), resident(3)]
JAPANESE = {
    "my_number": "個人番号",
    "name_kanji": "氏名（漢字）",
    "name_kana": "氏名 (ｶﾅ)",
    "birth_date": "生年月日",
    "sex": "性　別",
    "address": "住所",
    "status": "異動状態",
}


def opened(path: Path) -> Registry:
    return open_registry(
        path, normalise=normalise, max_age_days=None, as_of=datetime.date(2025, 12, 1)
    )


def assert_same_registry(registry: Registry) -> None:
    found = registry.holders(wanted(number(1), number(2), number(3)))
    assert found.get_column("status").to_list() == ["deceased", None, None]
    assert found.get_column("address").to_list()[1] == '豊洲一丁目, "見本"荘'
    assert found.get_column("n_name").to_list() == ["見本1子", "見本2子", "見本3子"]
    assert registry.info.problems == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("headers", ["english", "japanese"])
def test_csv(tmp_path: Path, encoding: str, headers: str) -> None:
    names = JAPANESE if headers == "japanese" else {name: name.upper() for name in JAPANESE}
    rows = [{names[k]: v for k, v in row.items()} for row in ROWS]
    assert_same_registry(opened(to_csv(tmp_path / "r.csv", rows, encoding=encoding)))


@pytest.mark.parametrize("end", ["\r\n", "\n\n", "\r\n\r\n"])
def test_line_ends_and_blank_lines(extract: Extract, end: str) -> None:
    path = extract(*ROWS)
    header, _, rows = path.read_bytes().partition(b"\n")
    path.write_bytes(header + b"\r\n" + rows.replace(b"\n", end.encode()))
    assert_same_registry(opened(path))


def test_line_break_in_a_quoted_field(extract: Extract) -> None:
    registry = opened(extract(resident(1, address='"上\n下"'), resident(2)))
    found = registry.holders(wanted(number(1), number(2)))
    assert found.get_column("address").to_list()[0] == "上\n下"


def test_tab_separated(tmp_path: Path) -> None:
    rows = [ROWS[0], resident(2, address='"豊洲一丁目, ""見本""荘"'), ROWS[2]]
    assert_same_registry(opened(to_csv(tmp_path / "r.tsv", rows, separator="\t")))


def test_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(JAPANESE.values()))
    for row in ROWS:
        values = [row.get(name) for name in JAPANESE]
        values[5] = (values[5] or "").strip('"').replace('""', '"')
        values[3] = datetime.date(1980, 1, 2)  # type: ignore[call-overload]
        values[4] = 2  # type: ignore[call-overload]
        sheet.append(values)
    sheet["A2"].value = int(number(1))
    book.create_sheet("空")
    book.save(tmp_path / "r.xlsx")
    registry = opened(tmp_path / "r.xlsx")
    assert_same_registry(registry)
    row = registry.holders(wanted(number(1))).row(0, named=True)
    assert (row["birth_date"], row["sex"]) == ("1980-01-02", "2")


def test_parquet_with_types(tmp_path: Path) -> None:
    rows = [row | {"address": row["address"].strip('"').replace('""', '"')} for row in ROWS]
    frame = pl.DataFrame(rows).with_columns(
        pl.col("my_number").cast(pl.Int64),
        pl.col("birth_date").str.to_date(),
        pl.col("sex").cast(pl.Float64),
        pl.col("status").cast(pl.Categorical),
    )
    frame.write_parquet(tmp_path / "r.parquet")
    registry = opened(tmp_path / "r.parquet")
    assert_same_registry(registry)
    row = registry.holders(wanted(number(1))).row(0, named=True)
    assert (row["birth_date"], row["sex"]) == ("1980-01-02", "2")


def test_integers_of_a_parquet_file_keep_leading_zeros(tmp_path: Path) -> None:
    body = "00012345678"
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11
    low = body + str(0 if rest <= 1 else 11 - rest)
    rows = [resident(1, my_number=low, postal_code="0600001")]
    frame = pl.DataFrame(rows).with_columns(pl.col("my_number", "postal_code").cast(pl.Int64))
    frame.write_parquet(tmp_path / "r.parquet")
    found = opened(tmp_path / "r.parquet").holders(wanted(low))
    assert found.get_column("postal_code").to_list() == ["0600001"]


def test_leading_zero_lost_in_text_is_not_guessed_back(extract: Extract) -> None:
    registry = opened(extract(resident(1), resident(2, my_number=number(2)[:11])))
    assert registry.info.problems == {"number_not_12_digits": 1}


def test_text_is_kept_as_it_stands(extract: Extract) -> None:
    odd = " ﾐﾎﾝ\u3000 髙\U000e0100 "
    registry = opened(extract(resident(1, name_kanji=odd)))
    assert registry.holders(wanted(number(1))).get_column("name_kanji").to_list() == [odd]
