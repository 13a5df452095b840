"""The plain program: what one would write without thinking in columns.

    python -m benchmarks.baseline BATCH REGISTRY OUT [--as-of DATE]

csv.DictReader, a dict as registry, python-stdnum, jaconv, unicodedata, datetime, one record after
the other. It reaches the verdict and hold class of ``validator check`` on the contract's CSV
tables (tested), and does the same where that costs nothing else: equal values are not
normalised, dates are read once each. It names no steps, no causes, no likelihood, writes no
Parquet and checks neither its input nor its output.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

from benchmarks.baseline_fields import (
    read_change,
    read_date,
    read_number,
    read_reason,
    read_sex,
)
from benchmarks.baseline_judge import (
    ITEMS,
    Record,
    Row,
    compare,
    compare_addresses_ahead,
    hold_class,
    notes,
    reasons_to_return,
    status_of,
)
from benchmarks.baseline_same_name import Name, both_differ

_RANKS = {"resident": 0, "unknown": 1}
VERDICT_FILES = {"pass": "accepted.csv", "hold": "held.csv", "return": "returned.csv"}


@dataclass
class Residents:
    """Registry rows by number; ``conflicts``: numbers of two different live rows."""

    holders: dict[str, Row] = field(default_factory=dict)
    conflicts: set[str] = field(default_factory=set)


def read_registry(path: Path) -> Residents:
    """The registry CSV as a dict."""
    residents = Residents()
    several: dict[str, list[Row]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            number = row["my_number"]
            if not (len(number) == 12 and number.isascii() and number.isdigit()):
                state, read = read_number(number)
                number = "" if read is None or state == "placeholder" else read
            if number in residents.holders:
                several.setdefault(number, [residents.holders[number]]).append(row)
            elif number:
                residents.holders[number] = row
    for number, rows in several.items():
        residents.holders[number], conflict = _speaker(rows)
        if conflict:
            residents.conflicts.add(number)
    return residents


def _speaker(rows: list[Row]) -> tuple[Row, bool]:
    """The row that speaks for a number, and whether two different live rows claim it."""
    newest = sorted(rows, key=lambda row: read_date(row.get("as_of")).day or date.min, reverse=True)
    aside = ("my_number", "status", "as_of")
    distinct: dict[tuple[str, ...], Row] = {}
    for row in newest:
        content = (status_of(row.get("status")), *(v for k, v in row.items() if k not in aside))
        distinct.setdefault(content, row)
    ranked = sorted(distinct.items(), key=lambda one: _RANKS.get(one[0][0], 2))
    statuses = [content[0] for content, _ in ranked]
    return ranked[0][1], statuses.count("resident") > 1 or "unknown" in statuses


def read_records(path: Path) -> Iterator[Record]:
    """The records of a batch CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            form = row.get("form") or "shikaku_shutoku"
            change = read_change(row.get("change_type")) or "addition"
            dependant = form == "hifuyosha_ido"
            adds = form == "shikaku_shutoku" or (dependant and change not in ("removal", "change"))
            state, number = read_number(row["my_number"])
            yield Record(
                line, row, form, state, None if adds and state == "placeholder" else number,
                reason=read_reason(row.get("no_number_reason")),
                birth=read_date(row["birth_date"]),
                sex=read_sex(row["sex"]),
                name=Name(row["name_kanji"], row["name_kana"]),
                adds=adds,
                removes=form == "shikaku_soshitsu" or (dependant and change == "removal"),
            )  # fmt: skip


def mark_duplicates(records: Sequence[Record]) -> None:
    """One number on two persons, one person with two numbers, one record twice."""
    by_number: defaultdict[str, list[Record]] = defaultdict(list)
    people: defaultdict[str, list[tuple[date | None, Name]]] = defaultdict(list)
    by_person: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for record in records:
        row = record.row
        insured = read_number(row.get("insured_my_number"))
        if insured[1] and insured[0] != "placeholder":
            name = Name(row.get("insured_name_kanji"), row.get("insured_name_kana"))
            people[insured[1]].append((read_date(row.get("insured_birth_date")).day, name))
        if record.number:
            by_number[record.number].append(record)
            people[record.number].append((record.birth.day, record.name))
            if person := _person(record):
                by_person[person].add(record.number)
    for number, group in by_number.items():
        if len(people[number]) == 1:
            continue
        two = _two_persons(people[number])
        forms = [r.form for r in group]
        for record in group:
            record.two_persons = two
            record.repeated = not two and forms.count(record.form) > 1
    for record in records:
        person = _person(record) if record.number else None
        record.two_numbers = person is not None and len(by_person[person]) > 1


def _person(record: Record) -> tuple[object, ...] | None:
    name = record.name
    if name.kanji and name.kana and record.birth.day and record.sex:
        return name.kanji_key, name.kana_key, record.birth.day, record.sex
    return None


def _two_persons(people: list[tuple[date | None, Name]]) -> bool:
    return len({birth for birth, _ in people if birth}) > 1 or any(
        both_differ(one, other) for (_, one), (_, other) in combinations(people, 2)
    )


def run(batch: Path, registry: Path, out: Path, as_of: date) -> dict[str, int]:
    """Judge ``batch`` and write all files into ``out``; counts by verdict."""
    residents = read_registry(registry)
    records = list(read_records(batch))
    mark_duplicates(records)
    holders = [residents.holders.get(record.number or "") for record in records]
    compare_addresses_ahead((r, h) for r, h in zip(records, holders, strict=True) if h)
    counts = dict.fromkeys(VERDICT_FILES, 0)
    out.mkdir(parents=True)
    with ExitStack() as files:

        def writer(name: str, header: Iterable[str]) -> Callable[[Iterable[object]], object]:
            stream = (out / name).open("w", encoding="utf-8", newline="")
            made = csv.writer(files.enter_context(stream))
            made.writerow(header)
            return made.writerow

        columns = list(records[0].row) if records else []
        lines = {verdict: writer(name, columns) for verdict, name in VERDICT_FILES.items()}
        levels_of = (f"level_{item}" for item in ITEMS)
        decided = writer("records.csv", ["line", "verdict", "hold_class", *levels_of])
        found = writer("findings.csv", ["line", "code"])
        for record, holder in zip(records, holders, strict=True):
            levels = compare(record, holder) if holder else {}
            codes = list(reasons_to_return(record, as_of))
            held = hold_class(record, holder, levels, record.number in residents.conflicts)
            verdict = "return" if codes else "hold" if held else "pass"
            shown = held if verdict == "hold" else None
            decided([record.line, verdict, shown, *(levels.get(item) for item in ITEMS)])
            for code in (*codes, *notes(record, levels)):
                found([record.line, code])
            lines[verdict](record.row.values())
            counts[verdict] += 1
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line of the baseline."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.baseline", description=__doc__)
    parser.add_argument("batch", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=None)
    options = parser.parse_args(arguments)
    os.umask(0o077)
    print(run(options.batch, options.registry, options.out, options.as_of or date.today()))  # noqa: DTZ011
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
