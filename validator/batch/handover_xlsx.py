"""Handing over workbook rows: the same sheet name, header and chosen rows, cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from validator.batch.model import Source
from validator.batch.native import parsed
from validator.errors import InputError

_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_workbooks(
    data: bytes,
    source: Source,
    sheet: str,
    begins: Sequence[int],
    dispositions: Sequence[str],
    targets: Mapping[str, Path],
) -> None:
    """Write one workbook per disposition with value, type and number format of each cell.

    Formulas are handed over as their stored values; nothing of other rows goes along.
    """
    from validator.batch.handover import create_private

    books = {key: Workbook(write_only=True) for key in targets}
    sheets = {key: book.create_sheet(sheet) for key, book in books.items()}
    wanted = dict(zip(begins, dispositions, strict=True))

    def copy() -> None:
        original = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for number, row in enumerate(original[sheet].iter_rows(), start=1):
            for key in targets if number == 1 else (wanted.get(number),):
                if key is not None:
                    sheets[key].append([_copied(sheets[key], cell) for cell in row])

    parsed(
        copy,
        InputError(
            "Excelファイルの行を引き渡せません。Excelで開いて保存し直し、もう一度実行してください。",
            "the rows of the workbook cannot be handed over; open it in Excel, save it and run"
            " again.",
            file=source.name,
        ),
    )
    for key, path in targets.items():
        buffer = io.BytesIO()
        books[key].save(buffer)
        with create_private(path) as handle:
            handle.write(_without_clock(buffer))


def _copied(sheet: WriteOnlyWorksheet, cell: Any) -> Any:  # noqa: ANN401 (openpyxl ships no types)
    value, plain = cell.value, cell.number_format in {None, "General"}
    if value is None or (plain and not (isinstance(value, str) and value.startswith(("=", "#")))):
        return value
    copy = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Text that looks like a formula stays text.
        copy.data_type = cell.data_type
    if not plain:
        copy.number_format = cell.number_format
    return copy


def _without_clock(workbook: io.BytesIO) -> bytes:
    """The same workbook without the time of its making: a run repeated gives the same bytes."""
    steady = io.BytesIO()
    with zipfile.ZipFile(workbook) as made, zipfile.ZipFile(steady, "w") as target:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name), part, compress_type=zipfile.ZIP_DEFLATED)
    return steady.getvalue()
