"""A registry extract as XLSX: looked at as an archive first, then read as text."""

from __future__ import annotations

import io
from datetime import date, datetime

import polars as pl
import python_calamine

from validator.batch.xlsx_guard import inspect_workbook
from validator.errors import InputError, RegistryError

_Cell = str | int | float | bool | date | datetime | object


def read_sheet(data: bytes, file: str) -> tuple[list[str], pl.DataFrame]:
    """Headers of row 1, and the rows as String columns ``c0, c1, …`` plus ``row`` (sheet row).

    Exactly one visible sheet may hold data. Numbers become digits, dates ISO. Raises
    RegistryError (4).
    """
    _refuse_hostile(data, file)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        tables = [book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names]
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _damaged(file) from None
    filled = [table for table in tables if any(any(c != "" for c in row) for row in table)]
    if len(filled) > 1:
        raise RegistryError(
            "データのあるシートが複数あります。1枚にして保存し直してください。",
            "more than one sheet holds data: keep one sheet and save it again.",
            file=file,
        )
    rows = filled[0] if filled else []
    headers = [_text(cell) or "" for cell in rows[0]] if rows else []
    columns: dict[str, pl.Series] = {
        f"c{i}": pl.Series([_text(row[i]) for row in rows[1:]], dtype=pl.String)
        for i in range(len(headers))
    }
    columns["row"] = pl.Series(range(2, len(rows) + 1), dtype=pl.UInt32)
    frame = pl.DataFrame(columns)
    return headers, frame.filter(~pl.all_horizontal(pl.exclude("row").is_null()))


def _text(cell: _Cell) -> str | None:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _refuse_hostile(data: bytes, file: str) -> None:
    try:
        inspect_workbook(data, file)
    except InputError as error:
        raise RegistryError(error.ja, error.en, file=file) from None


def _damaged(file: str) -> RegistryError:
    return RegistryError(
        "XLSXとして読めません(破損または暗号化)。保存し直すか、CSV(UTF-8)にしてください。",
        "cannot be read as XLSX (damaged or encrypted): save it again, or as CSV (UTF-8).",
        file=file,
    )
