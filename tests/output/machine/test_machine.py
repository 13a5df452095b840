"""The machine formats against their published schemas, and what must not be in them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from clean_record import (
    AS_OF,
    OWN,
    media_line,
    number,
    write_batch,
    write_media,
    write_registry,
    write_workbook,
)

from validator.checking import Checked, Options, check_files
from validator.output.machine import FORMATS, render_machine

DATA = Path(__file__).parent / "data"
CHANGES: list[dict[str, str | None]] = [
    {},
    {"sex": "2"},
    {"sex": "9"},
    {"my_number": "{valid:11223344556}"},
    {"postal_code": "999-9999"},
    {"my_number": None},
    {"name_kana": "ミホン　ﾀﾛｳ"},
]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "up:load, 100%"
    folder.mkdir()
    files = [
        write_batch(folder, *CHANGES, name="届 書.csv"),
        write_media(folder / "KPFD0006.CSV", [media_line({13: number(600)}), media_line({11: "9"})]),
        write_workbook(tmp_path / "c.xlsx", [{"my_number": number(557), **dict.fromkeys(("name_kanji", "name_kana", "birth_date", "sex", "address"), "x")}]),
    ]  # fmt: skip
    registry = write_registry(tmp_path)
    return check_files(
        [Path(f).relative_to(tmp_path) for f in files], Options(registry=registry, as_of=AS_OF)
    )


@pytest.mark.parametrize("style", FORMATS)
def test_nothing_personal(checked: Checked, style: str) -> None:
    text = render_machine(checked, style)
    for value in (
        OWN,
        OWN[1:7],
        OWN[6:],
        number(600),
        "太郎",
        "ミホン",
        "タロウ",
        "1985",
        "豊洲",
        "Users",
        str(Path.cwd()),
    ):
        assert value not in text, value


def sarif(checked: Checked) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_machine(checked, "sarif"))
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    return document


def test_sarif_keeps_its_schema_and_names_every_finding(checked: Checked) -> None:
    run = sarif(checked)["runs"][0]
    findings = checked.findings()
    assert len(run["results"]) == findings.height > 10
    assert [r["ruleId"] for r in run["results"]] == findings["code"].to_list()
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert (
            rule["id"] == result["ruleId"]
            and rule["help"]["text"]
            and rule["fullDescription"]["text"]
        )
        place = result["locations"][0]["physicalLocation"]
        artifact = run["artifacts"][place["artifactLocation"]["index"]]
        assert artifact["location"]["uri"] == place["artifactLocation"]["uri"]
        assert place["region"]["startLine"] >= 1
    assert [a["location"]["uri"] for a in run["artifacts"]] == [
        "up%3Aload%2C%20100%25/%E5%B1%8A%20%E6%9B%B8.csv", "up%3Aload%2C%20100%25/KPFD0006.CSV", "c.xlsx",
    ]  # fmt: skip
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [r["level"] for r in run["results"]] == [levels[s] for s in findings["severity"]]
    assert run["invocations"][0]["exitCode"] == 1


def test_fingerprints_are_of_the_place_not_of_the_values(checked: Checked, tmp_path: Path) -> None:
    marks = [r["partialFingerprints"]["place/v1"] for r in sarif(checked)["runs"][0]["results"]]
    assert len(set(marks)) == len(marks)
    folder = Path("up:load, 100%")
    write_batch(folder, *[{**c, "office_code": "999"} for c in CHANGES], name="届 書.csv")
    again = check_files(
        [folder / "届 書.csv", folder / "KPFD0006.CSV", Path("c.xlsx")],
        Options(registry=tmp_path / "registry.csv", as_of=AS_OF),
    )
    assert {
        r["partialFingerprints"]["place/v1"] for r in sarif(again)["runs"][0]["results"]
    } == set(marks)


def test_junit_keeps_its_schema_and_counts(checked: Checked) -> None:
    text = render_machine(checked, "junit")
    xmlschema.XMLSchema10(DATA / "junit-10.xsd").validate(ElementTree.fromstring(text))
    root = ElementTree.fromstring(text)
    counts = checked.summary.counts
    flagged = counts.by_verdict["hold"] + counts.by_verdict["return"]
    assert (int(root.get("tests", "")), int(root.get("failures", ""))) == (counts.records, flagged)
    cases = list(root.iter("testcase"))
    assert len(cases) == counts.records == sum(int(s.get("tests", "")) for s in root)
    assert len(list(root.iter("failure"))) == flagged
    by_id = {r["record_id"]: r for r in checked.records().iter_rows(named=True)}
    for case in cases:
        failure = case.find("failure")
        record = by_id[case.get("name", "")]
        assert (failure is not None) == (record["verdict"] != "pass")
        if failure is not None:
            assert failure.get("type", "").startswith(record["verdict"])
            assert f":{record['line']}" in (failure.text or "")


def test_github_annotations_escape_what_commands_use(checked: Checked) -> None:
    lines = render_machine(checked, "github").splitlines()
    assert len(lines) == checked.findings().height
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) file=[^:,]+,line=\d+,title=[^:,]+::.+", line)
    assert lines[0].partition("file=")[2].startswith(("up%3Aload%2C 100%25/届 書.csv,",))


def test_concise_is_one_line_a_finding_with_a_path_to_click(checked: Checked) -> None:
    lines = render_machine(checked, "concise").splitlines()
    expected = checked.findings().filter(checked.findings()["severity"] != "info").height
    assert len(lines) == expected
    for line in lines:
        path, number_ = re.match(r"(.+?\.(?:csv|CSV|xlsx)):(\d+): [A-Z]{2}\d{3} ", line).groups()  # type: ignore[union-attr]
        assert Path(path).is_file() and int(number_) >= 2


def test_tables_have_every_finding(checked: Checked) -> None:
    rows = list(csv.DictReader(io.StringIO(render_machine(checked, "csv"))))
    lines = [json.loads(line) for line in render_machine(checked, "jsonl").splitlines()]
    assert len(rows) == len(lines) == checked.findings().height
    assert (
        [r["code"] for r in rows]
        == [line["code"] for line in lines]
        == checked.findings()["code"].to_list()
    )
    assert not any(r["suggestion"] for r in rows) and not any(line["suggestion"] for line in lines)


def test_an_empty_result_keeps_the_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_batch(tmp_path)
    checked = check_files([Path("batch.csv")], Options(as_of=AS_OF))
    assert sarif(checked)["runs"][0]["results"] == []
    xmlschema.XMLSchema10(DATA / "junit-10.xsd").validate(
        ElementTree.fromstring(render_machine(checked, "junit"))
    )
    assert render_machine(checked, "github") == render_machine(checked, "concise") == ""
