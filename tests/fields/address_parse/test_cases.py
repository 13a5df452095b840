"""Addresses and their parts, one line of cases.tsv each, by the contract's spelling rules."""

from __future__ import annotations

import pytest

from .table import OPEN, Case, agreed, cases, found, parse

KNOWN = "cases.tsv"


@pytest.mark.parametrize("case", cases(KNOWN), ids=lambda c: c.address or "blank")
def test_case(case: Case) -> None:
    assert case.sentence
    assert agreed(case, found(KNOWN)[case.address]) == case.expected


@pytest.mark.parametrize("case", cases(KNOWN)[::12], ids=lambda c: c.address or "blank")
def test_other_addresses_beside_it_change_nothing(case: Case) -> None:
    assert parse([case.address]) == [found(KNOWN)[case.address]]


# Without its 字 this may as well be a building behind a town without a number.
NEEDS_ITS_MARK = {"梁川町大関大舘"}


def test_the_parts_put_together_are_read_as_the_same_place() -> None:
    """The gazetteer's spelling, written down, is itself an address of that place."""
    # Of three numbers with nothing but hyphens the last may be a room.
    placed = [
        parts
        for parts in found(KNOWN).values()
        if parts[-1] in ("town", "block")
        and parts[4].count("-") < 2
        and parts[2] not in NEEDS_ITS_MARK
    ]
    whole = {"".join((*parts[:2], parts[3], parts[2], parts[4])): parts for parts in placed}
    wrong = [
        (parts, again)
        for parts, again in zip(whole.values(), parse(list(whole)), strict=True)
        if again != (*parts[:5], "", parts[6])
    ]
    assert len(whole) > 100
    assert wrong == []


def test_each_address_stands_once_and_most_of_it_is_settled() -> None:
    addresses = [case.address for case in cases(KNOWN)]
    assert len(addresses) == len(set(addresses)) >= 120
    settled = [case for case in cases(KNOWN) if OPEN not in case.expected]
    assert len(settled) >= 0.9 * len(cases(KNOWN))


def test_the_level_says_how_far_the_parts_go() -> None:
    """Contract 5: none, prefecture, city, town, block."""
    for address, (prefecture, city, town, _, block, _, level) in found(KNOWN).items():
        reached = {
            "none": not prefecture and not city and not town,
            "prefecture": prefecture and not city,
            "city": prefecture and city,
            "town": prefecture and city and town and not block,
            "block": prefecture and city and town and block,
        }
        assert reached[level], address
