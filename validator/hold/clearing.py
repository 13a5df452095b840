"""Holds that a clerk has cleared: confirmed to be the same person, for a reason.

A clearance counts for the very same difference only (`hold.difference`), for a time, and where
the policy lets a clerk clear such a hold. What was cleared passes and says so in a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from validator.hold.difference import digests

MAX_AGE_DAYS = 365


class Clearing(StrEnum):
    """What the ledger has to say of a held record."""

    CLEARED = "cleared"
    EXPIRED = "expired"
    FORM_CHANGED = "form_changed"
    REGISTRY_CHANGED = "registry_changed"


CLEARING_SCHEMA = {
    "row": pl.UInt32,
    "clearing": pl.String,
    "cleared_on": pl.Date,
    "cleared_reason": pl.String,
}


def was_cleared() -> pl.Expr:
    """True where a clerk's confirmation lets a record pass (never null)."""
    cleared = pl.col("clearing") == Clearing.CLEARED.value
    return cleared.fill_null(value=False) & (pl.col("verdict") == "pass")


@dataclass(frozen=True, slots=True)
class Clearance:
    """One confirmation: when, why (as `reason_words.public_reason` gives it), with proof or not."""

    decided_on: date
    reason: str
    proof: bool


@dataclass(frozen=True)
class Clearances:
    """The confirmations in force, by keyed hashes of what they are about.

    Plain data, read before a run begins, so that it can be asked from any thread. ``keyed``: makes
    a keyed hash of a digest.
    """

    keyed: Callable[[str], str]
    by_difference: Mapping[str, Clearance]
    by_submitted: Mapping[str, Clearance] = field(default_factory=dict)
    by_holder: Mapping[str, Clearance] = field(default_factory=dict)
    as_of: date = date.max
    max_age_days: int = MAX_AGE_DAYS

    @property
    def in_force(self) -> int:
        """How many count on the day of the run."""
        return sum(self._counts(known) for known in self.by_difference.values())

    def valid_until(self, decided_on: date) -> date:
        """The last day on which a confirmation of that day counts."""
        return decided_on + timedelta(days=self.max_age_days)

    def _counts(self, known: Clearance) -> bool:
        # A decision later than the day of the run stands in the ledger all the same.
        return self.as_of <= self.valid_until(known.decided_on)

    def of(self, held: pl.DataFrame) -> pl.DataFrame:
        """`CLEARING_SCHEMA` of the held records that the ledger has something to say of.

        ``held``: the columns of `difference.sides`.
        """
        if not self.by_difference or held.is_empty():
            return pl.DataFrame(schema=CLEARING_SCHEMA)
        made = digests(held)
        found = [
            (row, *answer)
            for (row, difference, submitted, holder), clear in zip(
                made.iter_rows(), held["clear"], strict=True
            )
            if (answer := self._answer(difference, submitted, holder, clear)) is not None
        ]
        return pl.DataFrame(found, schema=CLEARING_SCHEMA, orient="row")

    def _answer(
        self, difference: str | None, submitted: str | None, holder: str | None, clear: str
    ) -> tuple[str, date, str] | None:
        if difference is None or clear == "no":
            return None
        known = self.by_difference.get(self.keyed(difference))
        if known is not None:
            if not self._counts(known):
                return Clearing.EXPIRED.value, known.decided_on, known.reason
            if clear == "with_proof" and not known.proof:
                return None
            return Clearing.CLEARED.value, known.decided_on, known.reason
        for side, table, kind in (
            (submitted, self.by_submitted, Clearing.REGISTRY_CHANGED),
            (holder, self.by_holder, Clearing.FORM_CHANGED),
        ):
            other = table.get(self.keyed(side)) if side is not None else None
            if other is not None:
                return kind.value, other.decided_on, other.reason
        return None
