"""The codes of an equality are exactly what it took, whatever the pair (honesty.py says how)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from validator.fields.name import KANJI_RUNGS

from .asking import kanji
from .honesty import Named, folded, kanji_tables, needless, not_enough
from .notations import KANJI, REPEATED, Pair, Piece, written_twice

SIGNS = (
    "what WIDTH may change is judged by a range of characters that is wider than what it changes"
    " (− 〜 〻 ゞ)"
)
OPEN = (
    "a rung whose characters stand elsewhere because of another notation is named where the"
    " tables have to help in the end"
)
STANDS_IN = "without COMPAT the pair is equal through WIDTH, which is not named either"
TWICE = "ITERATION is named for the mark (〻) and again for writing it out"
# An expected failure is not worth shrinking.
AS_FOUND = (Phase.explicit, Phase.generate)
# Pieces that no rung touches in their usual notation.
PLAIN = [
    piece
    for piece, text in zip(KANJI, folded([p[0] for p in KANJI], KANJI_RUNGS), strict=True)
    if piece[0] == text
]


def several(
    pieces: Sequence[Piece], *, crossed: bool = False, shared: bool = True
) -> st.SearchStrategy[list[Pair]]:
    pair = written_twice(pieces, crossed=crossed, shared=shared)
    return st.lists(pair, min_size=1, max_size=20)


def named(pairs: Sequence[Pair]) -> list[Named]:
    """The pairs with the codes found for them; all are equal."""
    found = kanji((pair.a, pair.b) for pair in pairs)
    wrong = [
        (pair, level)
        for pair, (level, _) in zip(pairs, found, strict=True)
        if level != ("same" if pair.a == pair.b else "equivalent")
    ]
    assert wrong == []
    codes = [steps.split("+") if steps else [] for _, steps in found]
    assert [c for c in codes if len(c) != len(set(c))] == []
    return [Named(pair.a, pair.b, frozenset(c)) for pair, c in zip(pairs, codes, strict=True)]


def other_codes(pairs: Sequence[Pair]) -> list[tuple[Pair, list[str]]]:
    """Pairs with other codes than those of their notations."""
    return [
        (pair, sorted(found.steps))
        for pair, found in zip(pairs, named(pairs), strict=True)
        if found.steps != pair.codes
    ]


@pytest.mark.parametrize("side", [0, 1])
def test_each_notation_alone(side: int) -> None:
    pieces = [*KANJI, *REPEATED]
    found = kanji((piece[side], piece[1 - side]) for piece in pieces)
    wrong = [
        (piece, own)
        for piece, own in zip(pieces, found, strict=True)
        if own != ("equivalent", piece[2])
    ]
    assert wrong == []


@settings(max_examples=10)
@given(several(PLAIN, shared=False))
def test_the_codes_are_those_of_the_notations(pairs: list[Pair]) -> None:
    assert len(PLAIN) > 20
    assert other_codes(pairs) == []


@settings(max_examples=10)
@given(several([p for p in PLAIN if p[2] != "COMPAT"], crossed=True, shared=False))
def test_the_codes_of_notations_on_either_side(pairs: list[Pair]) -> None:
    assert other_codes(pairs) == []


@settings(max_examples=10)
@given(several(KANJI))
def test_no_notation_is_left_unnamed(pairs: list[Pair]) -> None:
    found = named(pairs)
    assert [p for p, f in zip(pairs, found, strict=True) if not p.codes <= f.steps] == []


@settings(max_examples=8, phases=AS_FOUND)
@given(several(KANJI))
def test_no_notation_too_many_is_named(pairs: list[Pair]) -> None:
    assert other_codes(pairs) == []


@settings(max_examples=10)
@given(several(KANJI))
def test_the_named_codes_are_enough(pairs: list[Pair]) -> None:
    assert not_enough(named(pairs), KANJI_RUNGS, kanji_tables) == []


@settings(max_examples=10)
@given(several(PLAIN, shared=False))
def test_each_named_code_is_needed(pairs: list[Pair]) -> None:
    assert needless(named(pairs), KANJI_RUNGS, kanji_tables) == []


@settings(max_examples=5)
@given(several(REPEATED))
def test_written_out_marks_alone_are_enough_and_needed(pairs: list[Pair]) -> None:
    assert not_enough(named(pairs), KANJI_RUNGS, kanji_tables) == []
    assert needless(named(pairs), KANJI_RUNGS, kanji_tables) == []


@settings(max_examples=10)
@given(several([*(p for p in PLAIN if p[2] != "ITERATION"), *REPEATED[:2]], shared=False))
def test_the_codes_beside_a_written_out_mark(pairs: list[Pair]) -> None:
    assert other_codes(pairs) == []


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("見 本太郎Ａ", "見本 太郎A", "WIDTH+SPACE"),
        ("茅ケ崎竜ヶ崎Ａ", "茅ヶ崎竜ケ崎A", "WIDTH+KE"),
        ("葛\U000e0100城葛Ａ", "葛城葛\U000e0100A", "IVS+WIDTH"),
        ("佐々木　一", "佐佐木 一", "WIDTH+ITERATION"),
        pytest.param("\u2f2d本山", "山本\u2f2d", "COMPAT"),
        pytest.param("百々野々", "百〻野野", "ITERATION"),
    ],
)
def test_every_notation_is_named_once(a: str, b: str, codes: str) -> None:
    assert kanji([(a, b)]) == [("equivalent", codes)]


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("O'NEIL JOHN MARY", "ONEIL JOHN MARY", "LATIN"),
        ("ｶﾞﾝ葛\U000e0100城", "ガン葛\U000e0100城", "WIDTH"),
        ("髙\ufa19", "高\ufa19", "VARIANT:jis"),
        pytest.param("マリ\u2212ＱＲ", "マリーＱＲ", "DASH"),
        pytest.param("見本　いすず", "見本　いすゞ", "ITERATION"),
        pytest.param("O'NEIL JOHN 髙", "ONEIL JOHN 高", "LATIN+VARIANT:jis"),
    ],
)
def test_what_both_sides_share_explains_nothing(a: str, b: str, codes: str) -> None:
    assert kanji([(a, b)]) == [("equivalent", codes)]
