"""How well `compare address` and `parse address` agree with fixtures/address_pairs.

    python tools/accuracy_addresses.py               figures by label; misses of the build split by kind
    python tools/accuracy_addresses.py --kinds       every kind with its figures
    python tools/accuracy_addresses.py --show KIND   the missed pairs or splits of one kind (build split only)
    python tools/accuracy_addresses.py --write       docs/address-accuracy.md

Pairs and addresses of the held-back split are only ever counted, never shown: whoever improves the
comparison must not see them. Exit 1 if a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from address_pairs.drafts import KINDS
from address_pairs.pairs import BUILD, COLUMNS, HELD_BACK, SEED, kinds_held_back, labelled_pairs
from address_pairs.splits import SPLIT_COLUMNS, labelled_splits
from validator import compare_addresses
from validator.fields.address.parse import parse_addresses

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "address-accuracy.md"
LEVELS = ("same", "equivalent", "similar", "different")
FINE = ("same", "equivalent")
MUST_NOT = ("similar", "different")
PARTS = list(SPLIT_COLUMNS[1:6])
FOUND_BAR, AGREEMENT_BAR = 99.5, 96.0
SPLITS = (("build", BUILD), ("held back", HELD_BACK))


def judged(seed: int) -> pl.DataFrame:
    """Labelled pairs beside ``level, steps``; ``ok``, ``must_merge``, ``merged``, ``family``."""
    pairs = pl.DataFrame(labelled_pairs(seed), schema=list(COLUMNS), orient="row")
    found = compare_addresses(pairs.select("submitted", "registry"))
    family = {kind.name: kind.family for kind in KINDS.values()}
    return pairs.hstack(found.select("level", "steps")).with_columns(
        family=pl.col("kind").replace_strict(family, return_dtype=pl.String),
        ok=pl.col("expected") == pl.col("level"),
        must_merge=pl.col("expected") == "equivalent",
        must_not=pl.col("expected").is_in(MUST_NOT),
        merged=pl.col("level").is_in(FINE),
    )


def split_judged(seed: int) -> pl.DataFrame:
    """Addresses with their parts, the parts found (``…_found``), ``whole`` and ``PART_ok``."""
    rows = pl.DataFrame(labelled_splits(seed), schema=list(SPLIT_COLUMNS), orient="row")
    found = parse_addresses(rows.select("address"))
    table = rows.hstack(found.select(pl.col(p).fill_null("").alias(f"{p}_found") for p in PARTS))
    table = table.with_columns((pl.col(p) == pl.col(f"{p}_found")).alias(f"{p}_ok") for p in PARTS)
    return table.with_columns(whole=pl.all_horizontal(pl.col(f"{p}_ok") for p in PARTS))


def figures(table: pl.DataFrame) -> dict[str, int]:
    """The figures that count, of one split."""
    return {
        "pairs": table.height,
        "equivalent": table["must_merge"].sum(),
        "found": table.filter("must_merge", "merged").height,
        "must_not": table["must_not"].sum(),
        "merged": table.filter("must_not", "merged").height,
        "lost": table.filter(expected="similar", level="different").height,
        "agree": table["ok"].sum(),
    }


def share(part: float, whole: float) -> float:
    """Per cent; 100 of nothing."""
    return 100 * part / whole if whole else 100.0


def by_kind(table: pl.DataFrame) -> pl.DataFrame:
    """One row a kind: pairs and agreement in each split, wrongly merged."""
    build, held = pl.col("split") == BUILD, pl.col("split") == HELD_BACK
    return (
        table.group_by("family", "kind", "expected", maintain_order=True)
        .agg(
            build=build.sum(),
            build_ok=(build & pl.col("ok")).sum(),
            held=held.sum(),
            held_ok=(held & pl.col("ok")).sum(),
            wrongly_merged=(pl.col("merged") & pl.col("must_not")).sum(),
        )
        .sort("expected", "family", "kind")
    )


def by_family(table: pl.DataFrame) -> pl.DataFrame:
    """One row a family of kinds and label."""
    return (
        by_kind(table)
        .group_by("expected", "family")
        .agg(
            pl.len().alias("kinds"),
            pl.col("build", "build_ok", "held", "held_ok", "wrongly_merged").sum(),
        )
        .sort("expected", "family")
    )


def headline(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: the figures of both splits and of all."""
    yield "| split | pairs | equivalents found | wrongly merged | `similar` called `different` | 4-level agreement |"
    yield "|---|---|---|---|---|---|"
    parts = [(name, table.filter(split=split)) for name, split in SPLITS]
    for name, part in (*parts, ("all", table)):
        f = figures(part)
        yield (
            f"| {name} | {f['pairs']:,} | {f['found']:,} of {f['equivalent']:,} = "
            f"{share(f['found'], f['equivalent']):.2f} % | {f['merged']} of {f['must_not']:,} | "
            f"{f['lost']} | {share(f['agree'], f['pairs']):.2f} % |"
        )


