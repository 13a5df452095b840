"""What the explanations cost: one check, with the time inside them told apart.

    python -m benchmarks.explaining [--records 1000000] [--runs 3] [--write]

The batch has 5 % held records (preset ``held``) and is compared with a built registry of as many
people. Each run is a whole process that writes all outputs; within it the steps that only explain
(causes, likelihood, repairs, order of work, evidence.parquet) are timed from outside. ``without``
is the rest of the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.data import AS_OF, data_set
from benchmarks.measure import ROOT, python

PAGE = ROOT / "docs" / "explain-cost.md"
BAR = 0.30


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def call(*arguments: Any, **more: Any) -> Any:
        begin = time.perf_counter()
        try:
            return function(*arguments, **more)
        finally:
            spent.append(time.perf_counter() - begin)

    return call


def child(batch: str, registry: str, out: str) -> int:
    """One check in this process; its times as JSON on stdout."""
    from validator import checking, pipeline
    from validator.cli.main import main

    spent: list[float] = []
    pipeline.explain = _timed(pipeline.explain, spent)
    checking.evidence_table = _timed(checking.evidence_table, spent)
    begin = time.perf_counter()
    main(["check", batch, "--registry", registry, "--out", out, "--quiet", "--no-progress",
          "--as-of", AS_OF.isoformat()])  # fmt: skip
    whole = time.perf_counter() - begin
    counts = json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))["counts"]
    sys.stdout.write(json.dumps({"whole": whole, "explaining": sum(spent), **counts["by_verdict"]}))
    return 0


def measured(records: int, runs: int) -> list[dict[str, float]]:
    """The times of each run."""
    data = data_set([records], preset="held")
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=data.folder) as folder:
            command = python("benchmarks.explaining", "--child", data.batches[records],
                             data.registry_built, Path(folder) / "out")  # fmt: skip
            done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE,
                                  check=True)  # fmt: skip
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return found


def page(found: Sequence[dict[str, float]], records: int) -> tuple[str, bool]:
    """The page, and whether the bar is kept."""
    whole = median(run["whole"] for run in found)
    explaining = median(run["explaining"] for run in found)
    added = explaining / (whole - explaining)
    one = found[0]
    lines = [
        "# What the explanations cost",
        "",
        (
            f"Made by `python -m benchmarks.explaining --write`: {records:,} generated records"
            f" against a built registry of as many, {one['hold']:,.0f} held and"
            f" {one['return']:,.0f} returned, all outputs written, whole processes on"
            f" {os.cpu_count()} processors, median of {len(found)} runs."
        ),
        "",
        "| | seconds |",
        "|---|---:|",
        f"| check | {whole:.1f} |",
        (
            "| of it explaining (causes, likelihood, repairs, order of work, evidence.parquet)"
            f" | {explaining:.1f} |"
        ),
        f"| the rest | {whole - explaining:.1f} |",
        f"| added by explaining | {added:.1%} (bar {BAR:.0%}) |",
        "",
    ]
    return "\n".join(lines), added <= BAR


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; exit 1 if the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("BATCH", "REGISTRY", "OUT"))
    args = parser.parse_args(argv)
    if args.child:
        return child(*args.child)
    found = measured(args.records, args.runs)
    for run in found:
        sys.stderr.write(f"{run}\n")
    text, kept = page(found, args.records)
    sys.stdout.write(text)
    if args.write:
        PAGE.write_text(text, encoding="utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
