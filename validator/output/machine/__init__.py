"""Machine formats: masked, and complete. No submitted value, no suggestion, no number."""

from __future__ import annotations

import io

from validator.checking import Checked
from validator.output.machine.github import render_github
from validator.output.machine.junit import render_junit
from validator.output.machine.lines import render_concise
from validator.output.machine.sarif import render_sarif
from validator.output.tables import for_spreadsheets, masked

FORMATS = ("json", "jsonl", "csv", "sarif", "junit", "github", "concise")


def render_machine(checked: Checked, style: str) -> str:
    """The result in one of `FORMATS`; ``json`` is the summary, all others list the findings."""
    return {
        "json": _json,
        "jsonl": _jsonl,
        "csv": _csv,
        "sarif": render_sarif,
        "junit": render_junit,
        "github": render_github,
        "concise": render_concise,
    }[style](checked)


def _json(checked: Checked) -> str:
    return checked.summary.model_dump_json(indent=2) + "\n"


def _jsonl(checked: Checked) -> str:
    return masked(checked.findings()).write_ndjson()


def _csv(checked: Checked) -> str:
    buffer = io.StringIO()
    for_spreadsheets(masked(checked.findings())).write_csv(buffer)
    return buffer.getvalue()
