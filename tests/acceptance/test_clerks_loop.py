"""The clerk's loop: check → work list → decisions → resolve → the next check."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from clean_record import number, write_batch, write_registry

from .conftest import Run

PEOPLE = [number(70_000_000_000 + 11 * n) for n in range(8)]
# One person each: how the form differs from the registry.
DIFFERENCES: list[dict[str, str | None]] = [
    {},
    {"name_kana": "ミホン　ジロウ"},
    {"address": "東京都江東区豊洲二丁目2番27号"},
    {"birth_date": "1985-04-02"},
    {"sex": "9"},
    {"name_kanji": "見本　次郎"},
]
DAY = "2026-11-23"


def batch(folder: Path, changes: list[dict[str, str | None]], name: str = "batch.csv") -> Path:
    rows = [{"my_number": n, **c} for n, c in zip(PEOPLE, changes, strict=False)]
    return write_batch(folder, *rows, name=name)


def registry(folder: Path, name: str = "registry.csv", **changed: dict[str, str]) -> Path:
    rows = [{"my_number": n, **changed.get(f"p{at}", {})} for at, n in enumerate(PEOPLE)]
    return write_registry(folder, *rows, name=name)


def fill(path: Path, by_line: dict[int, dict[str, object]]) -> None:
    """Fill in the rows of these lines of the batch as somebody does in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["作業一覧"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    filled = 0
    for row in range(2, sheet.max_row + 1):
        line = sheet.cell(row, columns["行"]).value
        for header, value in by_line.get(line, {}).items():
            sheet.cell(row, columns[header]).value = value
            filled += header == "判定"
    assert filled == len(by_line)
    book.save(path)


def confirmed(reason: str = "カナの書き方の違い", day: object = DAY) -> dict[str, object]:
    return {"判定": "本人確認済", "理由": reason, "担当者": "鈴木 花子", "決定日": day}


def verdicts(out: Path) -> dict[int, str]:
    records = pl.read_parquet(out / "records.parquet")
    return dict(records.select("line", "verdict").iter_rows())


HELD = {2: "pass", 3: "hold", 4: "hold", 5: "hold", 6: "return", 7: "hold"}


@pytest.mark.parametrize("state_from_the_start", [True, False], ids=["with-state", "without-state"])
def test_cleared_once_is_not_held_again(
    run: Run, tmp_path: Path, state_from_the_start: bool
) -> None:
    given, known = batch(tmp_path, DIFFERENCES), registry(tmp_path)
    state = ["--state", tmp_path / "state"]
    first = state if state_from_the_start else []
    assert run("check", given, "--registry", known, "--out", "one", *first).code == 1
    assert verdicts(tmp_path / "one") == HELD
    worklist = tmp_path / "one" / "worklist.xlsx"
    fill(
        worklist,
        {
            3: confirmed(),
            4: confirmed("住民票で転居を確認", day=datetime(2026, 11, 23)),
            5: confirmed("生年月日は住民票の写しで確認", day="令和8年11月23日"),
            7: {"判定": "照会中", "担当者": "鈴木", "決定日": date(2026, 11, 22)},
        },
    )
    ran = run("resolve", worklist, *state, "--as-of", DAY)
    assert (ran.code, ran.err) == (0, "")
    assert "本人確認済 3件" in ran.out and "照会中 1件" in ran.out
    assert "鈴木" not in ran.out
    again = run("resolve", worklist, *state, "--as-of", DAY, "--format", "json")
    assert json.loads(again.out)["counts"] == {"entered": 0, "known": 4, "refused": 0, "open": 1}
    assert run("check", given, "--registry", known, "--out", "two", *state).code == 1
    assert verdicts(tmp_path / "two") == {**HELD, 3: "pass", 4: "pass", 5: "pass"}
    found = pl.read_parquet(tmp_path / "two" / "findings.parquet")
    said = dict(found.filter(pl.col("code") == "CL001").select("line", "message").iter_rows())
    assert set(said) == {3, 4, 5}
    assert "2026-11-23" in said[3] and "カナの書き方の違い" in said[3]
    # A reason in words is repeated where only words of the trade are in it.
    assert "「住民票で転居を確認」" in said[4] and "「生年月日は住民票の写しで確認」" in said[5]
    assert "鈴木" not in " ".join(found["message"].to_list())
    summary = json.loads((tmp_path / "two" / "summary.json").read_text(encoding="utf-8"))
    assert summary["counts"]["cleared"] == 3
    assert summary["provenance"]["ledger"]["clearances"] == 3
    report = (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    assert "前に本人確認済のため、保留にしなかったもの" in report
    assert all(message in report for message in said.values())
    assert "鈴木" not in report
    assert "本人確認済のため" not in (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(tmp_path / "two" / "worklist.xlsx")["作業一覧"]
    rows = [
        dict(zip([c.value for c in sheet[1]], r, strict=True))
        for r in sheet.iter_rows(min_row=2, values_only=True)
    ]
    before = {row["行"]: row["前回の判定"] for row in rows if row["record_id"]}
    assert before[7] == "2026-11-22 照会中(担当 鈴木)"


def test_what_has_changed_since_is_held_again(run: Run, tmp_path: Path) -> None:
    known = registry(tmp_path)
    state = ["--state", tmp_path / "state"]
    changes = [{}, *[{"name_kana": "ミホン　ジロウ"}] * 3, {"name_kana": "ミホン　ジロー"}]
    run("check", batch(tmp_path, changes), "--registry", known, "--out", "one", *state)
    fill(tmp_path / "one" / "worklist.xlsx", {line: confirmed() for line in (3, 4, 5, 6)})
    assert run("resolve", tmp_path / "one" / "worklist.xlsx", *state, "--as-of", DAY).code == 0
    # Another form now, and another registry: lines 4 and 5 have changed, 3 and 6 only in notation.
    changes[1] = {"name_kana": "みほん ジロウ", "address": "東京都江東区豊洲１－２－２７"}
    changes[2] = {"name_kana": "ミホン　サブロウ"}
    later = batch(tmp_path, changes, "later.csv")
    renewed = registry(tmp_path, "renewed.csv", p3={"address": "東京都江東区豊洲一丁目9番9号"})
    ran = run("check", later, "--registry", renewed, "--out", "two", *state)
    assert ran.code == 1
    assert verdicts(tmp_path / "two") == {2: "pass", 3: "pass", 4: "hold", 5: "hold", 6: "pass"}
    found = pl.read_parquet(tmp_path / "two" / "findings.parquet")
    said = dict(found.filter(pl.col("code") == "CL003").select("line", "message").iter_rows())
    assert "届書の内容" in said[4] and "台帳の内容" in said[5]
