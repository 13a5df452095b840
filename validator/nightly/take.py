"""One file of the inbox: judged and handed over, recognised as known, or put into quarantine.

Nothing leaves the inbox before its result lies complete on disk and the ledger tells of it.
"""

from __future__ import annotations

import json
import os
import shutil
from itertools import chain, count
from pathlib import Path

import polars as pl

from validator.batch import Batch, read_batch
from validator.checking import Checked, judge_batch, runs_before, write_outputs
from validator.errors import InputError, InternalError, OutputError, ValidatorError
from validator.ledger.history import NIGHTLY, insert_run
from validator.ledger.seen import remember_run
from validator.nightly import holds
from validator.nightly.inbox import (
    Left,
    NotReadyError,
    Waiting,
    refuse_renamed,
    take_copy,
    told,
)
from validator.nightly.job import Job
from validator.nightly.outbox import SUBMITTED, Taken, taken, write_manifest
from validator.nightly.standing import REASON_SUFFIX, clear, offer
from validator.output.handover import target_paths
from validator.output.staging import open_private, seal
from validator.registry import Registry, declaration
from validator.rules.catalogue import rules_version

# A file that kills the process each time would stop every night; ordinary kills are rarer.
MOST_TRIES = 5
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_LONGEST_NAME = 180
_BATCH_ONLY = ("office_code", "insured_number", "acquired_on", "received_on")


def in_order(job: Job, waiting: list[Waiting]) -> list[Waiting]:
    """Files still to be taken, by name; those at which an earlier run died come last."""
    known = set(
        job.ledger.connection.execute(
            "SELECT name, inode, mtime_ns, bytes FROM night_files WHERE in_inbox = 1"
        ).fetchall()
    )
    died = {
        tuple(row)
        for row in job.ledger.connection.execute("SELECT inode, mtime_ns FROM night_tries")
    }
    new = [w for w in waiting if (w.name, *w.identity) not in known]
    return sorted(new, key=lambda w: w.identity[:2] in died)


def take(job: Job, waiting: Waiting, registry: Registry) -> None:
    """Take one file. Raises OutputError (7) and BalanceError (8), which end the night."""
    incoming = job.places.clerks_staging / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    try:
        incoming.mkdir(mode=0o700, parents=True)
        sha256 = take_copy(waiting, incoming / "copy")
    except NotReadyError as problem:
        job.left.append(Left(told(waiting.name), problem.reason))
        return
    except OSError:
        raise _unwritable() from None
    earlier = job.ledger.connection.execute(
        "SELECT delivery FROM night_files WHERE sha256 = ? AND outcome = 'processed'", (sha256,)
    ).fetchone()
    if earlier:
        _note(job, waiting, sha256, "repeated", delivery=earlier[0])
        return
    try:
        refuse_renamed(waiting)
        _refuse_deadly(job, waiting, sha256)
        _hand_over(job, waiting, sha256, incoming / "copy", registry)
    except InputError as problem:
        _quarantine(job, waiting, sha256, incoming, problem)
    except InternalError as problem:
        job.left.append(Left(told(waiting.name), "failed"))
        job.fault(problem)


def _refuse_deadly(job: Job, waiting: Waiting, sha256: str) -> None:
    with job.ledger.transaction() as connection:
        tries = connection.execute(
            "INSERT INTO night_tries VALUES (?, 1, ?, ?) ON CONFLICT (sha256)"
            " DO UPDATE SET tries = tries + 1 RETURNING tries",
            (sha256, *waiting.identity[:2]),
        ).fetchone()[0]
    if tries > MOST_TRIES:
        raise InputError(
            f"このファイルの処理中に、{MOST_TRIES}回続けて処理が途切れました。"
            "ファイルの中身を確認し、開発者に連絡してください。",
            f"the process died {MOST_TRIES} times in a row at this file: look at what it holds and"
            " report it to the developers",
        )


