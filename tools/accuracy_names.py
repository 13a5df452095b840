"""How well `compare name` agrees with the labelled pairs of fixtures/name_pairs.

    python tools/accuracy_names.py                 figures by label; misses of the build split by kind
    python tools/accuracy_names.py --kinds         every kind with its figures
    python tools/accuracy_names.py --show KIND     the missed pairs of one kind (build split only)
    python tools/accuracy_names.py --joyo          every pair of 常用漢字 that the program joins
    python tools/accuracy_names.py --write         docs/name-accuracy.md, joyo figures included

Pairs of the held-back split are only ever counted, never shown: whoever improves the comparison
must not see them. Exit 1 if a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path

import polars as pl

from name_pairs.pairs import BUILD, COLUMNS, HELD_BACK, SEED, kinds_held_back, labelled_pairs
from validator import compare_names

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "name-accuracy.md"
JOYO = ROOT / "fixtures" / "name_pairs" / "data" / "joyo.txt"
INPUT = list(COLUMNS[:6])
LEVELS = ("same", "equivalent", "similar", "different")
FINE = ("same", "equivalent", "undecidable")
FOUND_BAR, AGREEMENT_BAR = 99.5, 97.0
CHUNK = 200_000


def judged(seed: int) -> pl.DataFrame:
    """Labelled pairs beside ``level, level_kanji, level_kana, steps``; four-level columns, ``ok``."""
    pairs = pl.DataFrame(labelled_pairs(seed), schema=list(COLUMNS), orient="row")
    # Empty cells reach the function as a CSV reader leaves them.
    found = compare_names(pairs.select(pl.col(INPUT).replace("", None)))
    table = pairs.hstack(found.select("level", "level_kanji", "level_kana", "steps"))
    return table.with_columns(
        want=pl.col("expected").replace("undecidable", "equivalent"),
        got=pl.col("level").replace("undecidable", "equivalent"),
    ).with_columns(
        ok=pl.col("want") == pl.col("got"),
        must_merge=pl.col("expected").is_in(("equivalent", "undecidable")),
        merged=pl.col("level").is_in(FINE),
    )


def figures(table: pl.DataFrame) -> dict[str, float]:
    """The figures that count, of one split."""
    must, must_not = table.filter("must_merge"), table.filter(pl.col("expected").is_in(LEVELS[2:]))
    placeholders = table.filter(expected="undecidable")
    return {
        "pairs": table.height,
        "equivalent": must.height,
        "found": must.filter("merged").height,
        "must_not": must_not.height,
        "merged": must_not.filter("merged").height,
        "agree": table.filter("ok").height,
        "placeholders": placeholders.height,
        "undecidable": placeholders.filter(level="undecidable").height,
    }


def share(part: float, whole: float) -> float:
    """Per cent; 100 of nothing."""
    return 100 * part / whole if whole else 100.0


def by_kind(table: pl.DataFrame) -> pl.DataFrame:
    """One row a kind: pairs and agreement in each split, wrongly merged."""
    build, held = pl.col("split") == BUILD, pl.col("split") == HELD_BACK
    wrongly = pl.col("merged") & pl.col("expected").is_in(LEVELS[2:])
    return (
        table.group_by("kind", maintain_order=True)
        .agg(
            pl.col("expected").first(),
            build=build.sum(),
            build_ok=(build & pl.col("ok")).sum(),
            held=held.sum(),
            held_ok=(held & pl.col("ok")).sum(),
            wrongly_merged=wrongly.sum(),
            source=pl.when(pl.col("source").n_unique() > 1)
            .then(pl.lit("by pair"))
            .otherwise(pl.col("source").first())
            .first(),
        )
        .sort("expected", "kind")
    )


def confusion(table: pl.DataFrame) -> list[list[int]]:
    """Counts: row expected, column found, in the order of ``LEVELS``; last column any other."""
    seen: dict[tuple[str, str], int] = {}
    for want, got, number in table.group_by("want", "got").len().iter_rows():
        seen[want, got] = number
    rows = []
    for want in LEVELS:
        known = [seen.get((want, got), 0) for got in LEVELS]
        rows.append([*known, sum(n for (w, _), n in seen.items() if w == want) - sum(known)])
    return rows


def joyo_merges() -> tuple[pl.DataFrame, int, float]:
    """Pairs of 常用漢字 that the program joins, how many pairs there are, seconds.

    Every pair stands once as two given names under one surname and one reading; what is joined is
    tried the other way round too (column ``both_ways``).
    """
    pairs = combinations(JOYO.read_text("utf-8").strip(), 2)
    joined, total, start = [], 0, time.perf_counter()
    while chunk := list(islice(pairs, CHUNK)):
        total += len(chunk)
        joined.append(_joined(chunk))
    found = pl.concat(joined)
    turned = _joined(list(zip(found["two"], found["one"], strict=True)))
    back = turned.select(one="two", two="one", both_ways=pl.lit(value=True))
    found = found.join(back, on=("one", "two"), how="left", maintain_order="left")
    seconds = time.perf_counter() - start
    return found.with_columns(pl.col("both_ways").fill_null(value=False)), total, seconds


def _joined(chunk: list[tuple[str, str]]) -> pl.DataFrame:
    frame = pl.DataFrame(chunk, schema={"one": pl.String, "two": pl.String}, orient="row")
    found = compare_names(
        frame.with_columns(
            submitted_kanji="見本\u3000" + pl.col("one"),
            submitted_kana=pl.lit("ミホン\u3000サツ"),
            registry_kanji="見本\u3000" + pl.col("two"),
            registry_kana=pl.lit("ミホン\u3000サツ"),
        )
    )
    return found.filter(pl.col("level").is_in(FINE)).select("one", "two", "level", "steps")


def headline(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: the figures of both splits and of all."""
    yield "| split | pairs | equivalents found | wrongly merged | 4-level agreement | placeholders `undecidable` |"
    yield "|---|---|---|---|---|---|"
    for name, part in (
        ("build", table.filter(split=BUILD)),
        ("held back", table.filter(split=HELD_BACK)),
        ("all", table),
    ):
        f = figures(part)
        yield (
            f"| {name} | {f['pairs']:,} | {f['found']:,} of {f['equivalent']:,} = "
            f"{share(f['found'], f['equivalent']):.2f} % | {f['merged']} of {f['must_not']:,} | "
            f"{share(f['agree'], f['pairs']):.2f} % | {f['undecidable']} of {f['placeholders']} |"
        )


