"""The hand pairs of cases.tsv, and the comparison asked once for all of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

import validator

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


class Case(NamedTuple):
    """Two addresses, the level the documents ask for, steps that must be named, and why."""

    submitted: str
    registry: str
    level: str
    steps: frozenset[str]
    why: str


def compare(pairs: list[tuple[str, str]]) -> list[tuple[str, frozenset[str]]]:
    """Level and named steps of each pair, all compared in one frame."""
    columns = {"submitted": pl.String, "registry": pl.String}
    compared = validator.compare_addresses(pl.DataFrame(pairs, schema=columns, orient="row"))
    assert compared.height == len(pairs)
    return [
        (level, named(steps))
        for level, steps in zip(compared["level"], compared["steps"], strict=True)
    ]


def levels(pairs: list[tuple[str, str]]) -> list[str]:
    return [level for level, _ in compare(pairs)]


def named(steps: str | None) -> frozenset[str]:
    return frozenset(step for step in (steps or "").split("+") if step)


@cache
def cases() -> tuple[Case, ...]:
    r"""The lines of cases.tsv; \u{…} stands for a character that an editor would not show."""
    text = (HERE / "cases.tsv").read_text(encoding="utf-8").removesuffix("\n")
    shown = re.sub(r"\\u\{([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), text)
    header, *rest = [line.split("\t") for line in shown.split("\n")]
    assert header == list(Case._fields)
    return tuple(Case(a, b, level, named(steps), why) for a, b, level, steps, why in rest)


@cache
def found() -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    pairs = [(case.submitted, case.registry) for case in cases()]
    return dict(zip(pairs, compare(pairs), strict=True))


@cache
def worded_steps() -> frozenset[str]:
    """The steps that have words for people."""
    codes = tomllib.loads((ROOT / "schemas/codes/steps.toml").read_text(encoding="utf-8"))
    return frozenset(codes["steps"])
