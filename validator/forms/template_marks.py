"""How the program knows its own input sheets again."""

from __future__ import annotations

import re
from collections.abc import Sequence

INPUT_SHEET = "入力"
GUIDE_SHEET = "記入のしかた"
_TITLE = re.compile(rf"{GUIDE_SHEET}: .{{1,100}} \(([a-z_]{{1,60}})\)")


def guide_title(form: str, ja: str) -> str:
    """The only cell of the first row of the guide sheet."""
    return f"{GUIDE_SHEET}: {ja} ({form})"


def guide_form(sheet: str, first_row: Sequence[object]) -> str | None:
    """The form whose guide a sheet is, or None where it is no guide.

    A guide is known by its name and by a first row that holds its title alone, so no table of
    records, whose headers stand in that row, is ever taken for one.
    """
    filled = [cell for cell in first_row if cell not in ("", None)]
    if sheet != GUIDE_SHEET or len(filled) != 1 or not isinstance(first_row[0], str):
        return None
    title = _TITLE.fullmatch(first_row[0])
    return title[1] if title else None