def _hand_over(job: Job, waiting: Waiting, sha256: str, copy: Path, registry: Registry) -> None:
    delivery = _free_name(job, sha256)
    folder = job.places.staging / delivery
    clerks = job.places.clerks_staging / delivery
    submitted = clerks / SUBMITTED / waiting.name
    try:
        for made in (folder, submitted.parent):
            made.mkdir(mode=0o700, parents=True)
        copy.rename(submitted)
        checked = judge(job, submitted, registry)
        write_outputs(checked, clerks, runs_before(checked, job.ledger))
        accepted = target_paths(checked.batch, clerks)[0]["accepted"]
        take = None
        if accepted.exists():
            shutil.move(accepted, folder / accepted.name)  # outbox may be another volume
            take = taken(folder / accepted.name, checked.summary.counts.accepted)
        write_manifest(folder, delivery, "batch", checked, take, job)
        for made in (clerks, folder):
            seal(made)
    except InputError:
        submitted.rename(copy)
        for made in (clerks, folder):
            shutil.rmtree(made)
        raise
    except OSError:
        raise _unwritable() from None
    remember_run(job.ledger, checked)
    with job.ledger.transaction() as connection:
        insert_delivery(job, delivery, "batch", checked, take)
        insert_run(connection, checked, job.moment, NIGHTLY)
        holds.enter(job.ledger, checked, delivery, job.night)
        file = _insert_file(job, waiting, sha256, "processed", delivery=delivery)
    offer(job, delivery)
    clear(job, file)


def insert_delivery(
    job: Job, delivery: str, kind: str, checked: Checked, take: Taken | None
) -> None:
    """Tell of a delivery that lies staged. In a transaction."""
    counts = checked.summary.counts
    row = (
        delivery, kind, checked.batch.sources[0].sha256, job.night.isoformat(), "staged", job.at,
        None, take and take.sha256, counts.lines, take.lines if take else 0, counts.records,
        *(counts.by_verdict[v] for v in ("pass", "hold", "return")), judged_with(job),
    )  # fmt: skip
    job.ledger.connection.execute(
        f"INSERT INTO night_deliveries VALUES ({', '.join('?' * len(row))})",  # noqa: S608 (question marks)
        row,
    )


def judge(job: Job, path: Path, registry: Registry) -> Checked:
    """Read and judge one file. InputError (3) for what is no batch, a registry extract included."""
    try:
        batch = read_batch(
            [path],
            default_form=job.options.form,
            headers=job.config.headers,
            forms=job.settings.forms,
        )
        _refuse_extract(batch, registry)
        return judge_batch(batch, registry, job.options, job.settings, job.memory)
    except (ValidatorError, OSError):
        raise
    except (Exception, pl.exceptions.PanicException) as problem:  # noqa: BLE001 (see below)
        # A fault of the program at one file must not cost the others their night.
        kind = type(problem).__name__
        raise InternalError(
            f"ファイルの処理中に内部エラーが起きました({kind})。ファイルは受信フォルダーに残しました。"
            "開発者に連絡してください。",
            f"internal error while a file was processed ({kind}): the file stays in the inbox;"
            " report it to the developers",
        ) from None


def judged_with(job: Job) -> str:
    """What a judgement rests on beside the form: when it changes, holds are looked at again."""
    registry = job.registry.info.sha256 if job.registry else ""
    decisions = job.ledger.connection.execute("SELECT max(id) FROM decisions").fetchone()[0] or 0
    return f"{registry} {job.settings.policy.name} {rules_version()} {decisions}"


def _refuse_extract(batch: Batch, registry: Registry) -> None:
    """An extract of the registry has all required columns of a batch, and must never be one."""
    source = batch.sources[0]
    of_registry = declaration.columns_by_header()
    found = {of_registry.get(declaration.fold(header)) for header in source.extra_columns}
    about_forms = batch.frame.select(
        pl.col(column).is_not_null().any() for column in _BATCH_ONLY
    ).row(0)
    is_extract = bool(found & set(declaration.all_columns()))
    if not any(about_forms) and (is_extract or source.sha256 == registry.info.sha256):
        raise InputError(
            "届書ではなく、住民票データの抽出のようです。受信フォルダーには届書だけを置いてください。",
            "this looks like an extract of the registry, not like forms: only forms belong into"
            " the inbox",
        )


