"""Bringing to its place what the ledger tells of, whenever the run before this one died.

The ledger is written first. What it calls staged lies complete in a hidden folder and moves by one
rename; then the file leaves the inbox. Each step may be repeated.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from validator.errors import OutputError
from validator.nightly.inbox import identity
from validator.nightly.job import Job
from validator.output.staging import sync

_TAKEN = ".taken-"
REASON_SUFFIX = ".reason.json"


def finish(job: Job) -> None:
    """Finish what the ledger tells of, and clear away what it does not know.

    OutputError (7) where something cannot be moved, or is gone from where it was staged.
    """
    connection = job.ledger.connection
    for (delivery,) in connection.execute(
        "SELECT delivery FROM night_deliveries WHERE state = 'staged'"
    ).fetchall():
        offer(job, delivery)
    for (file,) in connection.execute("SELECT id FROM night_files WHERE in_inbox = 1").fetchall():
        clear(job, file)
    _finish_taking(job)
    sweep(job)


def offer(job: Job, delivery: str) -> None:
    """Move a staged delivery to its place: the clerks' part first, what a receiver sees last."""
    places = job.places
    _move(places.clerks_staging / delivery, places.clerks / delivery)
    _move(places.staging / delivery, places.outbox / delivery)
    with job.ledger.transaction() as connection:
        connection.execute(
            "UPDATE night_deliveries SET state = iif(taken_lines > 0, 'offered', 'nothing')"
            " WHERE delivery = ? AND state = 'staged'",
            (delivery,),
        )


def clear(job: Job, file: int) -> None:
    """Move a refused file's copy to the quarantine, and take the file out of the inbox."""
    name, inode, mtime_ns, size, outcome, target = job.ledger.connection.execute(
        "SELECT name, inode, mtime_ns, bytes, outcome, target FROM night_files WHERE id = ?",
        (file,),
    ).fetchone()
    quarantine = job.places.quarantine
    if outcome == "quarantined":
        staged = quarantine / f".{target}.staged"
        # The reason first: a file in the quarantine never stands without one.
        _move(staged / (target + REASON_SUFFIX), quarantine / (target + REASON_SUFFIX))
        _move(staged / target, quarantine / target)
        shutil.rmtree(staged, ignore_errors=True)
    try:
        _remove(job.places.inbox / name, (inode, mtime_ns, size))
    except OSError:
        job.fault(
            OutputError(
                "処理済みのファイルを受信フォルダーから取り除けません。アクセス権を確認してください"
                "(二重には処理しません)。",
                "a processed file cannot be taken out of the inbox: check the access rights"
                " (it is not processed twice)",
            )
        )
        return
    with job.ledger.transaction() as connection:
        connection.execute("UPDATE night_files SET in_inbox = 0 WHERE id = ?", (file,))


def _move(staged: Path, target: Path) -> None:
    try:
        if os.path.lexists(target):
            return
        staged.rename(target)
        sync(target.parent)
    except OSError:
        raise OutputError(
            "処理結果を outbox、clerks、quarantine へ移せません。"
            "空き容量とアクセス権を確認してください。フォルダーを手で動かした場合は、元に戻してください。",
            "a result cannot be moved to outbox, clerks or quarantine: check free space and access"
            " rights; put back what was moved by hand",
        ) from None


def _remove(path: Path, known: tuple[int, int, int]) -> None:
    """Remove the file if it still is the one that was processed, not a new one of that name."""
    hidden = path.with_name(f"{_TAKEN}{known[0]}")
    try:
        if identity(path.lstat()) != known:
            return
        path.rename(hidden)
    except FileNotFoundError:
        return
    if identity(hidden.lstat()) == known:
        hidden.unlink()
    elif not os.path.lexists(path):
        hidden.rename(path)
    sync(path.parent)


def _finish_taking(job: Job) -> None:
    """A run died between taking a file and removing it; one that is not known is shown again."""
    for hidden in job.places.inbox.glob(f"{_TAKEN}*"):
        known = job.ledger.connection.execute(
            "SELECT 1 FROM night_files WHERE inode = ? AND mtime_ns = ? AND bytes = ?",
            identity(hidden.lstat()),
        ).fetchone()
        if known:
            hidden.unlink()
        else:
            hidden.rename(hidden.with_name(hidden.name.removeprefix(".")))


def sweep(job: Job) -> None:
    """Remove copies and half-made results that the ledger does not tell of."""
    connection = job.ledger.connection
    staged = connection.execute("SELECT delivery FROM night_deliveries WHERE state = 'staged'")
    refused = connection.execute(
        "SELECT target FROM night_files WHERE in_inbox = 1 AND target IS NOT NULL"
    )
    keep = {delivery for (delivery,) in staged} | {f".{target}.staged" for (target,) in refused}
    for leftover in (
        *job.places.staging.glob("*"),
        *job.places.clerks_staging.glob("*"),
        *job.places.quarantine.glob(".*.staged"),
    ):
        if leftover.name not in keep:
            shutil.rmtree(leftover, ignore_errors=True)
    for folder in (job.places.staging, job.places.clerks_staging):
        with contextlib.suppress(OSError):  # not there, or something in it
            folder.rmdir()
