"""Fixing one file: read as the check reads it, changed where a notation is certain."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from validator.batch.detect import detect_format
from validator.batch.headers import map_headers, site_headers
from validator.batch.opening import Submitted
from validator.batch.table import Table
from validator.fix.changes import Change, audit_frame, table_changes
from validator.forms.load import Forms


@dataclass(frozen=True)
class Fixed:
    """The file as fixed (the same bytes where nothing changed) and what was changed."""

    data: bytes
    changes: tuple[Change, ...]
    sheet: str | None
    name: str

    def audit(self) -> pl.DataFrame:
        """The audit trail (`changes.audit_frame`)."""
        return audit_frame(self.changes, self.name, self.sheet)


def fix_bytes(submitted: Submitted, forms: Forms, headers: Mapping[str, str] | None) -> Fixed:
    """Fix a file of any batch format.

    ``headers``: the site's column names (ours → theirs). Raises InputError for files that the
    check could not read either.
    """
    kind = detect_format(submitted.data, submitted.name)
    if kind == "media":
        from validator.fix.media import media_changes, write_media_file

        changes = media_changes(submitted)
        data = write_media_file(submitted, changes) if changes else submitted.data
        return Fixed(data, tuple(changes), None, submitted.name)
    table = _read(submitted, kind)
    site = site_headers(headers, forms.vocabulary)
    known = map_headers(
        table.headers, site, forms.vocabulary, file=submitted.name, line=table.header_line
    ).known
    changes = table_changes(table, known)
    data = _written(submitted, table, changes) if changes else submitted.data
    return Fixed(data, tuple(changes), table.sheet, submitted.name)


def _read(submitted: Submitted, kind: str) -> Table:
    if kind == "xlsx":
        from validator.batch.xlsx import read_xlsx

        return read_xlsx(submitted)
    if kind == "parquet":
        from validator.batch.parquet import read_parquet

        return read_parquet(submitted)
    if kind == "jsonl":
        from validator.batch.jsonlines import read_json_lines

        return read_json_lines(submitted)
    from validator.batch.delimited import read_delimited

    return read_delimited(submitted)


def _written(submitted: Submitted, table: Table, changes: list[Change]) -> bytes:
    from validator.fix import text_file

    data = submitted.data
    if table.format == "xlsx":
        from validator.fix.workbook import write_workbook

        return write_workbook(data, table.sheet or "", submitted.name, changes)
    if table.format == "parquet":
        return _parquet(data, submitted.name, changes)
    if table.format == "jsonl":
        return text_file.write_json_lines(data, table.headers, changes)
    separator = "\t" if table.format == "tsv" else ","
    return text_file.write_delimited(data, table.encoding or "utf-8", separator, changes)


def _parquet(data: bytes, file: str, changes: list[Change]) -> bytes:
    from validator.batch.parquet import load_parquet

    frame = load_parquet(data, file)
    by_column: dict[int, list[Change]] = {}
    for change in changes:
        by_column.setdefault(change.position, []).append(change)
    for position, own in by_column.items():
        column = frame.to_series(position)
        fixed = pl.Series([change.after for change in own], dtype=pl.String).cast(column.dtype)
        frame = frame.with_columns(column.scatter([change.index for change in own], fixed))
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()
