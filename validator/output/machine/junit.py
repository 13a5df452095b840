"""JUnit: a suite for each file, a case for each record, a failure for what is held or returned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from validator.checking import Checked
from validator.output.machine.places import located, paths_of

# What XML 1.0 cannot hold.
_UNLAWFUL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECISIVE = {"hold": ("hold",), "return": ("return",)}


def render_junit(checked: Checked) -> str:
    """The whole document, in the form that Jenkins publishes a schema of."""
    counts = checked.summary.counts
    failures = counts.by_verdict["hold"] + counts.by_verdict["return"]
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<testsuites name="validator" tests="{counts.records}" failures="{failures}" errors="0">',
    ]
    notes = {
        key: rows.rows(named=True)
        for (key,), rows in located(checked).partition_by("record_id", as_dict=True).items()
    }
    records = checked.judged.records.select(
        "record_id", "source", "line", "block", "verdict", "hold_class"
    )
    for source, path in paths_of(checked).items():
        own = records.filter(pl.col("source") == source)
        failed = own.filter(pl.col("verdict") != "pass").height
        lines.append(
            f'<testsuite name={_attribute(path)} tests="{own.height}" failures="{failed}"'
            f' errors="0" skipped="0" file={_attribute(path)}>'
        )
        for row in own.iter_rows(named=True):
            lines += _case(row, path, notes.get(row["record_id"], ()))
        lines.append("</testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _case(
    record: dict[str, object], path: str, notes: Iterable[dict[str, object]]
) -> Iterator[str]:
    place = f"{record['line']}" + (f" {record['block']}" if record["block"] else "")
    head = f"<testcase classname={_attribute(path)} name={_attribute(record['record_id'])}"
    verdict = str(record["verdict"])
    effects = _DECISIVE.get(verdict, ())
    decisive = [note for note in notes if note["effect"] in effects]
    others = [note for note in notes if note["effect"] not in effects]
    if verdict == "pass" and not others:
        yield f"{head}/>"
        return
    yield f"{head}>"
    if verdict != "pass":
        kind = verdict + (f"-{record['hold_class']}" if record["hold_class"] else "")
        message = _words(decisive[0]) if decisive else verdict
        body = "\n".join(f"{path}:{place}: {_words(note)}" for note in decisive)
        yield (
            f"<failure type={_attribute(kind)} message={_attribute(message)}>"
            f"{escape(_lawful(body))}</failure>"
        )
    if others:
        body = "\n".join(f"{path}:{place}: {note['severity']} {_words(note)}" for note in others)
        yield f"<system-out>{escape(_lawful(body))}</system-out>"
    yield "</testcase>"


def _words(note: dict[str, object]) -> str:
    return f"{note['code']}: {note['message']}"


def _attribute(value: object) -> str:
    return quoteattr(_lawful(str(value)))


def _lawful(text: str) -> str:
    return _UNLAWFUL.sub("\ufffd", text)
