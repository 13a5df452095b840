"""The order of work: what is due when, and one line for each record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from validator.match.levels import ITEMS
from validator.output.html.charts import Segment, Stack
from validator.output.html.page import both
from validator.output.html.places import file_word, office_word
from validator.output.words import ITEM_NAMES, VERDICTS, code_word, likely, short_action
from validator.rules.model import Text

SHOWN = 200
"""So many records are shown one by one; the files beside the report are always complete."""
_SOON_DAYS = 2
_BLOCKS = {
    "insured": Text("被保険者", "insured"),
    "spouse": Text("配偶者", "spouse"),
    "other1": Text("その他1", "other 1"),
    "other2": Text("その他2", "other 2"),
}


@dataclass(frozen=True)
class Due:
    """A due date seen from the day of the check; ``kind`` is late, soon, calm or none."""

    day: date | None
    words: Text
    kind: str


def due(day: date | None, as_of: date) -> Due:
    """``day`` as a person looks at it on ``as_of``."""
    if day is None:
        return Due(None, Text("期限不明", "due date unknown"), "none")
    left = (day - as_of).days
    if left < 0:
        return Due(
            day, Text(f"{-left:,}日超過", f"{-left:,} day{'s' if left < -1 else ''} late"), "late"
        )
    if left == 0:
        return Due(day, Text("今日まで", "today"), "soon")
    word = Text(f"あと{left:,}日", f"{left:,} day{'s' if left > 1 else ''} left")
    return Due(day, word, "soon" if left <= _SOON_DAYS else "calm")


@dataclass(frozen=True)
class Deadlines:
    """Flagged records by how much time is left."""

    late: int
    today: int
    stack: Stack


def deadlines(flagged: pl.DataFrame, as_of: date) -> Deadlines:
    """Count ``flagged`` (``due_on``) by the days left on ``as_of``."""
    left = (pl.col("due_on") - pl.lit(as_of)).dt.total_days()
    late, today, soon, later, unknown = flagged.select(
        (left < 0).sum().alias("late"),
        (left == 0).sum().alias("today"),
        left.is_between(1, _SOON_DAYS).sum().alias("soon"),
        (left > _SOON_DAYS).sum().alias("later"),
        left.is_null().sum().alias("unknown"),
    ).row(0)
    segments = (
        Segment(both("期限超過", "late"), late, "return"),
        Segment(both("今日まで", "today"), today, "hold"),
        Segment(both(f"あと1〜{_SOON_DAYS}日", f"1-{_SOON_DAYS} days left"), soon, "undecidable"),
        Segment(both("それより後", "later"), later, "pass-light"),
        Segment(both("期限不明", "unknown"), unknown, "open"),
    )
    return Deadlines(late, today, Stack(tuple(s for s in segments if s.value or s.fill != "open")))


@dataclass(frozen=True)
class Place:
    """Where a record stands in what was submitted."""

    file: str
    sheet: str
    line: int
    block: Text | None
    form: Text
    office: Text


@dataclass(frozen=True)
class Line:
    """One line of the queue; the record's card has the id ``anchor``."""

    position: int
    anchor: str
    record_id: str
    verdict: str
    verdict_word: Text
    hold_class: str
    class_title: Text | None
    due: Due
    place: Place
    cause: Text
    detail: tuple[Text, ...]
    differing: tuple[Text, ...]
    same_person: Text | None
    action: Text
    to_do: Text


def queue(
    people: Sequence[Mapping[str, Any]],
    as_of: date,
    titles: Mapping[str, Text],
    forms: Mapping[str, Text],
) -> list[Line]:
    """The lines of ``people`` (rows of `flagged_people`, already in their order)."""
    return [_line(row, as_of, titles, forms) for row in people]


def _line(
    row: Mapping[str, Any], as_of: date, titles: Mapping[str, Text], forms: Mapping[str, Text]
) -> Line:
    cause, detail = row["cause"], row["cause_detail"]
    coded = detail and cause != "number_typo"
    return Line(
        position=row["queue_position"],
        anchor=f"r-{row['record_id']}",
        record_id=row["record_id"],
        verdict=row["verdict"],
        verdict_word=VERDICTS[row["verdict"]],
        hold_class=row["hold_class"] or "",
        class_title=titles.get(row["hold_class"]),
        due=due(row["due_on"], as_of),
        place=Place(
            file=file_word(row["source_file"]),
            sheet=file_word(row["sheet"]) if row["sheet"] else "",
            line=row["line"],
            block=_BLOCKS.get(row["block"]),
            form=forms.get(row["form"], Text("届書", "form")),
            office=office_word(row["office_code"]),
        ),
        cause=code_word("causes", "causes", cause),
        detail=tuple(code_word("evidence", "details", d) for d in detail.split("+"))
        if coded
        else (),
        differing=tuple(
            ITEM_NAMES[item] for item in ITEMS if row[f"level_{item}"] in ("similar", "different")
        ),
        same_person=None if row["same_person"] is None else likely(row["same_person"]),
        action=code_word("causes", "actions", row["action"]),
        to_do=short_action(row["action"]),
    )
