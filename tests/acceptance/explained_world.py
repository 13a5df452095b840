"""Batch and registry of the hand-made cases: numbers, houses and offices of their own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import count

from clean_record import RECORD, REGISTRY_ROW, WEIGHTS, number

from .explained_cases import HOME, Case, Row

_LUCK = 20261123


def tokens(at: int) -> dict[str, str]:
    """The numbers of case ``at``: own, other, third, and what slips make of the first."""
    luck = random.Random(_LUCK + at)
    own = number(luck.randrange(10**10, 10**11))
    while own[3] == own[4] or own[6] == own[7]:
        own = number(luck.randrange(10**10, 10**11))
    # A body whose weighted sum leaves 0 or 1: one slip in a few stays valid.
    typo = own[:6] + str((int(own[6]) + 4) % 10) + own[7:]
    return {
        "{own}": own,
        "{other}": number(luck.randrange(10**10, 10**11)),
        "{third}": number(luck.randrange(10**10, 10**11)),
        "{typo}": typo,
        "{swap}": own[:3] + own[4] + own[3] + own[5:],
        "{lost}": own[:5] + own[6:],
        "{doubled}": own[:8] + own[7] + own[8:],
        "{n}": str(at + 1),
    }


def unseen_slip(at: int) -> tuple[str, str]:
    """A number, and one digit wrong in it that the check digit does not show."""
    for body in count(31415926535 + 97 * at):
        rest = sum(int(d) * w for d, w in zip(str(body), WEIGHTS, strict=True)) % 11
        if rest != 0:
            continue
        own = number(body)
        for digit in "123456789":
            wrong = own[:5] + digit + own[6:]
            if wrong != own and wrong == number(wrong[:11]):
                return own, wrong
    raise AssertionError


def rows_of(cases: Sequence[Case]) -> tuple[list[Row], list[Row], list[int]]:
    """Records, registry rows, and the place of each case's first record among the records."""
    records: list[Row] = []
    registry: list[Row] = []
    first: list[int] = []
    for at, case in enumerate(cases):
        words = tokens(at)
        if any("{unseen}" in (v or "") for row in case.written for v in row.values()):
            words["{own}"], words["{unseen}"] = unseen_slip(at)
        base = {"my_number": "{own}", "address": HOME}
        first.append(len(records))
        for written in case.written:
            whole = {**RECORD, "office_code": f"7{at:03d}", "insured_number": f"{len(records) + 1}",
                     **base, **written}  # fmt: skip
            records.append({k: _filled(v, words) for k, v in whole.items()})
        for row in case.registry:
            whole = {**REGISTRY_ROW, **base, **row}
            registry.append({k: _filled(v, words) for k, v in whole.items()})
    return records, registry, first


def _filled(value: str | None, words: dict[str, str]) -> str | None:
    for token, word in words.items():
        value = value if value is None else value.replace(token, word)
    return value
