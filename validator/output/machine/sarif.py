"""SARIF 2.1.0 (OASIS): results with their rules, for code-scanning viewers and editors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from validator.checking import Checked
from validator.output.machine.places import located, paths_of
from validator.rules.model import Rule, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ENDED = {
    0: "done, nothing held or returned",
    1: "done, something held or returned",
}


def render_sarif(checked: Checked) -> str:
    """One run with every rule, every file and every finding."""
    lang = checked.settings.lang
    rules = checked.settings.rules
    index = {rule.code: position for position, rule in enumerate(rules)}
    files = {path: position for position, path in enumerate(paths_of(checked).values())}
    code = checked.summary.exit_code
    run = {
        "tool": {
            "driver": {
                "name": "validator",
                "version": checked.summary.provenance.tool_version,
                "language": lang,
                "rules": [_rule(rule, lang) for rule in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": code,
                "exitCodeDescription": _ENDED.get(code, "done"),
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "descriptor": {"id": rule},
                        "message": {"text": "rule could not be evaluated"},
                    }
                    for rule in checked.judged.not_evaluated
                ],
            }
        ],
        "artifacts": [
            _artifact(checked, source, path) for source, path in paths_of(checked).items()
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, index, files) for row in located(checked).iter_rows(named=True)],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    sources = "; ".join(rule.source)
    word = "根拠" if lang == "ja" else "Source"
    help_text = f"{rule.hint.get(lang)}\n{word}: {sources}"
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": rule.message.get(lang)},
        "fullDescription": {"text": rule.why.get(lang)},
        "help": {
            "text": help_text,
            "markdown": f"{rule.hint.get(lang)}\n\n*{word}:* {sources}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity.value]},
        "properties": {
            "tags": [tag for tag in (rule.family, rule.field) if tag],
            "effect": rule.effect.value,
            "precision": "medium" if rule.severity == Severity.INFO else "high",
        },
    }


def _artifact(checked: Checked, source: int, path: str) -> dict[str, Any]:
    own = checked.batch.sources[source]
    found: dict[str, Any] = {
        "location": {"uri": _uri(path)},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": own.sha256},
        "properties": {"format": own.format, "lines": own.lines, "records": own.records},
    }
    if own.encoding is not None:
        found["encoding"] = "Shift_JIS" if own.encoding == "cp932" else "UTF-8"
    return found


def _result(
    row: dict[str, Any], rules: Mapping[str, int], files: Mapping[str, int]
) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(row["path"]), "index": files[row["path"]]},
            "region": {"startLine": max(row["line"], 1)},
        }
    }
    named = [
        {"name": row[key], "kind": kind}
        for key, kind in (("sheet", "namespace"), ("block", "object"), ("field", "member"))
        if row[key]
    ]
    if named:
        location["logicalLocations"] = named
    return {
        "ruleId": row["code"],
        "ruleIndex": rules[row["code"]],
        "level": _LEVELS[row["severity"]],
        "message": {"text": row["message"]},
        "locations": [location],
        "partialFingerprints": {"place/v1": _fingerprint(row)},
        "properties": {
            "record_id": row["record_id"],
            "effect": row["effect"],
            "verdict": row["verdict"],
        },
    }


def _uri(path: str) -> str:
    """A relative reference; a colon in its first part would make it look like a scheme."""
    quoted = quote(path, safe="/")
    return quoted.removeprefix("/")


def _fingerprint(row: Mapping[str, Any]) -> str:
    """The same place and rule give the same mark in the next run; no value goes into it."""
    parts = (row["path"], row["sheet"], row["line"], row["block"], row["code"], row["field"])
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]
