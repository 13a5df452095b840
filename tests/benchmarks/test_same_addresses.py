"""The plain program and the validator compare addresses alike, value by value."""

from __future__ import annotations

import polars as pl
import pytest
from address_relations import BUILDINGS, KYOTO, LETTERS_AND_KOAZA, PAIRS_BY_RELATION

from address_pairs.pairs import labelled_pairs
from benchmarks import baseline_places
from benchmarks.baseline_judge import compare_address
from benchmarks.baseline_places import settle
from validator import compare_addresses

FINE = {"same", "equivalent"}


def levels(pairs: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """What the validator says of each pair, and what the plain program says."""
    frame = pl.DataFrame(pairs, schema=["submitted", "registry"], orient="row")
    settle(pair for pair in pairs if pair[0] != pair[1])
    return compare_addresses(frame)["level"].to_list(), [compare_address(*pair) for pair in pairs]


def both_ways(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, *((registry, submitted) for submitted, registry in pairs)]


def parted(pairs: list[tuple[str, str]]) -> list[tuple]:
    """The pairs that the two programs see otherwise."""
    return [(pair, a, b) for pair, a, b in zip(pairs, *levels(pairs), strict=True) if a != b]


def test_labelled_pairs_have_the_same_levels():
    pairs = [(pair.submitted, pair.registry) for pair in labelled_pairs(4)]
    assert len(pairs) > 5000
    otherwise = parted(pairs)
    assert [(pair, a, b) for pair, a, b in otherwise if (a in FINE) != (b in FINE)] == []
    # Whether it is another place (different) or the same one in doubt (similar), too.
    assert otherwise == []


def test_every_relation_has_the_same_level_in_both_directions():
    pairs = both_ways(PAIRS_BY_RELATION)
    assert parted(pairs) == []
    assert set(levels(pairs)[1]) == {"equivalent", "similar", "different"}


@pytest.mark.parametrize("pairs", [LETTERS_AND_KOAZA, KYOTO, BUILDINGS])
def test_a_relation_can_be_fine_and_not(pairs):
    assert {"equivalent", "similar"} <= set(levels(pairs)[1])


def test_a_pair_has_the_same_level_alone_and_among_many(monkeypatch):
    monkeypatch.setattr(baseline_places, "_LEVELS", {})
    alone = [compare_address(*pair) for pair in PAIRS_BY_RELATION[:12]]
    monkeypatch.setattr(baseline_places, "_LEVELS", {})
    assert levels(PAIRS_BY_RELATION)[1][:12] == alone
