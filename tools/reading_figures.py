"""How often the reading of a name is judged rightly: docs/readings.md.

    python tools/reading_figures.py [--write] [--seed 20250526] [--names 2000]

Needs only the packaged data. Held-out names are taken out of the dictionary, and out of what the
readings are learned from. Without ``--write`` the page is printed. Two minutes on one core.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from learn_readings import learn

from validator.fields.reading import store
from validator.fields.reading.parts import part_tiers
from validator.fields.reading.sounds import voiced
from validator.fields.reading.tiers import PLAUSIBLE
from validator.fields.reading.voice import says

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "readings.md"
PAIR = ["surname", "kanji", "kana"]
DRAWS = 5
LETTERS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポ"

Pair = tuple[bool, str, str]


@dataclass(frozen=True)
class Sample:
    """Held-out pairs, and wrong readings of the same names by the way they were made."""

    right: pl.DataFrame
    wrong: dict[str, pl.DataFrame]
    rest: pl.DataFrame


def hold_out(pairs: pl.DataFrame, names: int, seed: int) -> Sample:
    """Take ``names`` surnames and as many given names out of ``pairs``."""
    right = pl.concat(
        [pairs.filter(pl.col("surname") == kind).sample(names, seed=seed) for kind in (True, False)]
    )
    rng = random.Random(seed)
    known: dict[tuple[bool, str], set[str]] = defaultdict(set)
    readings: dict[bool, list[str]] = defaultdict(list)
    sharing: dict[tuple[bool, str, int], list[str]] = defaultdict(list)
    for surname, kanji, kana in pairs.iter_rows():
        known[surname, kanji].add(kana)
        readings[surname].append(kana)
        for place, character in enumerate(kanji):
            sharing[surname, character, place].append(kana)

    def near(row: Pair) -> str:
        place = rng.randrange(len(row[1]))
        return rng.choice(sharing[row[0], row[1][place], place])

    makers = {
        "another name's reading": lambda row: rng.choice(readings[row[0]]),
        "reading of a name sharing a kanji in the same place": near,
        "one kana substituted": lambda row: substituted(row[2], rng),
        "one kana deleted": lambda row: deleted(row[2], rng),
        "one voicing mark added": lambda row: voicing_added(row[2], rng),
    }
    wrong = {}
    for name, make in makers.items():
        rows = [(*row[:2], make(row)) for row in right.iter_rows() for _ in range(DRAWS)]
        wrong[name] = pl.DataFrame(
            [row for row in rows if row[2] and row[2] not in known[row[:2]]],
            schema=pairs.select(PAIR).schema,
            orient="row",
        )
    return Sample(right, wrong, pairs.join(right, on=PAIR, how="anti"))


def substituted(kana: str, rng: random.Random) -> str:
    """``kana`` with one letter replaced by another one."""
    place = rng.randrange(len(kana))
    return kana[:place] + rng.choice(LETTERS.replace(kana[place], "")) + kana[place + 1 :]


def deleted(kana: str, rng: random.Random) -> str:
    """``kana`` without one letter ("" for a single one)."""
    place = rng.randrange(len(kana))
    return kana[:place] + kana[place + 1 :]


def voicing_added(kana: str, rng: random.Random) -> str:
    """``kana`` with one letter voiced or half voiced ("" where none can be)."""
    able = [place for place, letter in enumerate(kana) if voiced([letter])]
    if not able:
        return ""
    place = rng.choice(able)
    return kana[:place] + rng.choice(sorted(voiced([kana[place]]))) + kana[place + 1 :]


def accepted(pairs: pl.DataFrame, knowledge: store.Knowledge, tiers: Sequence[str]) -> pl.Series:
    """Whether each pair reaches one of ``tiers``."""
    return part_tiers(pairs, knowledge).is_in(list(tiers))


def by_pykakasi(pairs: pl.DataFrame) -> pl.Series:
    """Whether pykakasi alone gives just this reading."""
    rows = pairs.select("kanji", "kana").iter_rows()
    return pl.Series([says(kanji, kana) for kanji, kana in rows], dtype=pl.Boolean)


def shares(pairs: pl.DataFrame, verdicts: pl.Series) -> list[str]:
    """Accepted share of surnames and of given names, in percent."""
    judged = pairs.with_columns(verdicts.alias("accepted"))
    return [
        f"{judged.filter(pl.col('surname') == kind)['accepted'].mean() or 0:.2%}".replace("%", " %")
        for kind in (True, False)
    ]


def held_out_table(sample: Sample) -> list[str]:
    """Accept and false-accept rates, tier by tier, beside pykakasi alone."""
    knowledge = store.make_knowledge(sample.rest, learn(sample.rest))
    sets = {"right reading": sample.right, **sample.wrong}
    judges = {
        f"up to {tier}": [
            *shown(sets, lambda pairs, k=k: accepted(pairs, knowledge, PLAUSIBLE[:k]))
        ]
        for k, tier in enumerate(PLAUSIBLE, 1)
    }
    judges["pykakasi alone"] = [*shown(sets, by_pykakasi)]
    head = [
        "reading given",
        *(f"{judge}: {kind}" for judge in judges for kind in ("surname", "given")),
    ]
    lines = [row(head), row(["---", *["---:"] * (len(head) - 1)])]
    for place, name in enumerate(sets):
        lines.append(row([name, *(cell for cells in judges.values() for cell in cells[place])]))
    return lines


def shown(sets, judge):  # type: ignore[no-untyped-def]
    for pairs in sets.values():
        yield shares(pairs, judge(pairs))


def row(cells: Iterable[str]) -> str:
    """One line of a table."""
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    seed = int(sys.argv[1])
    s = hold_out(store.folded_names().sort(PAIR), 2000, seed)
    print("\n".join(held_out_table(s)))
