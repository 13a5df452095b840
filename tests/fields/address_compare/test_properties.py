"""What holds for any two addresses (issue 4, Show 5), on real towns and on hostile text."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from .places import Town, canonical, neighbours, one_digit_changed, towns, written
from .table import cases, compare, levels, worded_steps

LEVELS = {"same", "equivalent", "similar", "different", "blank", "undecidable"}
ALIKE = {"same", "equivalent"}
NUMBERS = st.lists(st.integers(1, 399), min_size=1, max_size=2) | st.tuples(
    st.integers(1, 9), st.integers(1, 60), st.integers(1, 60)
).map(list)
HOMES = st.tuples(st.integers(0, 1_000_000), NUMBERS, st.integers(0, 1 << 30).map(random.Random))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
# What addresses are made of, and what trips their readers.
PIECES = (
    "東京都", "江東区", "豊洲", "京都市中京区", "寺町通御池上る", "北一条西", "丁目", "番地", "番", "号", "の",
    "ノ", "之", "大字", "字", "第", "地割", "甲", "イ", "ハ", "1", "２", "十二", "千", "〇", "0", "-", "ー",
    "一", "−", " ", "\u3000", "〒135-0061", "（", ")", "】", "様方", "豊洲ハイツ", "301号室", "2F", "B棟",
    "ケ", "が", "か\u3099", "ｶﾞ", "ッ", "\u200b", "\ufeff", "\U000e0100", "\ufdd0", "\ufdd3", "\ufffd",
    "\x00", "㍿", "①", "Ⅷ", "½", "ﷺ", "𠮷", "🏠", "\ue000", "●", "〓", "?", "\r\n", "\t", "=1+1", "無番地",
    "府中市", "USA",
)  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
REAL = [text for case in cases() for text in (case.submitted, case.registry)]
BENT = st.builds(
    lambda text, at, size, put: text[: at % (len(text) + 1)] + put + text[at % (len(text) + 1) + size :],
    st.sampled_from(REAL), st.integers(0, 60), st.integers(0, 3), st.sampled_from(("", *PIECES)),
)  # fmt: skip
TEXT = BENT | PIECED | ANY | st.sampled_from(REAL)
PAIRS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=60)


def town_of(number: int) -> Town:
    return towns()[number % len(towns())]


@settings(max_examples=6)
@given(st.lists(HOMES, min_size=80, max_size=150))
def test_a_listed_notation_is_equivalent(homes: list[tuple[int, list[int], random.Random]]) -> None:
    pairs = [
        (written(town_of(at), numbers, draw), canonical(town_of(at), numbers))
        for at, numbers, draw in homes
    ]
    wrong = [
        (pair, got) for pair, got in zip(pairs, compare(pairs), strict=True) if got[0] not in ALIKE
    ]
    assert wrong == []


@settings(max_examples=6)
@given(st.lists(HOMES, min_size=80, max_size=150))
def test_another_digit_is_another_number(
    homes: list[tuple[int, list[int], random.Random]],
) -> None:
    pairs = [
        (
            written(town_of(at), one_digit_changed(numbers, draw), draw),
            canonical(town_of(at), numbers),
        )
        for at, numbers, draw in homes
    ]
    assert {
        (pair, level) for pair, level in zip(pairs, levels(pairs), strict=True) if level in ALIKE
    } == set()


@settings(max_examples=6)
@given(st.lists(st.tuples(HOMES, st.integers(1, 30), st.integers(1, 20)), min_size=50, max_size=80))
def test_another_room_is_another_home(
    homes: list[tuple[tuple[int, list[int], random.Random], int, int]],
) -> None:
    pairs = []
    for (at, numbers, draw), floor, door in homes:
        one, other = (
            floor * 100 + door,
            floor * 100 + draw.choice([n for n in range(1, 21) if n != door]),
        )
        name = draw.choice([" コーポ", "メゾン緑", " 第二若葉荘", "ハイツA棟"])
        end = draw.choice(["", "号", "号室"])
        pairs.append(
            (
                f"{written(town_of(at), numbers, draw)}{name}{one}{end}",
                f"{canonical(town_of(at), numbers)}{name}{other}号室",
            )
        )
    assert {
        (pair, level)
        for pair, level in zip(pairs, levels(pairs), strict=True)
        if level != "similar"
    } == set()


def test_two_towns_of_one_municipality_are_not_one() -> None:
    pairs = neighbours()
    assert len(pairs) > 2_000
    drawn = random.Random(4).sample(pairs, 2_000)
    wrong = [
        (pair, level) for pair, level in zip(drawn, levels(drawn), strict=True) if level in ALIKE
    ]
    assert wrong == []


@settings(max_examples=7)
@given(PAIRS)
def test_any_text_has_a_level_and_words(pairs: list[tuple[str, str]]) -> None:
    for level, steps in compare(pairs):
        assert level in LEVELS
        assert steps <= worded_steps()


@settings(max_examples=7)
@given(PAIRS)
def test_it_is_symmetric(pairs: list[tuple[str, str]]) -> None:
    straight, swapped = levels(pairs), levels([(b, a) for a, b in pairs])
    comparable = [
        (pair, there, back)
        for pair, there, back in zip(pairs, straight, swapped, strict=True)
        # A blank and a placeholder mean another thing on the other side.
        if not {there, back} & {"blank", "undecidable"}
    ]
    assert [one for one in comparable if one[1] != one[2]] == []


@settings(max_examples=8)
@given(st.lists(TEXT, min_size=1, max_size=25))
def test_it_is_reflexive(texts: list[str]) -> None:
    for text, level in zip(texts, levels([(text, text) for text in texts]), strict=True):
        blank = not text.strip().strip("\u200b\ufeff \t\r\n\u3000")
        assert level == "same" or (level == "blank" and blank)


@settings(max_examples=5)
@given(PAIRS)
def test_the_other_rows_change_nothing(pairs: list[tuple[str, str]]) -> None:
    together = compare(pairs)
    assert compare(pairs[::-1]) == together[::-1]
    assert compare(pairs[-1:]) == together[-1:]
