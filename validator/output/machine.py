"""Machine formats on stdout: masked, and complete."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

from validator.checking import Checked
from validator.output.tables import for_spreadsheets, masked
from validator.privacy.visible import visible

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


def render_machine(checked: Checked, style: str) -> str:
    """The result as ``json`` (summary), ``jsonl``, ``csv``, ``sarif``, ``junit`` or ``github``."""
    return {
        "json": _json,
        "jsonl": _jsonl,
        "csv": _csv,
        "sarif": _sarif,
        "junit": _junit,
        "github": _github,
    }[style](checked)


def _json(checked: Checked) -> str:
    return checked.summary.model_dump_json(indent=2) + "\n"


def _jsonl(checked: Checked) -> str:
    return masked(checked.findings()).write_ndjson()


def _csv(checked: Checked) -> str:
    buffer = io.StringIO()
    for_spreadsheets(masked(checked.findings())).write_csv(buffer)
    return buffer.getvalue()


def _sarif(checked: Checked) -> str:
    rules = checked.settings.rules
    findings = masked(checked.findings())
    place = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "validator",
                "version": checked.summary.provenance.tool_version,
                "rules": [
                    {
                        "id": r.code,
                        "name": r.slug,
                        "shortDescription": {"text": r.message.get(checked.settings.lang)},
                        "help": {"text": r.hint.get(checked.settings.lang)},
                    }
                    for r in rules
                ],
            }
        },
        "results": [
            {
                "ruleId": row["code"],
                "ruleIndex": place[row["code"]],
                "level": _LEVELS[row["severity"]],
                "message": {"text": row["message"]},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": row["source_file"]},
                            "region": {"startLine": row["line"]},
                        }
                    }
                ],
                "partialFingerprints": {"record": f"{row['record_id']}/{row['code']}"},
            }
            for row in findings.iter_rows(named=True)
        ],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _junit(checked: Checked) -> str:
    findings = masked(checked.findings())
    errors = findings.filter(findings["severity"] == "error")
    counts = checked.summary.counts
    flagged = set(errors["record_id"].to_list())
    suite = ElementTree.Element(
        "testsuite",
        name="validator",
        tests=str(counts.records),
        failures=str(len(flagged)),
        errors="0",
    )
    by_record: dict[str, list[str]] = {}
    for row in errors.iter_rows(named=True):
        by_record.setdefault(row["record_id"], []).append(f"{row['code']}: {row['message']}")
    for record in checked.records().select("record_id", "source_file").iter_rows(named=True):
        case = ElementTree.SubElement(
            suite, "testcase", classname=visible(record["source_file"]), name=record["record_id"]
        )
        for text in by_record.get(record["record_id"], [])[:1]:
            failure = ElementTree.SubElement(case, "failure", message=text)
            failure.text = "\n".join(by_record[record["record_id"]])
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _github(checked: Checked) -> str:
    lines = []
    for row in masked(checked.findings()).iter_rows(named=True):
        text = (
            f"{row['code']} {row['message']}".replace("%", "%25")
            .replace("\r", "%0D")
            .replace("\n", "%0A")
        )
        name = row["source_file"].replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        lines.append(f"::{_GITHUB[row['severity']]} file={name},line={row['line']}::{text}\n")
    return "".join(lines)
