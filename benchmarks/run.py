"""Measures the validator beside the floor and the baseline, each as a whole process.

    python -m benchmarks.run [--smoke] [--rows N] [--write]

Makes its data once (``.bench/``), prints tables, exits with 1 if a bar is missed. Bars are only
held against one million records. ``--smoke`` takes 20,000 records and one run of each.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import AS_OF, BENCH, Data, data_set
from benchmarks.measure import ChildFailedError, Measured, answer, measure, python, validator
from benchmarks.report import Figures, bars, render, write_page

FULL, SMOKE = 1_000_000, 20_000
# A check exits with 1 where something is held or returned, which is so in every batch but the
# smallest.
_DONE = (0, 1)


@dataclass(frozen=True)
class Runs:
    """How often each process is run."""

    large: int = 3
    small: int = 7
    baseline: int = 1


def measure_all(data: Data, runs: Runs, scratch: Path) -> Figures:
    """Run everything on ``data``; results of the last runs are left in ``scratch``."""
    checks = {
        records: _told(f"check, {records:,} records", _check(data, records, runs, scratch))
        for records in sorted(data.batches)
    }
    largest = data.batches[max(data.batches)]
    floor, baseline = scratch / "floor", scratch / "baseline"
    floor_command = python("benchmarks.floor", largest, data.registry_floor, floor)
    baseline_command = python(
        "benchmarks.baseline", largest, data.registry_csv, baseline, "--as-of", str(AS_OF)
    )
    measured_floor = measure(floor_command, runs=runs.large, before=lambda: _clear(floor))
    _told("floor", measured_floor)
    measured_baseline = measure(
        baseline_command, runs=runs.baseline, before=lambda: _clear(baseline)
    )
    _told("baseline", measured_baseline)
    helped = _told("--help", measure(validator("--help"), runs=runs.small))
    records = scratch / f"check-{max(data.batches)}" / "records.parquet"
    made_up = python(
        "benchmarks.makeup", largest, data.registry_csv, records,
        "--baseline", baseline / "records.csv",
    )  # fmt: skip
    return Figures(checks, measured_floor, measured_baseline, helped, json.loads(answer(made_up)))


def _check(data: Data, records: int, runs: Runs, scratch: Path) -> Measured:
    out = scratch / f"check-{records}"
    command = validator(
        "check", data.batches[records], "--registry", data.registry_built, "--out", out,
        "--as-of", str(AS_OF), "--quiet",
    )  # fmt: skip
    times = runs.small if records <= 100 else runs.large
    return measure(command, runs=times, expected=_DONE, before=lambda: _clear(out))


def _clear(folder: Path) -> None:
    """Put the last result out of the way.

    It is not deleted yet: ext4 passes over every inode that was freed within the last minutes, so
    that thousands of deleted letters would slow the making of the next ones.
    """
    if folder.exists():
        folder.rename(Path(tempfile.mkdtemp(prefix="old-", dir=folder.parent)) / folder.name)


def _told(name: str, measured: Measured) -> Measured:
    print(f"  {name}: {measured.wall:.2f} s", file=sys.stderr, flush=True)
    return measured


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done and every bar kept, 1 a bar is missed or a process failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="20,000 records, one run, no bars")
    parser.add_argument("--rows", type=int, default=FULL, help="records of the largest batch")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args(arguments)
    rows = SMOKE if options.smoke else options.rows
    if rows < 2000:
        parser.error("--rows: at least 2000")
    if options.write and rows != FULL:
        parser.error("--write needs the full number of records")
    sizes = sorted({1, 100, rows // 10, rows})
    os.umask(0o077)
    scratch = BENCH / "runs"
    try:
        print(f"data: {rows:,} records, {rows:,} registry rows", file=sys.stderr, flush=True)
        data = data_set(sizes)
        figures = measure_all(data, Runs(1, 3, 1) if options.smoke else Runs(), scratch)
    except ChildFailedError as failed:
        print(failed, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    judged = rows == FULL
    text = render(figures, judged=judged)
    print(text)
    if options.write:
        write_page(text)
    return int(judged and not all(bar.kept for bar in bars(figures)))


if __name__ == "__main__":
    raise SystemExit(main())
