"""From people to letters: who is listed where, and what each letter is about as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validator.output.letters.filed import SHOWN
from validator.output.letters.people import OFFICE, UNKNOWN, UNSHOWN, shown
from validator.output.letters.view import KINDS, Site

VALUES = (
    "record_id",
    "symbol_number",
    "place",
    *(c for c in SHOWN if c not in ("insured_symbol", "insured_number", "branch_number")),
    "due",
    "until",
)
"""What differs from person to person; all else of a card is the same for many people."""


def listed_people(
    people: pl.DataFrame, site: Site, *, of_a_letter: int, of_all: int
) -> pl.DataFrame:
    """The people of `people.letter_people` whom the letters list, with all `VALUES`.

    At most ``of_a_letter`` in one letter and ``of_all`` in all. ``office_name`` is that of the
    letter (of the form, where nobody knows the office; none for members without an employer).
    """
    words = site.words
    place = words["line"].partition("{file}")[2].partition("{line}")
    office = pl.col("office_name").drop_nulls().first().over("letter")
    listed = people.filter(pl.int_range(pl.len()).over("letter") < of_a_letter).head(of_all)
    days = listed.select("due_on").unique()
    said = days.with_columns(
        due=pl.Series([site.due(day) for day in days["due_on"]], dtype=pl.String),
        until=pl.Series([site.until(day) for day in days["due_on"]], dtype=pl.String),
    )
    return (
        listed.join(said, on="due_on", how="left", nulls_equal=True, maintain_order="left")
        .with_columns(place=pl.format(f"{{}}{place[0]}{{}}{place[2]}", "source_file", "line"))
        .with_columns(
            shown("place"),
            office_name=pl.when(pl.col("to") == OFFICE)
            .then(office)
            .when(pl.col("to") == UNKNOWN)
            .then("office_name"),
            sex_coded=pl.col("sex").is_in(["1", "2"]).fill_null(value=False),
        )
    )


def letters(
    people: pl.DataFrame, listed: pl.DataFrame, faulty_offices: Sequence[str | None]
) -> pl.DataFrame:
    """One row a letter, in their order.

    ``letter, to``, counts of `KINDS`, ``listed, unlisted``, the earliest ``due_on``, ``common``
    (the sender's whole file has a fault; None among ``faulty_offices`` stands for a whole file),
    ``guided, unshown`` Boolean, and of its first person `SHOWN`, which a member's own letter needs.
    """
    named = pl.col("office_name").drop_nulls().first()
    whole_file, faulty = None in faulty_offices, [o for o in faulty_offices if o]
    in_lists = listed.group_by("letter").agg(
        listed=pl.len(),
        guided=((pl.col("kind") != "return") & ~pl.col("leaving")).any(),
        unshown=pl.any_horizontal(
            pl.col(c).str.contains(UNSHOWN, literal=True).any() for c in SHOWN
        ),
    )
    return (
        people.group_by("letter", maintain_order=True)
        .agg(
            pl.col("to").first(),
            *((pl.col("kind") == kind).sum().alias(kind) for kind in KINDS),
            pl.col("due_on").min(),
            pl.len().alias("people"),
            *(pl.col(c).first() for c in SHOWN if c != "office_name"),
            office_name=pl.when(pl.col("to").first() == OFFICE).then(named),
        )
        .join(in_lists, on="letter", how="left", maintain_order="left")
        .with_columns(
            pl.col("listed").fill_null(0),
            pl.col("guided", "unshown").fill_null(value=False),
            common=pl.lit(whole_file) | pl.col("office_code").is_in(faulty),
        )
        .with_columns(unlisted=pl.col("people") - pl.col("listed"))
        .sort("letter")
    )
