"""A result on the disk, read again: its records, and the submitted lines handed over with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validator.errors import UsageError
from validator.output.handover import DISPOSITIONS

# Names of the folders of the nightly job where no configuration names others.
OUTBOX, CLERKS = "outbox", "clerks"
MANIFEST = "manifest.json"
_RANK = {"pass": 0, "hold": 1, "return": 2}


@dataclass(frozen=True)
class Result:
    """A folder that ``check`` or a night has written; ``accepted`` lies elsewhere in a delivery.

    ``summary``: summary.json; ``files``: names of the inputs, in order, and whether there was a
    record in it; ``records``: records.parquet.
    """

    folder: Path
    accepted: Path
    summary: dict[str, Any]
    files: tuple[tuple[str, bool], ...]
    records: pl.DataFrame


def read_result(folder: Path, tops: tuple[Path, Path] | None = None) -> Result:
    """The result in ``folder``; UsageError (2) where there is none, or not a whole one.

    ``folder`` may be either part of a night's delivery; ``tops`` are outbox and clerks' folder, if
    not given the latter is looked for in the former and beside it.
    """
    folder, accepted = _parts(folder, tops)
    try:
        summary: dict[str, Any] = json.loads((folder / "summary.json").read_bytes())
        if summary["complete"] is not True:
            raise no_result(folder)
        inputs = summary["provenance"]["inputs"]
        files = tuple((str(source["file"]), source["records"] > 0) for source in inputs)
        records = pl.read_parquet(folder / "records.parquet")
        records.select(
            "record_id", "source_file", "line", "block", "form", "office_code", "verdict"
        )
        return Result(folder, accepted, summary, files, records)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        raise no_result(folder) from None


def _parts(folder: Path, tops: tuple[Path, Path] | None) -> tuple[Path, Path]:
    """Where summary and records lie, and where the accepted lines."""
    place = folder.resolve()
    top, name = place.parent, place.name
    if (folder / MANIFEST).is_file():
        nearby = (top / CLERKS, top.parent / CLERKS)
        found = [tops[1]] if tops else [clerks for clerks in nearby if (clerks / name).is_dir()]
        return next(iter(found), top.parent / CLERKS) / name, folder
    outboxes = (tops[0],) if tops else (top.parent, top.parent / OUTBOX)
    others = [outbox / name for outbox in outboxes if (outbox / name / MANIFEST).is_file()]
    return folder, next(iter(others), folder)


def no_result(folder: Path) -> UsageError:
    """What is said of a folder that is no result."""
    return UsageError(
        "検査結果のフォルダーではありません。"
        "check --out か夜間処理が作ったフォルダーを指定してください。",
        "this is no folder of a result: name one that check --out or a night has made",
        file=folder.name,
    )


def hand_over_files(
    result: Result, dispositions: Sequence[str] = DISPOSITIONS
) -> Iterator[tuple[Path, pl.DataFrame]]:
    """Each hand-over file with the records in it: ``line_index, block, record_id, judged_form``."""
    token = pl.col("record_id").str.extract(r"^([a-z]+(?:-\d+)?)-L\d", 1)
    records = result.records.with_columns(token=token)
    tokens = iter(records["token"].unique(maintain_order=True).to_list())
    seen: dict[str, int] = {}
    for name, has_records in result.files:
        seen[name] = seen.get(name, 0) + 1
        if not has_records:
            continue
        own = records.filter(token=next(tokens))
        worst = own.group_by("line").agg(
            pl.col("verdict").replace_strict(_RANK, return_dtype=pl.Int8).max().alias("worst")
        )
        for rank, disposition in enumerate(DISPOSITIONS):
            lines = (
                worst.filter(worst=rank).select("line").sort("line").with_row_index("line_index")
            )
            if disposition not in dispositions or lines.is_empty():
                continue
            top = result.accepted if disposition == "accepted" else result.folder
            places = own.join(lines, on="line").select(
                "line_index", "block", "record_id", judged_form="form"
            )
            yield _file(top, disposition, name, seen[name], alone=len(result.files) == 1), places


def _file(top: Path, disposition: str, name: str, nth: int, *, alone: bool) -> Path:
    if not alone:
        return top / disposition / (str(nth) if nth > 1 else "") / name
    found = sorted(p for p in top.glob(f"{disposition}*") if p.is_file())
    if not found:
        raise no_result(top)
    return found[0]