def confusion_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: expected against found."""
    seen = {(e, g): n for e, g, n in table.group_by("expected", "level").len().iter_rows()}
    yield "| expected \\ found | " + " | ".join(LEVELS) + " | other |"
    yield "|---" * (len(LEVELS) + 2) + "|"
    for level in LEVELS:
        known = [seen.get((level, found), 0) for found in LEVELS]
        other = sum(n for (expected, _), n in seen.items() if expected == level) - sum(known)
        yield f"| {level} | " + " | ".join(f"{n:,}" for n in (*known, other)) + " |"


def family_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: families of kinds."""
    yield "| expected | family | kinds | build | held back | wrongly merged |"
    yield "|---|---|---|---|---|---|"
    for row in by_family(table).iter_rows(named=True):
        yield (
            f"| {row['expected']} | {row['family']} | {row['kinds']} | {row['build_ok']} of {row['build']} | "
            f"{row['held_ok']} of {row['held']} | {row['wrongly_merged']} |"
        )


def kind_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: every kind."""
    yield "| kind | family | expected | build | held back | wrongly merged |"
    yield "|---|---|---|---|---|---|"
    for row in by_kind(table).iter_rows(named=True):
        yield (
            f"| `{row['kind']}` | {row['family']} | {row['expected']} | {row['build_ok']} of {row['build']} | "
            f"{row['held_ok']} of {row['held']} | {row['wrongly_merged']} |"
        )


def split_headline(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: parts found, by split."""
    yield "| split | addresses | " + " | ".join(PARTS) + " | all of them |"
    yield "|---" * (len(PARTS) + 3) + "|"
    parts = [(name, table.filter(split=split)) for name, split in SPLITS]
    for name, rows in (*parts, ("all", table)):
        each = [rows[f"{p}_ok"].sum() for p in PARTS] + [rows["whole"].sum()]
        cells = " | ".join(f"{share(n, rows.height):.2f} %" for n in each)
        yield f"| {name} | {rows.height:,} | {cells} |"


