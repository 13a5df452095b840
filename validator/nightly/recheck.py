"""Open holds are judged again when the registry is renewed; what passes then is handed over.

The submitted file is judged as a whole, as in its first night, so that what needs the whole batch
(two persons with one number) is seen again. Only lines that were not handed over before and whose
records all pass now go out, as a delivery of their own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from validator.batch import write_subset
from validator.checking import Checked
from validator.errors import InputError, InternalError, OutputError
from validator.nightly import holds
from validator.nightly.job import Job
from validator.nightly.outbox import CLERKS, SUBMITTED, taken, write_manifest
from validator.nightly.standing import offer
from validator.nightly.take import free_delivery, judge, judged_with
from validator.output.handover import target_paths
from validator.output.staging import seal
from validator.registry import Registry


def recheck(job: Job, registry: Registry) -> None:
    """Judge again every delivery with open holds that was judged with something else."""
    marker = judged_with(job)
    for (delivery,) in job.ledger.connection.execute(
        "SELECT DISTINCT delivery FROM night_holds JOIN night_deliveries USING (delivery)"
        " WHERE night_holds.state = 'open' AND judged_with <> ? ORDER BY delivery",
        (marker,),
    ).fetchall():
        submitted = _submitted(job, delivery)
        if submitted is None:
            continue
        try:
            _judge_again(job, delivery, judge(job, submitted, registry))
        except (InputError, InternalError) as problem:
            job.fault(problem)


def _submitted(job: Job, delivery: str) -> Path | None:
    folder = job.places.outbox / delivery / CLERKS / SUBMITTED
    found = [path for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []
    if len(found) != 1:
        job.fault(
            InternalError(
                f"保留を確認し直すための提出ファイルがありません(outbox/{delivery})。"
                "バックアップから戻してください。",
                f"the submitted file is gone from outbox/{delivery}, so its holds cannot be looked"
                " at again: restore it from a backup",
            )
        )
        return None
    return found[0]


def _judge_again(job: Job, delivery: str, checked: Checked) -> None:
    states = pl.DataFrame(
        job.ledger.connection.execute(
            "SELECT hold, state FROM night_holds WHERE delivery = ?", (delivery,)
        ).fetchall(),
        schema={"record_id": pl.String, "state": pl.String},
        orient="row",
    )
    records = checked.judged.records.join(states, on="record_id", how="left", maintain_order="left")
    released = _released_lines(records)
    if released.is_empty():
        with job.ledger.transaction():
            _update(job, delivery, records)
        return
    release = free_delivery(job, f"{job.night.isoformat()}-{delivery.split('-', 3)[3]}-r")
    take_sha256 = _write_release(job, release, checked, released)
    passing = records.filter(pl.col("line_index").is_in(released.implode()))
    row = (
        release, "release", checked.batch.sources[0].sha256, job.night.isoformat(), "staged",
        job.at, None, take_sha256, released.len(), released.len(),
        passing.height, passing.height, 0, 0, judged_with(job),
    )  # fmt: skip
    with job.ledger.transaction() as connection:
        _update(job, delivery, records)
        connection.execute(
            f"INSERT INTO night_deliveries VALUES ({', '.join('?' * len(row))})",  # noqa: S608 (question marks)
            row,
        )
        these = passing.filter(pl.col("state") == "open")["record_id"].to_list()
        holds.close(connection, these, "released", job.night, release)
    offer(job, release)


def _released_lines(records: pl.DataFrame) -> pl.Series:
    """``line_index`` of lines that may go now: each record passes, and a hold of each was open.

    A line with a hold that a newer form took over stays: its person must not go out twice. One
    without any hold was handed over in its first night.
    """
    return (
        records.group_by("line_index", maintain_order=True)
        .agg(
            passes=(pl.col("verdict") == "pass").all(),
            waits=(pl.col("state") == "open").any(),
            taken_over=(pl.col("state") != "open").any().fill_null(value=False),
        )
        .filter("passes", "waits", ~pl.col("taken_over"))["line_index"]
    )


def _update(job: Job, delivery: str, records: pl.DataFrame) -> None:
    """What the holds are now; a record that passes in a line that does not stays as it was."""
    connection = job.ledger.connection
    connection.executemany(
        "UPDATE night_holds SET verdict = ?, hold_class = ?, cause = ? WHERE hold = ?",
        records.filter((pl.col("state") == "open") & (pl.col("verdict") != "pass"))
        .select("verdict", "hold_class", "cause", "record_id")
        .iter_rows(),
    )
    connection.execute(
        "UPDATE night_deliveries SET judged_with = ? WHERE delivery = ?",
        (judged_with(job), delivery),
    )


def _write_release(job: Job, release: str, checked: Checked, lines: pl.Series) -> str:
    """Write the delivery of the released lines; SHA-256 of its file."""
    folder = job.places.staging / release
    source = checked.batch.sources[0]
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        path = target_paths(checked.batch, folder)[0]["accepted"]
        goes = pl.int_range(source.lines, eager=True, dtype=pl.UInt32).is_in(lines.implode())
        chosen = pl.select(pl.when(goes).then(pl.lit("accepted")).otherwise(pl.lit("stays")))
        write_subset(
            checked.batch, source, chosen.to_series(), {"accepted": path, "stays": folder / "stays"}
        )
        (folder / "stays").unlink(missing_ok=True)
        take = taken(path, lines.len())
        write_manifest(folder, release, "release", checked, take, job)
        seal(folder)
    except OSError:
        raise OutputError(
            "outbox に書き込めません。空き容量とアクセス権を確認してください。",
            "the outbox cannot be written: check free space and access rights",
        ) from None
    return take.sha256