def confusion_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: expected against found."""
    yield "| expected \\ found | " + " | ".join(LEVELS) + " | other |"
    yield "|---" * (len(LEVELS) + 2) + "|"
    for level, row in zip(LEVELS, confusion(table), strict=True):
        yield f"| {level} | " + " | ".join(f"{n:,}" for n in row) + " |"


def kind_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: every kind."""
    yield "| kind | expected | build | held back | wrongly merged | label from |"
    yield "|---|---|---|---|---|---|"
    for row in by_kind(table).iter_rows(named=True):
        yield (
            f"| `{row['kind']}` | {row['expected']} | {row['build_ok']} of {row['build']} | "
            f"{row['held_ok']} of {row['held']} | {row['wrongly_merged']} | {row['source']} |"
        )


def joyo_lines(merges: pl.DataFrame, total: int) -> Iterator[str]:
    """The pairs of 常用漢字 that are joined."""
    yield f"{merges.height} of {total:,} pairs of the 2,136 常用漢字 are joined."
    for row in merges.iter_rows(named=True):
        ways = "" if row["both_ways"] else ", this way round only"
        yield f"- {row['one']} / {row['two']}: {row['level']}, {row['steps']}{ways}"


def report(table: pl.DataFrame, merges: pl.DataFrame, total: int) -> str:
    """The page docs/name-accuracy.md."""
    lines = [
        "# Accuracy of `validator compare name`",
        "",
        f"Made by `python tools/accuracy_names.py --write` from {table.height:,} labelled pairs of",
        f"{table['kind'].n_unique()} kinds (`fixtures/name_pairs`, seed {SEED}). Labels come from the contract of the",
        "comparison, from lists typed by hand, and from tables that the comparison does not use",
        "(`fixtures/name_pairs/data/SOURCES.md`). A third of every kind, and a fifth of the kinds entirely, are held",
        "back: whoever works on the comparison sees their counts, never the pairs. The names are random",
        "combinations of listed parts; they belong to nobody.",
        "",
        "Equivalents found: pairs labelled `equivalent` or `undecidable` that come out as `same`, `equivalent` or",
        "`undecidable`. Wrongly merged: pairs labelled `similar` or `different` that do. In four-level figures",
        "`undecidable` counts as `equivalent`.",
        "",
        *headline(table),
        "",
        "## Expected against found",
        "",
    ]
    for name, split in (("Build", BUILD), ("Held back", HELD_BACK)):
        lines += [f"{name}:", "", *confusion_lines(table.filter(split=split)), ""]
    lines += [
        "## Kinds",
        "",
        *kind_lines(table),
        "",
        "## 常用漢字",
        "",
        *joyo_lines(merges, total),
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
            f"  {row['kind']:40} {row['expected']:12} build {row['build'] - row['build_ok']:3} of {row['build']:3}"
            f"   held back {row['held'] - row['held_ok']:3} of {row['held']:3}   wrongly merged {row['wrongly_merged']}"
        )


