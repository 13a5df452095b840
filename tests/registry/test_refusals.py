"""Whatever cannot be used as a registry is refused with exit 4 and one clear line."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from validator.errors import ExitCode, RegistryError
from validator.registry import build, open_registry

from .made_up import COLUMNS, normalise, number, resident, to_csv

Extract = Callable[..., Path]
TODAY = date(2025, 12, 1)


def assert_refused(path: Path, max_age_days: int | None = None) -> RegistryError:
    with pytest.raises(RegistryError) as caught:
        open_registry(path, normalise=normalise, max_age_days=max_age_days, as_of=TODAY)
    error = caught.value
    assert error.exit_code == ExitCode.REGISTRY
    for lang in ("ja", "en"):
        line = error.render(lang)
        assert line.startswith(path.name)
        assert "\n" not in line
        assert "見本" not in line
        assert not re.search(r"[0-9]{6}", line.removeprefix(path.name))
    assert not re.search("[ぁ-んァ-ヶ一-龠]", error.en)
    return error


CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf\n \n",
    "header only": (",".join(COLUMNS) + "\n").encode(),
    "header without line end": ",".join(COLUMNS).encode(),
    "prose": "これは住民票データではありません。\nほんとうに。\n".encode(),
    "binary": bytes(range(256)) * 20,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 64,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "zip of something": b"PK\x03\x04" + b"\0" * 100,
    "parquet in name only": b"PAR1" + b"\0" * 100 + b"PAR1",
    "json lines": b'{"my_number": "1"}\n',
    "utf-16": ",".join(COLUMNS).encode("utf-16"),
    "electronic media": "0001,001,20251201,22223\r\n[kanri]\r\n,001\r\n[data]\r\n2200700,1\r\n".encode(
        "cp932"
    ),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_not_a_registry(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "reg.csv"
    path.write_bytes(CONTENTS[kind])
    assert_refused(path)


def test_missing_and_wrong_folder(tmp_path: Path) -> None:
    assert_refused(tmp_path / "nowhere.csv")
    assert_refused(tmp_path)


@pytest.mark.parametrize("column", ["acquired_on", "届書受付年月日", "事業所番号", "FORM"])
@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_batch_given_as_registry(tmp_path: Path, column: str, kind: str) -> None:
    rows = [resident(1) | {column: "x"}, resident(2) | {column: "y"}]
    path = tmp_path / f"batch.{kind}"
    if kind == "csv":
        to_csv(path, rows)
    elif kind == "parquet":
        pl.DataFrame(rows).write_parquet(path)
    else:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
        book.save(path)
    assert "swapped" in assert_refused(path).en


@pytest.mark.parametrize("column", COLUMNS)
def test_missing_column_is_named(tmp_path: Path, column: str) -> None:
    columns = [c for c in COLUMNS if c != column]
    path = to_csv(tmp_path / "r.csv", [resident(1)], columns=columns)
    assert column in assert_refused(path).en


def test_doubled_column(tmp_path: Path) -> None:
    rows = [resident(1) | {"個人番号": number(2)}]
    assert "my_number" in assert_refused(to_csv(tmp_path / "r.csv", rows)).en


@pytest.mark.parametrize("damage", ["short", "long", "cut", "short after a quoted line break"])
def test_ragged_rows_are_listed(extract: Extract, damage: str) -> None:
    quoted = damage == "short after a quoted line break"
    path = extract(resident(1, address='"上\n下"' if quoted else "東京都"), *map(resident, (2, 3)))
    lines = path.read_text(encoding="utf-8").split("\n")
    bad = lines.index(next(line for line in lines if line.startswith(number(3))))
    lines[bad] = {"long": lines[bad] + ",x", "cut": lines[bad][:20]}.get(
        damage, lines[bad].replace(",2,", ",", 1)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    assert assert_refused(path).lines == (5 if quoted else 4,)


def test_quote_never_closed(extract: Extract) -> None:
    assert_refused(extract(resident(1, address='"東京都'), resident(2), resident(3)))


def test_two_encodings_in_one_file(extract: Extract) -> None:
    path = extract(*map(resident, range(20)))
    path.write_bytes(path.read_bytes() + ",".join(resident(21).values()).encode("cp932") + b"\n")
    assert assert_refused(path).lines == (22,)


def test_no_usable_number(extract: Extract) -> None:
    assert_refused(extract(*(resident(i, my_number=number(i, fits=False)) for i in range(3))))


@pytest.mark.parametrize("kind", ["plain", "built"])
def test_age_limit(extract: Extract, tmp_path: Path, kind: str) -> None:
    def made(name: str, **row: str) -> Path:
        path = extract(resident(1, **row), name=f"{name}.csv")
        if kind == "built":
            build([path], tmp_path / name, normalise=normalise)
            path = tmp_path / name
        return path

    dated = made("dated", as_of="2025-11-21")
    undated = made("undated")
    assert "10" in assert_refused(dated, 9).en
    assert "unknown" in assert_refused(undated, 10_000).en
    for path, limit in ((dated, 10), (dated, None), (undated, None)):
        registry = open_registry(path, normalise=normalise, max_age_days=limit, as_of=TODAY)
        assert registry.info.numbers == 1
    assert (
        open_registry(dated, normalise=normalise, max_age_days=None, as_of=TODAY).info.age_days(
            TODAY
        )
        == 10
    )


def test_damaged_files_never_escape_the_refusal(tmp_path: Path) -> None:
    """Cuts and flipped bytes in every format: refused, or read; never another exception."""
    rows = [resident(i) for i in range(40)]
    whole = {"csv": to_csv(tmp_path / "whole", rows).read_bytes()}
    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    whole["parquet"] = buffer.getvalue()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    buffer = io.BytesIO()
    book.save(buffer)
    whole["xlsx"] = buffer.getvalue()
    chance = random.Random(7)
    outcomes = set()
    for kind, data in whole.items():
        for _ in range(40):
            place = chance.randrange(1, len(data))
            damaged = data[:place]
            if chance.random() < 0.5:
                damaged += bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
            path = tmp_path / f"damaged.{kind}"
            path.write_bytes(damaged)
            try:
                open_registry(path, normalise=normalise, max_age_days=None, as_of=TODAY)
            except RegistryError:
                outcomes.add(kind)
    assert outcomes == set(whole)
