"""Reading XLSX: exactly one visible sheet with data, every cell as text."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import polars as pl

from validator.batch.model import FileMark, Mark
from validator.batch.native import parsed
from validator.batch.opening import Submitted
from validator.batch.table import CELL_MARKS_SCHEMA, Table, refuse_huge_fields
from validator.batch.xlsx_guard import Workbook, inspect_workbook
from validator.errors import InputError
from validator.forms.template_marks import guide_form

_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]+)(\d+)[\"'][^>]*>\s*<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*?\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]+)(\d+)[\"']")

Cell = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class _DataSheet:
    """The one sheet with data, how many are hidden, and the form of a template's guide."""

    name: str
    rows: list[list[Cell]]
    hidden: int
    form: str | None


def read_xlsx(submitted: Submitted) -> Table:
    """Read a workbook whole.

    Numbers become text without ``.0``, dates ISO, formula cells their stored value; each carries a
    mark. The guide sheet of a template is left out. Raises InputError for hostile or damaged
    workbooks and for none or several visible sheets with data.
    """
    file = submitted.name
    workbook = inspect_workbook(submitted.data, file)
    damaged = InputError(
        "Excelファイルが壊れています。Excelで開いて保存し直してください。",
        "the workbook is damaged; open it in Excel and save it again.",
        file=file,
    )
    found = parsed(lambda: _data_sheet(submitted.data, file), damaged)
    name, rows = found.name, found.rows
    headers = [_text(cell)[0] or "" for cell in rows[0]] if rows else []
    while headers and not headers[-1] and not any(_filled(r, len(headers) - 1) for r in rows):
        headers.pop()
    width = len(headers)
    columns, marks = _text_columns(rows[1:], width)
    part = parsed(lambda: workbook.parts[sheet_path(workbook, name)], damaged)
    table = Table(
        format="xlsx",
        headers=headers,
        cells=pl.DataFrame(columns, schema={f"c{i}": pl.String for i in range(width)}),
        line=pl.int_range(2, max(len(rows), 1) + 1, dtype=pl.Int64, eager=True).alias("line"),
        sheet=name,
        form=found.form,
        cell_marks=pl.concat([marks, *_xml_marks(part, width)]).unique(maintain_order=True),
    )
    if found.hidden:
        table.file_marks.append((FileMark.HIDDEN_SHEET, str(found.hidden)))
    table = _drop_blank_rows(table)
    refuse_huge_fields(table, file)
    return table


def _drop_blank_rows(table: Table) -> Table:
    # A row whose only content is an error value (#N/A) is no blank row: its cells read as empty.
    errors = table.cell_marks.filter(pl.col("mark") == Mark.ERROR_CELL.value)["index"]
    rows = table.cells.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
        pl.any_horizontal(pl.all().is_not_null()).alias("filled"),
    ).with_columns((pl.col("filled") | pl.col("index").is_in(errors.implode())).alias("keep"))
    moved = rows.with_columns((pl.col("keep").cum_sum() - 1).cast(pl.UInt32).alias("new")).filter(
        "keep"
    )
    table.cell_marks = table.cell_marks.join(
        moved.select("index", "new"), on="index", how="inner", maintain_order="left"
    ).select(pl.col("new").alias("index"), "position", "mark")
    table.blank_lines = len(rows) - len(moved)
    table.cells = table.cells.filter(rows["keep"])
    table.line = table.line.filter(rows["keep"])
    if table.blank_lines:
        table.file_marks.append((FileMark.BLANK_LINES, str(table.blank_lines)))
    return table


def _data_sheet(data: bytes, file: str) -> _DataSheet:
    # Imported here: only workbooks need it.
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: list[tuple[str, list[list[Cell]]]] = []
    hidden, form = 0, None
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            hidden += 1
            continue
        rows: list[list[Any]] = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        guide = guide_form(sheet.name, rows[0]) if rows else None
        if guide is not None:
            form = guide
        elif any(cell != "" for row in rows for cell in row):
            found.append((sheet.name, rows))
    if len(found) != 1:
        raise InputError(
            f"データのある表示シートが{len(found)}枚あります。1枚だけにして保存し直してください。",
            f"there are {len(found)} visible sheets with data; keep exactly one and save it again.",
            file=file,
        )
    return _DataSheet(*found[0], hidden, form)


def _text_columns(rows: list[list[Cell]], width: int) -> tuple[list[pl.Series], pl.DataFrame]:
    columns: list[pl.Series] = []
    marks: list[tuple[int, int, str]] = []
    for position in range(width):
        texts: list[str | None] = []
        for index, row in enumerate(rows):
            text, mark = _text(row[position])
            texts.append(text)
            if mark is not None:
                marks.append((index, position, mark.value))
        columns.append(pl.Series(f"c{position}", texts, dtype=pl.String))
    return columns, pl.DataFrame(marks, schema=CELL_MARKS_SCHEMA, orient="row")


def _text(cell: Cell) -> tuple[str | None, Mark | None]:
    if isinstance(cell, str):
        return cell or None, None
    if isinstance(cell, bool):
        return ("true" if cell else "false"), Mark.BOOLEAN_CELL
    if isinstance(cell, int):
        return str(cell), Mark.NUMERIC_CELL
    if isinstance(cell, float):
        return _plain(cell), Mark.NUMERIC_CELL
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return (cell.date().isoformat() if midnight else cell.isoformat()), Mark.DATE_CELL
    if isinstance(cell, date):
        return cell.isoformat(), Mark.DATE_CELL
    return str(cell), Mark.TIME_CELL


def _plain(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def _filled(row: list[Cell], position: int) -> bool:
    return position < len(row) and row[position] != ""


def sheet_path(workbook: Workbook, sheet: str) -> str:
    """The name of the part that holds a sheet."""
    # The guard has refused every part with a DOCTYPE or an entity before.
    book = ElementTree.fromstring(workbook.parts["xl/workbook.xml"])  # noqa: S314
    relations = ElementTree.fromstring(workbook.parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    identifier = next(
        next(value for key, value in node.items() if key.endswith("}id"))
        for node in book.iter()
        if node.tag.rpartition("}")[2] == "sheet" and node.get("name") == sheet
    )
    target = next(
        node.get("Target", "") for node in relations.iter() if node.get("Id") == identifier
    )
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _xml_marks(part: bytes, width: int) -> list[pl.DataFrame]:
    found: list[tuple[int, int, str]] = []
    for pattern, mark in ((_FORMULA, Mark.FORMULA_CELL), (_ERROR, Mark.ERROR_CELL)):
        for letters, row in pattern.findall(part):
            position, index = _position(letters), int(row) - 2
            if position < width and index >= 0:
                found.append((index, position, mark.value))
    return [pl.DataFrame(found, schema=CELL_MARKS_SCHEMA, orient="row")]


def _position(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
