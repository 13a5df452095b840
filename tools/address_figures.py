"""How well `parse_addresses` reads every town of the postal data: docs/address-parsing.md.

    python tools/address_figures.py [--write] [--places 20000] [--seed 20261123]

Needs only the packaged data, no network; under a minute. Without ``--write`` the page is printed,
with examples of every cause of a miss behind it. Exit 1 if a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from address_places import bare, every_town, postal_towns, sample
from address_rewriting import KINDS, OLD, SEVERAL, Place, kanji, rewritings, write

from validator.fields.address.parse import parse_addresses

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "address-parsing.md"
TOWN_BAR, REWRITING_BAR = 99.9, 99.5
SEED, PLACES, EXAMPLES = 20261123, 20_000, 4
RESULT = ["prefecture", "city", "town", "block"]
_COUNTED = re.compile("[0-9]+(?=丁目|条)")
_SPELLINGS = (["ヶ", "が", "ガ", "の", "之"], ["ケ", "ケ", "ケ", "ノ", "ノ"])


def by_contract(town: str) -> str:
    """A town of the postal data as the contract writes it: plain width, 丁目 and 条 in kanji."""
    plain = unicodedata.normalize("NFKC", town)
    return _COUNTED.sub(lambda found: kanji(int(found.group())), plain)


def read(texts: pl.Series) -> pl.DataFrame:
    """`RESULT` of each text."""
    return parse_addresses(texts, detail=False).select(RESULT)


def judged(places: Sequence[Place]) -> pl.DataFrame:
    """What was put in (`RESULT`, ``address``) beside what was read (``got_…``), ``ok``, ``cause``.

    大字 and 字 at the head of a town may go or stay, because the contract writes them only where the
    municipality needs them to tell towns apart. Otherwise the town has to be equal.
    """
    rows = [(p.prefecture, p.city, by_contract(p.full_town), p.block, write(p)) for p in places]
    table = pl.DataFrame(rows, schema=[*RESULT, "address"], orient="row")
    got = read(table["address"]).rename(lambda name: f"got_{name}")
    return table.hstack(got).with_columns(
        ok=(pl.col("got_prefecture") == pl.col("prefecture"))
        & (pl.col("got_city") == pl.col("city"))
        & (bare("got_town") == bare("town")),
        block_ok=pl.col("got_block") == pl.col("block"),
        cause=cause(),
    )


def cause() -> pl.Expr:
    """Why a result (``got_…``) is not the wanted one, told from the two alone."""
    got, put = bare("got_town"), bare("town")
    return (
        pl.when(pl.col("got_prefecture") != pl.col("prefecture"))
        .then(pl.lit("another prefecture, or none"))
        .when(pl.col("got_city") != pl.col("city"))
        .then(pl.lit("another municipality, or none"))
        .when(pl.col("got_town") == pl.col("town"))
        .then(pl.lit("another block"))
        .when(_runs_on(put, got) | _runs_on(got, put))
        .then(pl.lit("the town ends in a numeral and the number is written right behind it"))
        .when(got == "")
        .then(pl.lit("no town found"))
        .when(_spelling(got) == _spelling(put))
        .then(pl.lit("the same town in another spelling (大字, ケ, の, numerals)"))
        .when(put.str.starts_with(got))
        .then(pl.lit("the town is cut short"))
        .when(got.str.starts_with(put))
        .then(pl.lit("the town takes in more than its name"))
        .otherwise(pl.lit("another town"))
    )


def _runs_on(longer: pl.Expr, shorter: pl.Expr) -> pl.Expr:
    numbered = longer.str.contains("[0-9〇一二三四五六七八九十百千]$")
    return numbered & _spelling(longer).str.starts_with(_spelling(shorter))


def _spelling(town: pl.Expr) -> pl.Expr:
    numbers = range(99, 0, -1)
    return (
        town.str.replace_all("大字|字", "")
        .str.replace_many(*_SPELLINGS)
        .str.replace_many([kanji(n) for n in numbers], [str(n) for n in numbers])
    )


def rewritten(places: Sequence[Place], seed: int) -> pl.DataFrame:
    """Ten rewritings of each place: ``kind, address``, the canonical's result and their own.

    ``ok``: prefecture, municipality, town and block are those of the canonical address.
    """
    draw = random.Random(seed)
    canonical = read(pl.Series([write(place) for place in places]))
    rows = [(n, *row) for n, place in enumerate(places) for row in rewritings(place, draw)]
    table = pl.DataFrame(rows, schema=["place", "kind", "address"], orient="row")
    got = read(table["address"]).rename(lambda name: f"got_{name}")
    return (
        table.hstack(canonical[table["place"]])
        .hstack(got)
        .with_columns(
            ok=pl.all_horizontal(pl.col(f"got_{name}") == pl.col(name) for name in RESULT),
            cause=cause(),
        )
    )


def percent(part: float, whole: float) -> str:
    """A share, never rounded up to 100."""
    if not whole:
        return "–"
    return "100 %" if part == whole else f"{min(100 * part / whole, 99.999):.3f} %"


def reaches(table: pl.DataFrame, bar: float) -> bool:
    """Whether at least ``bar`` per cent are right."""
    return bool(100 * table["ok"].sum() >= bar * table.height)


def cause_lines(table: pl.DataFrame, first: str = "") -> Iterator[str]:
    """A Markdown table: the misses by cause (and by ``first``, a column)."""
    by = [first, "cause"] if first else ["cause"]
    misses = (
        table.filter(~pl.col("ok"))
        .group_by(by)
        .len()
        .sort("len", *by, descending=[True, *[False] * len(by)])
    )
    if misses.is_empty():
        yield "No misses."
        return
    yield "| " + " | ".join([*by, "misses"]) + " |"
    yield "|" + "---|" * len(by) + "---:|"
    for *names, number in misses.iter_rows():
        yield "| " + " | ".join([*names, f"{number:,}"]) + " |"


def kind_lines(table: pl.DataFrame) -> Iterator[str]:
    """A Markdown table: share equal to the canonical result, by rewriting."""
    yield "| rewriting | addresses | same result | share |"
    yield "|---|---:|---:|---:|"
    counts = {
        k: (n, ok)
        for k, n, ok in table.group_by("kind").agg(pl.len(), pl.col("ok").sum()).iter_rows()
    }
    for kind in (*KINDS, OLD, SEVERAL):
        number, same = counts.get(kind, (0, 0))
        yield f"| {kind} | {number:,} | {same:,} | {percent(same, number)} |"
    same = table["ok"].sum()
    yield f"| **all** | {table.height:,} | {same:,} | **{percent(same, table.height)}** |"


def report(towns: pl.DataFrame, drawn: pl.DataFrame, again: pl.DataFrame, seed: int) -> str:
    """The page."""
    right, kept = towns["ok"].sum(), towns.filter("ok", "block_ok").height
    lines = [
        "# Reading addresses",
        "",
        "Made by `python tools/address_figures.py --write` from the packaged postal data alone",
        f"(`validator/fields/address/data`), seed {seed}. How it stands beside other parsers:",
        "[address-peers.md](address-peers.md); agreement with labelled addresses:",
        "[address-accuracy.md](address-accuracy.md).",
        "",
        "## Every town of the postal data",
        "",
        f"{towns.height:,} (municipality, town), each as prefecture + municipality + town + 番地, the town as",
        "Japan Post spells it. Right: prefecture, municipality and town come back as they were put in, 丁目",
        "and 条 in kanji numerals; 大字 or 字 at the head of the town may go, as the contract wants it.",
        f"Bar: {TOWN_BAR} %.",
        "",
        "| | addresses | share |",
        "|---|---:|---:|",
        f"| prefecture, municipality and town right | {right:,} | **{percent(right, towns.height)}** |",
        f"| block right too | {kept:,} | {percent(kept, towns.height)} |",
        "",
        *cause_lines(towns),
        "",
        "## Rewritings",
        "",
        f"{drawn.height:,} of these towns, with a 丁目 or 小字 of the gazetteer where the town has some (in a share)",
        "and a building in three of ten, each rewritten in ten ways. A way that an address does not offer",
        "(no 郡 to leave out) gives its place to old character forms or to several ways at once, so that all",
        "have ten. Same result: prefecture, municipality, town and block equal those of the canonical",
        f"address. Bar: {REWRITING_BAR} % of all. The canonical addresses themselves come back as they were put in",
        f"(block too) in {percent(drawn.filter('ok', 'block_ok').height, drawn.height)}.",
        "",
        *kind_lines(again),
        "",
        *cause_lines(again, "kind"),
    ]
    return "\n".join(lines) + "\n"


def examples(table: pl.DataFrame, by: Sequence[str]) -> Iterator[str]:
    """A few misses of each cause, for the terminal only."""
    for names, part in table.filter(~pl.col("ok")).group_by(by, maintain_order=True):
        yield ", ".join(map(str, names)) + f": {part.height}"
        for row in part.head(EXAMPLES).iter_rows(named=True):
            got = " ".join(row[f"got_{name}"] or "–" for name in RESULT)
            yield f"    {row['address']}  →  {got}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the page; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    listed = postal_towns()
    towns = judged(every_town(listed, options.seed))
    places = sample(listed, options.places, options.seed)
    drawn, again = judged(places), rewritten(places, options.seed)
    page = report(towns, drawn, again, options.seed)
    if options.write:
        TARGET.write_text(page, encoding="utf-8")
    else:
        print(page)
    for title, table, by in (
        ("every town", towns, ["cause"]),
        ("canonical addresses of the sample", drawn, ["cause"]),
        ("rewritings", again, ["kind", "cause"]),
    ):
        print(f"-- {title}: {percent(table['ok'].sum(), table.height)}")
        print(*examples(table, by), sep="\n")
    reached = reaches(towns, TOWN_BAR) and reaches(again, REWRITING_BAR)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
