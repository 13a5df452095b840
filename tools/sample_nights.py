"""The sample report in reports/sample/: the last of 31 simulated nights. Nobody is real.

python tools/sample_nights.py
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

from night_world import make_plan
from simulate_nights import Association, in_process, simulate

SAMPLE = Path(__file__).resolve().parent.parent / "reports" / "sample"
NIGHTS, SEED = 31, 1


def main() -> int:
    """Simulate, keep the last night, link to no other."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as scratch:
        plan = make_plan(Path(scratch) / "sent", NIGHTS, SEED)
        site = Association(Path(scratch) / "site", plan)
        with contextlib.redirect_stderr(io.StringIO()):
            wrong, _ = simulate(site, NIGHTS, in_process)
            reports = site.root / "reports"
            for page in reports.glob("2*"):
                page.unlink()
            # The night once more: nothing is new, and its report is written again.
            in_process(site, NIGHTS - 1)
        shutil.rmtree(SAMPLE, ignore_errors=True)
        SAMPLE.mkdir(parents=True)
        for page in reports.iterdir():
            shutil.copyfile(page, SAMPLE / page.name)
    print("\n".join(wrong) or f"{NIGHTS} nights, written to {SAMPLE.name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
