"""A reason in words reaches messages only where no name, number or place can be in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.hold.reason_words import public_reason
from validator.hold.reasons import OTHER
from validator.resources import load_toml

SHOWN = load_toml("codes/clearances.toml")["shown"]


@pytest.mark.parametrize(
    "text",
    [
        "電話で本人に確認", "本人に電話で確認した。", "住民票の写しで確認", "住民票と相違ないことを確認",
        "Ｊ－ＬＩＳ照会", "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "窓口 面談", "旧字体のため", "会社の人事に確認", "引越しのため",
    ],
)  # fmt: skip
def test_words_of_the_trade_are_repeated_as_written(text: str) -> None:
    assert public_reason(OTHER, text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("山田花子さんに電話", "電話"),
        ("見本太郎の住民票", "住民票の写し"),
        ("住民票(1985-04-02)で確認", "住民票の写し"),
        ("住民票と免許証(江東区豊洲)", "住民票の写し、運転免許証"),
        ("夫の見本太郎と確認", "other"),
        ("ももとはるかに確認", "other"),
        ("生年月日は4月2日が正", "other"),
        ("住民票で確認" * 11, "住民票の写し"),
        ("本人確認" * 15 + "!", "other"),
    ],
)
def test_of_anything_else_only_the_proof_is_told(text: str, said: str) -> None:
    assert public_reason(OTHER, text) == said


def test_a_chosen_reason_keeps_its_code() -> None:
    assert public_reason("glyph_variant", None) == "glyph_variant"
    assert public_reason("glyph_variant", "字体の違い(髙と高)") == "glyph_variant"
    assert public_reason("document", "本人確認書類で確認・旅券") == "本人確認書類で確認・旅券"


@given(
    name=st.sampled_from(["見本", "はるか", "もも", "タロウ", "Taro", "一郎", "とも", "〓", "12"]),
    before=st.lists(st.sampled_from(SHOWN["words"]), max_size=3),
    after=st.lists(st.sampled_from(SHOWN["words"]), max_size=3),
    between=st.sampled_from(["", *SHOWN["between"]]),
)
def test_no_name_among_such_words_passes(
    name: str, before: list[str], after: list[str], between: str
) -> None:
    text = "".join(before) + name + between + "".join(after)
    assert public_reason(OTHER, text) != text


def test_no_word_of_the_table_is_a_single_kanji_but_done() -> None:
    assert [word for word in SHOWN["words"] if len(word) == 1] == ["済"]
