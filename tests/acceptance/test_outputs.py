"""What `check` writes: files, columns, types, hand-over, balance, repetition to the byte."""

from __future__ import annotations

import csv
import json
import stat
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from clean_record import (
    AS_OF,
    RECORD,
    media_line,
    number,
    write_batch,
    write_csv,
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
RECORDS = {
    "record_id": pl.String, "source_file": pl.String, "sheet": pl.String, "line": pl.Int64, "block": pl.String, "form": pl.String,
    "office_code": pl.String, "received_on": pl.Date, "verdict": pl.String, "hold_class": pl.String, "cause": pl.String,
    "same_person": pl.Float64, "action": pl.String, "due_on": pl.Date, "level_my_number": pl.String, "level_name_kanji": pl.String,
    "level_name_kana": pl.String, "level_birth_date": pl.String, "level_sex": pl.String, "level_address": pl.String,
    "findings": pl.List(pl.String),
    "cause_detail": pl.String, "repair": pl.String, "repair_matches": pl.UInt8, "queue_position": pl.UInt32, "notice_expected": pl.Boolean,
}  # fmt: skip
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


@pytest.fixture
def done(run: Run, tmp_path: Path) -> Path:
    """A finished run over six records."""
    batch, registry = write_batch(tmp_path, *BATCH), write_registry(tmp_path)
    assert run("check", batch, "--registry", registry, "--out", tmp_path / "out").code == 1
    return tmp_path / "out"


def test_files_columns_and_types(done: Path) -> None:
    names = [
        "accepted.csv",
        "evidence.parquet",
        "findings.csv",
        "findings.parquet",
        "held.csv",
        "records.parquet",
        "report.html",
        "returned.csv",
        "summary.json",
    ]
    assert set(names) <= {p.name for p in done.iterdir()}
    records = pl.read_parquet(done / "records.parquet")
    assert dict(records.schema) == RECORDS
    assert records["line"].to_list() == [2, 3, 4, 5, 6, 7]
    assert records["verdict"].to_list() == ["pass", "hold", "return", "hold", "pass", "return"]
    assert records["hold_class"].to_list() == [None, "1", None, "0", None, None]
    assert records["received_on"][0] == date(2026, 11, 20)
    assert records["due_on"][0] == date(2026, 11, 25)
    passed = records.filter(pl.col("verdict") == "pass")
    assert passed.select(pl.col("cause", "same_person", "action").is_null().all()).row(0) == (
        True,
        True,
        True,
    )
    findings = pl.read_parquet(done / "findings.parquet")
    assert findings.columns == FINDINGS
    assert {d for n, d in findings.schema.items() if n != "line"} == {pl.String()}


def test_findings_csv_is_the_same_table(done: Path) -> None:
    table = pl.read_parquet(done / "findings.parquet")
    again = pl.read_csv(done / "findings.csv", infer_schema=False)
    assert again.columns == FINDINGS
    assert again.rows() == [
        tuple(None if v is None else str(v) for v in row) for row in table.rows()
    ]
    listed = (
        pl.read_parquet(done / "records.parquet")
        .explode("findings", empty_as_null=True)
        .drop_nulls("findings")
    )
    assert sorted(listed.select("record_id", "findings").rows()) == sorted(
        table.select("record_id", "code").rows()
    )


def test_summary(done: Path, tmp_path: Path) -> None:
    text = (done / "summary.json").read_text(encoding="utf-8")
    summary = json.loads(text)
    assert list(summary) == [
        "schema_version",
        "status",
        "exit_code",
        "counts",
        "provenance",
        "notes",
        "systematic",
        "complete",
    ]
    counts = summary["counts"]
    assert (
        counts["lines"],
        counts["records"],
        counts["accepted"],
        counts["held"],
        counts["returned"],
    ) == (6, 6, 2, 2, 2)
    assert counts["by_verdict"] == {"pass": 2, "hold": 2, "return": 2}
    assert counts["by_class"] == {"0": 1, "1": 1}
    assert counts["by_office"] == {"1234": 6}
    assert counts["by_code"]["SX002"] == 1
    provenance = summary["provenance"]
    assert {
        "inputs",
        "rules_version",
        "policy",
        "receiver",
        "registry",
        "as_of",
        "tool_version",
    } <= set(provenance)
    source = provenance["inputs"][0]
    assert (source["file"], source["lines"], source["records"]) == ("batch.csv", 6, 6)
    import hashlib

    assert source["sha256"] == hashlib.sha256((tmp_path / "batch.csv").read_bytes()).hexdigest()
    assert provenance["registry"]["rows"] == 1
    assert (provenance["policy"], provenance["receiver"], provenance["as_of"]) == (
        "registration-2024",
        "association",
        "2026-11-23",
    )
    assert (summary["status"], summary["exit_code"], summary["complete"]) == ("flagged", 1, True)


def test_the_published_schema_fits_the_summary(done: Path) -> None:
    schema = json.loads(
        (
            Path(validator.__file__).parent.parent / "schemas" / "report" / "summary.schema.json"
        ).read_text(encoding="utf-8")
    )
    summary = json.loads((done / "summary.json").read_text(encoding="utf-8"))
    assert set(schema["required"]) == set(summary)
    for name, part in (
        ("Counts", summary["counts"]),
        ("Provenance", summary["provenance"]),
        ("Input", summary["provenance"]["inputs"][0]),
    ):
        declared = schema["$defs"][name]
        assert set(declared["properties"]) == set(part)
        assert declared["additionalProperties"] is False


def test_lines_are_handed_over_untouched_and_whole(done: Path, tmp_path: Path) -> None:
    lines = (tmp_path / "batch.csv").read_bytes().splitlines(keepends=True)
    for name, wanted in (("accepted", (1, 5)), ("held", (2, 4)), ("returned", (3, 6))):
        assert (done / f"{name}.csv").read_bytes() == b"".join(
            [lines[0], *(lines[n] for n in wanted)]
        )


def test_no_line_no_file(run: Run, tmp_path: Path) -> None:
    assert (
        run(
            "check",
            write_batch(tmp_path),
            "--registry",
            write_registry(tmp_path),
            "--out",
            tmp_path / "out",
        ).code
        == 0
    )
    assert (tmp_path / "out" / "accepted.csv").exists()
    assert not [p for p in (tmp_path / "out").iterdir() if p.stem in ("held", "returned")]
    assert list(tmp_path.glob(".*")) == []


def test_modes(done: Path, run: Run, tmp_path: Path) -> None:
    run(
        "check",
        write_batch(tmp_path, name="a.csv"),
        write_batch(tmp_path, {"sex": "9"}, name="b.csv"),
        "--out",
        tmp_path / "two",
    )
    for top in (done, tmp_path / "two"):
        assert stat.S_IMODE(top.stat().st_mode) == 0o700
        for path in top.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_several_inputs_go_into_folders_with_their_names(run: Run, tmp_path: Path) -> None:
    first = write_batch(tmp_path, {}, {"sex": "9"}, name="a.csv")
    second = write_media(
        tmp_path / "KPFD0006.CSV",
        [media_line({13: number(555)}), media_line({13: number(556), 11: "9"})],
    )
    third = write_workbook(tmp_path / "c.xlsx", [{**RECORD, "my_number": number(557)}])
    (tmp_path / "sub").mkdir()
    again = write_batch(tmp_path / "sub", {"my_number": "{valid:558}"}, name="a.csv")
    out = tmp_path / "out"
    assert run("check", first, second, third, again, "--out", out).code == 1
    files = sorted(
        str(p.relative_to(out))
        for p in out.rglob("*")
        if p.is_file() and p.parent not in (out, out / "letters")
    )
    assert [f for f in files if f.startswith("accepted/")][:1] == ["accepted/2/a.csv"]
    assert set(files) == {
        "accepted/2/a.csv",
        "accepted/KPFD0006.CSV",
        "accepted/a.csv",
        "accepted/c.xlsx",
        "returned/KPFD0006.CSV",
        "returned/a.csv",
    }
    records = pl.read_parquet(out / "records.parquet")
    assert records["record_id"].n_unique() == records.height == 6
    assert records["source_file"].to_list() == [
        "a.csv",
        "a.csv",
        "KPFD0006.CSV",
        "KPFD0006.CSV",
        "c.xlsx",
        "a.csv",
    ]


def test_electronic_media_stays_a_valid_file_of_its_layout(run: Run, tmp_path: Path) -> None:
    lines = [
        media_line({13: number(600)}),
        media_line({13: number(601), 11: "9"}),
        media_line({13: number(602)}),
    ]
    path = write_media(tmp_path / "KPFD0006.CSV", lines)
    assert run("check", path, "--out", tmp_path / "out").code == 1
    original = path.read_bytes().split(b"\r\n")
    returned = (tmp_path / "out" / "returned.CSV").read_bytes().split(b"\r\n")
    assert returned == [*original[:5], original[6], b""]
    assert run("check", tmp_path / "out" / "accepted.CSV").code == 0


def test_media_reasons_items_14_and_15(run: Run, tmp_path: Path) -> None:
    cases = {
        ("1", None): "pass",
        ("2", None): "pass",
        ("3", "出生"): "pass",
        ("3", None): "return",
        ("3", "本人拒否"): "return",
        (None, None): "return",
    }
    lines = [
        media_line({13: None, 14: a, 15: b, 6: str(n)}) for n, (a, b) in enumerate(cases, start=1)
    ]
    path = write_media(tmp_path / "KPFD0006.CSV", lines)
    run("check", path, "--registry", write_registry(tmp_path), "--out", tmp_path / "out")
    records = pl.read_parquet(tmp_path / "out" / "records.parquet")
    assert records["verdict"].to_list() == list(cases.values())
    excused = records.filter(pl.col("verdict") == "pass").select(
        pl.col("^level_(name|birth|sex|address).*$")
    )
    assert {v for row in excused.rows() for v in row} == {"not_checked"}


def test_counts_recounted_by_an_independent_reader(run: Run, tmp_path: Path) -> None:
    rows = [
        {
            "my_number": f"{{valid:{1000 + n}}}",
            "sex": "129"[n % 3],
            "name_kana": "ミホン\nタロウ" if n % 4 == 0 else "ミホン　タロウ",
        }
        for n in range(60)
    ]
    batch, registry = (
        write_batch(tmp_path, *rows),
        write_registry(tmp_path, *({"my_number": r["my_number"]} for r in rows)),
    )
    run("check", batch, "--registry", registry, "--out", tmp_path / "out")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["counts"]
    counted = {}
    for name in ("accepted", "held", "returned"):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            counted[name] = len(list(csv.reader(file))) - 1
    assert {name: summary[name] for name in counted} == counted
    assert sum(counted.values()) == summary["lines"] == 60
    records = pl.read_parquet(tmp_path / "out" / "records.parquet")
    assert dict(records["verdict"].value_counts().rows()) == {
        k: v for k, v in summary["by_verdict"].items() if v
    }
    physical = batch.read_text(encoding="utf-8").split("\n")
    for line, row in zip(records["line"], rows, strict=True):
        assert (row["my_number"] or "")[7:11] and physical[line - 1].startswith(
            "shikaku_shutoku,1234"
        )


def test_xlsx_and_json_lines_and_parquet(run: Run, tmp_path: Path) -> None:
    rows = [RECORD, {**RECORD, "sex": "9", "my_number": number(77)}]
    write_workbook(tmp_path / "b.xlsx", rows)
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )
    pl.DataFrame(rows).write_parquet(tmp_path / "b.parquet")
    write_csv(tmp_path / "b.tsv", rows)
    (tmp_path / "b.tsv").write_text(
        (tmp_path / "b.tsv").read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8"
    )
    lines = {"xlsx": [2, 3], "jsonl": [1, 2], "parquet": [2, 3], "tsv": [2, 3]}
    for suffix, wanted in lines.items():
        out = tmp_path / f"out-{suffix}"
        assert (
            run(
                "check",
                tmp_path / f"b.{suffix}",
                "--registry",
                write_registry(tmp_path),
                "--out",
                out,
            ).code
            == 1
        )
        records = pl.read_parquet(out / "records.parquet")
        assert records["line"].to_list() == wanted
        assert records["verdict"].to_list() == ["pass", "return"]
        assert (out / f"accepted.{suffix}").exists() and (out / f"returned.{suffix}").exists()
    page = openpyxl.load_workbook(tmp_path / "out-xlsx" / "returned.xlsx").active
    assert [tuple(c.value for c in row) for row in page.iter_rows(min_row=2)] == [
        tuple(v for v in rows[1].values())
    ]
    assert pl.read_parquet(tmp_path / "out-parquet" / "returned.parquet").rows() == [
        tuple(rows[1].values())
    ]


