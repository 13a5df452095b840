"""What a batch is made of, and whether two programs judged it alike: counted, printed as JSON.

    python -m benchmarks.makeup BATCH REGISTRY RECORDS [--baseline RECORDS_CSV]

``RECORDS``: ``records.parquet`` of a check of the batch. Counts only, no submitted value. A process
of its own, so that the measuring one stays small.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl

ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")


def make_up(batch: Path, registry: Path, records: Path) -> dict[str, object]:
    """Shares by what is submitted and decided, distinct values, levels other than ``same``."""
    submitted = pl.read_csv(batch, infer_schema=False).with_row_index("line", offset=2)
    known = pl.read_csv(registry, infer_schema=False).unique("my_number", keep="first")
    known = known.select("my_number", *(pl.col(item).alias(f"r_{item}") for item in ITEMS))
    levels = ("my_number", *ITEMS)
    decided = pl.read_parquet(
        records, columns=["line", "verdict", "hold_class", *(f"level_{item}" for item in levels)]
    )
    as_written = pl.all_horizontal(pl.col(item) == pl.col(f"r_{item}") for item in ITEMS)
    rows = (
        submitted.join(known, on="my_number", how="left", maintain_order="left")
        .with_columns(as_written.fill_null(value=False).alias("as_written"))
        .with_columns(pl.col("line").cast(pl.Int64))
        .join(decided, on="line", how="left")
    )
    passed = pl.col("verdict") == "pass"
    elsewhere = _other_notation()
    counts = rows.select(
        equal_as_written=(passed & pl.col("as_written") & ~elsewhere).sum(),
        notation_compared=(passed & ~pl.col("as_written")).sum(),
        notation_elsewhere=(passed & pl.col("as_written") & elsewhere).sum(),
        held=(pl.col("verdict") == "hold").sum(),
        returned=(pl.col("verdict") == "return").sum(),
    ).row(0, named=True)
    classes = rows["hold_class"].drop_nulls().value_counts().sort("hold_class")
    distinct = rows.select(pl.col(item).n_unique() for item in levels)
    equivalent = rows.select((pl.col(f"level_{i}") == "equivalent").sum().alias(i) for i in levels)
    return {
        "records": rows.height,
        "registry": known.height,
        "counts": counts,
        "by_class": dict(classes.iter_rows()),
        "distinct": distinct.row(0, named=True),
        "equivalent": equivalent.row(0, named=True),
    }


def _other_notation() -> pl.Expr:
    """True where a column that is not compared is written in an unusual way."""
    plain = {
        "acquired_on": r"^\d{4}-\d{2}-\d{2}$",
        "received_on": r"^\d{4}-\d{2}-\d{2}$",
        "postal_code": r"^[0-9]{3}-[0-9]{4}$",
        "certificate_needed": "^1$",
    }
    unusual = [~pl.col(column).str.contains(pattern) for column, pattern in plain.items()]
    return pl.any_horizontal(unusual).fill_null(value=False)


def disagreements(records: Path, baseline: Path) -> int:
    """Records whose verdict or hold class the baseline sees otherwise, or sees not at all."""
    ours = pl.read_parquet(records, columns=["line", "verdict", "hold_class"])
    theirs = pl.read_csv(baseline, infer_schema=False).select(
        pl.col("line").cast(pl.Int64), "verdict", "hold_class"
    )
    both = ours.join(theirs, on="line", how="full", suffix="_baseline")
    other_verdict = pl.col("verdict").ne_missing(pl.col("verdict_baseline"))
    other_class = pl.col("hold_class").ne_missing(pl.col("hold_class_baseline"))
    return both.filter(other_verdict | other_class).height


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.makeup", description=__doc__)
    parser.add_argument("batch", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--baseline", type=Path)
    options = parser.parse_args(arguments)
    found = make_up(options.batch, options.registry, options.records)
    if options.baseline is not None:
        found["disagreements"] = disagreements(options.records, options.baseline)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
