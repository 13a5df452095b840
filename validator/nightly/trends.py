"""The nights by week: rates, causes, holds, days to an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from validator.nightly import figures
from validator.nightly.holds import holds

if TYPE_CHECKING:
    from validator.ledger.store import Ledger

# How holds end: what the employer, the registry or a clerk answered. Not: a newer form took over.
ENDED = ("answered", "released", "resolved")


def by_week(ledger: Ledger, until: date | None = None) -> pl.DataFrame:
    """One row a week with nights: ``week`` (its Monday), ``nights, files`` and the counts.

    Also ``hold_rate, return_rate`` (0 to 1), ``top_cause`` (of what was held or returned, null if
    nothing was), ``opened`` and ``ended`` holds and returns, ``median_days`` to the end.
    """
    return _with_holds(
        figures.by_night(ledger, until)
        .with_columns(figures.week_of())
        .group_by("week", maintain_order=True)
        .agg(pl.len().alias("nights"), *(pl.col(c).sum() for c in ("files", *figures.COUNTS))),
        figures.by_cause(ledger, until),
        holds(ledger),
        "week",
        until,
    )


def by_night(ledger: Ledger, until: date | None = None) -> pl.DataFrame:
    """`by_week` by ``night``."""
    nights = figures.by_night(ledger, until)
    return _with_holds(nights, figures.by_cause(ledger, until), holds(ledger), "night", until).sort(
        "night"
    )


def _with_holds(
    frame: pl.DataFrame,
    causes: pl.DataFrame,
    all_holds: pl.DataFrame,
    unit: str,
    until: date | None,
) -> pl.DataFrame:
    if until is not None:
        all_holds = all_holds.filter(pl.col("since") <= until.isoformat())
    rate = pl.when(pl.col("records") > 0)
    top = (
        _in_units(causes, "night", unit)
        .filter(pl.col("cause") != "")
        .group_by(unit, "cause")
        .agg(pl.col("records").sum())
        .sort(unit, -pl.col("records"), "cause")
        .unique(unit, keep="first", maintain_order=True)
        .select(unit, top_cause="cause")
    )
    dated = all_holds.with_columns(pl.col("since").str.to_date(), pl.col("closed_on").str.to_date())
    opened = _in_units(dated, "since", unit).group_by(unit).agg(opened=pl.len())
    over = dated.filter(pl.col("state").is_in(ENDED))
    if until is not None:
        over = over.filter(pl.col("closed_on") <= until)
    days = (pl.col("closed_on") - pl.col("since")).dt.total_days()
    ended = (
        _in_units(over.with_columns(days=days), "closed_on", unit)
        .group_by(unit)
        .agg(ended=pl.len(), median_days=pl.col("days").median())
    )
    for more in (top, opened, ended):
        frame = frame.join(more, on=unit, how="left", maintain_order="left")
    return frame.with_columns(
        pl.col("opened", "ended").fill_null(0),
        hold_rate=rate.then(pl.col("held") / pl.col("records")),
        return_rate=rate.then(pl.col("returned") / pl.col("records")),
    )


def _in_units(frame: pl.DataFrame, day: str, unit: str) -> pl.DataFrame:
    if unit == "week":
        return frame.with_columns(figures.week_of(day))
    return frame.with_columns(pl.col(day).alias(unit))
