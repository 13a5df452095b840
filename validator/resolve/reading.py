"""The rows of a work list as they come back: sorted, filtered, trimmed, saved by any program."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from validator.batch.detect import refuse_password
from validator.batch.native import parsed
from validator.batch.opening import read_submitted
from validator.batch.xlsx_guard import inspect_workbook
from validator.errors import InputError
from validator.forms.vocabulary import fold
from validator.output.worklist.columns import DECISION, HEADERS, INPUTS, RECORD_ID, SHEET

Cell = str | float | int | bool | date | datetime | time | timedelta
# Somebody may have put a line above the headings.
_HEADER_ROWS = 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True)
class ListedRow:
    """One row: its line in the sheet, and its cells by our headings (blank cells are "")."""

    line: int
    cells: Mapping[str, Cell]

    def text(self, header: str) -> str:
        """A cell as text, without spaces at its ends."""
        return cell_text(self.cells.get(header, "")).strip()

    def has_input(self) -> bool:
        """Whether a clerk has filled in anything."""
        return any(self.text(header) for header in INPUTS)


@dataclass(frozen=True)
class Listed:
    """The sheet: its file, the headings that are there, the rows that are not blank."""

    file: str
    headers: frozenset[str]
    rows: tuple[ListedRow, ...]


def read_listed(path: Path) -> Listed:
    """Read the sheet 「作業一覧」, or the one with its headings.

    Raises InputError (3) where the file is missing, damaged, hostile, or no work list.
    """
    submitted = read_submitted(path)
    file = submitted.name
    refuse_password(submitted.data, file)
    if not submitted.data.startswith(_ZIP):
        raise InputError(
            "Excelブック(.xlsx)ではありません。「Excelブック(.xlsx)」で保存し直してください。",
            "this is no .xlsx workbook: save the work list as .xlsx.",
            file=file,
        )
    inspect_workbook(submitted.data, file)
    damaged = InputError(
        "Excelファイルが壊れています。Excelで開いて保存し直してください。",
        "the workbook is damaged; open it in Excel and save it again.",
        file=file,
    )
    sheets = parsed(lambda: _sheets(submitted.data), damaged)
    found = [
        (name, place, head)
        for name, rows in sheets.items()
        if (head := _header_row(rows)) is not None
        for place in [rows]
    ]
    own = [sheet for sheet in found if fold(sheet[0]) == fold(SHEET)] or found
    if len(own) != 1:
        raise InputError(
            f"作業一覧ではありません(見出し {RECORD_ID} と {DECISION} のあるシートが"
            f"{len(own)}枚)。check の作った worklist.xlsx に記入して渡してください。",
            f"this is no work list ({len(own)} sheets have the headings {RECORD_ID} and"
            f" {DECISION}): fill in the worklist.xlsx that check has made.",
            file=file,
        )
    _, rows, head = own[0]
    return _listed(file, rows, head)


def _sheets(data: bytes) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        sheet.name: book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    }


def _header_row(rows: list[list[Any]]) -> int | None:
    wanted = {fold(RECORD_ID), fold(DECISION)}
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        if wanted <= {fold(cell) for cell in row if isinstance(cell, str)}:
            return number
    return None


def _listed(file: str, rows: list[list[Any]], head: int) -> Listed:
    ours = {fold(header): header for header in HEADERS}
    places: dict[str, int] = {}
    for place, cell in enumerate(rows[head]):
        header = ours.get(fold(cell)) if isinstance(cell, str) else None
        if header is None:
            continue
        if header in places:
            raise InputError(
                f"見出し「{header}」が2列あります。1列だけにしてください。",
                f"there are two columns {header}: keep one.",
                file=file,
            )
        places[header] = place
    listed = [
        ListedRow(line, {header: row[place] for header, place in places.items()})
        for line, row in enumerate(rows[head + 1 :], start=head + 2)
    ]
    kept = tuple(row for row in listed if row.text(RECORD_ID) or row.has_input())
    return Listed(file, frozenset(places), kept)


def cell_text(cell: Cell) -> str:
    """A cell as text: numbers without ``.0``, days as ISO."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    return cell if isinstance(cell, str) else str(cell)
