"""Dividing an unspaced kanji name by its kana, and kanji that sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.fields.reading import part_tier, shared_readings, split_name
from validator.fields.reading.folding import fold_one, fold_pairs
from validator.fields.reading.tiers import PLAUSIBLE


@pytest.mark.parametrize(
    ("kanji", "family", "given", "expected"),
    [
        ("山田太郎", "ヤマダ", "タロウ", ("山田", "太郎")),
        ("林健太郎", "ハヤシ", "ケンタロウ", ("林", "健太郎")),
        ("東海林太郎", "ショウジ", "タロウ", ("東海林", "太郎")),
        ("佐々木さくら", "ササキ", "サクラ", ("佐々木", "さくら")),
        ("髙橋美空", "タカハシ", "ソラ", ("髙橋", "美空")),
        ("山田太郎", "ﾔﾏﾀﾞ", "タロー", ("山田", "太郎")),
        ("鶴瀬戸太郎", "ツルセド", "タロウ", ("鶴瀬戸", "太郎")),
        ("山田太郎", "スズキ", "タロウ", None),
        ("山田太郎", "ヤマダ", "ハナコ", None),
        ("山田太郎", "", "", None),
        ("山", "ヤマ", "", None),
        ("", "", "", None),
        ("山田〓郎", "ヤマダ", "タロウ", None),
        ("生" * 40, "イ", "イ", None),
    ],
)
def test_where_a_name_divides(
    kanji: str, family: str, given: str, expected: tuple[str, str] | None
) -> None:
    assert split_name(kanji, family, given) == expected


@settings(max_examples=60)
@given(
    st.text("山田林健太郎美子高橋ノ々さ", min_size=1, max_size=6),
    st.text("ヤマダハシタロウケンミコー", max_size=5),
    st.text("ヤマダハシタロウケンミコ", max_size=5),
)
def test_what_is_found_is_the_name_and_plausible(kanji: str, family: str, given_name: str) -> None:
    found = split_name(kanji, family, given_name)
    if found is not None:
        assert "".join(found) == kanji
        assert part_tier(found[0], family, surname=True) in PLAUSIBLE
        assert part_tier(found[1], given_name, surname=False) in PLAUSIBLE


@settings(max_examples=60)
@given(
    st.text("髙橋渡邉斎藤齋々ゝヽゞさサがガーヶノヱゐ〆一ッ", min_size=1, max_size=5),
    st.text("アさがカーッャヱヴンヶ", min_size=1, max_size=6),
)
def test_single_names_fold_as_frames_do(kanji: str, kana: str) -> None:
    import polars as pl

    frame = fold_pairs(pl.DataFrame({"kanji": [kanji], "kana": [kana]}))
    assert set(fold_one(kanji, kana)) == set(frame.rows())


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("一", "市", True), ("斉", "斎", True), ("幸", "行", True), ("高", "髙", True), ("山", "山", True),
        ("山", "海", False), ("太", "次", False), ("山田", "山", False), ("", "山", False), ("A", "エ", False), ("●", "山", False),
    ],
)  # fmt: skip
def test_homophones(a: str, b: str, alike: bool) -> None:
    assert shared_readings(a, b) is alike
    assert shared_readings(b, a) is alike
