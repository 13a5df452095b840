"""Sixty simulated nights with known faults: every alarm on its night, none on any other.

    python tools/simulate_nights.py [--nights 60] [--seed 1] [--keep FOLDER]

Prints what was found and every difference from the plan (tools/night_world.py); exit 1 if there
is one. ``--keep`` leaves the site (inbox, outbox, quarantine, reports, state) in FOLDER.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
from night_world import LINE, SENDERS, Plan, make_plan

from validator.cli.main import main as validator


class Association:
    """A site: what arrives, the nightly job, and the receiver of what is handed over."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self.root, self.plan = root, plan
        for name in ("inbox", "outbox", "quarantine", "reports"):
            (root / name).mkdir(parents=True)
        self.config = root / "site.toml"
        expected = "".join(f'"{s}" = {json.dumps(SENDERS[s][0])}\n' for s in plan.senders)
        folders = "".join(f'{n} = "{root / n}"\n' for n in ("inbox", "outbox", "clerks", "quarantine", "reports"))  # fmt: skip
        self.config.write_text(
            f'state = "{root / "state"}"\n[registry]\npath = "{root / "registry.csv"}"\n'
            f"max_age_days = 8\n[nightly]\nacknowledge_hours = 20\n{folders}[nightly.expected]\n{expected}"
        )
        self.taken: Counter[str] = Counter()
        self.seen: set[str] = set()

    def arrive(self, night: int) -> None:
        """The day before a night: files come in, perhaps a new registry."""
        tonight = self.plan.nights[night]
        for path in tonight.files:
            shutil.copyfile(path, self.root / "inbox" / path.name)
        if tonight.registry is not None:
            new = self.root / "registry.new"
            shutil.copyfile(tonight.registry, new)
            new.replace(self.root / "registry.csv")

    def command(self, night: int) -> list[str]:
        """The arguments of the nightly job."""
        day = self.plan.day(night).isoformat()
        return ["nightly", "--config", str(self.config), "--as-of", day, "--quiet"]

    def receive(self, night: int, *, acknowledge: bool = True) -> list[str]:
        """The receiver takes what is new and acknowledges it; what was wrong with it."""
        faults, wrong = self.plan.faults, []
        for manifest in sorted((self.root / "outbox").glob("*/manifest.json")):
            content = json.loads(manifest.read_text())
            delivery = manifest.parent.name
            for take in content["take"]:
                if delivery not in self.seen:
                    lines = lines_of(manifest.parent / take["file"])
                    self.taken.update(lines)
                    if len(lines) != take["lines"]:
                        wrong.append(f"{delivery}: {len(lines)} lines, said {take['lines']}")
                self.seen.add(delivery)
                if acknowledge and night != faults.not_acknowledged:
                    sha = take["sha256"]
                    if night == faults.wrong_acknowledgement and content["night"] == self.plan.day(night).isoformat():  # fmt: skip
                        sha = "0" * 64
                    (self.root / "outbox" / f"{delivery}.ack").write_text(sha)
        return wrong

    def status(self, night: int) -> dict[str, Any]:
        """What the job says of a night."""
        path = self.root / "reports" / f"{self.plan.day(night).isoformat()}.json"
        return dict(json.loads(path.read_text()))


def lines_of(path: Path) -> list[str]:
    """The running numbers of a hand-over file's lines."""
    if path.suffix == ".csv":
        return pl.read_csv(path, infer_schema=False)[LINE].to_list()
    if path.suffix == ".jsonl":
        return [json.loads(line)[LINE] for line in path.read_text().splitlines()]
    if path.suffix == ".parquet":
        return pl.read_parquet(path)[LINE].to_list()
    rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    at = next(rows).index(LINE)
    return [row[at] for row in rows if row[at]]


def check_night(site: Association, night: int) -> list[str]:
    """How the status of a night differs from the plan."""
    plan, status = site.plan, site.status(night)
    wrong = []
    alarms = {alarm["kind"] for alarm in status["alarms"]}
    due = plan.faults.alarms().get(night, set())
    if alarms != due:
        wrong.append(f"alarms {sorted(alarms)}, due {sorted(due)}")
    judged = Counter(judged_in(plan, night).values())
    counts = status["counts"]
    for verdict, name in (("pass", "passed"), ("hold", "held"), ("return", "returned")):
        if counts[name] != judged[verdict]:
            wrong.append(f"{name} {counts[name]}, true {judged[verdict]}")
    return [f"night {night}: {text}" for text in wrong]


def judged_in(plan: Plan, night: int) -> dict[str, str]:
    """The lines that are judged in a night: a stale registry leaves them for the next one."""
    stale = plan.faults.stale_registry
    if night == stale:
        return {}
    before = plan.nights[stale].truth if night == stale + 1 else {}
    return before | plan.nights[night].truth


def check_end(site: Association, nights: int) -> list[str]:
    """Whether every line that may go out went out once, and nothing else did."""
    plan = site.plan
    lines = {line: v for night in plan.nights[:nights] for line, v in night.truth.items()}
    due = {line for line, verdict in lines.items() if verdict == "pass"}
    due |= {line for line, night in plan.released.items() if night < nights}
    if nights - 1 == plan.faults.stale_registry:
        due -= set(plan.nights[nights - 1].truth)
    wrong = [f"line {line} went out {n} times" for line, n in site.taken.items() if n > 1]
    wrong += [f"line {line} is lost" for line in sorted(due - set(site.taken))]
    wrong += [f"line {line} should not go out" for line in sorted(set(site.taken) - due)]
    return wrong


def simulate(
    site: Association, nights: int, run: Callable[[Association, int], None]
) -> tuple[list[str], float]:
    """All nights with ``run``; every difference from the plan, and seconds spent in the job."""
    wrong, spent = [], 0.0
    for night in range(nights):
        site.arrive(night)
        started = time.perf_counter()
        run(site, night)
        spent += time.perf_counter() - started
        wrong += site.receive(night)
        wrong += check_night(site, night)
    return wrong + check_end(site, nights), spent


def in_process(site: Association, night: int) -> None:
    """Run the night in this process; its exit code has to be that of its status."""
    code = validator(site.command(night))
    said = site.status(night)["exit_code"]
    if code != said:
        raise AssertionError(f"exit code {code}, status says {said}")


def figures(site: Association, nights: int) -> str:
    """What the nights came to."""
    states = [site.status(night) for night in range(nights)]
    total = Counter[str]()
    for status in states:
        total.update({k: v for k, v in status["counts"].items() if isinstance(v, int)})
        total.update({k: v for k, v in status["files"].items() if isinstance(v, int)})
        total.update({k: v for k, v in status["holds"].items() if k in ("answered", "released")})
    alarms = Counter(a["kind"] for s in states for a in s["alarms"])
    return f"{dict(total)}\nalarms: {dict(alarms)}\nlines taken: {site.taken.total()}"


def main() -> int:
    """Simulate and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        plan = make_plan(Path(scratch) / "sent", args.nights, args.seed)
        site = Association((args.keep or Path(scratch) / "site").resolve(), plan)
        # The alarms go to stderr; here they are compared, not read.
        with open("/dev/null", "w") as nowhere:  # noqa: PTH123
            stderr, sys.stderr = sys.stderr, nowhere
            try:
                wrong, spent = simulate(site, args.nights, in_process)
            finally:
                sys.stderr = stderr
        print(figures(site, args.nights))
        print(f"{args.nights} nights, {spent:.1f} s, differences from the plan: {len(wrong)}")
        print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
