"""``status.json``: a night in a form that machines read. No value of a person."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

STATUS_VERSION = "1.0"

AlarmKind = Literal[
    "input_missing",
    "sender_missing",
    "count_low",
    "count_high",
    "quarantined",
    "not_read",
    "registry",
    "hold_due",
    "hold_overdue",
    "unacknowledged",
    "acknowledged_other",
    "drift",
    "interrupted",
    "silence",
    "fault",
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Alarm(_Model):
    """Something that a person has to look at; ``exit_code`` is what it makes the job exit with."""

    kind: AlarmKind
    exit_code: int
    subject: str | None
    value: float | None
    limit: float | None
    ja: str
    en: str


class Files(_Model):
    """Files of the night. ``waiting``: still in the inbox because nothing could be judged."""

    processed: int
    repeated: int
    quarantined: int
    waiting: int
    left: dict[str, str]


class Counts(_Model):
    """Lines and records of the night's new files; ``released_lines`` of earlier nights."""

    lines: int
    records: int
    passed: int
    held: int
    returned: int
    accepted_lines: int
    released_lines: int


class Rate(_Model):
    """A rate of the night and its usual range (null where the history is too short)."""

    rate: float | None
    low: float | None
    usual: float | None
    high: float | None


class Holds(_Model):
    """What waits for an answer at the end of the night, and what got one in it."""

    open_holds: int
    open_returns: int
    due: int
    overdue: int
    oldest_days: int | None
    answered: int
    released: int
    resolved: int
    superseded: int


class Outbox(_Model):
    """Deliveries by state; ``unacknowledged`` names those that wait too long."""

    offered: int
    acknowledged: int
    unacknowledged: list[str]


class RegistryState(_Model):
    """The registry that the night was judged with."""

    sha256: str
    as_of: date | None
    rows: int
    age_days: int | None


class Status(_Model):
    """The whole document; ``complete`` comes last, so a cut file is never taken for a whole one.

    ``status``: ok, flagged (something is held or returned) or alarm. ``last_success``: the last
    night that exited with 0 or 1.
    """

    schema_version: str
    night: date
    run_at: str
    status: Literal["ok", "flagged", "alarm"]
    exit_code: int
    alarms: list[Alarm]
    files: Files
    counts: Counts
    rates: dict[str, Rate]
    holds: Holds
    outbox: Outbox
    registry: RegistryState | None
    last_success: date | None
    tool_version: str
    complete: Literal[True]
