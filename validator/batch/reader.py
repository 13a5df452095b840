"""Reading the files of one call into one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from validator.batch.assemble import Piece, assemble_table, form_named
from validator.batch.delimited import read_delimited
from validator.batch.detect import detect_format
from validator.batch.headers import Headers, site_headers
from validator.batch.model import (
    FILE_MARKS_SCHEMA,
    MARKS_SCHEMA,
    Batch,
    Source,
)
from validator.batch.opening import Submitted, read_submitted
from validator.batch.table import Table
from validator.errors import UsageError
from validator.forms.declarations import Form
from validator.forms.load import Forms, default_forms


def read_batch(
    paths: Sequence[Path],
    *,
    default_form: str = "shikaku_shutoku",
    headers: Mapping[str, str] | None = None,
    received_on: str | None = None,
    expect_empty: bool = False,
    forms: Forms | None = None,
) -> Batch:
    """Read every file, each told by its content, into one batch in input order.

    ``default_form`` is the form of rows that name none, ``headers`` the site's column names
    (ours -> theirs), ``received_on`` fills blank reception dates, ``forms`` the declared forms
    and columns (default: ours). Every file must be usable: raises InputError (exit 3) for the
    first that is not, UsageError (exit 2) for wrong options.
    """
    if not paths:
        raise UsageError(
            "入力ファイルが指定されていません。",
            "no input file is named; name at least one.",
        )
    return batch_of_submitted(
        (read_submitted(Path(path)) for path in paths),
        default_form=default_form,
        headers=headers,
        received_on=received_on,
        expect_empty=expect_empty,
        forms=forms,
    )


def batch_of_submitted(
    files: Iterable[Submitted],
    *,
    default_form: str,
    headers: Mapping[str, str] | None,
    received_on: str | None,
    expect_empty: bool,
    forms: Forms | None = None,
) -> Batch:
    """`read_batch` for files whose bytes are in memory already."""
    declared = forms or default_forms()
    form = form_named(default_form, declared)
    site = site_headers(headers, declared.vocabulary)
    pieces: list[Piece] = []
    sources: list[Source] = []
    for index, submitted in enumerate(files):
        piece = _read(submitted, form, declared, site, expect_empty)
        pieces.append(piece)
        sources.append(_source(index, submitted, piece))
    return _join(pieces, tuple(sources), received_on, declared.site_columns)


def _read(
    submitted: Submitted, form: Form, forms: Forms, site: Headers, expect_empty: bool
) -> Piece:
    kind = detect_format(submitted.data, submitted.name)
    if kind == "media":
        from validator.batch.media import read_media

        return read_media(submitted, expect_empty=expect_empty)
    table: Table
    if kind == "xlsx":
        from validator.batch.xlsx import read_xlsx

        table = read_xlsx(submitted)
    elif kind == "parquet":
        from validator.batch.parquet import read_parquet

        table = read_parquet(submitted)
    elif kind == "jsonl":
        from validator.batch.jsonlines import read_json_lines

        table = read_json_lines(submitted)
    else:
        table = read_delimited(submitted)
    return assemble_table(
        table,
        file=submitted.name,
        default_form=form,
        forms=forms,
        site=site,
        expect_empty=expect_empty,
    )


def _source(index: int, submitted: Submitted, piece: Piece) -> Source:
    return Source(
        index=index,
        name=submitted.path.name,
        path=submitted.path,
        sha256=submitted.sha256,
        format=piece.format,
        encoding=piece.encoding,
        lines=piece.lines,
        blank_lines=piece.blank_lines,
        records=len(piece.records),
        layout=piece.layout,
        extra_columns=piece.extra_columns,
    )


def _join(
    pieces: list[Piece],
    sources: tuple[Source, ...],
    received_on: str | None,
    site_columns: frozenset[str],
) -> Batch:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece.records))
    records = pl.concat(
        [
            piece.records.select(pl.lit(index, pl.UInt16).alias("source"), pl.all())
            for index, piece in enumerate(pieces)
        ],
        # Electronic media have no columns of a site.
        how="diagonal" if site_columns else "vertical",
        rechunk=False,
    )
    absent = [name for name in sorted(site_columns) if name not in records.columns]
    records = records.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    frame = records.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), pl.all())
    if received_on is not None:
        given = pl.col("received_on").str.contains(r"\S")
        frame = frame.with_columns(
            pl.when(given).then("received_on").otherwise(pl.lit(received_on)).alias("received_on")
        )
    marks = [
        piece.marks.select(
            (pl.col("index") + offset).cast(pl.UInt32).alias("row"), "column", "mark"
        )
        for piece, offset in zip(pieces, offsets, strict=False)
    ]
    file_marks = [
        (index, mark.value, detail)
        for index, piece in enumerate(pieces)
        for mark, detail in piece.file_marks
    ]
    return Batch(
        frame=frame,
        sources=sources,
        marks=pl.concat([pl.DataFrame(schema=MARKS_SCHEMA), *marks]),
        file_marks=pl.DataFrame(file_marks, schema=FILE_MARKS_SCHEMA, orient="row"),
        media_fields=_join_media(pieces, offsets),
    )


def _join_media(pieces: list[Piece], offsets: list[int]) -> dict[str, pl.DataFrame]:
    by_code: dict[str, list[pl.DataFrame]] = {}
    for piece, offset in zip(pieces, offsets, strict=False):
        for code, fields in piece.media_fields.items():
            moved = fields.with_columns((pl.col("row") + offset).cast(pl.UInt32))
            by_code.setdefault(code, []).append(moved)
    return {code: pl.concat(frames, how="diagonal") for code, frames in by_code.items()}
