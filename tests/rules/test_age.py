"""Ages against a slow, obvious calculation, day by day around birthdays."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from validator.rules.families.birth_date import age_reached


def turned(birth: date, years: int, day: date) -> bool:
    try:
        birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = date(birth.year + years, 3, 1)
    return day >= birthday


@pytest.mark.parametrize("years", [15, 70, 75, 130])
def test_every_day_of_two_years_around_a_birthday(years: int) -> None:
    births = [date(1951, 1, 1) + timedelta(days=29 * n) for n in range(40)] + [date(1952, 2, 29)]
    rows = [
        (birth, day)
        for birth in births
        for day in (date(birth.year + years, 1, 1) + timedelta(days=7 * n) for n in range(-52, 104))
    ]
    rows += [
        (b, b.replace(year=b.year + years) + timedelta(days=n))
        for b in births[:40]
        for n in (-1, 0, 1)
    ]
    frame = pl.DataFrame(rows, schema={"b": pl.Date, "d": pl.Date}, orient="row")
    got = frame.select(age_reached("b", years, pl.col("d"))).to_series().to_list()
    assert got == [turned(b, years, d) for b, d in rows]
