"""What was submitted: one frame of records, the files it came from, and the signs seen on the way.

Values are exactly the submitted text. What is noticed while reading (a numeric cell, a value
longer than the layout allows) is kept beside the data as marks, so that rules can turn it into
findings without the reader knowing any rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import polars as pl


class Mark(StrEnum):
    """Signs on one cell, the values of ``Batch.marks["mark"]``."""

    NUMERIC_CELL = "numeric_cell"
    DATE_CELL = "date_cell"
    TIME_CELL = "time_cell"
    BOOLEAN_CELL = "boolean_cell"
    FORMULA_CELL = "formula_cell"
    ERROR_CELL = "error_cell"
    EXPONENT = "exponent"
    QUOTED_VALUE = "quoted_value"
    BYTE_LENGTH_EXCEEDED = "byte_length_exceeded"


class FileMark(StrEnum):
    """Signs on a whole file, the values of ``Batch.file_marks["mark"]``.

    ``detail`` is a number or a field name where the comment says so, otherwise null.
    """

    UNKNOWN_COLUMN = "unknown_column"  # 1-based column number
    UNNAMED_COLUMN = "unnamed_column"  # 1-based column number
    BLANK_LINES = "blank_lines"  # how many
    LF_LINE_END = "lf_line_end"
    NO_FINAL_LINE_END = "no_final_line_end"
    EOF_MARK = "eof_mark"
    NOT_CP932 = "not_cp932"
    HIDDEN_SHEET = "hidden_sheet"  # how many
    COUNT_MISMATCH = "count_mismatch"  # declared/found number of employers
    HEADER_VALUE = "header_value"  # name of the header item
    SEVERAL_OFFICES = "several_offices"  # how many: 複数事業所収録 in electronic filing
    TOO_LARGE = "too_large"  # 4.5 MB and more cannot be filed electronically
    FIELD_COUNT_UNUSUAL = "field_count_unusual"  # fields per line
    OFFICE_NOT_IN_HEADER = "office_not_in_header"  # how many lines


MARKS_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "column": pl.String,
    "mark": pl.String,
}
FILE_MARKS_SCHEMA: dict[str, type[pl.DataType]] = {
    "source": pl.UInt16,
    "mark": pl.String,
    "detail": pl.String,
}
PLACE_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "source": pl.UInt16,
    "line_index": pl.UInt32,
    "line": pl.Int64,
    "sheet": pl.String,
    "block": pl.String,
}


@dataclass(frozen=True)
class Source:
    """One submitted file.

    ``format`` is csv, tsv, xlsx, parquet, jsonl or media; ``encoding`` utf-8, utf-8-sig, cp932 or
    None; ``layout`` KPFD0006 or SHFD0006 for electronic media. ``lines`` counts the submitted
    lines (header and ``blank_lines`` excluded), ``records`` the persons in them.
    ``extra_columns`` are headers this program does not know; they are handed over untouched.
    """

    index: int
    name: str
    path: Path
    sha256: str
    format: str
    encoding: str | None
    lines: int
    blank_lines: int
    records: int
    layout: str | None
    extra_columns: tuple[str, ...]


@dataclass
class Batch:
    """All records of one call, in input order.

    frame
        ``row`` UInt32, ``source`` UInt16, ``line_index`` UInt32 (0-based among the source's
        submitted lines), ``line`` Int64 (physical line where the record begins), ``sheet`` and
        ``block`` String or null (insured, spouse, other1, other2 of one 2202700 line), then every
        canonical column of ``schemas/forms/columns.toml`` as
        String, null where empty or absent. Two columns are completed: ``form`` holds the form's
        English name, a blank ``received_on`` the date of the call.
    marks
        ``row`` UInt32, ``column`` String, ``mark`` String.
    file_marks
        ``source`` UInt16, ``mark`` String, ``detail`` String (never a personal value).
    media_fields
        form code -> frame of ``row`` UInt32, ``fields`` UInt8 (fields of the line) and ``f01``,
        ``f02`` ... String by item number of the longest form: in 2200700 ``f34`` is always
        資格確認書発行要否 and ``f35`` to ``f37`` the association's, null where a line lacks them.
        A row is a record: in 2202700 it holds the items of the whole line and those of its
        block, other2's under the numbers of other1, and ``blocks`` names the filled blocks.
    """

    frame: pl.DataFrame
    sources: tuple[Source, ...]
    marks: pl.DataFrame
    file_marks: pl.DataFrame
    media_fields: dict[str, pl.DataFrame] = field(default_factory=dict)
