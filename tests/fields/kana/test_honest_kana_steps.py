"""The codes of an equality of two kana names are exactly what it took (name/honesty.py says how)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from name.asking import kana
from name.honesty import Named, folded, kana_tables, needless, not_enough
from name.notations import KANA, REPEATED_VOWELS, Pair, Piece, written_twice

from validator.fields.kana.ladder import KANA_RUNGS

SIGNS = (
    "what WIDTH may change is judged by a range of characters that is wider than what it changes"
    " (− 〜 ヽ)"
)
OPEN = "a rung shifted by another notation is named where ー has to be read as a vowel in the end"
AS_FOUND = (Phase.explicit, Phase.generate)
PLAIN = [
    piece
    for piece, text in zip(KANA, folded([p[0] for p in KANA], KANA_RUNGS), strict=True)
    if piece[0] == text
]


def several(pieces: Sequence[Piece], *, shared: bool = True) -> st.SearchStrategy[list[Pair]]:
    pair = written_twice(pieces, crossed=True, shared=shared)
    return st.lists(pair, min_size=1, max_size=20)


def named(pairs: Sequence[Pair]) -> list[Named]:
    """The pairs with the codes found for them; all are equal."""
    found = kana((pair.a, pair.b) for pair in pairs)
    wrong = [
        (pair, level)
        for pair, (level, _) in zip(pairs, found, strict=True)
        if level != ("same" if pair.a == pair.b else "equivalent")
    ]
    assert wrong == []
    return [
        Named(pair.a, pair.b, frozenset(filter(None, steps.split("+"))))
        for pair, (_, steps) in zip(pairs, found, strict=True)
    ]


def other_codes(pairs: Sequence[Pair]) -> list[tuple[Pair, list[str]]]:
    return [
        (pair, sorted(found.steps))
        for pair, found in zip(pairs, named(pairs), strict=True)
        if found.steps != pair.codes
    ]


@pytest.mark.parametrize("side", [0, 1])
def test_each_notation_alone(side: int) -> None:
    pieces = [*KANA, *REPEATED_VOWELS]
    found = kana((piece[side], piece[1 - side]) for piece in pieces)
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
@given(several(KANA))
def test_no_notation_is_left_unnamed(pairs: list[Pair]) -> None:
    found = named(pairs)
    assert [p for p, f in zip(pairs, found, strict=True) if not p.codes <= f.steps] == []


@settings(max_examples=30, phases=AS_FOUND)
@given(several(KANA))
def test_no_notation_too_many_is_named(pairs: list[Pair]) -> None:
    assert other_codes(pairs) == []


@settings(max_examples=10)
@given(several(KANA))
def test_the_named_codes_are_enough(pairs: list[Pair]) -> None:
    assert not_enough(named(pairs), KANA_RUNGS, kana_tables) == []


@settings(max_examples=10)
@given(several(PLAIN, shared=False))
def test_each_named_code_is_needed(pairs: list[Pair]) -> None:
    assert needless(named(pairs), KANA_RUNGS, kana_tables) == []


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("ヴァン　アン", "バン　アン", "VU"),
        pytest.param("ミ\u2212　アン", "ミー　アン", "DASH"),
        pytest.param("ミヽ　アン", "ミミ　アン", "SCRIPT"),
        pytest.param("ヴァン コウ", "バン コー", "VU+LONG"),
    ],
)
def test_what_both_sides_share_explains_nothing(a: str, b: str, codes: str) -> None:
    assert kana([(a, b)]) == [("equivalent", codes)]


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("トオノ コウタ", "トーノ　コータ", {"WIDTH", "LONG"}),
        ("とおの コウタ", "トーノ コータ", {"SCRIPT", "LONG"}),
    ],
)
def test_two_kinds_of_long_vowels(a: str, b: str, codes: set[str]) -> None:
    level, steps = kana([(a, b)])[0]
    assert (level, set(steps.split("+"))) == ("equivalent", codes)


def test_two_kinds_of_long_vowels_and_nothing_else() -> None:
    assert kana([("トオノ コウタ", "トーノ コータ")]) == [("equivalent", "LONG")]
