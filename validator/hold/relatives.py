"""Which relative a number belongs to, as far as two birth dates and two sexes tell."""

from __future__ import annotations

import polars as pl

from validator.hold.slips import names_agree

_GENERATION = 15  # years between parent and child, at the least
_ADULT = 18
_DAYS = 365.25


def relative() -> pl.Expr:
    """``twin, parent, child, spouse, sibling`` or ``relative``: the holder, seen from the person.

    ``self`` where the number is the person's own, and somebody else carries it too. Needs ``birth,
    r_n_birth, sex_code, r_n_sex, received`` and the levels of the names. Spouses and grown-up
    siblings of two sexes cannot be told apart; spouses are far more often on one form.
    """
    years = (pl.col("birth") - pl.col("r_n_birth")).dt.total_days() / _DAYS
    # Grown up at the later of the two births, as of the day the form came.
    later = pl.max_horizontal("birth", "r_n_birth")
    adult = (pl.col("received") - later).dt.total_days() / _DAYS >= _ADULT
    return (
        pl.when(years.is_null())
        .then(pl.lit("relative"))
        .when((pl.col("birth") == pl.col("r_n_birth")) & names_agree())
        .then(pl.lit("self"))
        .when(pl.col("birth") == pl.col("r_n_birth"))
        .then(pl.lit("twin"))
        .when(years >= _GENERATION)
        .then(pl.lit("parent"))
        .when(years <= -_GENERATION)
        .then(pl.lit("child"))
        .when((pl.col("sex_code") != pl.col("r_n_sex")) & adult.fill_null(value=True))
        .then(pl.lit("spouse"))
        .otherwise(pl.lit("sibling"))
    )
