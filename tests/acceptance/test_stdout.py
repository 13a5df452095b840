"""What stands on stdout in every format and language, and the same result run after run."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from clean_record import (
    AS_OF,
    OWN,
    RECORD,
    media_line,
    number,
    write_batch,
    write_media,
    write_registry,
    write_workbook,
)

import validator

from .conftest import Run

BATCH: list[dict[str, str | None]] = [
    {},
    {"sex": "2"},
    {"sex": "9"},
    {"my_number": "{valid:11223344556}"},
    {"postal_code": "999-9999"},
    {"my_number": None},
]
FINDINGS = [
    "record_id",
    "source_file",
    "line",
    "field",
    "code",
    "slug",
    "severity",
    "effect",
    "message",
    "hint",
    "suggestion",
]


FORMATS = ["text", "json", "jsonl", "csv", "sarif", "junit", "github"]


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_formats_on_stdout(run: Run, tmp_path: Path, style: str, lang: str) -> None:
    batch, registry = write_batch(tmp_path, *BATCH), write_registry(tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    ran = run("check", batch, "--registry", registry, "--format", style, "--lang", lang)
    assert (ran.code, ran.err) == (1, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert "SX002" in ran.out
    if style == "json":
        assert json.loads(ran.out)["complete"] is True
    elif style == "jsonl":
        assert all(list(json.loads(line)) == FINDINGS for line in ran.out.splitlines())
    elif style == "csv":
        assert next(csv.reader(ran.out.splitlines())) == FINDINGS
    elif style == "sarif":
        result = json.loads(ran.out)["runs"][0]["results"][0]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 2
    elif style == "junit":
        suite = ElementTree.fromstring(ran.out)
        assert (suite.get("tests"), suite.get("failures")) == ("6", "4")
    elif style == "github":
        assert ran.out.startswith("::") and "file=batch.csv,line=" in ran.out
    for value in (OWN, "太郎", "ミホン", "タロウ", "1985-04-01", "豊洲"):
        assert value not in ran.out


def test_without_a_registry_all_say_so(run: Run, tmp_path: Path) -> None:
    words = "住民票との照合なし"
    for lang in ("ja", "en"):
        ran = run("check", write_batch(tmp_path), "--lang", lang)
        assert ran.code == 0
        assert words in ran.out
    run("check", write_batch(tmp_path), "--out", tmp_path / "out")
    assert (
        json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["provenance"][
            "registry"
        ]
        is None
    )
    levels = (
        pl.read_parquet(tmp_path / "out" / "records.parquet").select(pl.col("^level_.*$")).row(0)
    )
    assert set(levels) == {"not_checked"}


def test_quiet_and_english(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, *BATCH)
    assert run("check", batch, "--out", tmp_path / "q", "--quiet").out == ""
    english = run("check", batch, "--out", tmp_path / "e", "--lang", "en").out
    assert "records" in english and "件" not in english
    table = pl.read_parquet(tmp_path / "e" / "findings.parquet")
    assert not table["message"].str.contains("です|ます").any()


def test_run_again_to_the_byte_under_any_hash_seed(tmp_path: Path) -> None:
    batch, registry = write_batch(tmp_path, *BATCH * 3), write_registry(tmp_path)
    media = write_media(
        tmp_path / "KPFD0006.CSV", [media_line({13: number(600)}), media_line({11: "9"})]
    )
    workbook = write_workbook(
        tmp_path / "c.xlsx", [{**RECORD, "my_number": number(557)}, {**RECORD, "sex": "9"}]
    )
    found, printed = [], set()
    for seed in ("0", "1", "4711"):
        out = tmp_path / f"out{seed}"
        root = Path(validator.__file__).parent.parent
        done = subprocess.run(
            [sys.executable, "-m", "validator", "check", batch, media, workbook, "--registry", registry, "--out", out, "--as-of", AS_OF.isoformat()],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}:{root / 'fixtures'}"}, capture_output=True, check=False, text=True,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert done.stderr == ""
        found.append(
            {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
        )
        printed.add(done.stdout.replace(f"out{seed}", "out"))
    assert found[0] == found[1] == found[2]
    assert len(printed) == 1
    assert len(found[0]) >= 12


def test_form_applies_to_rows_that_name_none(run: Run, tmp_path: Path) -> None:
    row = {"form": None, "sex": None, "lost_on": "2026-11-19", "left_on": "2026-11-18"}
    batch = write_batch(tmp_path, row)
    assert run("check", batch).code == 1
    assert run("check", batch, "--form", "shikaku_soshitsu").code == 0


def test_a_demo(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--rows", "60", "--out", tmp_path / "demo")
    assert (ran.code, ran.err) == (0, "")
    assert "60" in ran.out
    assert {"batch.csv", "registry.csv"} == {
        p.name for p in (tmp_path / "demo" / "input").iterdir()
    }
    assert (
        json.loads((tmp_path / "demo" / "summary.json").read_text(encoding="utf-8"))["counts"][
            "records"
        ]
        == 60
    )
