"""How often the reading of a name is judged rightly: docs/readings.md.

    python tools/reading_figures.py [--write] [--names 2000] [--seeds 20250526 1 2]

Needs only the packaged data. Held-out names are taken out of the dictionary, and out of what the
readings are learned from. Without ``--write`` the page is printed. Some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from learn_readings import learn

from validator.fields.reading import reading_tiers, store
from validator.fields.reading.folding import fold_kanji, fold_known
from validator.fields.reading.partial import fits_in_part
from validator.fields.reading.parts import part_tiers
from validator.fields.reading.sounds import voiced
from validator.fields.reading.tiers import PLAUSIBLE
from validator.fields.reading.voice import says

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "readings.md"
HEAD = (
    "# Readings",
    "",
    (
        "Made by `python tools/reading_figures.py --write`: whether a kana name is accepted as a "
        "reading of a kanji name, by tier. Accepted: dictionary, lattice (readings of the characters), "
        "partial (part of a reading, a silent character), pykakasi. A reading that is not accepted is "
        "only noted, never an error. The name pairs are ENAMDICT's and the MIT data set's "
        "(validator/fields/reading/data/SOURCES.md); ENAMDICT has errors of its own, so accept rates "
        "are lower bounds. Added voicing marks and dropped kana often make another possible reading "
        "of the same kanji: only the registry can tell them."
    ),
)
KINDS = {True: "surname", False: "given"}
_SHOWN = (2, 3, 4)
PAIR = ["surname", "kanji", "kana"]
DRAWS = 20
LETTERS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポ"

Pair = tuple[bool, str, str]


@dataclass(frozen=True)
class Sample:
    """Held-out pairs, and wrong readings of the same names by the way they were made."""

    right: pl.DataFrame
    wrong: dict[str, pl.DataFrame]
    rest: pl.DataFrame


def drawn(pairs: pl.DataFrame, surname: bool, names: int, rng: random.Random) -> pl.DataFrame:
    """``names`` pairs of one kind; the same ones under every version of polars."""
    of_kind = pairs.filter(pl.col("surname") == surname)
    return of_kind[sorted(rng.sample(range(of_kind.height), names))]


def hold_out(pairs: pl.DataFrame, names: int, seed: int) -> Sample:
    """Take ``names`` surnames and as many given names out of ``pairs``."""
    rng = random.Random(seed)
    right = pl.concat([drawn(pairs, kind, names, rng) for kind in KINDS])
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


def by_pykakasi(pairs: pl.DataFrame) -> pl.Series:
    """Whether pykakasi alone gives just this reading."""
    rows = pairs.select("kanji", "kana").iter_rows()
    return pl.Series([says(kanji, kana) for kanji, kana in rows], dtype=pl.Boolean)


def percent(share: float, places: int = 2) -> str:
    """A share as a cell."""
    return f"{100 * share:.{places}f} %"


def shares(pairs: pl.DataFrame, verdicts: pl.Series) -> list[str]:
    """Accepted share of surnames and of given names."""
    return [percent(mean(verdicts.filter(pairs["surname"] == kind))) for kind in KINDS]


def held_out_rows(sample: Sample) -> list[list[str]]:
    """One row for each kind of reading: accepted shares, tier by tier, beside pykakasi alone."""
    knowledge = store.make_knowledge(sample.rest, learn(sample.rest))
    rows = []
    for name, pairs in {"the right reading": sample.right, **sample.wrong}.items():
        tiers = part_tiers(pairs, knowledge)
        shown = [shares(pairs, tiers.is_in(PLAUSIBLE[:best])) for best in _SHOWN]
        shown.append(shares(pairs, by_pykakasi(pairs)))
        rows.append([name, *(cell for kind in zip(*shown, strict=True) for cell in kind)])
    return rows


def held_out_section(names: int, seeds: Sequence[int]) -> list[str]:
    """The table of the first seed, and the range over all of them."""
    pairs = store.folded_names().select(PAIR).sort(PAIR)
    rows = {seed: held_out_rows(hold_out(pairs, names, seed)) for seed in seeds}
    labels = ["up to lattice", "up to partial", "all tiers", "pykakasi alone"]
    lines = [
        "## Names held out",
        "",
        (
            f"{names:,} surnames and {names:,} given names of {pairs.height:,} pairs, seed {seeds[0]}. "
            "They are in no dictionary of this run and no reading was learned from them. "
            f"{DRAWS} wrong readings of each kind for each name; a reading that any source lists for "
            "the name is not a wrong one."
        ),
        "",
        *table(
            ["reading given", *(f"{kind}: {label}" for kind in KINDS.values() for label in labels)],
            rows[seeds[0]],
        ),
        "",
        f"All tiers, lowest and highest of the seeds {', '.join(map(str, seeds))}:",
        "",
    ]
    spread = []
    for place, row in enumerate(rows[seeds[0]]):
        cells = [[rows[seed][place][column] for seed in seeds] for column in (3, 3 + len(labels))]
        spread.append([row[0], *(f"{min(c, key=figure)} to {max(c, key=figure)}" for c in cells)])
    return [*lines, *table(["reading given", *KINDS.values()], spread)]


def figure(percent: str) -> float:
    """The number of a cell."""
    return float(percent.removesuffix(" %"))


def population_section() -> list[str]:
    """Surnames weighted by the people who have them, with the packaged data."""
    people = pl.read_parquet(store.NAMES[1]).filter("surname")
    tiers = part_tiers(people, store.shipped())
    folded = people.with_columns(kanji=fold_kanji(pl.col("kanji")))
    without = store.make_knowledge(people.clear().select(PAIR), pl.read_parquet(store.LEARNED))
    other = store.make_knowledge(
        fold_known(pl.read_parquet(store.NAMES[0])).select(PAIR), pl.read_parquet(store.LEARNED)
    )
    judges = {
        "all tiers": tiers.is_in(PLAUSIBLE),
        "all tiers, the dictionary without the MIT list": part_tiers(people, other).is_in(
            PLAUSIBLE
        ),
        "no dictionary at all": part_tiers(people, without).is_in(PLAUSIBLE),
        "pykakasi alone": by_pykakasi(folded),
    }
    count = people["people"].cast(pl.Float64)
    rows = [
        [name, percent(float((count * accepted).sum() / count.sum()), 3), percent(mean(accepted))]
        for name, accepted in judges.items()
    ]
    return [
        "## Surnames weighted by population",
        "",
        f"{people.height:,} surnames of {int(count.sum()):,} people (the MIT list).",
        "",
        *table(["judge", "of the people", "of the surnames"], rows),
    ]


def mean(verdicts: pl.Series) -> float:
    """Share of true verdicts."""
    return int(verdicts.sum()) / len(verdicts)


def speed_figures() -> dict[str, float]:
    """Measured in a process of its own: seconds, names a second, megabytes."""
    start, before = time.perf_counter(), megabytes()
    knowledge = store.shipped()
    found = {
        "seconds to load": time.perf_counter() - start,
        "megabytes of the data, at their peak": megabytes() - before,
    }
    pairs = pl.concat([pl.read_parquet(path, columns=PAIR) for path in store.NAMES]).unique()
    rng = random.Random(1)
    columns = {}
    for kind, parts in ((True, 80_000), (False, 120_000)):
        known = drawn(pairs.sort(PAIR), kind, parts, rng)
        columns[kind] = known.sample(1_000_000, seed=2, with_replacement=True)
    names = pl.DataFrame(
        {side: columns[True][side] + "　" + columns[False][side] for side in ("kanji", "kana")}
    )
    before, start = megabytes(), time.perf_counter()
    reading_tiers(names)
    found["seconds for 1,000,000 names of 200,000 parts"] = time.perf_counter() - start
    found["more megabytes at their peak"] = megabytes() - before
    glued = names.head(100_000).with_columns(pl.all().str.replace("　", ""))
    start = time.perf_counter()
    reading_tiers(glued)
    found["unspaced names a second"] = glued.height / (time.perf_counter() - start)
    wrong = columns[True].head(2_000).with_columns(kana=columns[False].head(2_000)["kana"])
    says("一", "イチ")
    for name, ask in (
        ("lattice", lambda kanji, kana: knowledge.lattice.fits(kanji, kana, surname=True)),
        ("partial", lambda kanji, kana: fits_in_part(kanji, kana, knowledge, surname=True)),
        ("pykakasi", says),
    ):
        start = time.perf_counter()
        for kanji, kana in wrong.select("kanji", "kana").iter_rows():
            ask(kanji, kana)
        rate = wrong.height / (time.perf_counter() - start)
        found[f"wrong parts a second, {name} alone"] = rate
    return found


def megabytes() -> float:
    """Peak memory of this process so far (what was started by a large process inherits nothing)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def speed_section() -> list[str]:
    """Speed and memory on this machine."""
    child = [sys.executable, __file__, "--speed"]
    found = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    rows = [
        [name, f"{value:,.0f}" if value > 20 else f"{value:.1f}"] for name, value in found.items()
    ]
    return [
        "## Speed",
        "",
        "One process on a shared machine.",
        "",
        *table(["figure", "value"], rows),
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def page(names: int, seeds: Sequence[int]) -> str:
    """docs/readings.md."""
    sections = [population_section(), held_out_section(names, seeds), speed_section()]
    return "\n".join([*HEAD, *(line for section in sections for line in ["", *section])]) + "\n"


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/readings.md")
    parser.add_argument("--names", type=int, default=2_000, help="held-out names of each kind")
    parser.add_argument("--seeds", type=int, nargs="+", default=[20250526, 1, 2])
    parser.add_argument("--speed", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.speed:
        print(json.dumps(speed_figures()))
        return
    made = page(asked.names, asked.seeds)
    if asked.write:
        TARGET.write_text(made, encoding="utf-8")
    else:
        print(made, end="")


if __name__ == "__main__":
    main()
