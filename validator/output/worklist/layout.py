"""What all sheets of the work list share: the printed page, tables of texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
from xlsxwriter.worksheet import Worksheet

from validator.output.worklist.styles import Styles
from validator.output.worklist.texts import text_width

# Day 0 of a spreadsheet's calendar, as it counts since 1900-03-01.
DAY_ZERO = date(1899, 12, 30)
LINE_HEIGHT = 17
_A4 = 9
_MARGIN = 0.4


def as_number(values: pl.Series) -> pl.Series:
    """Days as a spreadsheet counts them; everything else as it is."""
    return (values - DAY_ZERO).dt.total_days() if values.dtype == pl.Date else values


def page(sheet: Worksheet, *, title: str, head_rows: int) -> None:
    """A4 landscape, as wide as the paper, headings on every page, pages counted."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&10{title}&R&10取扱注意: 個人情報を含みます")
    sheet.set_footer("&C&10&P / &N")
    if head_rows:
        sheet.repeat_rows(0, head_rows - 1)


def add_table(
    sheet: Worksheet,
    styles: Styles,
    top: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | int | None]],
    widths: Sequence[int],
) -> int:
    """A table of texts and counts from row ``top`` (0-based) on; the first row below it."""
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head, styles.head)
    for position, row in enumerate(rows, start=top + 1):
        height = 1
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(position, place, value, styles.number)
            elif not value:
                sheet.write_blank(position, place, None, styles.cell)
            else:
                sheet.write_string(position, place, value, styles.cell)
                height = max(height, _lines(value, widths[place]))
        if height > 1:
            sheet.set_row(position, LINE_HEIGHT * height + 4)
    return top + 1 + len(rows)


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-text_width(line) // max(1, width - 1))) for line in text.split("\n"))
