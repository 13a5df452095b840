"""The checks across items of electronic media that a layout declares, and dates it alone knows."""

from __future__ import annotations

import polars as pl

from validator.batch.layouts import Block, Condition, DateItems, FormLayout, item_column
from validator.batch.media_columns import holds
from validator.fields.birth_date import date_columns
from validator.fields.birth_date.parse import READ

DATE_FACTS = ("em_date_half", "em_date_unreal")
"""Names of dates of which one item is blank, and of those that are no real day."""


def condition_fact(rule: str) -> str:
    """The facts column of a declared rule: names of the items that break it."""
    return f"items_{rule.lower()}"


def condition_facts(layout: FormLayout) -> list[str]:
    """All such columns of a form."""
    return list(dict.fromkeys(condition_fact(one.rule) for one in layout.condition))


def condition_checks(
    layout: FormLayout, block: Block | None
) -> dict[str, list[tuple[str, pl.Expr]]]:
    """Fact → (name of an item, condition that is true where the item breaks the rule)."""
    found: dict[str, list[tuple[str, pl.Expr]]] = {fact: [] for fact in condition_facts(layout)}
    own = {item.no: item for item in layout.own_items(block)}
    for one in layout.condition:
        applies = _applies(one)
        broken = {no: pl.col(item_column(no)).is_null() for no in one.required}
        broken |= {no: pl.col(item_column(no)).is_not_null() for no in one.blank}
        found[condition_fact(one.rule)] += [
            (own[no].name, applies & wrong) for no, wrong in broken.items() if no in own
        ]
    return found


def own_dates(layout: FormLayout, block: Block | None) -> list[DateItems]:
    """The dates of a block that go into no canonical column."""
    numbers = {item.no for item in layout.own_items(block)}
    return [
        one
        for one in layout.date_items
        if one.items[0] in numbers
        and layout.column_of(one.items[0], block) == item_column(one.items[0])
    ]


def date_fact(no: int) -> str:
    """The facts column (Date) of a date whose era is item ``no``."""
    return f"d{no:02d}"


def with_dates(rows: pl.DataFrame, dates: list[DateItems]) -> pl.DataFrame:
    """Add each date (Date) and its ``_state`` to the items of some records."""
    for one in dates:
        era, day = (pl.col(item_column(no)) for no in one.items)
        fact = date_fact(one.items[0])
        rows = rows.with_columns(pl.concat_str(era, day).alias("written"))
        rows = date_columns(rows, "written", fact).drop("written", f"{fact}_hint")
    return rows


def date_checks(dates: list[DateItems]) -> dict[str, list[tuple[str, pl.Expr]]]:
    """Half dates and days that no calendar has."""
    states = [(one, pl.col(f"{date_fact(one.items[0])}_state")) for one in dates]
    return {
        "em_date_half": [
            (
                one.name,
                pl.col(item_column(one.items[0])).is_null()
                != pl.col(item_column(one.items[1])).is_null(),
            )
            for one, _ in states
        ],
        "em_date_unreal": [(one.name, ~state.is_in([*READ, "blank"])) for one, state in states],
    }


def _applies(one: Condition) -> pl.Expr:
    def column(no: int) -> pl.Expr:
        return pl.col(item_column(no))

    applies = holds(one.when, column)
    return applies & ~holds(one.unless, column) if one.unless else applies
