"""The hand-over files: submitted lines, whole, in the file of their worst record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl

from validator.batch import Batch, Source, count_lines, write_subset
from validator.errors import BalanceError
from validator.hold.decide import Verdict

DISPOSITIONS = ("accepted", "held", "returned")
_DEFAULT_SUFFIX = {
    "csv": ".csv",
    "tsv": ".tsv",
    "xlsx": ".xlsx",
    "parquet": ".parquet",
    "jsonl": ".jsonl",
    "media": ".CSV",
}


def line_dispositions(records: pl.DataFrame, source: Source) -> pl.Series:
    """``accepted``, ``held`` or ``returned`` for each submitted line of ``source``."""
    rank = {Verdict.PASS.value: 0, Verdict.HOLD.value: 1, Verdict.RETURN.value: 2}
    worst = (
        records.filter(pl.col("source") == source.index)
        .group_by("line_index")
        .agg(pl.col("verdict").replace_strict(rank, return_dtype=pl.Int8).max().alias("rank"))
        .sort("line_index")
    )
    return worst.select(
        pl.col("rank").replace_strict(dict(enumerate(DISPOSITIONS)), return_dtype=pl.String)
    ).to_series()


def target_paths(batch: Batch, folder: Path) -> dict[int, dict[str, Path]]:
    """Where each source's lines go: one file each, or folders if there are several sources.

    A file name that occurs twice goes into a numbered folder: electronic media may not be renamed.
    """
    if len(batch.sources) == 1:
        source = batch.sources[0]
        suffix = Path(source.name).suffix or _DEFAULT_SUFFIX[source.format]
        return {source.index: {d: folder / f"{d}{suffix}" for d in DISPOSITIONS}}
    seen: Counter[str] = Counter()
    paths: dict[int, dict[str, Path]] = {}
    for source in batch.sources:
        seen[source.name] += 1
        again = seen[source.name]
        paths[source.index] = {
            d: folder / d / (str(again) if again > 1 else "") / source.name for d in DISPOSITIONS
        }
    return paths


def hand_over(batch: Batch, records: pl.DataFrame, folder: Path) -> dict[str, int]:
    """Write all hand-over files below ``folder``; lines by disposition, recounted from the files.

    Raises BalanceError (8) if what was written does not balance with what was read.
    """
    total: Counter[str] = Counter(dict.fromkeys(DISPOSITIONS, 0))
    targets = target_paths(batch, folder)
    for source in batch.sources:
        written = write_subset(
            batch, source, line_dispositions(records, source), targets[source.index]
        )
        recounted = {
            d: count_lines(path, source.format, source.encoding, source.layout)
            if path.exists()
            else 0
            for d, path in targets[source.index].items()
        }
        if recounted != written or sum(recounted.values()) != source.lines:
            raise BalanceError(
                "書き出した行数が、読み込んだ行数と一致しません。結果は破棄しました。"
                "もう一度実行し、続くようなら開発者に連絡してください。",
                "written and read lines do not balance; nothing was kept."
                " Run again, and report it if it persists",
                file=source.name,
            )
        total.update(recounted)
    return dict(total)
