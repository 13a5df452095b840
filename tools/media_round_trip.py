"""Generated lines of electronic media through the real command and back: every byte the same?

    python tools/media_round_trip.py [--lines 10000] [--seeds 1] [--write]

Needs the project's own environment (`make test` sets it up); run from anywhere, nothing to set.
For each layout and number of fields, towards the association and the pension office, and for a
mixed file of all three forms: ``validator check`` with a registry that knows half of the people;
every 40th line carries a wrong check digit. The data lines of accepted, held and returned must be
the submitted lines, byte by byte and in their order, and each file must be read again as the same
layout. Prints a table or writes docs/media-round-trip.md; exit 1 if a line is missing, doubled or
changed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from shikaku_world.dates import ERAS
from shikaku_world.media_lines import AS_OF, ITEMS, WIDTHS, media_file, media_lines
from validator.batch import read_batch

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "media-round-trip.md"
RECEIVERS = ("association", "pension_office")
NAMES = {"association": "KPFD0006", "pension_office": "SHFD0006"}
DISPOSITIONS = ("accepted", "held", "returned")
WRONG_EVERY = 40
# Number, kana, kanji, era of the birth date, sex, address: the items of each person of a line.
PERSONS: dict[str, tuple[tuple[int, int, int, int, int, int], ...]] = {
    "2200700": ((13, 7, 8, 9, 11, 32),),
    "2201700": ((11, 7, 8, 9, 0, 0),),
    "2202700": (
        (14, 9, 10, 11, 13, 20),
        (29, 24, 25, 26, 28, 39),
        (78, 71, 72, 73, 75, 82),
        (111, 104, 105, 106, 108, 115),
    ),
}


@dataclass(frozen=True)
class Figures:
    """One run: what went in, what came out, how much of it byte for byte."""

    name: str
    seed: int
    lines: int
    records: int
    by_disposition: tuple[int, ...]
    identical: int
    seconds: float


def registry_rows(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """The people of every other line, as a registry would have them."""
    bases = {era.code: era.base for era in ERAS}
    for line in lines[::2]:
        items = ["", *line.split(",")]
        for number, kana, kanji, era, sex, address in PERSONS[items[1]]:
            day = items[era + 1]
            if items[number]:
                yield {
                    "my_number": items[number],
                    "name_kana": items[kana],
                    "name_kanji": items[kanji],
                    "birth_date": f"{bases[items[era]] + int(day[:2])}-{day[2:4]}-{day[4:]}",
                    "sex": "2" if sex and items[sex] in {"2", "4", "6"} else "1",
                    "address": items[address] if address else "",
                }


def damaged(lines: Sequence[str]) -> list[str]:
    """Every 40th line with another last digit in its first My Number."""
    found = list(lines)
    for at in range(0, len(found), WRONG_EVERY):
        items = found[at].split(",")
        place = PERSONS[items[0]][0][0] - 1
        if items[place]:
            items[place] = items[place][:-1] + str((int(items[place][-1]) + 1) % 10)
        found[at] = ",".join(items)
    return found


def data_lines(path: Path) -> list[bytes]:
    """The data lines of a file, with their line ends."""
    return path.read_bytes().partition(b"[data]\r\n")[2].splitlines(keepends=True)


def in_their_order(lines: Sequence[bytes], submitted: Sequence[bytes]) -> int:
    """How many of ``lines`` stand among the submitted ones in the same order, each used once."""
    rest = iter(submitted)
    return sum(1 for line in lines if any(line == other for other in rest))


def run(name: str, lines: Sequence[str], receiver: str, seed: int, work: Path) -> Figures:
    """One file through ``validator check``."""
    batch, registry, out = work / "batch.CSV", work / "registry.csv", work / "out"
    batch.write_bytes(media_file(damaged(lines), seed, receiver=receiver))
    pl.DataFrame(list(registry_rows(lines))).unique("my_number").write_csv(registry)
    command = [
        sys.executable, "-m", "validator", "check", str(batch), "--registry", str(registry),
        "--out", str(out), "--receiver", receiver, "--as-of", AS_OF.isoformat(), "--quiet",
        "--no-progress", "--fail-on", "never",
    ]  # fmt: skip
    started = time.perf_counter()
    subprocess.run(command, env=os.environ, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    submitted = data_lines(batch)
    written = [
        data_lines(out / f"{d}.CSV") if (out / f"{d}.CSV").exists() else [] for d in DISPOSITIONS
    ]
    if not read_again(work):
        raise SystemExit(f"{name}: a written file is not read as the submitted one")
    identical = sum(in_their_order(part, submitted) for part in written)
    counts = json.loads((out / "summary.json").read_text(encoding="utf-8"))["counts"]
    if [counts[d] for d in DISPOSITIONS] != [len(part) for part in written]:
        raise SystemExit(f"{name}: the summary counts other lines than the files hold")
    return Figures(
        name, seed, len(submitted), counts["records"], tuple(map(len, written)), identical, seconds
    )


def read_again(work: Path) -> bool:
    """Whether every written file is read without a new mark of its header, as the same layout."""
    submitted = read_batch([work / "batch.CSV"])
    widths = {code: set(items["fields"]) for code, items in submitted.media_fields.items()}
    written = [work / "out" / f"{d}.CSV" for d in DISPOSITIONS]
    return all(
        set(again.file_marks["mark"]) <= set(submitted.file_marks["mark"])
        and all(set(items["fields"]) <= widths[c] for c, items in again.media_fields.items())
        for again in (read_batch([path]) for path in written if path.exists())
    )


def plan(lines: int, seed: int) -> Iterator[tuple[str, str, list[str]]]:
    """Name, receiver and lines of every file."""
    for receiver in RECEIVERS:
        usual = []
        for code in ITEMS:
            for fields in WIDTHS[code, receiver]:
                own = media_lines(code, lines, seed, receiver=receiver, fields=fields)
                usual += [own] if fields == WIDTHS[code, receiver][0] else []
                yield f"{code}, {fields} fields", receiver, own
        # Line by line, one of each form in turn.
        yield "mixed", receiver, [line for three in zip(*usual, strict=True) for line in three]


def table(found: Sequence[Figures]) -> str:
    """The figures as Markdown."""
    rows = [
        "| file | seed | lines | records | accepted | held | returned | identical lines | seconds |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in found:
        split = " | ".join(f"{n:,}" for n in one.by_disposition)
        rows.append(
            f"| {one.name} | {one.seed} | {one.lines:,} | {one.records:,} | {split} | {one.identical:,} "
            f"| {one.seconds:.1f} |"
        )
    return "\n".join(rows) + "\n"


HEAD = """# Electronic media, there and back

