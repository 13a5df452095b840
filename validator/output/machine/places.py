"""Where findings are, as a program can open it: a path from the current folder, and a line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from validator.batch import Source
from validator.checking import Checked
from validator.output.tables import masked
from validator.privacy.visible import visible


def paths_of(checked: Checked) -> dict[int, str]:
    """Index of each source → its path from the current folder; elsewhere only its name.

    Nothing that a terminal acts on is in it, and no number.
    """
    return {source.index: visible(_relative(source)) for source in checked.batch.sources}


def _relative(source: Source) -> str:
    try:
        path = os.path.relpath(source.path)
    except ValueError:
        return source.name
    return source.name if path.startswith("..") else Path(path).as_posix()


def located(checked: Checked) -> pl.DataFrame:
    """The masked findings with ``path``, ``sheet``, ``block`` and ``verdict`` of their records."""
    records = checked.judged.records.select("record_id", "source", "sheet", "block", "verdict")
    return (
        masked(checked.findings())
        .join(records, on="record_id", how="left", maintain_order="left")
        .with_columns(path=_path(paths_of(checked)))
    )


def _path(paths: Mapping[int, str]) -> pl.Expr:
    return pl.col("source").replace_strict(dict(paths), default="", return_dtype=pl.String)
