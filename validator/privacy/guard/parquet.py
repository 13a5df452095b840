"""Parquet files, column by column."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.privacy.guard.blob import Blob, RefusedError
from validator.privacy.guard.chains import candidates
from validator.privacy.guard.evidence import Evidence, Reason
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.surroundings import Reading, Surroundings

if TYPE_CHECKING:
    import polars as pl

# Eleven digits near each other; polars finds the few cells that are worth a look.
_MAY_HOLD = r"(?:\d[^\d]{0,3}){10}\d"
_MOST_CELLS = 200_000


def search_parquet(blob: Blob, evidence: Evidence) -> None:
    """Every text and integer column; a row counts as if a header line stood above it."""
    from validator.batch.parquet import load_parquet
    from validator.errors import InputError

    try:
        frame = load_parquet(blob.whole(), "parquet")
    except InputError:
        raise RefusedError(Reason.DAMAGED) from None
    _search_frame(frame, Judge(evidence, Reading.DATA, blob.member))


def search_arrow(blob: Blob, evidence: Evidence) -> None:
    """The same for an Arrow (Feather) file."""
    import polars as pl

    try:
        frame = pl.read_ipc(io.BytesIO(blob.whole()))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        raise RefusedError(Reason.DAMAGED) from None
    _search_frame(frame, Judge(evidence, Reading.DATA, blob.member))


def _search_frame(frame: pl.DataFrame, judge: Judge) -> None:
    import polars as pl

    judge.see_header(frame.columns)
    columns = [
        (position, flat)
        for position, column in enumerate(frame)
        for flat in _flat(column.to_frame().with_row_index("row", offset=2))
    ]
    for position, column in columns:
        name = column.columns[1]
        cells = (
            column.select("row", text=pl.col(name))
            .filter(pl.col("text").str.contains(_MAY_HOLD))
            .head(_MOST_CELLS)
        )
        for row, text in cells.iter_rows():
            for one in candidates(text):
                beside = (text[: one.start] + text[one.end :]).strip()
                around = Surroundings(
                    text[max(one.start - 80, 0) : one.start],
                    text[one.end : one.end + 80],
                    name,
                    ("column", name),
                    alone=not beside,
                )
                judge.judge(one, around, row, position + 1)


def _flat(cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The texts of a column (row, name), lists and structures taken apart."""
    import polars as pl

    name = cells.columns[1]
    kind = cells.schema[name]
    if isinstance(kind, (pl.List, pl.Array)):
        yield from _flat(cells.explode(name))
    elif isinstance(kind, pl.Struct):
        for part in kind.fields:
            # 個人番号.値: what either name says counts.
            inner = pl.col(name).struct.field(part.name).alias(f"{name}.{part.name}")
            yield from _flat(cells.select("row", inner))
    elif kind.is_float():
        yield cells.select("row", pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
    elif kind == pl.Binary:
        yield cells.select("row", pl.col(name).cast(pl.String, strict=False))
    elif kind in (pl.String, pl.Categorical) or kind.is_integer() or kind.is_decimal():
        yield cells.select("row", pl.col(name).cast(pl.String))
