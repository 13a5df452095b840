"""History of a ledger as a table, JSON or CSV."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from validator.errors import UsageError
from validator.ledger.history import CHECK, HISTORY, NIGHTLY, runs
from validator.ledger.store import DATABASE, open_ledger
from validator.nightly import trends
from validator.nightly.tables import NIGHTS
from validator.output.tables import for_spreadsheets
from validator.resources import load_toml

TREND_VERSION = "1.0"
_BY: dict[str, Callable[..., pl.DataFrame]] = {
    "week": trends.by_week,
    "night": trends.by_night,
    "sender": trends.by_sender,
    "cause": trends.by_cause,
}
_HEADS = {
    "week": ("週(月曜)", "week"),
    "night": ("夜", "night"),
    "sender": ("事業所", "sender"),
    "cause": ("原因", "cause"),
    "nights": ("夜数", "nights"),
    "files": ("ファイル", "files"),
    "records": ("件数", "records"),
    "passed": ("合格", "pass"),
    "held": ("保留", "hold"),
    "returned": ("返戻", "return"),
    "hold_rate": ("保留率", "hold rate"),
    "return_rate": ("返戻率", "return rate"),
    "top_cause": ("多い原因", "top cause"),
    "opened": ("新規", "opened"),
    "ended": ("解決", "ended"),
    "median_days": ("日数", "days"),
}
_WORDS = ("week", "night", "sender", "cause", "top_cause")


def trend(
    state: Path | None,
    by: str,
    *,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> pl.DataFrame:
    """History of the ledger ``state``, one row a ``by``. UsageError (2) where there is none."""
    if state is None or not (state / DATABASE).is_file():
        raise UsageError(
            "履歴の台帳がありません。--state か、state のある --config を指定してください。",
            "there is no ledger with a history: name it with --state, or a --config with state",
        )
    with open_ledger(state, [HISTORY, NIGHTS]) as ledger:
        chosen = kind or (CHECK if runs(ledger, kind=NIGHTLY).is_empty() else NIGHTLY)
        return _BY[by](ledger, until, chosen, since)


def render(frame: pl.DataFrame, by: str, style: str, lang: str) -> str:
    """The history as ``text``, ``json`` (one document) or ``csv``; dates in ISO form."""
    plain = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    if style == "json":
        document = {
            "schema_version": TREND_VERSION,
            "by": by,
            "rows": plain.to_dicts(),
            "complete": True,
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if style == "csv":
        buffer = io.StringIO()
        for_spreadsheets(plain).write_csv(buffer)
        return buffer.getvalue()
    return _text(plain, 0 if lang != "en" else 1)


def _text(frame: pl.DataFrame, lang: int) -> str:
    if frame.is_empty():
        return ("履歴はまだありません。", "no history yet")[lang] + "\n"
    names = [name for name in _HEADS if name in frame.columns]
    table = [[_HEADS[name][lang] for name in names]]
    table += [
        [_shown(name, value, lang) for name, value in zip(names, row, strict=True)]
        for row in frame.select(names).iter_rows()
    ]
    widths = [max(_width(row[at]) for row in table) for at in range(len(names))]
    lines = []
    for row in table:
        cells = []
        for name, cell, width in zip(names, row, widths, strict=True):
            gap = " " * (width - _width(cell))
            cells.append(cell + gap if name in _WORDS else gap + cell)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _shown(name: str, value: object, lang: int) -> str:
    if value is None:
        return "-"
    if name in ("cause", "top_cause"):
        causes = load_toml("codes/causes.toml")["causes"]
        known = causes.get(value)
        return str(known["en" if lang else "ja"]) if known else ("その他", "other")[lang]
    if name in ("hold_rate", "return_rate"):
        return f"{value:.1%}"
    if name == "median_days":
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _width(text: str) -> int:
    """Columns of a terminal: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
