"""The codes of an equality are exactly what it took, whatever the pair (honesty.py says how)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.fields.name import KANJI_RUNGS

from .asking import kanji
from .honesty import enough, kanji_tables, needless
from .notations import KANJI, REPEATED, Pair, written_twice

TWO_SIDED = "a rung whose characters stand in the same order on both sides, elsewhere, is not named"
LOOKED_BACK = "rungs are not named where a repetition mark had to be written out as well"


def codes_of(pairs: Sequence[Pair]) -> list[set[str]]:
    """Codes of each pair, all of them equal."""
    found = kanji((pair.a, pair.b) for pair in pairs)
    for pair, (level, steps) in zip(pairs, found, strict=True):
        assert level == ("same" if pair.a == pair.b else "equivalent")
        assert len(steps.split("+")) == len(set(steps.split("+")))
    return [set(filter(None, steps.split("+"))) for _, steps in found]


def assert_honest(pairs: Sequence[Pair]) -> None:
    for pair, steps in zip(pairs, codes_of(pairs), strict=True):
        assert enough(pair.a, pair.b, steps, KANJI_RUNGS, kanji_tables)
        assert needless(pair.a, pair.b, steps, KANJI_RUNGS, kanji_tables) == set()


@settings(max_examples=40)
@given(st.lists(written_twice(KANJI), min_size=1, max_size=12))
def test_the_codes_are_those_of_the_notations(pairs: list[Pair]) -> None:
    assert codes_of(pairs) == [set(pair.codes) for pair in pairs]


@pytest.mark.xfail(reason=LOOKED_BACK)
@settings(max_examples=30)
@given(st.lists(written_twice((*KANJI, *REPEATED)), min_size=1, max_size=12))
def test_the_codes_beside_a_written_out_mark(pairs: list[Pair]) -> None:
    assert codes_of(pairs) == [set(pair.codes) for pair in pairs]


@pytest.mark.xfail(reason=TWO_SIDED)
@settings(max_examples=30)
@given(st.lists(written_twice(KANJI, crossed=True), min_size=1, max_size=12))
def test_the_codes_of_notations_on_either_side(pairs: list[Pair]) -> None:
    assert codes_of(pairs) == [set(pair.codes) for pair in pairs]


@settings(max_examples=25)
@given(st.lists(written_twice(KANJI), min_size=1, max_size=6))
def test_the_codes_are_enough_and_needed(pairs: list[Pair]) -> None:
    assert_honest(pairs)


@settings(max_examples=10)
@given(st.lists(written_twice(REPEATED), min_size=1, max_size=6))
def test_written_out_marks_alone_are_enough_and_needed(pairs: list[Pair]) -> None:
    assert_honest(pairs)


@pytest.mark.parametrize("piece", [*KANJI, *REPEATED], ids=lambda piece: f"{piece[2]}-{piece[0]}")
def test_each_notation_alone(piece: tuple[str, str, str]) -> None:
    usual, other, codes = piece
    assert kanji([(other, usual), (usual, other)]) == [("equivalent", codes)] * 2


@pytest.mark.xfail(reason=TWO_SIDED)
@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("見 本太郎Ａ", "見本 太郎A", "WIDTH+SPACE"),
        ("茅ケ崎竜ヶ崎Ａ", "茅ヶ崎竜ケ崎A", "WIDTH+KE"),
        ("葛\U000e0100城葛Ａ", "葛城葛\U000e0100A", "IVS+WIDTH"),
    ],
)
def test_the_same_characters_at_other_places(a: str, b: str, codes: str) -> None:
    assert kanji([(a, b)]) == [("equivalent", codes)]


@pytest.mark.xfail(reason=LOOKED_BACK)
def test_width_and_a_written_out_mark() -> None:
    assert kanji([("佐々木　一", "佐佐木 一")]) == [("equivalent", "WIDTH+ITERATION")]