def show(table: pl.DataFrame, kind: str) -> None:
    """The missed pairs of one kind, build split."""
    of_kind = table.filter(kind=kind)
    if of_kind.is_empty():
        sys.exit(f"no kind {kind}; see --kinds")
    missed = of_kind.filter(~pl.col("ok"))
    seen = missed.filter(split=BUILD)
    for row in seen.iter_rows(named=True):
        submitted = f"{row['submitted_kanji']!r} {row['submitted_kana']!r}"
        registry = f"{row['registry_kanji']!r} {row['registry_kana']!r}"
        alias = f" alias {row['alias_kanji']!r} {row['alias_kana']!r}" if row["alias_kanji"] else ""
        print(f"{submitted}  |  {registry}{alias}")
        print(
            f"    expected {row['expected']}, found {row['level']} (kanji {row['level_kanji']}, kana {row['level_kana']})"
            f" {row['steps']}   [{row['source']}]"
        )
    print(
        f"{seen.height} missed in the build split, {missed.height - seen.height} held back (not shown)"
    )


def bars_met(table: pl.DataFrame) -> bool:
    """Equivalents found, none wrongly merged, four-level agreement, in each split."""
    each = [figures(table.filter(split=split)) for split in (BUILD, HELD_BACK)]
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
    parser.add_argument("--joyo", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.joyo and not options.write:
        merges, total, seconds = joyo_merges()
        print("\n".join(joyo_lines(merges, total)), f"({seconds:.0f} s)", sep="\n")
        return 0
    table = judged(options.seed)
    if options.show:
        show(table, options.show)
        return 0
    print("\n".join(headline(table)))
    for split in (BUILD, HELD_BACK):
        print(f"\n{split}", *confusion_lines(table.filter(split=split)), sep="\n")
    if options.kinds:
        print("\nheld back entirely: " + ", ".join(sorted(kinds_held_back(options.seed))) + "\n")
        print("\n".join(kind_lines(table)))
    else:
        print_misses(table)
    if options.write:
        merges, total, _ = joyo_merges()
        TARGET.write_text(report(table, merges, total), "utf-8")
    return 0 if bars_met(table) else 1


if __name__ == "__main__":
    sys.exit(main())
