"""What a mask shows and, above all, what it cannot show."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from validator.privacy.mask_items import (
    ALPHABET,
    GAP,
    LONGEST,
    SIGNS,
    kind,
    mask_addresses,
    mask_dates,
    mask_pair,
    signs,
)

anything = st.text(max_size=60)
KANJI = "田山川本中村高橋佐藤斎齋邊邉"
KANA = "アイウエオカキクケコガギグゲゴ"
DIGITS = "0123456789"
name_like = st.text(st.sampled_from(KANJI + KANA + DIGITS + " "), max_size=14)


def drawn(masked):
    return ["".join(run.signs for run in side) for side in (masked.submitted, masked.registry)]


@given(anything, anything)
def test_no_character_of_a_value_is_shown(left, right):
    for side in drawn(mask_pair(left, right)):
        assert set(side) <= ALPHABET


@given(anything, anything)
def test_the_words_hold_no_value_and_no_long_run_of_digits(left, right):
    where = mask_pair(left, right).where
    assert not re.search(r"\d{6}", where.ja + " " + where.en)
    fixed = set(mask_pair("ア", "イ").where.ja) | set(
        "氏名の文字目が違いますはは届書だけ後前に、台帳だけ全体か所伏せた部分見えません0123456789〜"
    )
    assert set(where.ja) <= fixed


@given(name_like, name_like, st.data())
def test_other_values_of_the_same_kinds_that_differ_in_the_same_places_look_the_same(
    left, right, data
):
    """Hence nothing of a value but kinds, lengths and the pattern of equality can be learnt."""
    swap = {}
    for letters in (KANJI, KANA, DIGITS):
        swap |= dict(zip(letters, data.draw(st.permutations(letters)), strict=True))
    table = str.maketrans(swap)
    assert mask_pair(left, right) == mask_pair(left.translate(table), right.translate(table))


@given(anything, anything)
def test_both_sides_stand_below_each_other(left, right):
    one, other = drawn(mask_pair(left, right))
    assert len(one.rstrip("…")) == len(other.rstrip("…"))


@given(name_like)
def test_equal_values_show_no_filled_sign(value):
    masked = mask_pair(value, value)
    assert not any(run.differs for run in (*masked.submitted, *masked.registry))
    assert not set("".join(drawn(masked))) & {pair[1] for pair in SIGNS.values()}


@given(name_like, name_like)
def test_different_values_show_one_on_at_least_one_side(left, right):
    assume(left != right)
    masked = mask_pair(left, right)
    assert any(run.differs for run in (*masked.submitted, *masked.registry))


@pytest.mark.parametrize(
    ("left", "right", "shown", "ja", "en"),
    [
        ("山田 太郎", "山田 太朗", ["□□ □■", "□□ □■"], "名の2文字目が違います",
         "character 2 of the given name differs"),
        ("山田 太郎", "川田 太郎", ["■□ □□", "■□ □□"], "氏の1文字目が違います",
         "character 1 of the family name differs"),
        ("ヤマダ", "ヤマタダ", ["○○" + GAP + "○", "○○●○"], "2文字目の後に、台帳だけ1文字",
         "1 more in the registry after character 2"),
        ("ヤマダ タロウ", "ヤマダ タロ", ["○○○ ○○●", "○○○ ○○" + GAP], "名の3文字目は届書だけ",
         "character 3 of the given name only on the form"),
        ("2-27", "2-72", None, None, None),
        ("甲", "乙", ["■", "■"], "全体が違います", "all of it differs"),
        ("", "乙", [GAP, "■"], "全体が違います", "all of it differs"),
    ],
)  # fmt: skip
def test_where_it_differs(left, right, shown, ja, en):
    masked = mask_pair(left, right)
    if shown is not None:
        assert drawn(masked) == shown
        assert (masked.where.ja, masked.where.en) == (ja, en)
    assert not set("".join(drawn(masked))) & set(left + right) - {" "}


def test_a_value_of_any_length_costs_and_shows_little():
    masked = mask_pair("山" * 1_000_000, "川" * 1_000_000)
    assert all(len(side) == LONGEST + 1 for side in drawn(masked))
    assert drawn(masked)[0].endswith("…")


@pytest.mark.parametrize(
    ("character", "expected"),
    [("山", "kanji"), ("々", "kanji"), ("𠮷", "kanji"), ("あ", "kana"), ("ｱ", "kana"), ("ー", "kana"),
     ("7", "digit"), ("７", "digit"), ("①", "digit"), ("A", "other"), ("-", "other"), ("\ue000", "other"),
     ("\ud800", "other"), ("一", "kanji")],
)  # fmt: skip
def test_kinds(character, expected):
    assert kind(character) == expected
    assert signs(character, differs=False) != character


days = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@given(days, days)
def test_parts_of_dates_tell_exactly_what_differs(one, other):
    parts, where = mask_dates(one, other)
    assert [p.state == "same" for p in parts] == [
        one.year == other.year,
        one.month == other.month,
        one.day == other.day,
    ]
    assert not re.search(r"\d", where.ja + where.en)


def test_dates_in_words():
    assert mask_dates(date(1985, 4, 12), date(1985, 12, 4))[1].ja == "月と日が入れ替わっています"
    assert mask_dates(date(1985, 4, 1), date(1960, 4, 1))[1].ja == "年が違います"
    assert mask_dates(date(1985, 4, 1), date(1985, 5, 2))[1].ja == "月・日が違います"
    assert mask_dates(None, date(1985, 5, 2))[0] == ()


def test_parts_of_addresses():
    parts = mask_addresses(
        ("東京都", "江東区", "豊洲一丁目", "2-27", ""),
        ("", "江東区", "豊洲二丁目", "2-27", "甲荘3"),
    )
    assert [(p.name.ja, p.state) for p in parts] == [
        ("都道府県", "submitted_only"),
        ("市区町村", "same"),
        ("町字", "different"),
        ("番地", "same"),
        ("建物・部屋", "registry_only"),
    ]
    assert drawn(parts[2].masked) == ["□□■□□", "□□■□□"]
    assert [p.masked for p in parts if p.state != "different"] == [None] * 4


@given(st.lists(anything, min_size=5, max_size=5), st.lists(anything, min_size=5, max_size=5))
def test_no_character_of_an_address_is_shown(left, right):
    for part in mask_addresses(left, right):
        if part.masked:
            for side in drawn(part.masked):
                assert set(side) <= ALPHABET
