"""The nights in numbers: what the ledger tells, as frames and plain figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from validator.ledger.history import NIGHTLY, of_causes, of_senders, runs

if TYPE_CHECKING:
    from validator.ledger.store import Ledger

_SAME_WEEKDAYS, _LEAST_SAME_WEEKDAYS = 8, 4
_NIGHTS, _LEAST_NIGHTS = 28, 5
_USUAL_SHARE = 0.75
COUNTS = ("lines", "records", "passed", "held", "returned")


def by_night(ledger: Ledger, until: date | None = None, kind: str = NIGHTLY) -> pl.DataFrame:
    """``night`` (Date), ``files`` and `COUNTS` of every night that processed a file."""
    return (
        _each_once(runs(ledger, kind=kind, until=until), ["batch"])
        .group_by("night", maintain_order=True)
        .agg(pl.len().alias("files"), *(pl.col(name).sum() for name in COUNTS))
        .with_columns(pl.col("night").str.to_date())
    )


def by_sender(ledger: Ledger, until: date | None = None, kind: str = NIGHTLY) -> pl.DataFrame:
    """``night`` (Date), ``sender``, ``records, passed, held, returned``."""
    return (
        _each_once(of_senders(ledger, kind=kind, until=until), ["batch", "sender"])
        .group_by("night", "sender", maintain_order=True)
        .agg(pl.col("records", "passed", "held", "returned").sum())
        .with_columns(pl.col("night").str.to_date())
    )


def by_cause(ledger: Ledger, until: date | None = None, kind: str = NIGHTLY) -> pl.DataFrame:
    """``night`` (Date), ``verdict, hold_class, cause, records``."""
    causes = of_causes(ledger, kind=kind, until=until)
    last = _each_once(runs(ledger, kind=kind, until=until), ["batch"]).select("run")
    return (
        causes.join(last, on="run", how="semi", maintain_order="left")
        .group_by("night", "verdict", "hold_class", "cause", maintain_order=True)
        .agg(pl.col("records").sum())
        .with_columns(pl.col("night").str.to_date())
    )


def _each_once(frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """A batch that was checked again counts as it was last; a night has no batch twice."""
    return frame.sort("run").unique(key, keep="last", maintain_order=True).sort("night", "run")


def usual_records(nights: pl.DataFrame, night: date) -> tuple[float, float] | None:
    """The fewest and the most records that are usual, from earlier nights with input.

    Of the same weekday their median is both. Until there are enough of them, the fewest and the
    most of all nights: nobody knows yet which days are the quiet ones. None with few nights.
    """
    before = nights.filter(pl.col("night") < night)["records"]
    same_day = nights.filter(
        pl.col("night") < night, pl.col("night").dt.weekday() == night.isoweekday()
    )["records"].tail(_SAME_WEEKDAYS)
    if same_day.len() >= _LEAST_SAME_WEEKDAYS:
        ordered = sorted(same_day.to_list())
        median = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        return median, median
    last = sorted(before.tail(_NIGHTS).to_list())
    return (last[0], last[-1]) if len(last) >= _LEAST_NIGHTS else None


def faulty_before(
    counts: pl.DataFrame, nights: pl.DataFrame, night: date, look_back: int, unusual: set[date]
) -> list[tuple[int, int]]:
    """(records, faulty) of the nights before; ``counts``: ``night`` and ``faulty``, gaps are 0.

    ``unusual`` nights are left out, or one of them would make everything usual; unless there are so
    many that they are the usual now.
    """
    before = nights.filter(pl.col("night") < night).tail(look_back)
    usual = before.filter(~pl.col("night").is_in(list(unusual)))
    if usual.height >= _USUAL_SHARE * before.height:
        before = usual
    return [
        (records, faulty)
        for records, faulty in before.join(counts, on="night", how="left", maintain_order="left")
        .select("records", pl.col("faulty").fill_null(0))
        .iter_rows()
    ]


def at_end_of(holds: pl.DataFrame, night: date) -> pl.DataFrame:
    """Holds that were open when ``night`` had ended, with ``age_days`` and ``days_left``."""
    day = night.isoformat()
    return holds.filter(
        (pl.col("opened_on") <= day) & (pl.col("closed_on").is_null() | (pl.col("closed_on") > day))
    ).with_columns(
        age_days=(pl.lit(night) - pl.col("since").str.to_date()).dt.total_days(),
        days_left=(pl.col("due_on").str.to_date() - pl.lit(night)).dt.total_days(),
    )


def week_of(column: str = "night") -> pl.Expr:
    """Monday of the week of a day."""
    return (pl.col(column).dt.truncate("1w")).alias("week")
