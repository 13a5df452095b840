"""Reading Parquet: text columns as they are, other scalar columns as text with a mark."""

from __future__ import annotations

import io

import polars as pl

from validator.batch.model import Mark
from validator.batch.native import parsed
from validator.batch.opening import Submitted
from validator.batch.table import CELL_MARKS_SCHEMA, Table, refuse_huge_fields
from validator.errors import InputError

# A run-length encoded file of a few kilobytes can claim any number of cells; so many are allowed
# whatever the size of the file, more only at so many bytes each.
_FREE_CELLS = 100_000_000
_MIN_BYTES_PER_CELL = 0.5
_MAX_COLUMNS = 1_000


def read_parquet(submitted: Submitted) -> Table:
    """Read a Parquet file whole.

    Raises InputError for a damaged or truncated file, one that claims more rows than its size can
    hold, and columns that are no scalars (binary, lists, structures).
    """
    file = submitted.name
    raw = load_parquet(submitted.data, file)
    columns = []
    marks = []
    for position, name in enumerate(raw.columns):
        text, mark = _as_text(raw[name], position, file)
        columns.append(text.alias(f"c{position}"))
        if mark is not None:
            marks.append(_mark_all(text, position, mark))
    table = Table(
        format="parquet",
        headers=list(raw.columns),
        cells=pl.DataFrame(columns),
        # A Parquet row counts as if a header line stood above it.
        line=pl.int_range(2, len(raw) + 2, dtype=pl.Int64, eager=True).alias("line"),
        header_line=None,
        cell_marks=pl.concat(marks) if marks else pl.DataFrame(schema=CELL_MARKS_SCHEMA),
    )
    refuse_huge_fields(table, file)
    return table


def load_parquet(data: bytes, file: str) -> pl.DataFrame:
    """The frame as stored, all columns in their own types."""
    damaged = InputError(
        "Parquetファイルが壊れているか、途中で切れています。出力し直してください。",
        "the Parquet file is damaged or truncated; export it again.",
        file=file,
    )
    if len(data) < 12 or not data.endswith(b"PAR1"):
        raise damaged
    rows, width = parsed(lambda: _claimed_shape(data), damaged)
    limit = max(_FREE_CELLS, len(data) / _MIN_BYTES_PER_CELL)
    if rows * width > limit or width > _MAX_COLUMNS:
        raise InputError(
            "Parquetファイルの行数か列数が異常です。ファイルを確認し、出力し直してください。",
            "the Parquet file claims an absurd number of rows or columns; check it and export it"
            " again.",
            file=file,
        )
    return parsed(lambda: pl.read_parquet(io.BytesIO(data)), damaged)


def _claimed_shape(data: bytes) -> tuple[int, int]:
    lazy = pl.scan_parquet(io.BytesIO(data))
    width = len(lazy.collect_schema())
    return int(lazy.select(pl.len()).collect().item()), width


def _as_text(column: pl.Series, position: int, file: str) -> tuple[pl.Series, Mark | None]:
    kind = column.dtype
    if kind == pl.String:
        return _blank_to_null(column), None
    if kind == pl.Null:
        return column.cast(pl.String), None
    if kind in (pl.Categorical, pl.Enum):
        return _blank_to_null(column.cast(pl.String)), None
    if kind == pl.Boolean:
        return column.cast(pl.String), Mark.BOOLEAN_CELL
    if kind.is_integer():
        return column.cast(pl.String), Mark.NUMERIC_CELL
    if kind.is_float() or kind.is_decimal():
        return _plain_number(column), Mark.NUMERIC_CELL
    if kind == pl.Date:
        return column.dt.strftime("%Y-%m-%d"), Mark.DATE_CELL
    if kind == pl.Datetime:
        return _iso_datetime(column), Mark.DATE_CELL
    if kind == pl.Time:
        return column.dt.strftime("%H:%M:%S"), Mark.TIME_CELL
    raise InputError(
        f"{position + 1}列目が文字や数値の列ではありません。文字の列にして出力し直してください。",
        f"column {position + 1} holds no text or numbers; export it as text.",
        file=file,
    )


def _blank_to_null(text: pl.Series) -> pl.Series:
    return text.to_frame("v").select(pl.when(pl.col("v") != "").then(pl.col("v")))["v"]


def _plain_number(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).str.replace(r"(\.[0-9]*?)0+$", "${1}").str.replace(r"\.$", "")


def _iso_datetime(column: pl.Series) -> pl.Series:
    return column.dt.strftime("%Y-%m-%dT%H:%M:%S").str.replace("T00:00:00$", "")


def _mark_all(text: pl.Series, position: int, mark: Mark) -> pl.DataFrame:
    return (
        text.to_frame("v")
        .select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
            pl.lit(position, pl.UInt16).alias("position"),
            pl.lit(mark.value).alias("mark"),
            pl.col("v"),
        )
        .filter(pl.col("v").is_not_null())
        .drop("v")
    )
