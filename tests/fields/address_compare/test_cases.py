"""Pairs of addresses and their levels, one line of cases.tsv each, by the decision rule."""

from __future__ import annotations

import pytest

from .table import Case, cases, compare, found, worded_steps


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.submitted} = {c.registry}")
def test_case(case: Case) -> None:
    level, steps = found()[case.submitted, case.registry]
    assert level == case.level
    assert case.steps <= steps


@pytest.mark.parametrize("case", cases()[::25], ids=lambda c: c.submitted or "blank")
def test_other_pairs_beside_it_change_nothing(case: Case) -> None:
    pair = (case.submitted, case.registry)
    assert compare([pair]) == [found()[pair]]


def test_the_sides_may_be_swapped() -> None:
    both = [case for case in cases() if case.submitted.strip() and case.registry.strip()]
    swapped = compare([(case.registry, case.submitted) for case in both])
    straight = [found()[case.submitted, case.registry] for case in both]
    wrong = [
        (case.submitted, case.registry, there[0], back[0])
        for case, there, back in zip(both, straight, swapped, strict=True)
        if there[0] != back[0]
    ]
    assert wrong == []


def test_every_difference_and_every_named_step_has_words() -> None:
    for (submitted, registry), (level, steps) in found().items():
        assert steps <= worded_steps()
        if level in {"equivalent", "similar", "different"}:
            assert steps, (submitted, registry)


def test_all_levels_are_there_and_no_pair_stands_twice() -> None:
    pairs = [(case.submitted, case.registry) for case in cases()]
    assert len(pairs) == len(set(pairs)) >= 600
    for level in ("equivalent", "similar", "different"):
        assert sum(case.level == level for case in cases()) >= 100