`python tools/media_round_trip.py --lines {lines} --seeds {seeds} --write` makes this page.

Generated lines of the three layouts, in every number of fields that is read, go through
`validator check` with a registry that knows every second line's people; every 40th line carries a
wrong check digit. The data lines of `accepted`, `held` and `returned` are then compared with the
submitted file: identical = the same bytes, in the same order, each line once. Every written file
is read again as the same layout, its header without a fault (it names the employers that still
have lines, and counts them).

"""


def main() -> int:
    """All layouts, both receivers, and a mixed file of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = []
    for seed in args.seeds:
        for name, receiver, lines in plan(args.lines, seed):
            with tempfile.TemporaryDirectory() as scratch:
                found.append(
                    run(f"{name}, {NAMES[receiver]}", lines, receiver, seed, Path(scratch))
                )
    whole = all(one.lines == one.identical == sum(one.by_disposition) for one in found)
    lines = sum(one.lines for one in found)
    end = f"Identical: {sum(one.identical for one in found):,} of {lines:,} lines.\n"
    if args.write:
        head = HEAD.format(lines=args.lines, seeds=" ".join(map(str, args.seeds)))
        TARGET.write_text(f"{head}{table(found)}\n{end}", encoding="utf-8")
    print(table(found) + end, end="")
    return 0 if whole else 1


if __name__ == "__main__":
    raise SystemExit(main())