@pytest.mark.parametrize("kind", ["csv", "parquet", "built file", "built folder"])
def test_every_kind_of_registry_decides_alike(run: Run, tmp_path: Path, kind: str) -> None:
    batch, source = write_batch(tmp_path, *BATCH), write_registry(tmp_path)
    registry = source
    if kind == "parquet":
        registry = tmp_path / "registry.parquet"
        pl.read_csv(source, infer_schema=False).write_parquet(registry)
    elif kind.startswith("built"):
        registry = tmp_path / "reg"
        assert run("registry", "build", source, "-o", registry).code == 0
    run("check", batch, "--registry", registry, "--out", tmp_path / "out")
    records = pl.read_parquet(tmp_path / "out" / "records.parquet")
    assert records["hold_class"].to_list() == [None, "1", None, "0", None, None]
    info = run("registry", "info", registry, "--format", "json")
    assert info.code == 0
    assert json.loads(info.out)["rows"] == 1


def test_received_on_fills_blank_dates_only(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {"received_on": None}, {"my_number": "{valid:91}"})
    run("check", batch, "--received-on", "2026-11-19", "--out", tmp_path / "out")
    days = pl.read_parquet(tmp_path / "out" / "records.parquet")["received_on"].to_list()
    assert days == [date(2026, 11, 19), date(2026, 11, 20)]


def test_the_python_api_gives_what_the_files_hold(done: Path, tmp_path: Path) -> None:
    result = validator.check(
        tmp_path / "batch.csv", registry=tmp_path / "registry.csv", as_of=AS_OF
    )
    assert result.records.equals(pl.read_parquet(done / "records.parquet"))
    assert result.findings.equals(pl.read_parquet(done / "findings.parquet"))
    assert result.summary["counts"]["by_verdict"] == {"pass": 2, "hold": 2, "return": 2}
    frame = pl.read_csv(tmp_path / "batch.csv", infer_schema=False)
    from_frame = validator.check(frame, registry=tmp_path / "registry.csv", as_of=AS_OF)
    assert from_frame.records["verdict"].to_list() == result.records["verdict"].to_list()
