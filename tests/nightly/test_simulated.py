"""Some simulated nights with known faults, in one process and killed at many moments."""

import os
import subprocess
import sys
from pathlib import Path

from kill_nights import broken_deliveries, differences
from night_world import Faults, make_plan
from simulate_nights import Association, in_process, simulate

ROOT = Path(__file__).resolve().parents[2]
LATER = 99
NEVER = 1_000_000
# Runs the nightly job and kills it before the n-th step that touches a file or the ledger.
KILLED = """
import os, signal, sys
from validator.cli.main import main
import validator.nightly.run, validator.nightly.reporting, validator.output.worklist
steps = 0
def count(event, arguments):
    global steps
    if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect", "shutil.rmtree") or (
        event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    ):
        steps += 1
        if steps == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
sys.exit(main(sys.argv[2:]))
"""


def some_faults(**at):
    """These faults and no others."""
    return Faults(**{name: at.get(name, LATER) for name in Faults.__dataclass_fields__})


def test_every_alarm_on_its_night_and_none_on_others(tmp_path, monkeypatch):
    faults = some_faults(
        sender_missing=1, nothing_sent=2, broken_file=3, stale_registry=4, not_acknowledged=5,
        sent_again=7, half_copied=7, registry_in_inbox=7, wrong_acknowledgement=7,
    )  # fmt: skip
    plan = make_plan(tmp_path / "sent", 9, 3, ("1001", "1002"), faults)
    site = Association(tmp_path / "site", plan)
    wrong, _ = simulate(site, 9, in_process)
    assert wrong == []
    assert {n for n in faults.alarms() if n < LATER} == {1, 2, 3, 4, 6, 7, 8}
    assert site.taken.total() > 100


def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(tmp_path):
    faults = some_faults(broken_file=1, sent_again=1)
    plan = make_plan(tmp_path / "sent", 2, 8, ("1001", "1002"), faults)
    calm = Association(tmp_path / "calm", plan)
    simulate(calm, 2, in_process)
    site = Association(tmp_path / "killed", plan)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'fixtures'}"}

    kills = []

    def run(site, night):
        # What a killed run has done is not done again, so each one gets a little further.
        for step in (12, 33, 68, NEVER) if night == 1 else (NEVER,):
            command = [sys.executable, "-c", KILLED, str(step), *site.command(night)]
            code = subprocess.run(command, env=environment, check=False).returncode
            assert list(broken_deliveries(site)) == []
            assert site.receive(night, acknowledge=False) == []
            if code != -9:
                assert code == site.status(night)["exit_code"]
                return
            kills.append(step)

    wrong, _ = simulate(site, 2, run)
    assert wrong + differences(calm, site, 2) == []
    assert kills == [12, 33, 68]
