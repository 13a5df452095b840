"""Open holds are judged again when the registry is renewed or a clerk has decided.

The submitted file is judged as a whole, as in its first night, so that what needs the whole batch
(two persons with one number) is seen again. Lines that were not handed over before and whose
records all pass now go out. Where anything has changed, that is a delivery of its own with a new
work list; where nothing has, nothing is written.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl

from validator.batch import write_subset
from validator.checking import Checked, runs_before, write_outputs
from validator.errors import InputError, InternalError, OutputError
from validator.ledger.decisions import seen
from validator.ledger.seen import remember_run
from validator.nightly import holds
from validator.nightly.job import Job
from validator.nightly.outbox import SUBMITTED, Taken, taken, write_manifest
from validator.nightly.standing import offer
from validator.nightly.take import free_delivery, insert_delivery, judge, judged_with
from validator.output.handover import target_paths
from validator.output.staging import seal
from validator.output.worklist import FILE as WORKLIST
from validator.output.worklist import write_worklist
from validator.registry import Registry

REPORT = "report.html"


def follow_decisions(job: Job) -> None:
    """What clerks decided since the last night, on holds and returns that are open."""
    holds.decide(job.ledger, job.night)


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
    folder = job.places.clerks / delivery / SUBMITTED
    found = [path for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []
    if len(found) != 1:
        job.fault(
            InternalError(
                f"保留を確認し直すための提出ファイルがありません(clerks/{delivery})。"
                "バックアップから戻してください。",
                f"the submitted file is gone from clerks/{delivery}, so its holds cannot be looked"
                " at again: restore it from a backup",
            )
        )
        return None
    return found[0]


def _judge_again(job: Job, delivery: str, checked: Checked) -> None:
    before = pl.DataFrame(
        job.ledger.connection.execute(
            "SELECT hold, state, decided, verdict, hold_class, cause FROM night_holds"
            " WHERE delivery = ?",
            (delivery,),
        ).fetchall(),
        schema=dict.fromkeys(
            ("record_id", "state", "decided", "was", "was_class", "was_cause"), pl.String
        ),
        orient="row",
    )
    records = checked.judged.records.join(before, on="record_id", how="left", maintain_order="left")
    released = _released_lines(records)
    differences = _differences(job, before)
    remember_run(job.ledger, checked)
    if released.is_empty() and not _changed(records) and differences == _differences(job, before):
        with job.ledger.transaction():
            _update(job, delivery, records)
        return
    again = free_delivery(job, f"{job.night.isoformat()}-{delivery.split('-', 3)[3]}-r")
    take = _write(job, again, checked, released, _still_open(records)["row"])
    passing = records.filter(pl.col("line_index").is_in(released.implode()))
    with job.ledger.transaction() as connection:
        _update(job, delivery, records)
        insert_delivery(job, again, "release", checked, take)
        waited = passing.filter(pl.col("state") == "open")
        cleared = (pl.col("decided") == "confirmed").fill_null(value=False)
        for state, these in (("resolved", cleared), ("released", ~cleared)):
            closed = waited.filter(these)["record_id"].to_list()
            holds.close(connection, closed, state, job.night, again)
    offer(job, again)


def _released_lines(records: pl.DataFrame) -> pl.Series:
    """``line_index`` of lines that may go now: each record passes, and a hold of each was open.

    A line with a hold that a newer form took over, or that a clerk sent back, stays: its person
    must not go out twice. One without any hold was handed over in its first night.
    """
    gone = (pl.col("state") != "open") | pl.col("decided").is_in(["returned", "corrected"])
    return (
        records.group_by("line_index", maintain_order=True)
        .agg(
            passes=(pl.col("verdict") == "pass").all(),
            waits=(pl.col("state") == "open").any(),
            gone=gone.any(),
        )
        .filter("passes", "waits", ~pl.col("gone"))["line_index"]
    )


def _differences(job: Job, before: pl.DataFrame) -> dict[str, str | None]:
    """What the ledger knows of each record's difference: a work list on another one is stale."""
    return {name: s.difference for name, s in seen(job.ledger, before["record_id"]).items()}


