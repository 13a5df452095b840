"""What the guard found, for programs: no digit of a number, in no format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from validator import __version__
from validator.privacy.guard.evidence import NUMBERS, Reason
from validator.privacy.guard.names import shown_name
from validator.privacy.guard.report import WORDS, Found, lines, refusal

FORMATS = ("json", "jsonl", "csv", "sarif", "junit", "github", "concise")
GUARD_VERSION = "1.0"
COLUMNS = ("path", "member", "line", "column", "rule", "message")
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def render(found: Sequence[Found], style: str, lang: str) -> str:
    """All that was found in one of `FORMATS`; a whole document where nothing was."""
    if style == "concise":
        return "".join(f"{line}\n" for line in lines(found, lang))
    rows = [_row(one, lang) for one in found]
    if style == "json":
        return _json(found, rows)
    if style == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if style == "csv":
        return _csv(rows)
    if style == "sarif":
        return _sarif(rows, lang, _code(found))
    return _junit(rows) if style == "junit" else "".join(map(_annotation, rows))


def _row(one: Found, lang: str) -> dict[str, Any]:
    """`COLUMNS`; line and column are null where the place has none (a name, a file as a whole)."""
    at = one.finding.place
    return {
        "path": shown_name(one.path),
        "member": shown_name(at.member) if at.member else None,
        "line": at.line or None,
        "column": (at.line and at.column) or None,
        "rule": one.finding.reason.value,
        "message": WORDS[one.finding.reason][lang == "en"],
    }


def _code(found: Sequence[Found]) -> int:
    return int(refusal(found).exit_code) if found else 0


def _json(found: Sequence[Found], rows: list[dict[str, Any]]) -> str:
    numbers = sum(one.is_number for one in found)
    document = {
        "schema_version": GUARD_VERSION,
        "status": "plaintext" if numbers else "unreadable" if rows else "clean",
        "exit_code": _code(found),
        "counts": {
            "files": len({row["path"] for row in rows}),
            "numbers": numbers,
            "unreadable": len(rows) - numbers,
        },
        "findings": rows,
        "tool_version": __version__,
        "complete": True,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        # A name that begins like a formula is shown, never reckoned.
        writer.writerow(["" if (v := row[c]) is None else _harmless(v) for c in COLUMNS])
    return buffer.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _sarif(rows: Iterable[Mapping[str, Any]], lang: str, code: int) -> str:
    rules = list(Reason)
    run = {
        "tool": {
            "driver": {
                "name": "validator guard",
                "version": __version__,
                "language": lang,
                "rules": [
                    {
                        "id": reason.value,
                        "shortDescription": {"text": WORDS[reason][lang == "en"]},
                        "defaultConfiguration": {"level": "error"},
                        "properties": {
                            "tags": ["my-number" if reason in NUMBERS else "unreadable"]
                        },
                    }
                    for reason in rules
                ],
            }
        },
        "invocations": [{"executionSuccessful": True, "exitCode": code}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, [reason.value for reason in rules]) for row in rows],
    }
    document = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(row: Mapping[str, Any], rules: list[str]) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(row["path"], safe="/").lstrip("/")},
    }
    if row["line"]:
        column = {"startColumn": row["column"]} if row["column"] else {}
        place["region"] = {"startLine": row["line"], **column}
    location: dict[str, Any] = {"physicalLocation": place}
    if row["member"]:
        location["logicalLocations"] = [{"name": row["member"], "kind": "member"}]
    return {
        "ruleId": row["rule"],
        "ruleIndex": rules.index(row["rule"]),
        "level": "error",
        "message": {"text": row["message"]},
        "locations": [location],
    }


def _junit(rows: Sequence[Mapping[str, Any]]) -> str:
    """A case for each file that something was found in; one that passes where nothing was."""
    files: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        files.setdefault(row["path"], []).append(row)
    cases, failures = max(len(files), 1), len(files)
    head = f'tests="{cases}" failures="{failures}" errors="0"'
    parts = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<testsuites name="validator guard" {head}>',
        f'<testsuite name="validator guard" {head} skipped="0">',
    ]
    if not files:
        parts.append('<testcase classname="validator guard" name="no plaintext My Number"/>')
    for path, own in files.items():
        parts.append(f'<testcase classname="validator guard" name={quoteattr(path)}>')
        text = "\n".join(f"{_place(row)}: {row['rule']}" for row in own)
        kind, message = quoteattr(own[0]["rule"]), quoteattr(own[0]["message"])
        parts.append(f"<failure type={kind} message={message}>{escape(text)}</failure>")
        parts.append("</testcase>")
    return "\n".join([*parts, "</testsuite>", "</testsuites>"]) + "\n"


def _place(row: Mapping[str, Any]) -> str:
    place = row["path"] + (f"!{row['member']}" if row["member"] else "")
    return ":".join(str(part) for part in (place, row["line"], row["column"]) if part)


def _annotation(row: Mapping[str, Any]) -> str:
    """A workflow command of GitHub Actions."""
    place = f"file={_property(row['path'])}"
    if row["line"]:
        place += f",line={row['line']}" + (f",col={row['column']}" if row["column"] else "")
    inside = f"{row['member']}: " if row["member"] else ""
    title = _property(f"guard {row['rule']}")
    return f"::error {place},title={title}::{_data(inside + row['message'])}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
