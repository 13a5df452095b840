"""Ages that decide on a form, computed only where a record of the slice asks for them."""

from __future__ import annotations

import polars as pl

from validator.rules.families.birth_date import age_reached

_SPOUSE = pl.col("relationship").str.contains("妻|夫|配偶者|内縁|事実婚").fill_null(value=False)
_EVENT = pl.coalesce("event", "received", "as_of")
_NEXT_NEW_YEAR = pl.date(_EVENT.dt.year().cast(pl.Int32) + 1, 1, 1)
# An age is reached on the day before the birthday; 19 to 22 counts at the end of the year.
_STUDENT_AGE = age_reached("birth", 19, _NEXT_NEW_YEAR) & ~age_reached("birth", 23, _NEXT_NEW_YEAR)
_FROM_OCTOBER_2025 = pl.date(2025, 10, 1) <= _EVENT
_INCOME_LIMIT = (
    pl.when(age_reached("birth", 60, _EVENT.dt.offset_by("1d")))
    .then(1_800_000)
    .when(_FROM_OCTOBER_2025 & _STUDENT_AGE & ~_SPOUSE)
    .then(1_500_000)
    .otherwise(1_300_000)
    .cast(pl.Int64)
)
_IS_70 = age_reached("birth", 70, pl.coalesce("received", "as_of").dt.offset_by("1d"))
_LEAVES_AT_75 = (pl.col("form") == "shikaku_soshitsu") | pl.col("event_reason").is_not_null()


def add_form_ages(facts: pl.DataFrame) -> pl.DataFrame:
    """Add ``birthday_75`` (Date), ``is_70`` (Boolean, at reception), ``income_limit`` (yen).

    ``birthday_75`` is 28 February for people born on the 29th. All null where no record of
    ``facts`` leaves, names a share that changed, or gives an income.
    """
    leaving = facts.select(_LEAVES_AT_75.any()).item()
    shares = facts.get_column("share_differs").any()
    incomes = facts.get_column("income").null_count() < facts.height
    return facts.with_columns(
        birthday_75=pl.col("birth").dt.offset_by("75y") if leaving else pl.lit(None, pl.Date),
        is_70=_IS_70 if shares else pl.lit(None, pl.Boolean),
        income_limit=_INCOME_LIMIT if incomes else pl.lit(None, pl.Int64),
    )
