"""Asks LibreOffice what the cell checks of an input sheet say of values."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def verdicts(template: bytes, asked: Sequence[tuple[str, str]], folder: Path) -> list[bool]:
    """For each (column header, value): what the check of that cell says, computed by LibreOffice."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["入力"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    checks = {
        area.min_col: str(rule.formula1)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "custom"
        for area in rule.sqref.ranges
    }
    scratch = max(columns.values()) + 5
    for row, (header, value) in enumerate(asked, start=2):
        sheet.cell(row, columns[header]).value = value
        sheet.cell(row, scratch).number_format = "General"
        sheet.cell(row, scratch).value = f"={checks[columns[header]]}"
    asking = folder / "asking.xlsx"
    book.save(asking)
    assert OFFICE is not None
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "answers"), str(asking)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    answers = openpyxl.load_workbook(folder / "answers" / "asking.xlsx", data_only=True)["入力"]
    return [bool(answers.cell(row, scratch).value) for row in range(2, len(asked) + 2)]
