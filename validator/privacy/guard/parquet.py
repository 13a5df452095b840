"""Parquet files, column by column."""

from __future__ import annotations

from validator.privacy.guard.blob import Blob, RefusedError
from validator.privacy.guard.chains import candidates
from validator.privacy.guard.evidence import Evidence, Reason
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.surroundings import Reading, Surroundings

# Eleven digits near each other; polars finds the few cells that are worth a look.
_MAY_HOLD = r"(?:\d[^\d]{0,3}){10}\d"
_MOST_CELLS = 200_000


def search_parquet(blob: Blob, evidence: Evidence) -> None:
    """Every text and integer column; a row counts as if a header line stood above it."""
    import polars as pl

    from validator.batch.parquet import load_parquet
    from validator.errors import InputError

    try:
        frame = load_parquet(blob.whole(), "parquet")
    except InputError:
        raise RefusedError(Reason.DAMAGED) from None
    judge = Judge(evidence, Reading.DATA, blob.member)
    judge.see_header(frame.columns)
    for position, name in enumerate(frame.columns):
        column = frame[name]
        if not (column.dtype == pl.String or column.dtype.is_integer()):
            continue
        cells = (
            column.cast(pl.String)
            .to_frame("text")
            .with_row_index("row", offset=2)
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
