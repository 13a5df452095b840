"""``explain-record``: the evidence behind one decision, without any value of a person."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from clean_record import write_batch, write_registry

from .conftest import Run

CHANGES = [
    {},
    {"my_number": "{valid:11111111112}", "name_kana": "ミホン　ダロウ"},
    {"my_number": "{valid:11111111113}", "birth_date": "1985-01-04"},
    {"my_number": "{valid:11111111114}", "birth_date": "昭和65年4月1日"},
]
SECRETS = ("見本", "ミホン", "太郎", "1985", "昭和65", "豊洲", "135-0061")


@pytest.fixture
def done(run: Run, tmp_path: Path) -> pl.DataFrame:
    registry = write_registry(
        tmp_path, *({k: v for k, v in c.items() if k == "my_number"} for c in CHANGES)
    )
    ran = run(
        "check", write_batch(tmp_path, *CHANGES), "--registry", registry, "--out", tmp_path / "out"
    )
    assert ran.code == 1, ran.err
    return pl.read_parquet(tmp_path / "out" / "records.parquet")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_record_has_a_page_and_no_page_a_value(
    run: Run, done: pl.DataFrame, tmp_path: Path, lang: str
) -> None:
    for record in done.rows(named=True):
        page = run("explain-record", record["record_id"], "--run", tmp_path / "out", "--lang", lang)
        assert (page.code, page.err) == (0, "")
        assert not [secret for secret in SECRETS if secret in page.out]
        assert not re.search("[0-9]{6}", page.out.replace(record["record_id"], ""))


def test_the_waterfall_adds_up(run: Run, done: pl.DataFrame, tmp_path: Path) -> None:
    held = done.filter(pl.col("verdict") == "hold")
    assert held["cause"].to_list() == ["kana_typo", "day_month_swapped"]
    for record in held.rows(named=True):
        page = run("explain-record", record["record_id"], "--run", tmp_path / "out").out
        lines = re.findall(r"^  +([+-]\d+\.\d) (.*)$", page, flags=re.MULTILINE)
        *parts, (total, word) = lines
        assert word.strip() == "合計"
        assert abs(sum(float(bits) for bits, _ in parts) - float(total)) < 0.5
        assert record["same_person"] > 0.5
        assert "2026-11-25" in page


def test_the_queue_has_every_flagged_record_once(done: pl.DataFrame) -> None:
    flagged = done.filter(pl.col("verdict") != "pass")
    assert sorted(flagged["queue_position"].to_list()) == list(range(1, flagged.height + 1))
    assert done.filter(pl.col("verdict") == "pass")["queue_position"].null_count() == 1


@pytest.mark.parametrize("record_id", ["nobody-L2", "../../etc", "", "x" * 10_000])
def test_an_unknown_record(run: Run, done: pl.DataFrame, tmp_path: Path, record_id: str) -> None:
    assert done.height == len(CHANGES)
    ran = run("explain-record", record_id, "--run", tmp_path / "out")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_a_folder_that_is_no_run(run: Run, tmp_path: Path) -> None:
    ran = run("explain-record", "any-L2", "--run", tmp_path)
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
