"""Reading electronic media (KPFD0006, SHFD0006): header, data lines, canonical columns."""

from __future__ import annotations

import io

import polars as pl

from validator.batch.assemble import Piece
from validator.batch.columns import canonical_columns
from validator.batch.decode import decode_media
from validator.batch.delimited import refuse_lone_cr
from validator.batch.layouts import FormLayout
from validator.batch.media_blocks import in_order, persons, records_of
from validator.batch.media_columns import canonical_values, item_marks
from validator.batch.media_header import MediaHeader, read_header
from validator.batch.media_lines import (
    MEDIA_MARKS_SCHEMA,
    DataLines,
    data_lines,
    group_by_form,
)
from validator.batch.model import FileMark
from validator.batch.opening import Submitted
from validator.errors import InputError

_BOM = b"\xef\xbb\xbf"
EOF_MARK = b"\x1a"
_FILING_LIMIT = 4_500_000


def read_media(submitted: Submitted, *, expect_empty: bool) -> Piece:
    """Read an electronic-media file whole.

    Raises InputError, naming lines, for a truncated file, header or data lines of a wrong number
    of fields, unknown or obsolete form codes, and forms this version does not read.
    """
    data, file = submitted.data, submitted.name
    refuse_lone_cr(data, file)
    text = decode_media(data, file)
    body, ended = strip_eof(text.utf8.removeprefix(_BOM))
    physical = [raw.decode("utf-8").rstrip("\r\n") for raw in io.BytesIO(body)]
    header, odd = read_header(physical, file)
    lines = data_lines(physical, header.data_line + 1, file)
    if not lines.texts and not expect_empty:
        raise InputError(
            "[data] の後に届書の行がありません。ファイルが途中で切れています。作り直してください。",
            "no data line follows [data]; the file is truncated. Create it again.",
            file=file,
        )
    marks = header.marks() + odd
    marks += _file_marks(body, ended, text.encoding == "cp932" or data.isascii())
    if lines.blank:
        marks.append((FileMark.BLANK_LINES, str(lines.blank)))
    return _piece(lines, header, text.encoding, marks, file)


def strip_eof(body: bytes) -> tuple[bytes, bool]:
    """The text without a trailing end-of-file mark (0x1A), and whether there was one."""
    trimmed = body.rstrip(b"\r\n")
    if not trimmed.endswith(EOF_MARK):
        return body, False
    return trimmed.rstrip(EOF_MARK), True


def _piece(
    lines: DataLines,
    header: MediaHeader,
    encoding: str,
    file_marks: list[tuple[FileMark, str | None]],
    file: str,
) -> Piece:
    found = [_no_records()]
    marks = [pl.DataFrame(schema=MEDIA_MARKS_SCHEMA)]
    people: dict[str, pl.DataFrame] = {}
    groups = group_by_form(lines, file)
    for group in groups:
        code = group.layout.form_code
        people[code] = persons(group.items(lines, file), group.layout)
        values, strangers = canonical_values(people[code], group.layout, header)
        found.append(_records(values, lines, group.layout))
        marks += [item_marks(people[code], group.layout), group.quoted_marks(lines)]
        if header.layout.layout not in group.variant.layouts:
            file_marks.append((FileMark.FIELD_COUNT_UNUSUAL, str(group.variant.fields)))
        if strangers:
            file_marks.append((FileMark.OFFICE_NOT_IN_HEADER, str(strangers)))
    records = in_order(pl.concat(found), [group.layout for group in groups])
    return Piece(
        format="media",
        encoding=encoding,
        layout=header.layout.layout,
        records=records,
        marks=records_of(pl.concat(marks), records)
        .select("index", "column", "mark")
        .sort("index", maintain_order=True),
        file_marks=file_marks,
        extra_columns=(),
        lines=len(lines.texts),
        blank_lines=lines.blank,
        media_fields={
            code: records_of(people.pop(code), records).rename({"index": "row"})
            for code in list(people)
        },
    )


def _records(values: pl.DataFrame, lines: DataLines, layout: FormLayout) -> pl.DataFrame:
    numbers = pl.Series("line", lines.numbers, dtype=pl.Int64)
    return values.select(
        pl.col("row").alias("line_index"),
        numbers.gather(values["row"]).alias("line"),
        pl.lit(None, pl.String).alias("sheet"),
        "block",
        *(
            pl.col(name) if name in values.columns else pl.lit(None, pl.String).alias(name)
            for name in canonical_columns()
        ),
    ).with_columns(pl.lit(layout.form).alias("form"))


def _no_records() -> pl.DataFrame:
    places = {
        "line_index": pl.UInt32,
        "line": pl.Int64,
        "sheet": pl.String,
        "block": pl.String,
    }
    return pl.DataFrame(schema={**places, **dict.fromkeys(canonical_columns(), pl.String)})


def _file_marks(body: bytes, ended: bool, cp932: bool) -> list[tuple[FileMark, str | None]]:
    marks = {
        FileMark.NOT_CP932: not cp932,
        FileMark.EOF_MARK: ended,
        FileMark.LF_LINE_END: body.count(b"\n") != body.count(b"\r\n"),
        FileMark.NO_FINAL_LINE_END: not body.endswith(b"\n"),
        FileMark.TOO_LARGE: len(body) >= _FILING_LIMIT,
    }
    return [(mark, None) for mark, seen in marks.items() if seen]
