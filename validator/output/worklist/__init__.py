"""``worklist.xlsx``: the clerks' list of held and returned records, filled in and read back.

The one output for people that shows both sides in clear; never a My Number.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from validator.output.staging import open_private

if TYPE_CHECKING:
    from validator.checking import Checked

FILE = "worklist.xlsx"
_OPTIONS = {
    # A text of the batch is never a formula and never a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write_worklist(checked: Checked, path: Path) -> None:
    """Write the list of a run; where nothing is held or returned it says so."""
    from xlsxwriter import Workbook

    from validator.output.worklist.fast_rows import with_rows
    from validator.output.worklist.guide_sheet import add_guide_sheet
    from validator.output.worklist.main_sheet import add_main_sheet
    from validator.output.worklist.other_sheets import (
        add_cleared,
        add_findings,
        add_rules,
        add_totals,
        findings_of,
    )
    from validator.output.worklist.rows import worklist_rows
    from validator.output.worklist.styles import Styles
    from validator.output.worklist.texts import field_names

    lang = checked.settings.lang
    made = io.BytesIO()
    book = Workbook(made, _OPTIONS)
    as_of = checked.settings.as_of
    book.set_properties(
        {
            "title": "作業一覧",
            "author": "shikaku-validator",
            "comments": "個人情報を含みます",
            # The same run gives the same bytes.
            "created": datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001
        }
    )
    book.set_size(28_000, 16_000)
    styles = Styles(book)
    rows = worklist_rows(checked)
    by_verdict = checked.summary.counts.by_verdict
    left_out = by_verdict["hold"] + by_verdict["return"] - rows.height
    tables = [add_main_sheet(book, styles, rows, left_out=left_out, lang=lang)]
    found = findings_of(checked, rows)
    tables.append(add_findings(book, styles, found, field_names(checked), lang))
    add_cleared(book, styles, checked)
    add_rules(book, styles, found, checked)
    add_totals(book, styles, rows, checked, rows.height)
    add_guide_sheet(book, styles, lang)
    book.close()
    with open_private(path) as file:
        file.write(with_rows(made.getvalue(), [table for table in tables if table]))
