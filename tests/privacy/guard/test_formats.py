"""What the guard says to programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from clean_record import OWN

from validator.cli.main import main
from validator.cli.options import FORMATS

DATA = Path(__file__).parents[2] / "output" / "machine" / "data"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b:100%.csv").write_text(f"氏名,個人番号\n見本,{OWN}\n", encoding="utf-8")
    (tmp_path / f"=控え {OWN}.txt").write_text("x")
    (tmp_path / "c.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"x" * 50)
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "d.txt").write_text("x")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["guard", *arguments])
    out, err = capsys.readouterr()
    assert err.count("\n") == (1 if code else 0)
    assert not re.search(r"\d{6}", out + err)
    return code, out


def test_no_format_shows_a_digit_and_all_exit_alike(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for style in FORMATS:
        assert said(capsys, ".", "--format", style)[0] == 9, style
        assert said(capsys, "c.7z", "--format", style)[0] == 3, style
        assert said(capsys, "clean", "--format", style)[0] == 0, style


def test_json_is_one_document_that_ends_with_complete(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(said(capsys, ".", "--format", "json")[1])
    assert list(document)[-1] == "complete"
    assert (document["status"], document["exit_code"]) == ("plaintext", 9)
    assert document["counts"] == {"files": 3, "numbers": 2, "unreadable": 1}
    field = next(f for f in document["findings"] if f["rule"] == "field")
    assert (field["path"], field["line"], field["column"]) == ("a,b:100%.csv", 2, 4)
    clean = json.loads(said(capsys, "clean", "--format", "json")[1])
    assert (clean["status"], clean["findings"]) == ("clean", [])


def test_lines_and_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, ".", "--format", "jsonl")[1].splitlines()
    rows = list(csv.DictReader(io.StringIO(said(capsys, ".", "--format", "csv")[1])))
    assert len(lines) == len(rows) == 3
    assert [json.loads(line)["rule"] for line in lines] == [row["rule"] for row in rows]
    assert not any(row["path"].startswith("=") for row in rows)


def test_sarif_and_junit_keep_their_schemas(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    cases = xmlschema.XMLSchema(str(DATA / "junit-10.xsd"))
    for place, count in ((".", 3), ("clean", 0)):
        sarif = json.loads(said(capsys, place, "--format", "sarif")[1])
        jsonschema.validate(sarif, schema)
        assert len(sarif["runs"][0]["results"]) == count
        junit = said(capsys, place, "--format", "junit")[1]
        cases.validate(junit)
        assert ET.fromstring(junit.encode()).attrib["failures"] == str(count)


def test_annotations_are_escaped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "a,b:100%.csv", "--format", "github")[1].splitlines()
    assert lines[0].startswith("::error file=a%2Cb%3A100%25.csv,line=2,col=4,title=guard field::")


def test_stdin_and_the_filter(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, code in ((OWN, 9), ("x", 0)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert said(capsys, "-")[0] == code
    assert said(capsys, "--filter", "--format", "json")[0] == 2
