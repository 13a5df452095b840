"""Counts over all records: causes, employers, levels of the items, notation seen through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from validator.match.levels import ITEMS
from validator.output.html.charts import Bars, Row, Segment, Stack, heat
from validator.output.html.page import both, worded
from validator.output.html.places import office_word
from validator.output.words import ITEM_NAMES, LEVELS, VERDICTS, code_word, short_action
from validator.resources import load_toml
from validator.rules.model import Text

if TYPE_CHECKING:
    from markupsafe import Markup

    from validator.checking import Checked

CAUSES_FIRST = 10
OFFICES_SHOWN = 20
_CAUSE_COLUMNS = 6
LEVEL_FILLS = {
    "same": "pass",
    "equivalent": "pass-light",
    "undecidable": "undecidable",
    "similar": "hold",
    "different": "return",
    "blank": "blank",
    "not_checked": "open",
}
_OPEN = ("undecidable", "blank", "not_checked")


def causes(checked: Checked) -> tuple[Bars, Bars]:
    """The most frequent causes, and the rest; shares are of all held and returned records."""
    by_cause = checked.summary.counts.by_cause
    flagged = sum(by_cause.values())
    actions = load_toml("codes/causes.toml")["causes"]
    rows = [
        Row(
            worded(code_word("causes", "causes", cause)),
            n,
            worded(short_action(actions[cause]["action"])) if cause in actions else "",
        )
        for cause, n in sorted(by_cause.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Bars(tuple(rows[:CAUSES_FIRST]), flagged), Bars(tuple(rows[CAUSES_FIRST:]), flagged)


@dataclass(frozen=True)
class Office:
    """One employer: counts by verdict, and (count, heat level) of each cause of the table."""

    name: Text
    verdicts: Stack
    causes: tuple[tuple[int, int], ...]

    @property
    def records(self) -> int:
        """All records of the employer."""
        return self.verdicts.total

    @property
    def flagged(self) -> int:
        """Held and returned."""
        return sum(s.value for s in self.verdicts.segments if s.fill != "pass")


@dataclass(frozen=True)
class Offices:
    """The employers with most held and returned records, of ``all``."""

    rows: tuple[Office, ...]
    causes: tuple[Text, ...]
    flagged: int
    all: int


def offices(checked: Checked, flagged: pl.DataFrame) -> Offices:
    """Who sends what kind of errors."""
    by_office = checked.summary.counts.by_office_verdict
    failing = {o: v.get("hold", 0) + v.get("return", 0) for o, v in by_office.items()}
    most = sorted((o for o in failing if failing[o]), key=lambda o: (-failing[o], o))
    shown = most[:OFFICES_SHOWN]
    by_cause = checked.summary.counts.by_cause
    named = sorted(by_cause, key=lambda c: (-by_cause[c], c))[:_CAUSE_COLUMNS]
    rest = len(by_cause) > len(named)
    table: dict[tuple[str, str], int] = {}
    counted = flagged.group_by(pl.col("office_code").fill_null(""), "cause").len()
    for office, cause, n in counted.iter_rows():
        key = (office, cause if cause in named else "")
        table[key] = table.get(key, 0) + n
    columns = [*named, *([""] if rest else [])]
    top = max((table.get((o, c), 0) for o in shown for c in columns), default=0)
    words = [code_word("causes", "causes", c) if c else Text("その他", "others") for c in columns]
    return Offices(
        rows=tuple(
            Office(
                office_word(o),
                Stack(
                    tuple(
                        Segment(worded(word), by_office[o].get(verdict, 0), verdict)
                        for verdict, word in VERDICTS.items()
                    )
                ),
                tuple((table.get((o, c), 0), heat(table.get((o, c), 0), top)) for c in columns),
            )
            for o in shown
        ),
        causes=tuple(words),
        flagged=len(most),
        all=len(by_office),
    )


def levels(checked: Checked) -> list[tuple[Markup, Stack]]:
    """How the number and the five items compare, over all records."""
    records = checked.judged.records
    found = []
    for item in ("my_number", *ITEMS):
        counted = dict(records[f"level_{item}"].value_counts().iter_rows())
        stack = Stack(
            tuple(
                Segment(worded(word), counted.get(level, 0), LEVEL_FILLS[level])
                for level, word in LEVELS.items()
            )
        )
        found.append((worded(ITEM_NAMES[item]), stack))
    return found


def not_compared(stacks: list[tuple[Markup, Stack]]) -> list[tuple[Markup, tuple[int, ...]]]:
    """Of `levels`: undecidable, blank and not checked, of the items that have any."""
    asked = [at for at, level in enumerate(LEVELS) if level in _OPEN]
    found = [(item, tuple(stack.segments[at].value for at in asked)) for item, stack in stacks]
    return [(item, counts) for item, counts in found if any(counts)]


def notation(checked: Checked) -> list[tuple[Text, Bars]]:
    """The differences of notation that were seen through, by item and step."""
    examples = load_toml("codes/notation_examples.toml")
    found: dict[str, list[Row]] = {}
    for item, step, n in checked.judged.notation.select("item", "step", "records").iter_rows():
        pair = examples.get(item, {}).get(step)
        note = both(f"{pair[0]} → {pair[1]}", f"{pair[0]} → {pair[1]}") if pair else ""
        word = worded(code_word("steps", "steps", step))
        found.setdefault(item, []).append(Row(word, n, note, fill="pass"))
    return [(ITEM_NAMES[i], Bars(tuple(found[i]))) for i in ITEM_NAMES if i in found]
