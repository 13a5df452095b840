"""What one run of the nightly job works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from validator.checking import Options
from validator.config import Config
from validator.errors import ValidatorError
from validator.ledger.clearances import Memory
from validator.ledger.store import Ledger
from validator.nightly.inbox import Left
from validator.nightly.places import Places
from validator.nightly.status import AlarmKind
from validator.pipeline import Settings
from validator.registry import Registry

# A night named without a time of day is taken for this hour, so that it can be repeated.
HOUR_OF_A_NIGHT = 2


@dataclass
class Job:
    """Folders, clock, ledger and rules of a run, and what it met that no table keeps.

    ``moment`` is the clock of the run (Japan), ``night`` its day. ``left``: what stays in the
    inbox. ``faults``: what went wrong; ``stopped``: one of them ended the night. ``registry`` is
    null, and ``refusal`` says why, where nothing may be judged.
    """

    places: Places
    config: Config
    ledger: Ledger
    moment: datetime
    options: Options
    settings: Settings
    memory: Memory
    registry: Registry | None = None
    refusal: ValidatorError | None = None
    left: list[Left] = field(default_factory=list)
    faults: list[tuple[AlarmKind, ValidatorError]] = field(default_factory=list)
    stopped: bool = False
    of_night: date | None = None

    @property
    def night(self) -> date:
        """The night that the run is about: its day, if no other is named (``of_night``)."""
        return self.of_night or self.moment.date()

    def fault(self, problem: ValidatorError, kind: AlarmKind = "fault") -> None:
        """Something went wrong that does not end the run."""
        self.faults.append((kind, problem))

    @property
    def at(self) -> str:
        """The clock of the run, as it is written."""
        return self.moment.isoformat(timespec="seconds")
