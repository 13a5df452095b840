"""The project's own accuracy report: labelled synthetic records against the decisions.

    python tools/accuracy.py [--write] [--rows 20000] [--seeds 1 2 3 4 5] [--scope main names addresses]

Prints every disagreement by kind; with ``--write`` makes docs/accuracy.md. Exit 1 if a real
difference passed, a mere notation was held, or any verdict, class or cause disagrees.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from shikaku_world.batches import World, make_batch
from shikaku_world.kinds import KINDS
from shikaku_world.presets import accuracy
from shikaku_world.writers import write
from validator.checking import Options, check_files

AS_OF = date(2026, 11, 23)
TARGET = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"


def judge(world: World, folder: Path) -> pl.DataFrame:
    """Labels beside what the program decided: one row a record."""
    write(world.batch, folder / "batch.csv", "csv")
    write(world.registry, folder / "registry.csv", "csv")
    checked = check_files(
        [folder / "batch.csv"], Options(registry=folder / "registry.csv", as_of=world.as_of)
    )
    decided = checked.records().select(
        "line",
        "findings",
        "same_person",
        got_verdict="verdict",
        got_class="hold_class",
        got_cause="cause",
        levels=pl.concat_list(pl.col("^level_.*$")),
    )
    return world.labels.join(decided, on="line", how="left", maintain_order="left").with_columns(
        verdict_ok=pl.col("verdict") == pl.col("got_verdict"),
        class_ok=pl.col("hold_class").eq_missing(pl.col("got_class")),
        cause_ok=pl.col("cause").is_null() | pl.col("cause").eq_missing(pl.col("got_cause")),
    )


def by_kind(judged: pl.DataFrame) -> pl.DataFrame:
    """Agreement for each kind alone (records with exactly one kind)."""
    alone = judged.filter(pl.col("kinds").list.len() == 1).with_columns(
        kind=pl.col("kinds").list.first()
    )
    return (
        alone.group_by("kind")
        .agg(
            records=pl.len(),
            expected=pl.concat_str("verdict", pl.col("hold_class").fill_null(""), separator=" ")
            .first()
            .str.strip_chars(),
            verdict_ok=pl.col("verdict_ok").sum(),
            class_ok=pl.col("class_ok").sum(),
            cause_asserted=pl.col("cause").is_not_null().sum(),
            cause_ok=(pl.col("cause_ok") & pl.col("cause").is_not_null()).sum(),
        )
        .sort("kind")
    )


def totals(judged: pl.DataFrame) -> dict[str, int]:
    """The figures that count."""
    real = pl.col("verdict") != "pass"
    return {
        "records": judged.height,
        "combined": judged.filter(pl.col("kinds").list.len() > 1).height,
        "clean": judged.filter(pl.col("kinds").list.len() == 0).height,
        "real differences that passed": judged.filter(
            real & (pl.col("got_verdict") == "pass")
        ).height,
        "notation or clean records held or returned": judged.filter(
            ~real & (pl.col("got_verdict") != "pass")
        ).height,
        "returns that were not returned": judged.filter(
            (pl.col("verdict") == "return") & (pl.col("got_verdict") != "return")
        ).height,
        "verdict disagreements": judged.filter(~pl.col("verdict_ok")).height,
        "hold class disagreements": judged.filter(~pl.col("class_ok")).height,
        "causes asserted": judged.filter(pl.col("cause").is_not_null()).height,
        "cause disagreements": judged.filter(~pl.col("cause_ok")).height,
    }


def page(judged: pl.DataFrame, seeds: Sequence[int]) -> str:
    """docs/accuracy.md."""
    kinds = by_kind(judged)
    lines = [
        "# Accuracy",
        "",
        (
            f"Made by `make accuracy`: {judged.height:,} labelled synthetic records, seeds {', '.join(map(str, seeds))},"
            f" {kinds.height} kinds alone and in combination, as of {AS_OF}. The labels are derived from the contract by"
            " `fixtures/shikaku_world`, which does not import the program. Nobody in the data is real."
        ),
        "",
        "| figure | count |",
        "|---|---:|",
        *(f"| {name} | {value:,} |" for name, value in totals(judged).items()),
        "",
        "## By kind (records with this kind alone)",
        "",
        "| kind | what it is | sentence of the contract | expected | records | verdict right | class right | cause right |",
        "|---|---|---|---|---:|---:|---:|---:|",
    ]
    for row in kinds.iter_rows(named=True):
        cause = f"{row['cause_ok']:,} / {row['cause_asserted']:,}" if row["cause_asserted"] else ""
        about = KINDS[row["kind"]].about.replace("|", "/")
        lines.append(
            f"| `{row['kind']}` | {about} | {KINDS[row['kind']].sentence} | {row['expected']} | {row['records']:,} | {row['verdict_ok']:,} | {row['class_ok']:,} | {cause} |"
        )
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Judge all seeds; 0 if everything agrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--scope", nargs="+", default=["main", "names", "addresses"])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    parts = []
    for seed in args.seeds:
        with tempfile.TemporaryDirectory() as folder:
            world = make_batch(args.rows // len(args.seeds), seed, AS_OF, accuracy(args.scope))
            parts.append(judge(world, Path(folder)).with_columns(seed=pl.lit(seed)))
    judged = pl.concat(parts)
    wrong = judged.filter(~pl.col("verdict_ok") | ~pl.col("class_ok") | ~pl.col("cause_ok"))
    with pl.Config(
        tbl_rows=200,
        tbl_cols=20,
        fmt_str_lengths=70,
        tbl_width_chars=230,
        fmt_table_cell_list_len=12,
    ):
        shown = wrong.with_columns(
            pl.col("kinds").list.join("+"), pl.col("findings").list.join(" ")
        )
        sys.stdout.write(
            f"{shown.group_by('kinds', 'verdict', 'hold_class', 'cause', 'got_verdict', 'got_class', 'got_cause').agg(pl.len(), pl.col('findings').first(), pl.col('line').first(), pl.col('seed').first()).sort('len', descending=True)}\n"
        )
    for name, value in totals(judged).items():
        sys.stdout.write(f"{name}: {value:,}\n")
    if args.write:
        TARGET.write_text(page(judged, args.seeds), encoding="utf-8")
    return 1 if wrong.height else 0


if __name__ == "__main__":
    raise SystemExit(main())