def _still_open(records: pl.DataFrame) -> pl.DataFrame:
    """Open records that do not pass; what a clerk has sent back stays so."""
    returned = (pl.col("decided") == "returned").fill_null(value=False)
    return records.filter((pl.col("state") == "open") & (pl.col("verdict") != "pass") & ~returned)


def _changed(records: pl.DataFrame) -> bool:
    same = pl.all_horizontal(
        pl.col(now).eq_missing(was)
        for now, was in (("verdict", pl.col("was")), ("hold_class", pl.col("was_class")),
                         ("cause", pl.col("was_cause")))
    )  # fmt: skip
    return not _still_open(records).select(same.all()).item()


def _update(job: Job, delivery: str, records: pl.DataFrame) -> None:
    """What the holds are now; a record that passes in a line that does not stays as it was."""
    connection = job.ledger.connection
    connection.executemany(
        "UPDATE night_holds SET verdict = ?, hold_class = ?, cause = ? WHERE hold = ?",
        _still_open(records).select("verdict", "hold_class", "cause", "record_id").iter_rows(),
    )
    connection.execute(
        "UPDATE night_deliveries SET judged_with = ? WHERE delivery = ?",
        (judged_with(job), delivery),
    )


def _write_clerks(job: Job, checked: Checked, clerks: Path, open_rows: pl.Series) -> None:
    """The result as it is now, and a work list of what is still open.

    Neither hand-over files nor letters again: lines went out in the first night, letters then too.
    """
    write_outputs(checked, clerks, runs_before(checked, job.ledger))
    for path in [
        p for paths in target_paths(checked.batch, clerks).values() for p in paths.values()
    ]:
        path.unlink(missing_ok=True)
    shutil.rmtree(clerks / "letters", ignore_errors=True)
    for name in (REPORT, WORKLIST):
        (clerks / name).unlink()
    if open_rows.is_empty():
        return
    records = checked.judged.records.filter(pl.col("row").is_in(open_rows.implode()))
    verdicts = dict(records.group_by("verdict").len().iter_rows())
    by_verdict = {"pass": 0, "hold": 0, "return": 0} | verdicts
    counts = checked.summary.counts.model_copy(update={"by_verdict": by_verdict})
    view = replace(
        checked,
        judged=replace(checked.judged, records=records),
        summary=checked.summary.model_copy(update={"counts": counts}),
    )
    write_worklist(view, clerks / WORKLIST)


def _write(
    job: Job, again: str, checked: Checked, lines: pl.Series, open_rows: pl.Series
) -> Taken | None:
    """Write the delivery: released lines if there are any, and the result as it is now."""
    folder = job.places.staging / again
    clerks = job.places.clerks_staging / again
    source = checked.batch.sources[0]
    take = None
    try:
        for made in (folder, clerks):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(mode=0o700, parents=True)
        _write_clerks(job, checked, clerks, open_rows)
        accepted = target_paths(checked.batch, clerks)[0]["accepted"]
        if not lines.is_empty():
            path = folder / accepted.name
            stays = clerks / f"stays{path.suffix}"
            goes = pl.int_range(source.lines, eager=True, dtype=pl.UInt32).is_in(lines.implode())
            chosen = pl.select(pl.when(goes).then(pl.lit("goes")).otherwise(pl.lit("stays")))
            write_subset(checked.batch, source, chosen.to_series(), {"goes": path, "stays": stays})
            stays.unlink(missing_ok=True)
            take = taken(path, lines.len())
        write_manifest(folder, again, "release", checked, take, job)
        for made in (clerks, folder):
            seal(made)
    except OSError:
        raise OutputError(
            "outbox か clerks に書き込めません。空き容量とアクセス権を確認してください。",
            "outbox or clerks cannot be written: check free space and access rights",
        ) from None
    return take
