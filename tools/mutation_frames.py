"""The facts that rules really see: of every example, and of clean batches of all forms."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from rule_examples import example_module, groups, run

from shikaku_world.forms import FORMS, make_form_batch
from shikaku_world.writers import write
from validator import pipeline
from validator.checking import Options, check_files
from validator.rules import Rule
from validator.rules.engine import Evaluated

CLEAN_DAY = date(2026, 11, 23)
CLEAN_RECORDS = 60
AFTER_VERDICT = ("CL",)


@dataclass(frozen=True)
class Wanted:
    """``rows`` of ``frame`` are an example of rule ``code``: one must break it, or none."""

    frame: int
    rows: tuple[int, ...]
    code: str
    bad: bool


@dataclass(frozen=True)
class Facts:
    """``frames`` of examples with what is ``wanted`` of their rows.

    ``clean``: frames of batches in order, where nothing above info may be found.
    """

    frames: list[pl.DataFrame]
    wanted: list[Wanted]
    clean: list[pl.DataFrame]


def collect() -> Facts:
    """Runs every example and the clean batches once, and keeps the facts of each run."""
    examples = example_module()
    frames: list[pl.DataFrame] = []
    wanted: list[Wanted] = []
    with tempfile.TemporaryDirectory() as name, _watched() as seen:
        folder = Path(name)
        for at, group in enumerate(groups(examples)):
            # Rules on clearances are asked after the verdict, of other facts.
            if group[0].example.cleared is not None or group[0].rule.family in AFTER_VERDICT:
                continue
            run(examples, group, folder / f"run{at}")
            frame = pl.concat(seen)
            seen.clear()
            of_lines = examples.is_shared(group[0]) or group[0].example.source.startswith("KPFD")
            lines = _lines(frame) if of_lines else [(0,)]
            for case, rows in zip(group, lines, strict=True):
                wanted.append(Wanted(len(frames), rows, case.rule.code, case.bad))
            frames.append(frame)
        clean = list(_clean_frames(folder, seen))
    return Facts(frames, wanted, clean)


def _lines(frame: pl.DataFrame) -> list[tuple[int, ...]]:
    """The records of every line, in order: an example that shares a batch is a line."""
    lines = frame.with_row_index("at").group_by("source", "line_index", maintain_order=True)
    return [tuple(rows) for rows in lines.agg("at")["at"].to_list()]


@contextmanager
def _watched() -> Iterator[list[pl.DataFrame]]:
    """The facts frames of the runs inside, as the rules get them."""
    seen: list[pl.DataFrame] = []
    evaluate = pipeline.evaluate

    def watch(frame: pl.DataFrame, rules: tuple[Rule, ...]) -> Evaluated:
        seen.append(frame)
        return evaluate(frame, rules)

    setattr(pipeline, "evaluate", watch)  # noqa: B010 - a wrapper of another type, for a while
    try:
        yield seen
    finally:
        setattr(pipeline, "evaluate", evaluate)  # noqa: B010


def _clean_frames(folder: Path, seen: list[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    for form in FORMS:
        for seed, known in ((1, True), (2, False)):
            world = make_form_batch(form, CLEAN_RECORDS, seed, CLEAN_DAY)
            batch, registry = folder / f"{form}{seed}.csv", folder / f"{form}{seed}-registry.csv"
            world.write(batch, "csv")
            write(world.registry, registry, "csv")
            options = Options(registry=registry if known else None, as_of=CLEAN_DAY, form=form)
            check_files([batch], options)
            yield pl.concat(seen)
            seen.clear()
