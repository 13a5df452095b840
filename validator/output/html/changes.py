"""What changed since the last run of the same senders (`validator.ledger.history`)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from validator.output.html.places import office_word
from validator.output.words import code_word
from validator.rules.model import Text

SHOWN = 10
_CAUSES_NAMED = 3


@dataclass(frozen=True)
class SenderChange:
    """One sender now and in its last run; rates are held and returned of all records."""

    sender: Text
    last: str
    records: tuple[int, int]
    flagged: tuple[int, int]
    more: tuple[tuple[Text, int], ...]

    @property
    def points(self) -> float:
        """Change of the rate in percentage points."""
        (before, now), (flagged_before, flagged_now) = self.records, self.flagged
        return 100 * (flagged_now / max(now, 1) - flagged_before / max(before, 1))


@dataclass(frozen=True)
class Changes:
    """``senders``: those that changed most; ``known`` of ``all`` senders had a run before."""

    known: int
    all: int
    records: tuple[int, int] = (0, 0)
    flagged: tuple[int, int] = (0, 0)
    senders: tuple[SenderChange, ...] = ()


def changes(records: pl.DataFrame, before: pl.DataFrame) -> Changes:
    """Compare ``records`` (office_code, verdict, cause) with ``before`` (`history.last_run_of`)."""
    flagged = pl.col("verdict") != "pass"
    now = (
        records.select("verdict", "cause", sender=pl.col("office_code").fill_null(""))
        .group_by("sender", maintain_order=True)
        .agg(now_records=pl.len(), now_flagged=flagged.sum())
    )
    last = before.select(
        "sender",
        "night",
        "causes",
        was=pl.col("records"),
        was_flagged=pl.col("held") + pl.col("returned"),
    )
    both = now.join(last, on="sender", how="inner", maintain_order="left")
    if both.is_empty():
        return Changes(0, now.height)
    change = pl.col("now_flagged") / pl.col("now_records") - pl.col("was_flagged") / pl.col("was")
    most = both.with_columns(change=change.abs()).sort(
        "change", "sender", descending=[True, False], nulls_last=True
    ).head(SHOWN)  # fmt: skip
    causes = _causes(records, most["sender"])
    totals = both.select(pl.col("was", "now_records", "was_flagged", "now_flagged").sum()).row(0)
    return Changes(
        known=both.height,
        all=now.height,
        records=(totals[0], totals[1]),
        flagged=(totals[2], totals[3]),
        senders=tuple(
            SenderChange(
                office_word(row["sender"]),
                row["night"],
                (row["was"], row["now_records"]),
                (row["was_flagged"], row["now_flagged"]),
                _more(causes.get(row["sender"], {}), row["causes"]),
            )
            for row in most.iter_rows(named=True)
        ),
    )


def _causes(records: pl.DataFrame, senders: pl.Series) -> dict[str, dict[str, int]]:
    counted = (
        records.select("cause", sender=pl.col("office_code").fill_null(""))
        .filter(pl.col("sender").is_in(senders.implode()) & pl.col("cause").is_not_null())
        .group_by("sender", "cause")
        .len()
    )
    found: dict[str, dict[str, int]] = {}
    for sender, cause, n in counted.iter_rows():
        found.setdefault(sender, {})[cause] = n
    return found


def _more(now: dict[str, int], before: list[dict[str, object]]) -> tuple[tuple[Text, int], ...]:
    """The causes that became more, most first."""
    was: dict[str, int] = {}
    for row in before:
        was[str(row["cause"])] = was.get(str(row["cause"]), 0) + int(str(row["records"]))
    grown = {cause: n - was.get(cause, 0) for cause, n in now.items() if n > was.get(cause, 0)}
    ordered = sorted(grown.items(), key=lambda item: (-item[1], item[0]))[:_CAUSES_NAMED]
    return tuple((code_word("causes", "causes", cause), n) for cause, n in ordered)
