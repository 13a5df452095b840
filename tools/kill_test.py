"""kill -9 at random moments of a check: DIR is absent or whole each time, and no litter is left.

    python tools/kill_test.py [--times 100] [--rows 5000] [--seed 1]

Prints how often the folder was absent, half (must be 0) and whole; exit 1 if anything was half or
the last run left more than its result.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from shikaku_world.batches import make_batch
from shikaku_world.writers import write

AS_OF = date(2026, 11, 23)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def main() -> int:
    """Run, kill, look, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        work = Path(scratch) / "work"
        work.mkdir()
        world = make_batch(args.rows, args.seed, AS_OF, "accuracy")
        write(world.batch, Path(scratch) / "batch.csv", "csv")
        write(world.registry, Path(scratch) / "registry.csv", "csv")
        out = work / "out"
        command = [
            sys.executable, "-m", "validator", "check", f"{scratch}/batch.csv", "--registry",
            f"{scratch}/registry.csv", "--out", str(out), "--as-of", AS_OF.isoformat(), "--quiet",
        ]  # fmt: skip
        started = time.perf_counter()
        subprocess.run(command, env=os.environ, check=False)
        whole_run = time.perf_counter() - started
        expected = contents(out)
        seen = {"absent": 0, "whole": 0, "half": 0}
        for _ in range(args.times):
            shutil.rmtree(out, ignore_errors=True)
            process = subprocess.Popen(command, env=os.environ)
            time.sleep(rng.uniform(0.0, 1.1) * whole_run)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if not out.exists():
                seen["absent"] += 1
            else:
                seen["whole" if contents(out) == expected else "half"] += 1
        subprocess.run([*command, "--overwrite"], env=os.environ, check=False)
        litter = sorted(p.name for p in work.iterdir() if p.name != "out")
        healed = contents(out) == expected
    print(
        f"{args.times} kills: {seen}, one run {whole_run:.2f} s, litter {litter}, healed {healed}"
    )
    return 0 if not seen["half"] and not litter and healed else 1


if __name__ == "__main__":
    raise SystemExit(main())
