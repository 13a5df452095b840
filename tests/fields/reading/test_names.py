"""Whole names as submitted: two parts, no space, other scripts, hostile input."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.fields.reading import Tier, part_tier, reading_tiers
from validator.fields.reading.tiers import PLAUSIBLE, RANKED

SCHEMA = {"kanji": pl.String, "kana": pl.String}
ODD = ["●", "〓", "□", "?", "🎉", "゛", "\u3099", "\u309a", "\U000e0100", "\ue000", "ー", "々", "ゝ", "ヽ", "ッ", "ン",
       "、", "\u200b", "\ufeff", "〱", "〆", "〇", "a", "Ａ", "é", "1", "ヶ", "ノ", "山", "田", "太", "タ", "ヤ", "ﾔ", "ﾞ", "　", " ", "\n", "\x00"]  # fmt: skip


def tiers(*names: tuple[str | None, str | None]) -> list[str]:
    return reading_tiers(pl.DataFrame(names, SCHEMA, orient="row")).to_list()


@pytest.mark.parametrize(
    "name",
    [
        ("山田　太郎", "ヤマダ　タロウ"), ("山田 太郎", "ﾔﾏﾀﾞ ﾀﾛｳ"), ("山田太郎", "ヤマダ　タロウ"), ("山田　太郎", "ヤマダタロウ"),
        ("山田太郎", "ヤマダタロウ"), ("山田太郎", "ﾔﾏﾀﾞﾀﾛｰ"), ("  山田   太郎 ", "ヤマダ\u00a0タロウ"), ("髙橋さくら", "タカハシサクラ"),
        ("山田", "ヤマダ"), ("太郎", "タロウ"), ("マリア ルイサ サントス", "マリア・ルイサ・サントス"), ("林　健太郎", "ハヤシ　ケンタロウ"),
    ],
)  # fmt: skip
def test_known_names_however_they_are_spaced(name: tuple[str, str]) -> None:
    assert tiers(name) == ["dictionary"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("山田　太郎", "ヤマダ　ジロウ"), "none"),
        (("山田　太郎", "スズキ　タロウ"), "none"),
        (("山田　太郎", "タロウ　ヤマダ"), "none"),
        (("太郎　山田", "ヤマダ　タロウ"), "none"),
        (("山田太郎", "サトウハナコ"), "none"),
        (("山田太郎", "サトウ ハナコ"), "none"),
        (("山田　彩夢", "ヤマダ　ユメ"), "partial"),
        (("山田彩夢", "ヤマダユメ"), "partial"),
        (("鶴瀬戸太郎", "ツルセドタロウ"), "lattice"),
        (("鶴瀬戸　太郎", "ツルセド　タロウ"), "lattice"),
        (("山田　JOHN", "ヤマダ　ジョン"), "not_applicable"),
        (("山田　JOHN", "スズキ　ジョン"), "none"),
        (("SMITH JOHN", "スミス ジョン"), "not_applicable"),
        (("山田　〓郎", "ヤマダ　タロウ"), "not_applicable"),
        ((None, "ヤマダ タロウ"), "not_applicable"),
        (("山田　太郎", None), "not_applicable"),
        (("", ""), "not_applicable"),
        (("　", "　"), "not_applicable"),
    ],
)
def test_the_worse_part_speaks(name: tuple[str | None, str | None], expected: str) -> None:
    assert tiers(name) == [expected]


def test_a_space_on_one_side_keeps_its_place() -> None:
    # 山|田太郎 could read ヤマ|ダタロウ, but not once the writer has said where the name divides.
    assert tiers(("山 田太郎", "ヤマダタロウ"))[0] != "dictionary"
    assert tiers(("山田 太郎", "ヤマダタロウ"))[0] == "dictionary"


def test_rows_keep_their_order_and_doubles_their_answer() -> None:
    names = [
        ("山田　太郎", "ヤマダ　タロウ"),
        ("山田　太郎", "ヤマダ　ジロウ"),
        (None, None),
        ("山田太郎", "ヤマダタロウ"),
    ]
    expected = ["dictionary", "none", "not_applicable", "dictionary"]
    assert tiers(*names * 50) == expected * 50
    assert tiers(*names[::-1]) == expected[::-1]


def test_no_rows() -> None:
    assert tiers() == []


def test_threads_get_the_same_answers() -> None:
    names = [(f"{a}　{b}", f"{c}　{d}") for a in ("山田", "海豚") for b in ("太郎", "美空")
             for c in ("ヤマダ", "イルカ") for d in ("ソラ", "タロー", "ミゾラ")]  # fmt: skip
    expected = tiers(*names)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: tiers(*names), range(12)))
    assert found == [expected] * 12
    assert {"dictionary", "none"} <= set(expected)


odd = st.text(st.sampled_from(ODD), max_size=9)


@settings(max_examples=20)
@given(st.lists(st.tuples(odd, odd), min_size=10, max_size=40))
def test_odd_characters_never_raise(names: list[tuple[str, str]]) -> None:
    found = tiers(*names)
    assert set(found) <= set(Tier)
    assert found == tiers(*names)
    for (kanji, kana), tier in zip(names, found, strict=True):
        if any(sign in kanji + kana for sign in "●〓□🎉\ue000é1"):
            assert tier not in PLAUSIBLE


@settings(max_examples=15)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=10, max_size=40))
def test_any_text_is_answered(names: list[tuple[str, str]]) -> None:
    assert len(tiers(*names)) == len(names)
    assert part_tier(*names[0], surname=True) in set(Tier)


def test_huge_and_hostile_values_are_put_aside_quickly() -> None:
    huge = "山" * 3_000_000
    start = perf_counter()
    found = tiers(
        (huge, "ヤマ"), ("山", "ヤ" * 3_000_000), ("山" * 30, "ヤマ" * 15), ("山 " * 60, "ヤマ " * 40),
        ("生" * 12, "イ" * 30), ("生" * 6 + " " + "生" * 6, "イ" * 28), ("\u3099" * 100, "゛" * 100),
    )  # fmt: skip
    assert perf_counter() - start < 20
    assert found[:3] == ["not_applicable"] * 3
    assert part_tier(huge, "ヤマ", surname=True) == "not_applicable"
    assert part_tier("山", "ヤ" * 3_000_000, surname=True) == "not_applicable"


known_parts = st.sampled_from(
    [
        ("山田", "ヤマダ", "太郎", "タロウ"),
        ("林", "ハヤシ", "さくら", "サクラ"),
        ("東海林", "ショウジ", "美空", "ソラ"),
        ("関ヶ原", "セキガハラ", "健", "ケン"),
    ]
)


@settings(max_examples=25)
@given(known_parts, known_parts, st.booleans(), st.booleans())
def test_without_a_space_a_name_is_never_judged_worse(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str], glue: bool, glue_kana: bool
) -> None:
    kanji, kana = (one[0], other[2]), (one[1], other[3])
    apart, glued = tiers(
        (" ".join(kanji), " ".join(kana)),
        (("" if glue else " ").join(kanji), ("" if glue_kana else " ").join(kana)),
    )
    assert RANKED.index(glued) <= RANKED.index(apart)
