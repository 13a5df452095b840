"""kill -9 at random moments of the nightly job: nothing is processed twice, nothing is lost.

    python tools/kill_nights.py [--kills 200] [--nights 60] [--seed 1]

The nights of tools/night_world.py twice: once undisturbed, once killed at random moments, each
night finished by a last run. After every kill the receiver takes what lies in the outbox. In the
end every line must have gone out once, and status, history, holds and outbox must be those of the
undisturbed nights. Prints what was found; exit 1 for any difference.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from night_world import make_plan
from simulate_nights import Association, simulate

# Moments before the job touches anything tell little.
_EARLIEST = 0.25


class Killer:
    """Runs nights in processes of their own and kills some of them."""

    def __init__(self, kills: dict[int, int], seed: int) -> None:
        self.kills, self.random = kills, random.Random(seed)
        self.took = 3.0
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[str] = []

    def __call__(self, site: Association, night: int) -> None:
        """Kill the night as often as it is its turn, then let it end."""
        left = self.kills.get(night, 0)
        while left:
            process = _start(site, night)
            try:
                process.wait(self.random.uniform(_EARLIEST, 0.9) * self.took)
                # Too late: this one does not count, and the next comes sooner.
                self.outcomes["ended before"] += 1
                self.took *= 0.9
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                self.outcomes["killed"] += 1
                left -= 1
            self.wrong += [f"night {night}: {text}" for text in broken_deliveries(site)]
            self.wrong += site.receive(night, acknowledge=False)
        started = time.perf_counter()
        code = _start(site, night).wait()
        self.took = time.perf_counter() - started
        if code != site.status(night)["exit_code"]:
            self.wrong.append(f"night {night}: exit code {code}")


def _start(site: Association, night: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "validator", *site.command(night)],
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def broken_deliveries(site: Association) -> Iterable[str]:
    """What lies in the outbox must be whole at every moment."""
    for folder in (site.root / "outbox").iterdir():
        if folder.name.startswith(".") or folder.suffix == ".ack":
            continue
        try:
            manifest = json.loads((folder / "manifest.json").read_text())
            for take in manifest["take"]:
                data = (folder / take["file"]).read_bytes()
                if hashlib.sha256(data).hexdigest() != take["sha256"]:
                    yield f"{folder.name}: {take['file']} has another hash"
        except (OSError, ValueError, KeyError):
            yield f"{folder.name}: no whole manifest"


def ledger_of(site: Association) -> dict[str, list[tuple[object, ...]]]:
    """The tables that must not depend on kills, without running numbers and keyed hashes."""
    tables = {
        "history": "SELECT night, batch, lines, records, passed, held, returned FROM history_runs",
        "senders": "SELECT batch, sender, s.records, s.held FROM history_senders s"
        " JOIN history_runs USING (run)",
        "files": "SELECT night, name, sha256, outcome, delivery, target, in_inbox FROM night_files",
        "deliveries": "SELECT delivery, kind, night, state, take_sha256, taken_lines FROM"
        " night_deliveries",
        "holds": "SELECT hold, delivery, verdict, hold_class, cause, since, state, closed_on,"
        " closed_by FROM night_holds",
        "nights": "SELECT night, exit_code, reported FROM nights",
        "keys": "SELECT hold, count(*) FROM night_hold_keys GROUP BY hold",
    }
    with sqlite3.connect(site.root / "state" / "ledger.sqlite3") as connection:
        found = {name: sorted(connection.execute(query)) for name, query in tables.items()}
    connection.close()
    return found


def differences(one: Association, other: Association, nights: int) -> list[str]:
    """How two sites that had the same nights differ."""
    wrong = [
        f"night {night}: another status"
        for night in range(nights)
        if one.status(night) != other.status(night)
    ]
    first, second = ledger_of(one), ledger_of(other)
    wrong += [f"ledger, {name}: not the same" for name in first if first[name] != second[name]]
    if one.taken != other.taken:
        wrong.append("other lines were taken")
    for name in ("outbox", "clerks", "quarantine", "reports", "inbox"):
        here, there = (sorted(str(p.relative_to(s.root)) for p in (s.root / name).rglob("*"))
                       for s in (one, other))  # fmt: skip
        if here != there:
            wrong.append(f"{name}: {sorted(set(here) ^ set(there))[:5]}")
    return wrong


def main() -> int:
    """Run both, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    # At most four a night: a file at which the job dies again and again goes to quarantine.
    places = [night for night in range(args.nights) for _ in range(4)]
    kills = Counter(dice.sample(places, min(args.kills, len(places))))
    killer = Killer(kills, args.seed)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        plan = make_plan(Path(scratch) / "sent", args.nights, args.seed)
        calm = Association(Path(scratch) / "calm", plan)
        wrong, _ = simulate(calm, args.nights, Killer({}, args.seed))
        site = Association(Path(scratch) / "killed", plan)
        more, spent = simulate(site, args.nights, killer)
        wrong += [*more, *killer.wrong, *differences(calm, site, args.nights)]
    print(
        f"{args.kills} kills over {args.nights} nights: {dict(killer.outcomes)},"
        f" {site.taken.total()} lines taken, {spent:.0f} s, differences: {len(wrong)}"
    )
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
