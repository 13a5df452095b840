"""What changed between two results: newly held, newly released, another cause.

Records of one file are the same if their ``record_id`` is. Of two different files (a corrected one,
another night's) a record is looked for among the lines as written, the My Number left out, then
among the people (`validator.match.person_keys`). No value leaves this comparison.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validator.batch import read_batch
from validator.batch.columns import canonical_columns
from validator.config import Config
from validator.errors import InputError, UsageError
from validator.forms.load import declared_forms
from validator.match.person_keys import TOGETHER, people_of
from validator.output.handover import DISPOSITIONS

CLERKS = "clerks"
NUMBERS = ("my_number", "insured_my_number")
_STANDS = ("verdict", "hold_class", "cause")
CHANGE_COLUMNS = (
    "change", "record_id", "old_record_id", "source_file", "line", "form", "office_code",
    "old_verdict", "verdict", "old_hold_class", "hold_class", "old_cause", "cause",
)  # fmt: skip
WORSE = ("newly_held", "newly_returned")
_RANK = {"pass": 0, "hold": 1, "return": 2}


@dataclass(frozen=True)
class Result:
    """A folder that ``check`` or a night has written; ``accepted`` lies elsewhere in a delivery.

    ``files``: names of the inputs, in order, and whether there was a record in it.
    """

    folder: Path
    accepted: Path
    files: tuple[tuple[str, bool], ...]
    records: pl.DataFrame


def compare_results(old: Path, new: Path, config: Config) -> tuple[pl.DataFrame, int]:
    """`CHANGE_COLUMNS` of every record that changed, and how many did not.

    ``change``: newly_held, newly_returned, released, changed (class or cause), added, gone.
    UsageError (2) where a folder is no result.
    """
    before, after = _read_result(old), _read_result(new)
    pairs = (
        before.records.select("record_id")
        .join(after.records.select("record_id"), on="record_id")
        .select(old_record_id="record_id", record_id="record_id")
    )
    if pairs.height < min(before.records.height, after.records.height):
        pairs = pl.concat([pairs, _pairs_by_content(before, after, pairs, config)])
    left = before.records.select(
        old_record_id="record_id",
        old_source_file="source_file",
        old_line="line",
        old_form="form",
        old_office_code="office_code",
        **{f"old_{c}": pl.col(c) for c in _STANDS},
    )
    whole = after.records.join(pairs, on="record_id", how="left", maintain_order="left").join(
        left, on="old_record_id", how="full", maintain_order="left_right", coalesce=True
    )
    judged = whole.with_columns(change=_change()).with_columns(
        pl.coalesce(pl.col(name), pl.col(f"old_{name}")).alias(name)
        for name in ("source_file", "line", "form", "office_code")
    )
    changed = judged.filter(pl.col("change").is_not_null())
    return changed.select(CHANGE_COLUMNS), judged.height - changed.height


def is_worse(changes: pl.DataFrame) -> bool:
    """Whether anything is newly held or returned."""
    return not changes.filter(pl.col("change").is_in(WORSE)).is_empty()


def _change() -> pl.Expr:
    same = pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"old_{c}")) for c in _STANDS)
    was, now = pl.col("old_verdict"), pl.col("verdict")
    return (
        pl.when(was.is_null())
        .then(pl.lit("added"))
        .when(now.is_null())
        .then(pl.lit("gone"))
        .when((now == "hold") & (was != "hold"))
        .then(pl.lit("newly_held"))
        .when((now == "return") & (was != "return"))
        .then(pl.lit("newly_returned"))
        .when((now == "pass") & (was != "pass"))
        .then(pl.lit("released"))
        .when(~same)
        .then(pl.lit("changed"))
    )


def _read_result(folder: Path) -> Result:
    accepted = folder
    if (folder / CLERKS / "summary.json").is_file():
        folder = folder / CLERKS
    elif folder.name == CLERKS and (folder.parent / "manifest.json").is_file():
        accepted = folder.parent
    try:
        summary: dict[str, Any] = json.loads((folder / "summary.json").read_bytes())
        if summary["complete"] is not True:
            raise _no_result(folder)
        inputs = summary["provenance"]["inputs"]
        files = tuple((str(source["file"]), source["records"] > 0) for source in inputs)
        records = pl.read_parquet(folder / "records.parquet")
        return Result(
            folder, accepted, files,
            records.select("record_id", "source_file", "line", "block", "form", "office_code",
                           *_STANDS),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        raise _no_result(folder) from None


def _no_result(folder: Path) -> UsageError:
    return UsageError(
        "検査結果のフォルダーではありません。"
        "check --out か夜間処理が作ったフォルダーを指定してください。",
        "this is no folder of a result: name one that check --out or a night has made",
        file=folder.name,
    )


def _pairs_by_content(
    before: Result, after: Result, known: pl.DataFrame, config: Config
) -> pl.DataFrame:
    old = _people(before, config).join(
        known, left_on="record_id", right_on="old_record_id", how="anti"
    )
    new = _people(after, config).join(known, on="record_id", how="anti")
    pairs = [known.clear()]
    for key in ("content", *(f"key{n}" for n in range(len(TOGETHER)))):
        found = _paired(old, new, key)
        pairs.append(found)
        old = old.join(found, left_on="record_id", right_on="old_record_id", how="anti")
        new = new.join(found, on="record_id", how="anti")
    return pl.concat(pairs)


def _paired(old: pl.DataFrame, new: pl.DataFrame, key: str) -> pl.DataFrame:
    """Pairs with the same key; of several with one key the first goes with the first."""

    def numbered(frame: pl.DataFrame) -> pl.DataFrame:
        return (
            frame.select("record_id", key)
            .drop_nulls(key)
            .with_columns(nth=pl.int_range(pl.len()).over(key))
        )

    return (
        numbered(new)
        .join(
            numbered(old).rename({"record_id": "old_record_id"}),
            on=[key, "nth"],
            maintain_order="left",
        )
        .select("old_record_id", "record_id")
    )


def _people(result: Result, config: Config) -> pl.DataFrame:
    """``record_id``, ``content`` and ``key0`` … of every record, from the hand-over files."""
    forms = declared_forms(config.forms.folder)
    columns = [c for c in canonical_columns() if c not in NUMBERS]
    parts = [pl.DataFrame(schema={"record_id": pl.String, "content": pl.String})]
    for path, places in _hand_over_files(result):
        try:
            batch = read_batch([path], headers=config.headers, forms=forms)
        except InputError:
            raise _no_result(result.folder) from None
        values = [pl.col(c).fill_null("") for c in columns]
        # Each form as it was judged: a table may name none.
        found = (
            batch.frame.join(places, on=["line_index", "block"], nulls_equal=True)
            .drop("form")
            .rename({"judged_form": "form"})
        )
        keyed = people_of(found)
        parts.append(
            found.select("row", "record_id", content=pl.concat_str(values, separator="\x1f"))
            .join(keyed, on="row")
            .select(
                "record_id",
                "content",
                *(
                    pl.concat_str("office_code", "form", *together, separator="\x1f").alias(
                        f"key{n}"
                    )
                    for n, together in enumerate(TOGETHER)
                ),
            )
        )
    return pl.concat(parts, how="diagonal")


def _hand_over_files(result: Result) -> Iterator[tuple[Path, pl.DataFrame]]:
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
            if lines.is_empty():
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
        raise _no_result(top)
    return found[0]
