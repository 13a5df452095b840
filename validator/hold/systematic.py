"""Faults of a whole file or of one employer: said once, not a thousand times.

A fault is systematic where most of a sender's records show it, and the same one: then a person's
slip is no explanation. The sender is the employer within a file, or the file as a whole.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import agrees
from validator.hold.evidence import any_of
from validator.hold.moved_columns import columns_shifted, columns_swapped

FAULTS = (
    *("sex_inverted", "dates_shifted", "dates_turned", "kana_lost", "kanji_lost"),
    *("columns_shifted", "columns_swapped"),
)
# Of a sender's records that can show a fault, so many at least, and more than such a share of them:
# slips of single people never gather so (two in a hundred thousand records have a wrong sex).
FEWEST = 5
SHARE = 0.5
# Faults of what was written, whoever the holder is; the others need a comparison.
_ON_PAPER = ("kana_lost", "kanji_lost", "columns_shifted", "columns_swapped")
_LOST = r"^[?？*＊#＃・\s]+$"
_SENDER = ("source", "office_code")
SYSTEMATIC_SCHEMA: dict[str, type[pl.DataType]] = {
    "fault": pl.String,
    "source": pl.UInt16,
    "office_code": pl.String,
    "records": pl.UInt32,
    "of": pl.UInt32,
    "days": pl.Int32,
}


def totals(facts: pl.DataFrame) -> pl.DataFrame:
    """``source, office_code, records, compared`` of all records of a slice."""
    return facts.group_by(_SENDER).agg(
        records=pl.len(), compared=_compared().fill_null(value=False).sum()
    )


def _compared() -> pl.Expr:
    """The holder of the number seems to be the person: names or address agree."""
    named = agrees("level_name_kanji") | agrees("level_name_kana") | agrees("level_address")
    return pl.col("known") & named


def signs(flagged: pl.DataFrame) -> pl.DataFrame:
    """What each held or returned record shows: ``row, source, office_code, days`` and `FAULTS`.

    ``days``: birth date, form minus registry, where the two differ.
    """
    days = (pl.col("birth") - pl.col("r_n_birth")).dt.total_days().cast(pl.Int32)
    compared = _compared()
    return flagged.select(
        "row",
        *_SENDER,
        days=pl.when(compared & (days != 0)).then(days),
        sex_inverted=(compared & (pl.col("sex_code") != pl.col("r_n_sex"))).fill_null(value=False),
        dates_shifted=(compared & (days != 0)).fill_null(value=False),
        # 1985-01-04 for 1985-04-01: a program took the month for the day.
        dates_turned=(compared & (pl.col("slip") == "day_month_swapped")).fill_null(value=False),
        kana_lost=any_of(pl.col("kana_state") == "blank", pl.col("name_kana").str.contains(_LOST)),
        kanji_lost=any_of(pl.col("kanji_blank"), pl.col("name_kanji").str.contains(_LOST)),
        columns_shifted=columns_shifted(),
        columns_swapped=columns_swapped() & ~columns_shifted(),
    )


def find_systematic(flagged: pl.DataFrame, all_totals: pl.DataFrame) -> pl.DataFrame:
    """The faults found (`SYSTEMATIC_SCHEMA`), one row a sender and fault.

    ``flagged``: `signs` of all slices; ``all_totals``: `totals` of all slices. ``office_code`` is
    null where the whole file has the fault; then it is not said of each of its offices again.
    """
    if flagged.is_empty():
        return pl.DataFrame(schema=SYSTEMATIC_SCHEMA)
    by_file = _of_senders(flagged, all_totals, ["source"])
    by_office = _of_senders(flagged, all_totals, list(_SENDER))
    left = by_office.join(by_file, on=["source", "fault"], how="anti")
    return pl.concat([by_file, left]).sort("source", "fault", "office_code", nulls_last=False)


def _of_senders(rows: pl.DataFrame, all_totals: pl.DataFrame, sender: list[str]) -> pl.DataFrame:
    sums = all_totals.group_by(sender).agg(pl.col("records", "compared").sum())
    found = []
    for fault in FAULTS:
        keys = [*sender, "days"] if fault == "dates_shifted" else sender
        shown = rows.filter(fault).group_by(keys).agg(shown=pl.len())
        if fault == "dates_shifted":
            shown = shown.sort("shown", "days", descending=[True, False]).unique(
                sender, keep="first"
            )
        else:
            shown = shown.with_columns(days=pl.lit(None, dtype=pl.Int32))
        of = "records" if fault in _ON_PAPER else "compared"
        groups = shown.join(sums, on=sender, nulls_equal=True).filter(
            (pl.col("shown") >= FEWEST) & (pl.col("shown") > SHARE * pl.col(of))
        )
        office = pl.col("office_code") if "office_code" in sender else pl.lit(None)
        found.append(
            groups.select(
                fault=pl.lit(fault),
                source="source",
                office_code=office.cast(pl.String),
                records=pl.col("shown").cast(pl.UInt32),
                of=pl.col(of).cast(pl.UInt32),
                days=pl.col("days").cast(pl.Int32),
            )
        )
    return pl.concat(found)


def affected(flagged: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """``row, systematic`` (the fault) of the records that show a fault of their sender."""
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "systematic": pl.String})]
    for fault, source, office, days in faults.select(
        "fault", "source", "office_code", "days"
    ).iter_rows():
        sent = pl.col("source") == source
        if office is not None:
            sent = sent & (pl.col("office_code") == office)
        shows = pl.col("days") == days if fault == "dates_shifted" else pl.col(fault)
        parts.append(flagged.filter(sent & shows).select("row", systematic=pl.lit(fault)))
    return pl.concat(parts).unique("row", keep="first", maintain_order=True)
