"""Kana names and their explanations, one line of cases.tsv each."""

from __future__ import annotations

from functools import cache

import pytest
from name.asking import FINE, Names, ask, kana
from name.test_cases import KANA, table

CASES = table(KANA)


@cache
def answers() -> list[tuple[str, str]]:
    return kana((case["submitted"], case["registry"]) for case in CASES)


@pytest.mark.parametrize(
    "place", range(len(CASES)), ids=lambda n: f"{CASES[n]['steps']}-{CASES[n]['submitted']}"
)
def test_case(place: int) -> None:
    case = CASES[place]
    assert case["sentence"]
    assert answers()[place] == (case["level"], case["steps"])


@pytest.mark.parametrize("place", range(0, len(CASES), 9), ids=lambda n: CASES[n]["submitted"])
def test_other_pairs_beside_it_change_nothing(place: int) -> None:
    assert kana([(CASES[place]["submitted"], CASES[place]["registry"])]) == [answers()[place]]


def test_being_fine_has_no_direction() -> None:
    # What the registry prints in brackets is no remark, and where it has a placeholder all else
    # may agree; the same from an employer is another matter.
    one_sided = [c for c in CASES if {"(", "●"} & {*c["submitted"], *c["registry"]}]
    assert one_sided
    cases = [case for case in CASES if case not in one_sided]
    there = kana((case["submitted"], case["registry"]) for case in cases)
    back = kana((case["registry"], case["submitted"]) for case in cases)
    assert [level in FINE for level, _ in there] == [level in FINE for level, _ in back]


def test_an_equal_kanji_name_keeps_the_kana_close() -> None:
    """Contract 5: kanji fine and kana differs is similar, whatever the kana."""
    cases = [case for case in CASES if case["level"] == "different"]
    found = ask(Names("見本", case["submitted"], "見本", case["registry"]) for case in cases)
    assert {answer.level for answer in found} == {"similar"}