def _quarantine(
    job: Job, waiting: Waiting, sha256: str, incoming: Path, problem: InputError
) -> None:
    target = _quarantine_name(job, waiting, sha256)
    staged = job.places.quarantine / f".{target}.staged"
    reason = {
        "file": target,
        "received_as": told(waiting.name),
        "night": job.night.isoformat(),
        "exit_code": int(problem.exit_code),
        "lines": list(problem.lines[:20]),
        "ja": problem.ja,
        "en": problem.en,
        "complete": True,
    }
    try:
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(mode=0o700)
        shutil.move(incoming / "copy", staged / target)
        with open_private(staged / (target + REASON_SUFFIX)) as file:
            file.write(json.dumps(reason, ensure_ascii=False, indent=2).encode() + b"\n")
        seal(staged)
    except OSError:
        raise _unwritable() from None
    _note(job, waiting, sha256, "quarantined", target=target, problem=problem)


def _quarantine_name(job: Job, waiting: Waiting, sha256: str) -> str:
    """The file's own name where it is free and can be shown, else one with letters of its hash."""
    token = sha256[:12].translate(_LETTERS)
    name = waiting.name
    suffix = Path(name).suffix
    if told(name) != name or len(name.encode()) > _LONGEST_NAME:
        suffix = suffix if suffix.isascii() and suffix[1:].isalnum() and len(suffix) < 10 else ""
        name = token + suffix
    stem = name.removesuffix(suffix)
    names = (f"{stem}-{token}{f'-{again}' if again else ''}{suffix}" for again in count())
    return next(n for n in chain([name], names) if not os.path.lexists(job.places.quarantine / n))


def _free_name(job: Job, sha256: str) -> str:
    """A folder of outbox and clerks: night and letters of the hash."""
    return free_delivery(job, f"{job.night.isoformat()}-{sha256[:12].translate(_LETTERS)}")


def free_delivery(job: Job, base: str) -> str:
    """``base``, or with a number behind it where the outbox or the ledger has that name."""

    def is_free(name: str) -> bool:
        known = job.ledger.connection.execute(
            "SELECT 1 FROM night_deliveries WHERE delivery = ?", (name,)
        ).fetchone()
        tops = (job.places.outbox, job.places.clerks)
        return known is None and not any(os.path.lexists(top / name) for top in tops)

    return next(filter(is_free, chain([base], (f"{base}-{again}" for again in count(2)))))


def _note(
    job: Job,
    waiting: Waiting,
    sha256: str,
    outcome: str,
    *,
    delivery: str | None = None,
    target: str | None = None,
    problem: InputError | None = None,
) -> None:
    with job.ledger.transaction():
        file = _insert_file(
            job, waiting, sha256, outcome, delivery=delivery, target=target, problem=problem
        )
    clear(job, file)


def _insert_file(
    job: Job,
    waiting: Waiting,
    sha256: str,
    outcome: str,
    *,
    delivery: str | None = None,
    target: str | None = None,
    problem: InputError | None = None,
) -> int:
    connection = job.ledger.connection
    connection.execute("DELETE FROM night_tries WHERE sha256 = ?", (sha256,))
    inode, mtime_ns, size = waiting.identity
    row = (
        job.night.isoformat(), job.at, waiting.name, inode, mtime_ns, size, sha256, outcome,
        delivery, target, int(problem.exit_code) if problem else 0,
        problem and problem.ja, problem and problem.en, 1,
    )  # fmt: skip
    return int(
        connection.execute(
            f"INSERT INTO night_files VALUES (NULL{', ?' * len(row)}) RETURNING id",  # noqa: S608 (question marks)
            row,
        ).fetchone()[0]
    )


def _unwritable() -> OutputError:
    return OutputError(
        "outbox、clerks、quarantine のどれかに書き込めません。"
        "空き容量とアクセス権を確認してください。"
        "受信フォルダーのファイルは残っています。",
        "outbox, clerks or quarantine cannot be written: check free space and access rights; the"
        " files are still in the inbox",
    )