def split_kind_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: addresses with all parts right, by kind."""
    yield "| kind | build | held back |"
    yield "|---|---|---|"
    build, held = pl.col("split") == BUILD, pl.col("split") == HELD_BACK
    kinds = table.group_by("kind", maintain_order=True).agg(
        build=build.sum(),
        build_ok=(build & pl.col("whole")).sum(),
        held=held.sum(),
        held_ok=(held & pl.col("whole")).sum(),
    )
    for row in kinds.iter_rows(named=True):
        yield (
            f"| `{row['kind']}` | {row['build_ok']} of {row['build']} | "
            f"{row['held_ok']} of {row['held']} |"
        )


def report(table: pl.DataFrame, splits: pl.DataFrame) -> str:
    """The page docs/address-accuracy.md."""
    lines = [
        "# Accuracy of `validator compare address` and `validator parse address`",
        "",
        f"Made by `python tools/accuracy_addresses.py --write` from {table.height:,} labelled pairs of",
        f"{table['kind'].n_unique()} kinds and {splits.height:,} addresses with known parts (`fixtures/address_pairs`,",
        f"seed {SEED}). The towns are real and drawn over all prefectures; numbers, buildings and rooms are",
        "invented. The label follows from how a pair is made: one address in two notations is `equivalent`, with",
        "one part exchanged it is `similar` or `different`. Nothing of the comparison is used to make pairs.",
        "A third of the kinds entirely, and a third of every other kind, are held back: whoever works on the",
        "comparison sees their counts, never the pairs.",
        "",
        "Equivalents found: pairs labelled `equivalent` that come out as `equivalent` or `same`. Wrongly merged:",
        "pairs labelled `similar` or `different` that do.",
        "",
        *headline(table),
        "",
        "## Expected against found",
        "",
    ]
    for name, split in SPLITS:
        lines += [f"{name.capitalize()}:", "", *confusion_lines(table.filter(split=split)), ""]
    lines += [
        "## Parts of an address",
        "",
        *split_headline(splits),
        "",
        *split_kind_lines(splits),
        "",
        "## Families of kinds",
        "",
        *family_lines(table),
        "",
        "## Kinds",
        "",
        *kind_lines(table),
        "",
    ]
    return "\n".join(lines)


def print_misses(table: pl.DataFrame) -> None:
    """Misses by kind; pairs of the build split can be seen with --show, the others never."""
    missed = by_kind(table).filter(
        (pl.col("build_ok") < pl.col("build")) | (pl.col("held_ok") < pl.col("held"))
    )
    print(f"\nmisses by kind ({missed.height} kinds)")
    for row in missed.iter_rows(named=True):
        print(
            f"  {row['kind']:36} {row['expected']:11} build {row['build'] - row['build_ok']:3} of {row['build']:3}"
            f"   held back {row['held'] - row['held_ok']:3} of {row['held']:3}   wrongly merged {row['wrongly_merged']}"
        )


def show(table: pl.DataFrame, splits: pl.DataFrame, kind: str) -> None:
    """The missed pairs and addresses of one kind, build split."""
    pairs, rows = table.filter(kind=kind), splits.filter(kind=kind)
    if pairs.is_empty() and rows.is_empty():
        sys.exit(f"no kind {kind}; see --kinds")
    missed, wrong = pairs.filter(~pl.col("ok")), rows.filter(~pl.col("whole"))
    for row in missed.filter(split=BUILD).iter_rows(named=True):
        print(f"{row['submitted']!r}  |  {row['registry']!r}")
        print(f"    expected {row['expected']}, found {row['level']}: {row['steps']}")
    for row in wrong.filter(split=BUILD).iter_rows(named=True):
        print(repr(row["address"]))
        for part in PARTS:
            if not row[f"{part}_ok"]:
                print(f"    {part}: expected {row[part]!r}, found {row[f'{part}_found']!r}")
    both = pl.concat([missed.select("split"), wrong.select("split")])
    held = both.filter(split=HELD_BACK).height
    print(f"{both.height - held} missed in the build split, {held} held back (not shown)")


def bars_met(table: pl.DataFrame) -> bool:
    """Equivalents found, none wrongly merged, four-level agreement, in each split."""
    each = [figures(table.filter(split=split)) for _, split in SPLITS]
    return all(
        share(f["found"], f["equivalent"]) >= FOUND_BAR
        and f["merged"] == 0
        and share(f["agree"], f["pairs"]) >= AGREEMENT_BAR
        for f in each
    )


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--show", metavar="KIND")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table, splits = judged(options.seed), split_judged(options.seed)
    if options.show:
        show(table, splits, options.show)
        return 0
    print("\n".join(headline(table)))
    for name, split in SPLITS:
        print(f"\n{name}", *confusion_lines(table.filter(split=split)), sep="\n")
    print("", *split_headline(splits), "", *split_kind_lines(splits), "", sep="\n")
    print("\n".join(family_lines(table)))
    if options.kinds:
        print("\nheld back entirely: " + ", ".join(sorted(kinds_held_back(options.seed))) + "\n")
        print("\n".join(kind_lines(table)))
    else:
        print_misses(table)
    if options.write:
        TARGET.write_text(report(table, splits), "utf-8")
    return 0 if bars_met(table) else 1


if __name__ == "__main__":
    sys.exit(main())
