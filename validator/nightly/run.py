"""One night: finish what an earlier run left, take the files, look after the holds, report."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from validator.checking import JAPAN, Options, settings_of
from validator.config import Config
from validator.errors import BusyError, RegistryError, ValidatorError
from validator.fields.ahead import load_ahead
from validator.fields.registry_forms import add_normal_forms
from validator.ledger.clearances import recall
from validator.ledger.decisions import PART as DECISIONS
from validator.ledger.history import HISTORY
from validator.ledger.store import open_ledger
from validator.nightly.assess import assess
from validator.nightly.inbox import Waiting, look
from validator.nightly.job import HOUR_OF_A_NIGHT, Job
from validator.nightly.outbox import read_acknowledgements
from validator.nightly.places import Places
from validator.nightly.recheck import follow_decisions, recheck
from validator.nightly.reporting import report_night, report_unreported
from validator.nightly.standing import finish, sweep
from validator.nightly.status import Status
from validator.nightly.tables import NIGHTS
from validator.nightly.take import in_order, take
from validator.registry import Registry, open_registry

_LEAST_ROWS_TO_GUARD = 1_000


def clock(as_of: date | None) -> datetime:
    """Now in Japan; of a night that is named, always the same hour."""
    if as_of is None:
        return datetime.now(JAPAN)
    return datetime.combine(as_of, time(HOUR_OF_A_NIGHT), JAPAN)


@contextmanager
def open_job(
    config: Config, places: Places, moment: datetime, lang: str = "ja", fail_on: str = "hold"
) -> Iterator[Job]:
    """Lock the outbox, open the ledger. Raises BusyError (6), UsageError (2), OutputError (7)."""
    options = Options(as_of=moment.date(), config=config, lang=lang, fail_on=fail_on)
    settings = settings_of(options)
    places.make()
    with (
        _locked(places.outbox),
        open_ledger(places.state, [DECISIONS, HISTORY, NIGHTS]) as ledger,
    ):
        memory = recall(ledger, settings.as_of, config.clearances.max_age_days)
        settings = replace(settings, clearances=memory.clearances)
        yield Job(places, config, ledger, moment, options, settings, memory)


def run_night(job: Job) -> Status:
    """Do the night and report it. The status says everything; nothing but a fault is raised."""
    _begin(job)
    waiting, wrong = 0, []
    try:
        finish(job)
        report_unreported(job)
        files, left = look(
            job.places.inbox, job.config.nightly.ignore, job.config.nightly.settle_seconds
        )
        job.left.extend(left)
        registry = _registry(job)
        if registry is None:
            waiting = len(files)
        else:
            _take_all(job, files, registry)
            follow_decisions(job)
            recheck(job, registry)
        wrong = read_acknowledgements(job)
        sweep(job)
    except ValidatorError as problem:
        job.fault(problem)
        job.stopped = True
    status = assess(job, waiting=waiting, wrong=wrong)
    report_night(job, status)
    return status


def _begin(job: Job) -> None:
    with job.ledger.transaction() as connection:
        connection.execute(
            "INSERT INTO nights VALUES (?, ?, NULL, NULL, 0)"
            " ON CONFLICT (night) DO UPDATE SET run_at = excluded.run_at, reported = 0",
            (job.night.isoformat(), job.at),
        )


def _take_all(job: Job, files: list[Waiting], registry: Registry) -> None:
    load_ahead()
    for waiting in in_order(job, files):
        take(job, waiting, registry)


def _registry(job: Job) -> Registry | None:
    """The registry, opened once; without a usable one nothing is judged and nothing handed over."""
    path = job.config.registry.path
    try:
        if path is None:
            raise RegistryError(
                "設定ファイルの [registry] に path がありません。"
                "住民票データなしでは何も引き渡しません。",
                "the configuration has no path in [registry]: without a registry nothing is"
                " handed over",
            )
        job.registry = open_registry(
            path,
            normalise=add_normal_forms,
            max_age_days=job.config.registry.max_age_days,
            as_of=job.night,
        )
        _refuse_shrunk(job, job.registry)
    except ValidatorError as problem:
        job.registry, job.refusal = None, problem
    return job.registry


def _refuse_shrunk(job: Job, registry: Registry) -> None:
    """A registry that lost many rows since the last judgement was probably not copied whole."""
    last = job.ledger.connection.execute(
        "SELECT registry_rows FROM history_runs WHERE registry_rows IS NOT NULL AND kind ="
        " 'nightly' AND registry <> ? ORDER BY run DESC LIMIT 1",
        (registry.info.sha256,),
    ).fetchone()
    limit = job.config.nightly.registry_drop_percent
    if last is None or last[0] < _LEAST_ROWS_TO_GUARD:
        return
    if registry.info.rows * 100 < last[0] * (100 - limit):
        raise RegistryError(
            f"住民票データの行数が前回({last[0]:,}行)から{limit}%を超えて減っています"
            f"({registry.info.rows:,}行)。抽出とコピーが完全か確認してください。正しければ、"
            "[nightly] registry_drop_percent を一時的に上げて実行してください。",
            f"the registry lost more than {limit} % of its rows since last time ({last[0]:,} to"
            f" {registry.info.rows:,}): see that it was extracted and copied whole; if it is"
            " right, raise registry_drop_percent in [nightly] for one run",
            file=Path(registry.info.name).name,
        )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two jobs with different states must not work on one outbox."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                "夜間処理が別に実行中です。終わってから、もう一度実行してください。",
                "another nightly run is at work: run again when it has ended",
            ) from None
        yield
    finally:
        os.close(opened)
