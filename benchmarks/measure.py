"""A whole process, measured from outside: wall time, processor time, peak memory.

Standard library only, and the measuring process must stay small: between fork and exec a child
counts the memory of its parent, so a large parent would be reported as the child's peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
_TO_BYTES = 1 if sys.platform == "darwin" else 1024


class ChildFailedError(Exception):
    """A measured process ended with an exit code that was not expected."""


@dataclass(frozen=True)
class Usage:
    """What one process used; seconds and bytes. ``cpu``: user and system, all its threads."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Measured:
    """Several runs of one command; every figure is the median of the runs."""

    wall: float
    cpu: float
    peak: int
    runs: int
    fastest: float
    slowest: float


def _environment() -> dict[str, str]:
    """Without PYTHONPATH where the packages are installed; else as it is."""
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    probe = [sys.executable, "-c", "import validator, shikaku_world"]
    found = subprocess.run(probe, env=bare, cwd="/", stderr=subprocess.DEVNULL, check=False)
    if found.returncode == 0:
        return bare
    paths = [str(ROOT), str(ROOT / "fixtures"), os.environ.get("PYTHONPATH", "")]
    return {**bare, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


_ENVIRONMENT = _environment()


def python(module: str, *arguments: str | int | Path) -> list[str]:
    """Command line of a module in a process of its own."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def validator(*arguments: str | int | Path) -> list[str]:
    """Command line of the installed ``validator``, or of its module in a checkout."""
    command = Path(sys.executable).parent / "validator"
    if command.is_file():
        return [str(command), *map(str, arguments)]
    return python("validator", *arguments)


def run_once(command: Sequence[str], expected: Collection[int] = (0,)) -> Usage:
    """Run a process to its end. ChildFailedError: an exit code other than ``expected``."""
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        complaint = child.stderr.read().decode(errors="backslashreplace") if child.stderr else ""
    if child.returncode not in expected:
        raise ChildFailedError(
            f"{' '.join(command)}\nended with {child.returncode}\n{complaint[-2000:]}"
        )
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _TO_BYTES)


def measure(
    command: Sequence[str],
    *,
    runs: int,
    expected: Collection[int] = (0,),
    before: Callable[[], None] = lambda: None,
) -> Measured:
    """Medians over ``runs`` runs; ``before`` each run clears what the last one has written."""
    used: list[Usage] = []
    for _ in range(runs):
        before()
        used.append(run_once(command, expected))
    walls = [one.wall for one in used]
    return Measured(
        wall=median(walls),
        cpu=median(one.cpu for one in used),
        peak=int(median(one.peak for one in used)),
        runs=runs,
        fastest=min(walls),
        slowest=max(walls),
    )


def answer(command: Sequence[str]) -> str:
    """Standard output of a helper process that is not measured."""
    done = subprocess.run(command, cwd=ROOT, env=_ENVIRONMENT, capture_output=True, check=False)
    if done.returncode != 0:
        complaint = done.stderr.decode(errors="backslashreplace")
        raise ChildFailedError(f"{' '.join(command)}\nended with {done.returncode}\n{complaint}")
    return done.stdout.decode("utf-8")
