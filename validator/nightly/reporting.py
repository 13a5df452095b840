"""Writing the report of a night: the page, ``status.json``, the list of open holds, the index.

Everything is made from the ledger, so a report that a killed run did not write is written by the
next one. Files are replaced by one rename.
"""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from validator.errors import InternalError, OutputError
from validator.nightly import figures
from validator.nightly.assess import assess
from validator.nightly.holds import holds
from validator.nightly.index_page import index_page
from validator.nightly.job import HOUR_OF_A_NIGHT, Job
from validator.nightly.night_page import night_page
from validator.nightly.status import Status
from validator.output.staging import open_private, sync
from validator.output.tables import for_spreadsheets

STATUS, INDEX, OPEN_HOLDS = "status.json", "index.html", "open_holds.csv"
HOLD_COLUMNS = ("hold", "delivery", "line", "sender", "form", "verdict", "hold_class", "cause",
                "since", "age_days", "due_on", "days_left")  # fmt: skip


def report_night(job: Job, status: Status) -> None:
    """Note the status of a night and write all its files. OutputError (7) if that fails."""
    text = status.model_dump_json(indent=2)
    with job.ledger.transaction() as connection:
        connection.execute(
            "UPDATE nights SET run_at = ?, exit_code = ?, status = ?, reported = 0 WHERE night = ?",
            (job.at, status.exit_code, text, job.night.isoformat()),
        )
    reports = job.places.reports
    _replace(reports / f"{job.night.isoformat()}.html", night_page(job, status))
    _replace(reports / f"{job.night.isoformat()}.json", text + "\n")
    _replace(reports / INDEX, index_page(job))
    _replace(reports / OPEN_HOLDS, _open_holds(job))
    # Last: whoever watches it may open the rest.
    _replace(reports / STATUS, text + "\n")
    with job.ledger.transaction() as connection:
        connection.execute(
            "UPDATE nights SET reported = 1 WHERE night = ?", (job.night.isoformat(),)
        )


def report_unreported(job: Job) -> None:
    """Write the reports of earlier nights whose run died; one that did not end is an alarm."""
    for night, status in job.ledger.connection.execute(
        "SELECT night, status FROM nights WHERE reported = 0 AND night < ? ORDER BY night",
        (job.night.isoformat(),),
    ).fetchall():
        moment = datetime.combine(
            date.fromisoformat(night), time(HOUR_OF_A_NIGHT), job.moment.tzinfo
        )
        then = replace(job, moment=moment, left=[], faults=[])
        if status is None:
            then.fault(
                InternalError(
                    "この夜の処理は途中で止まりました。続きは次の夜に処理しています。",
                    "the run of this night was interrupted; the next one went on with it",
                ),
                "interrupted",
            )
            report_night(then, assess(then, waiting=0, wrong=[]))
        else:
            report_night(then, Status.model_validate_json(status))


def _open_holds(job: Job) -> str:
    waiting = figures.at_end_of(holds(job.ledger), job.night).sort("days_left", "hold")
    buffer = io.BytesIO()
    for_spreadsheets(waiting.select(HOLD_COLUMNS)).write_csv(buffer)
    return buffer.getvalue().decode()


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        with open_private(new) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync(path.parent)
    except OSError:
        raise OutputError(
            "夜間処理の報告を書き込めません。空き容量とアクセス権を確認してください"
            "(届書の処理は済んでいます)。",
            "the report of the night cannot be written: check free space and access rights"
            " (the forms themselves are processed)",
            file=path.name,
        ) from None
