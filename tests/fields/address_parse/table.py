"""The cases of a table, and the parser asked once for all of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from validator.fields.address.parse import PARSED, parse_addresses

HERE = Path(__file__).parent
# What the contract leaves open.
OPEN = "*"


class Case(NamedTuple):
    """An address, its parts by the contract (`PARSED`), and the sentence that asks for them."""

    address: str
    expected: tuple[str, ...]
    sentence: str


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The lines of a table; \\u{…} stands for a character that an editor would not show."""
    lines = (HERE / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    shown = [re.sub(r"\\u\{([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), line) for line in lines]
    header, *rest = [line.split("\t") for line in shown]
    assert header == ["address", *PARSED, "sentence"]
    assert {len(cells) for cells in rest} <= {len(header)}
    return tuple(Case(cells[0], tuple(cells[1:-1]), cells[-1]) for cells in rest)


def parse(addresses: list[str]) -> list[tuple[str, ...]]:
    """`PARSED` of each address."""
    frame = parse_addresses(pl.Series(addresses, dtype=pl.String), detail=False)
    assert frame.columns == list(PARSED)
    return [tuple(row) for row in frame.rows()]


@cache
def found(name: str) -> dict[str, tuple[str, ...]]:
    """All addresses of a table, parsed together."""
    addresses = [case.address for case in cases(name)]
    return dict(zip(addresses, parse(addresses), strict=True))


def agreed(case: Case, parts: tuple[str, ...]) -> tuple[str, ...]:
    """``parts`` with what the contract leaves open as the case has it."""
    return tuple(
        OPEN if want == OPEN else part for want, part in zip(case.expected, parts, strict=True)
    )
