"""What is wrong with rows of an extract: counted and listed, never dropped, never printed.

========================  ======================================================================
``number_missing``        no number
``number_not_12_digits``  not twelve digits after width, spaces and hyphens are folded
``number_check_digit``    the check digit does not fit (平成26年総務省令第85号 第5条)
``number_placeholder``    all digits equal, or a run such as 1, 2, 3 …
``blank_<item>``          one of the five items is blank
``status_unknown``        the status is no word of ``schemas/registry/status.toml``
``as_of_unreadable``      the as-of date is no date
``identical_row``         a row that stands there already; counts once
``duplicate_number``      several rows with one number, one of which is live: it wins
``conflicting_rows``      several different live rows with one number: its records are held
========================  ======================================================================
"""

from __future__ import annotations

import polars as pl

from validator.fields.birth_date import date_columns
from validator.fields.my_number import NumberState, number_columns
from validator.registry import declaration
from validator.registry.model import FIVE_ITEMS, STATUS_UNKNOWN

_SCHEMA = {"source": pl.UInt16, "row": pl.UInt32, "field": pl.String, "problem": pl.String}
_NUMBER_PROBLEMS = {
    NumberState.BLANK.value: "number_missing",
    NumberState.PLACEHOLDER.value: "number_placeholder",
    NumberState.CHECK_DIGIT.value: "number_check_digit",
    NumberState.LENGTH.value: "number_not_12_digits",
    NumberState.EXPONENT.value: "number_not_12_digits",
    NumberState.MALFORMED.value: "number_not_12_digits",
}


def listed(rows: pl.DataFrame, field: str, problem: str) -> pl.DataFrame:
    """``rows`` (with ``source`` and ``row``) as problems: ``source, row, field, problem``."""
    return rows.select(
        "source", "row", pl.lit(field).alias("field"), pl.lit(problem).alias("problem")
    )


def none_listed() -> pl.DataFrame:
    """The empty list of problems."""
    return pl.DataFrame(schema=_SCHEMA)


def counted(problems: pl.DataFrame) -> dict[str, int]:
    """How often each kind occurs, by name."""
    counts = problems.group_by("problem").len().sort("problem")
    return {str(kind): int(count) for kind, count in counts.iter_rows()}


def read_values(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read number, status and as-of date of an extract's rows.

    Adds ``number`` (Int64, null where unusable) and ``as_of_day`` (Date), and replaces
    ``status`` by the contract's word or ``unknown``. Returns the frame and its problems.
    """
    frame = number_columns(frame, "my_number", "number")
    found = [
        listed(frame.filter(pl.col("number_state").is_in(states)), "my_number", problem)
        for problem in dict.fromkeys(_NUMBER_PROBLEMS.values())
        if (states := [s for s, p in _NUMBER_PROBLEMS.items() if p == problem])
    ]
    frame = frame.drop("number_digits", "number_value", "number_state")
    found += [
        listed(frame.filter(pl.col(item).is_null()), item, f"blank_{item}") for item in FIVE_ITEMS
    ]
    frame = frame.with_columns(_status(frame.get_column("status")))
    unknown = frame.filter(pl.col("status") == STATUS_UNKNOWN)
    found.append(listed(unknown, "status", "status_unknown"))
    frame = date_columns(frame, "as_of", "as_of_day")
    undated = frame.filter(pl.col("as_of").is_not_null() & pl.col("as_of_day").is_null())
    found.append(listed(undated, "as_of", "as_of_unreadable"))
    return frame.drop("as_of_day_state", "as_of_day_hint"), pl.concat([none_listed(), *found])


def _status(words: pl.Series) -> pl.Series:
    """Each distinct word once; blank stays null (a resident)."""
    known = declaration.status_words()
    distinct = words.drop_nulls().unique().to_list()
    meanings = [known.get(declaration.fold(word), STATUS_UNKNOWN) for word in distinct]
    if not distinct:
        return words
    return words.replace_strict(distinct, meanings, return_dtype=pl.String)
