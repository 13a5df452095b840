"""The status of a night, made of what the ledger tells and what this run met."""

from __future__ import annotations

from datetime import date

import polars as pl

from validator import __version__
from validator.errors import ExitCode
from validator.nightly import alarms, figures
from validator.nightly.band import Band
from validator.nightly.holds import holds
from validator.nightly.inbox import REASONS
from validator.nightly.job import Job
from validator.nightly.outbox import unacknowledged
from validator.nightly.status import (
    STATUS_VERSION,
    Counts,
    Files,
    Holds,
    Outbox,
    Rate,
    RegistryState,
    Status,
)


def assess(job: Job, *, waiting: int, wrong: list[str]) -> Status:
    """Look at the whole night, whichever of its runs did the work.

    ``waiting``: files that stay in the inbox because nothing may be judged. ``wrong``:
    deliveries whose acknowledgement names another file.
    """
    nights = figures.by_night(job.ledger, job.night)
    causes = figures.by_cause(job.ledger, job.night)
    senders = figures.by_sender(job.ledger, job.night)
    all_holds = holds(job.ledger)
    open_ones = figures.at_end_of(all_holds, job.night)
    rates = alarms.rates_of(job, nights, causes)
    bands = alarms.bands_of(job, nights, causes)
    late = unacknowledged(job, job.config.nightly.acknowledge_hours)
    found = [
        *alarms.of_faults(job),
        *alarms.of_input(job, nights, senders),
        *alarms.of_outbox(late, wrong, job.config.nightly.acknowledge_hours),
        *alarms.of_holds(open_ones, job.config.nightly.due_within_days),
        *alarms.of_drift(rates, bands),
    ]
    counts = _counts(job, nights)
    flagged = counts.held + counts.returned > 0 or _repeated_flagged(job)
    fails = {"hold": flagged, "return": counts.returned > 0}.get(job.options.fail_on, False)
    code = alarms.gravest(
        [*(a.exit_code for a in found), int(ExitCode.FLAGGED if fails else ExitCode.DONE)]
    )
    return Status(
        schema_version=STATUS_VERSION,
        night=job.night,
        run_at=job.at,
        status="alarm" if found else "flagged" if flagged else "ok",
        exit_code=code,
        alarms=found,
        files=_files(job, waiting),
        counts=counts,
        rates={
            name: _rate(rates.get(name), bands.get(name))
            for name in sorted({"hold", "return", *bands})
        },
        holds=_holds(all_holds, open_ones, job),
        outbox=_outbox(job, late),
        registry=_registry(job),
        last_success=job.night if code <= ExitCode.FLAGGED else _last_success(job),
        tool_version=__version__,
        complete=True,
    )


def _rate(rate: float | None, usual: Band | None) -> Rate:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 6)

    return Rate(
        rate=rounded(rate),
        low=rounded(usual.low if usual else None),
        usual=rounded(usual.usual if usual else None),
        high=rounded(usual.high if usual else None),
    )


def _counts(job: Job, nights: pl.DataFrame) -> Counts:
    tonight = nights.filter(pl.col("night") == job.night)
    of_night = {name: int(tonight[name].sum()) for name in figures.COUNTS}
    lines = dict(
        job.ledger.connection.execute(
            "SELECT kind, sum(taken_lines) FROM night_deliveries WHERE night = ? GROUP BY kind",
            (job.night.isoformat(),),
        ).fetchall()
    )
    return Counts(
        **of_night, accepted_lines=lines.get("batch", 0), released_lines=lines.get("release", 0)
    )


def _repeated_flagged(job: Job) -> bool:
    """A file that comes again counts as in its first night."""
    found = job.ledger.connection.execute(
        "SELECT 1 FROM night_files JOIN night_deliveries USING (delivery)"
        " WHERE night_files.night = ? AND outcome = 'repeated' AND held + returned > 0",
        (job.night.isoformat(),),
    ).fetchone()
    return found is not None


def _files(job: Job, waiting: int) -> Files:
    of_night = dict(
        job.ledger.connection.execute(
            "SELECT outcome, count(*) FROM night_files WHERE night = ? GROUP BY outcome",
            (job.night.isoformat(),),
        ).fetchall()
    )
    ja = job.options.lang != "en"
    return Files(
        processed=of_night.get("processed", 0),
        repeated=of_night.get("repeated", 0),
        quarantined=of_night.get("quarantined", 0),
        waiting=waiting,
        left={left.name: REASONS[left.reason][0 if ja else 1] for left in job.left},
    )


def _holds(all_holds: pl.DataFrame, open_ones: pl.DataFrame, job: Job) -> Holds:
    closed = dict(
        all_holds.filter(closed_on=job.night.isoformat()).group_by("state").len().iter_rows()
    )
    held = open_ones.filter(verdict="hold")
    oldest = held["age_days"].max()
    return Holds(
        open_holds=held.height,
        open_returns=open_ones.height - held.height,
        due=held.filter(
            pl.col("days_left").is_between(0, job.config.nightly.due_within_days)
        ).height,
        overdue=held.filter(pl.col("days_left") < 0).height,
        oldest_days=int(oldest) if isinstance(oldest, int) else None,
        answered=closed.get("answered", 0),
        released=closed.get("released", 0),
        resolved=closed.get("resolved", 0),
        superseded=closed.get("superseded", 0),
    )


def _outbox(job: Job, late: list[str]) -> Outbox:
    states = dict(
        job.ledger.connection.execute(
            "SELECT state, count(*) FROM night_deliveries GROUP BY state"
        ).fetchall()
    )
    return Outbox(
        offered=states.get("offered", 0),
        acknowledged=states.get("acknowledged", 0),
        unacknowledged=late,
    )


def _registry(job: Job) -> RegistryState | None:
    if job.registry is None:
        return None
    info = job.registry.info
    return RegistryState(
        sha256=info.sha256, as_of=info.as_of, rows=info.rows, age_days=info.age_days(job.night)
    )


def _last_success(job: Job) -> date | None:
    found = job.ledger.connection.execute(
        "SELECT max(night) FROM nights WHERE exit_code <= 1 AND night < ?",
        (job.night.isoformat(),),
    ).fetchone()[0]
    return date.fromisoformat(found) if found else None
