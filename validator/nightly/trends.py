"""The nights by week: rates, causes, holds, days to an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from validator.ledger.history import NIGHTLY
from validator.nightly import figures
from validator.nightly.holds import holds

if TYPE_CHECKING:
    from validator.ledger.store import Ledger

# How holds end: what the employer, the registry or a clerk answered. Not: a newer form took over.
ENDED = ("answered", "released", "resolved")


def by_week(
    ledger: Ledger, until: date | None = None, kind: str = NIGHTLY, since: date | None = None
) -> pl.DataFrame:
    """One row a week with nights: ``week`` (its Monday), ``nights, files`` and the counts.

    Also ``hold_rate, return_rate`` (0 to 1), ``top_cause`` (of what was held or returned, null if
    nothing was), ``opened`` and ``ended`` holds and returns, ``median_days`` to the end.
    """
    return _with_holds(
        _from(since, figures.by_night(ledger, until, kind))
        .with_columns(figures.week_of())
        .group_by("week", maintain_order=True)
        .agg(pl.len().alias("nights"), *(pl.col(c).sum() for c in ("files", *figures.COUNTS))),
        _from(since, figures.by_cause(ledger, until, kind)),
        holds(ledger),
        "week",
        until,
    )


def by_night(
    ledger: Ledger, until: date | None = None, kind: str = NIGHTLY, since: date | None = None
) -> pl.DataFrame:
    """`by_week` by ``night``."""
    nights = _from(since, figures.by_night(ledger, until, kind))
    causes = _from(since, figures.by_cause(ledger, until, kind))
    return _with_holds(nights, causes, holds(ledger), "night", until)


def by_sender(
    ledger: Ledger, until: date | None = None, kind: str = NIGHTLY, since: date | None = None
) -> pl.DataFrame:
    """One row a sender: ``sender, nights, records, passed, held, returned`` and the two rates."""
    return _rates(
        _from(since, figures.by_sender(ledger, until, kind))
        .group_by("sender")
        .agg(
            pl.col("night").n_unique().alias("nights"),
            *(pl.col(c).sum() for c in ("records", "passed", "held", "returned")),
        )
        .sort(-(pl.col("held") + pl.col("returned")), -pl.col("records"), "sender")
    )


def by_cause(
    ledger: Ledger, until: date | None = None, kind: str = NIGHTLY, since: date | None = None
) -> pl.DataFrame:
    """One row a cause: ``cause, held, returned, nights``, the most frequent first."""
    counted = pl.col("records")
    return (
        _from(since, figures.by_cause(ledger, until, kind))
        .group_by("cause")
        .agg(
            held=counted.filter(pl.col("verdict") == "hold").sum(),
            returned=counted.filter(pl.col("verdict") == "return").sum(),
            nights=pl.col("night").n_unique(),
        )
        .sort(-(pl.col("held") + pl.col("returned")), "cause")
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
    top = (
        _in_units(causes, "night", unit)
        .filter(pl.col("cause") != "")
        .group_by(unit, "cause")
        .agg(pl.col("records").sum())
        .sort(unit, -pl.col("records"), "cause")
        .unique(unit, keep="first", maintain_order=True)
        .select(unit, top_cause="cause")
    )
    dated = all_holds.with_columns(pl.col("since", "opened_on", "closed_on").str.to_date())
    # One that took another's place was opened when that was.
    new = pl.col("since") == pl.col("opened_on")
    opened = _in_units(dated.filter(new), "since", unit).group_by(unit).agg(opened=pl.len())
    over = dated.filter(pl.col("state").is_in(ENDED))
    if until is not None:
        over = over.filter(pl.col("closed_on") <= until)
    days = (pl.col("closed_on") - pl.col("since")).dt.total_days()
    ended = (
        _in_units(over.with_columns(days=days), "closed_on", unit)
        .group_by(unit)
        .agg(ended=pl.len(), median_days=pl.col("days").median())
    )
    if not frame.is_empty():
        # Holds may end in a night without a file; nothing is told before the first night.
        more = opened.join(ended, on=unit, how="full", coalesce=True)
        more = more.filter(pl.col(unit) >= frame[unit].min())
        frame = frame.join(more, on=unit, how="full", coalesce=True)
    else:
        frame = frame.join(opened, on=unit, how="left").join(ended, on=unit, how="left")
    frame = frame.join(top, on=unit, how="left").sort(unit)
    counts = [c for c in frame.columns if frame.schema[c].is_integer()]
    frame = frame.with_columns(pl.col(counts).fill_null(0))
    return _rates(frame)


def _from(since: date | None, nights: pl.DataFrame) -> pl.DataFrame:
    return nights if since is None else nights.filter(pl.col("night") >= since)


def _rates(frame: pl.DataFrame) -> pl.DataFrame:
    rate = pl.when(pl.col("records") > 0)
    return frame.with_columns(
        hold_rate=rate.then(pl.col("held") / pl.col("records")),
        return_rate=rate.then(pl.col("returned") / pl.col("records")),
    )


def _in_units(frame: pl.DataFrame, day: str, unit: str) -> pl.DataFrame:
    if unit == "week":
        return frame.with_columns(figures.week_of(day))
    return frame.with_columns(pl.col(day).alias(unit))
