"""The bare floor: the least that polars must do for such a job, and nothing else.

    python -m benchmarks.floor BATCH REGISTRY_PARQUET OUT

Read, fold the width of number, kanji, kana and address, compute the check digit, join, compare
the five items, write three CSV files and one Parquet file. No rules, no ladder, no messages, no
checks of the input: its verdicts are not to be used.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FOLDED = ("name_kanji", "name_kana", "address")
_FILES = {"pass": "accepted.csv", "hold": "held.csv", "return": "returned.csv"}


def _fits() -> pl.Expr:
    number = pl.col("number")
    total = pl.sum_horizontal(
        (number // 10 ** (11 - place) % 10) * weight for place, weight in enumerate(_WEIGHTS)
    )
    rest = total % 11
    return number % 10 == pl.when(rest <= 1).then(0).otherwise(11 - rest)


def run(batch: Path, registry: Path, out: Path) -> None:
    """Read, fold, join, compare, write."""
    submitted = pl.read_csv(batch, infer_schema=False)
    columns = submitted.columns
    folded = submitted.with_columns(
        pl.col("my_number").str.normalize("NFKC").cast(pl.Int64, strict=False).alias("number"),
        *(pl.col(item).str.normalize("NFKC").alias(f"f_{item}") for item in _FOLDED),
    )
    holders = pl.read_parquet(registry).rename(
        {"f_kanji": "r_f_name_kanji", "f_kana": "r_f_name_kana", "f_address": "r_f_address"}
        | {item: f"r_{item}" for item in (*_FOLDED, "birth_date", "sex")}
    )
    joined = folded.join(holders, on="number", how="left", maintain_order="left")
    same = [
        *(
            (pl.col(i) == pl.col(f"r_{i}")) | (pl.col(f"f_{i}") == pl.col(f"r_f_{i}"))
            for i in _FOLDED
        ),
        *(pl.col(i) == pl.col(f"r_{i}") for i in ("birth_date", "sex")),
    ]
    judged = joined.with_columns(
        verdict=pl.when(~_fits().fill_null(value=False))
        .then(pl.lit("return"))
        .when(pl.all_horizontal(same).fill_null(value=False))
        .then(pl.lit("pass"))
        .otherwise(pl.lit("hold"))
    )
    out.mkdir(parents=True)
    for verdict, name in _FILES.items():
        judged.filter(pl.col("verdict") == verdict).select(columns).write_csv(out / name)
    levels = [one.alias(f"same_{position}") for position, one in enumerate(same)]
    judged.select("verdict", *levels).write_parquet(out / "records.parquet", compression="zstd")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line of the floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor", description=__doc__)
    parser.add_argument("batch", type=Path)
    parser.add_argument("registry", type=Path, help="Parquet of raw and folded columns")
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    os.umask(0o077)
    run(options.batch, options.registry, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
