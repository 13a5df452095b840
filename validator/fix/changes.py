"""What is to be changed in one file: places, rules, values before and after."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validator.batch.table import Table
from validator.fix.columns import NUMBER_COLUMNS, fixes_of
from validator.fix.notation import FixRule

# Eleven digits and more in any column: a My Number in a wrong place is not repeated either.
_HIDDEN_FROM = 11


@dataclass(frozen=True)
class Change:
    """One cell. ``index``: row of the table, ``position``: its column, ``line`` its physical line.

    ``rules``: what was done, in order. ``secret``: a My Number, of which nothing is shown.
    """

    index: int
    line: int
    position: int
    column: str
    rules: tuple[FixRule, ...]
    before: str
    after: str
    secret: bool = False


def table_changes(table: Table, known: dict[str, int]) -> list[Change]:
    """The changes of a table whose columns are ``known``: canonical name → position.

    Each distinct value is looked at once; cells that a spreadsheet holds as numbers, dates or
    formulas are no notation and stay.
    """
    marked = set(table.cell_marks.select("index", "position").iter_rows())
    lines = table.line.to_list()
    found = []
    for column, position in known.items():
        cells = table.cells[f"c{position}"]
        fixed = {
            value: done
            for value in cells.drop_nulls().unique().to_list()
            if (done := _fixed(value, column)) is not None
        }
        if not fixed:
            continue
        touched = cells.is_in(list(fixed)).fill_null(value=False).arg_true().to_list()
        for index in touched:
            if (index, position) in marked:
                continue
            before = str(cells[index])
            rules, after = fixed[before]
            secret = is_secret(column, before)
            found.append(
                Change(index, lines[index], position, column, rules, before, after, secret)
            )
    return sorted(found, key=lambda one: (one.index, one.position))


def _fixed(value: str, column: str) -> tuple[tuple[FixRule, ...], str] | None:
    rules, text = [], value
    for rule, fix in fixes_of(column):
        done = fix(text)
        if done is not None:
            rules.append(rule)
            text = done
    return (tuple(rules), text) if rules else None


def is_secret(column: str | None, value: str) -> bool:
    """Whether nothing of ``value`` may be shown."""
    plain = unicodedata.normalize("NFKC", value)
    return column in NUMBER_COLUMNS or sum(c.isdecimal() for c in plain) >= _HIDDEN_FROM


_KINDS = (
    (re.compile("[０-９]"), "全角"),
    (re.compile(r"[-\u2010-\u2015\u2212\u30fc\uff70\uff0d]"), "ハイフン"),
    (re.compile(r"\s"), "空白"),
)


def described(change: Change) -> tuple[str, str]:
    """Before and after for the audit trail; of a number only kinds and positions."""
    if not change.secret:
        return change.before, change.after
    parts = []
    for pattern, word in _KINDS:
        places = [place for place, c in enumerate(change.before, start=1) if pattern.match(c)]
        if places:
            parts.append(f"{word}: {_ranges(places)}文字目")
    return "、".join(parts) or "前後の文字", "半角数字のみ"


def _ranges(places: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ",".join(f"{first}-{last}" if first != last else f"{first}" for first, last in runs)


AUDIT_COLUMNS = ("file", "sheet", "line", "column", "rule", "before", "after")


def audit_frame(changes: Sequence[Change], file: str, sheet: str | None) -> pl.DataFrame:
    """The audit trail: ``file, sheet, line, column, rule, before, after``, a row a change."""
    told = [described(change) for change in changes]
    return pl.DataFrame(
        {
            "file": [file] * len(changes),
            "sheet": [sheet] * len(changes),
            "line": [change.line for change in changes],
            "column": [change.column for change in changes],
            "rule": ["+".join(change.rules) for change in changes],
            "before": [before for before, _ in told],
            "after": [after for _, after in told],
        },
        schema={**dict.fromkeys(AUDIT_COLUMNS, pl.String), "line": pl.Int64},
    )
