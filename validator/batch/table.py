"""A table as read, before its headers are understood: what every table reader returns."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from validator.batch.model import FileMark, Mark
from validator.errors import InputError

# Longer than any cell a spreadsheet can hold, far longer than any field of a form.
MAX_FIELD_BYTES = 32 * 1024 * 3

CELL_MARKS_SCHEMA: dict[str, type[pl.DataType]] = {
    "index": pl.UInt32,
    "position": pl.UInt16,
    "mark": pl.String,
}


@dataclass
class Table:
    """One table of text cells.

    ``cells`` has one String column per header (``c0``, ``c1``, ...; null = empty) and one row per
    submitted line; ``line`` (Int64) is the physical line of each. ``cell_marks`` has ``index``
    (row of ``cells``), ``position`` (column) and ``mark``. ``header_line`` is None where headers
    are no line; ``form`` is the form a template says it is for.
    """

    format: str
    headers: list[str]
    cells: pl.DataFrame
    line: pl.Series
    encoding: str | None = None
    sheet: str | None = None
    blank_lines: int = 0
    header_line: int | None = 1
    form: str | None = None
    cell_marks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CELL_MARKS_SCHEMA))
    file_marks: list[tuple[FileMark, str | None]] = field(default_factory=list)


def drop_blank_lines(table: Table) -> Table:
    """Take out lines whose cells are all empty, counting them."""
    blank = table.cells.select(pl.all_horizontal(pl.all().is_null()).alias("blank"))["blank"]
    number = int(blank.sum())
    if number:
        keep = ~blank
        table.cells = table.cells.filter(keep)
        table.line = table.line.filter(keep)
        table.blank_lines += number
    if table.blank_lines:
        table.file_marks.append((FileMark.BLANK_LINES, str(table.blank_lines)))
    return table


def refuse_huge_fields(table: Table, file: str) -> None:
    """Raise InputError when a cell is longer than any form allows, naming its lines."""
    if table.cells.is_empty():
        return
    longest = table.cells.select(pl.all().str.len_bytes().max()).row(0)
    if max((length or 0 for length in longest), default=0) <= MAX_FIELD_BYTES:
        return
    too_long = table.cells.select(
        pl.any_horizontal(pl.all().str.len_bytes() > MAX_FIELD_BYTES).fill_null(False).alias("long")
    )["long"]
    raise InputError(
        "長すぎる項目があります(上限 32,768文字程度)。ファイルが壊れていないか確認してください。",
        "a field is too long (limit about 32,768 characters); see whether the file is damaged.",
        file=file,
        lines=tuple(table.line.filter(too_long).to_list()),
    )


def exponent_marks(table: Table, positions: list[int]) -> pl.DataFrame:
    """Cells of digit columns that a spreadsheet has turned into 1.23457E+11 (left as they are)."""
    found = [
        table.cells.select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
            pl.lit(position, pl.UInt16).alias("position"),
            pl.lit(Mark.EXPONENT.value).alias("mark"),
            pl.col(f"c{position}")
            .str.contains(r"^\s*[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}\s*$")
            .alias("hit"),
        )
        .filter("hit")
        .drop("hit")
        for position in positions
        if table.cells[f"c{position}"].str.contains_any(["E+", "e+", "E1", "e1"]).any()
    ]
    return pl.concat(found) if found else pl.DataFrame(schema=CELL_MARKS_SCHEMA)
