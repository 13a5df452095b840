"""What a clerk has filled in, read with certainty or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from validator.fields.birth_date.parse import parse_date
from validator.hold.reasons import Reason, read_reason
from validator.ledger.decisions import Decision
from validator.output.worklist.columns import CLERK, DECIDED_ON, DECISION, REASON
from validator.output.worklist.layout import DAY_ZERO
from validator.privacy.mask import blot_numbers
from validator.privacy.visible import visible
from validator.resolve.reading import ListedRow, cell_text
from validator.resolve.refusals import Refusal

_WORDS = {
    "本人確認済": Decision.CONFIRMED, "本人確認": Decision.CONFIRMED,
    "確認済": Decision.CONFIRMED, "confirmed": Decision.CONFIRMED,
    "訂正済": Decision.CORRECTED, "訂正": Decision.CORRECTED, "corrected": Decision.CORRECTED,
    "返戻": Decision.RETURNED, "返戻済": Decision.RETURNED, "returned": Decision.RETURNED,
    "照会中": Decision.ASKED, "照会": Decision.ASKED, "asked": Decision.ASKED,
}  # fmt: skip
# A serial day of a spreadsheet, of 2009 to 2064.
_SERIAL = re.compile(r"([4-5]\d{4})(?:\.\d+)?", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$", re.ASCII)
_WEEKDAY = re.compile(r"[(（][月火水木金土日](?:曜日?)?[)）]|[月火水木金土日]曜日?$")
_LONGEST_NAME, _LONGEST_REASON = 60, 400


@dataclass(frozen=True, slots=True)
class Filled:
    """The four inputs of a row."""

    decision: Decision
    reason: Reason | None
    clerk: str
    decided_on: date


def read_filled(row: ListedRow) -> Filled | Refusal | None:
    """The decision of a row; None where there is none yet, a refusal where it is incomplete.

    A row in which only a clerk is named is still open.
    """
    written = row.text(DECISION)
    reason_text, clerk = _plain(row.text(REASON)), _plain(row.text(CLERK))
    day_text = row.text(DECIDED_ON)
    if not written:
        return Refusal.NO_DECISION if reason_text or day_text else None
    decision = _WORDS.get(_folded(written).removesuffix("み"))
    if decision is None:
        return Refusal.UNKNOWN_DECISION
    if _has_number(row.text(REASON), row.text(CLERK)):
        return Refusal.NUMBER_IN_TEXT
    if len(clerk) > _LONGEST_NAME or len(reason_text) > _LONGEST_REASON:
        return Refusal.TOO_LONG
    if not re.search(r"\w", clerk):
        return Refusal.NO_CLERK
    if not day_text:
        return Refusal.NO_DAY
    day = read_day(row.cells[DECIDED_ON])
    if day is None:
        return Refusal.DAY_UNREADABLE
    reason = read_reason(reason_text)
    if decision is Decision.CONFIRMED and reason is None:
        return Refusal.NO_REASON
    return Filled(decision, reason, clerk, day)


def read_day(cell: object) -> date | None:
    """A day as a date, a serial number or a text in any notation; None where it is uncertain."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return None
    text = unicodedata.normalize("NFKC", cell_text(cell)).strip()
    text = _MIDNIGHT.sub("", text)
    if serial := _SERIAL.fullmatch(text):
        return DAY_ZERO + timedelta(days=int(serial[1]))
    return parse_date(_WEEKDAY.sub("", text).strip()).day


def _plain(text: str) -> str:
    """In one line, nothing hidden in it."""
    return visible(" ".join(text.split()))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _has_number(*texts: str) -> bool:
    frame = pl.DataFrame({"text": list(texts)}, schema={"text": pl.String})
    return not frame.select((blot_numbers("text") == pl.col("text")).all()).item()
