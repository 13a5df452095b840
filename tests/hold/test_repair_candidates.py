"""Numbers one slip away: all that trying every slip finds, and no other."""

from __future__ import annotations

import random

import polars as pl
from clean_record import number
from repair_people import SLIPS, fits, mistyped, neighbours

from validator.hold.repair_candidates import number_candidates


def candidates(texts: list[str | None]) -> list[dict[str, str]]:
    frame = pl.DataFrame(
        {"row": range(len(texts)), "digits": texts}, schema_overrides={"row": pl.UInt32}
    )
    made: list[dict[str, str]] = [{} for _ in texts]
    for row, value, slip in number_candidates(frame).iter_rows():
        digits = f"{value:012d}"
        assert digits not in made[row], "a number came twice"
        made[row][digits] = slip
    return made


def test_every_slip_is_tried_and_nothing_else() -> None:
    rng = random.Random(20)
    texts = ["".join(rng.choices("0123456789", k=rng.choice([11, 12, 13]))) for _ in range(900)]
    texts += [number(rng.randrange(10**11)) for _ in range(300)]
    texts += [digit * length for digit in "019" for length in (11, 12, 13)]
    # runs of equal digits, where several slips come to the same
    texts += ["".join(rng.choices("05", k=rng.choice([11, 12, 13]))) for _ in range(300)]
    assert candidates(list(texts)) == [neighbours(text) for text in texts]


def test_the_right_number_is_among_them_and_the_slip_is_named() -> None:
    rng = random.Random(21)
    owned = [number(rng.randrange(10**11)) for _ in range(400)]
    for slip in SLIPS:
        typed, codes = zip(*(mistyped(n, slip, rng) for n in owned), strict=True)
        found = [made.get(n) for n, made in zip(owned, candidates(list(typed)), strict=True)]
        assert found == list(codes), slip


def test_the_number_as_written_is_no_candidate() -> None:
    rng = random.Random(22)
    owned = [number(rng.randrange(10**11)) for _ in range(300)]
    assert all(n not in made for n, made in zip(owned, candidates(list(owned)), strict=True))
    assert all(fits(n) for made in candidates(list(owned)) for n in made)


def test_what_is_no_number_of_about_that_length_has_none() -> None:
    texts = [
        None,
        "",
        "1" * 10,
        "1" * 14,
        "12345678901O",
        "1.23457E+11",
        "１" * 12,
        "١" * 12,
        "-" * 12,
    ]
    assert candidates(texts) == [{}] * len(texts)
