"""Reasons as clerks pick or write them, and what counts as proof."""

from __future__ import annotations

import pytest

from validator.hold.reasons import OTHER, pick_list, read_reason
from validator.resources import load_toml

TABLE = load_toml("codes/clearances.toml")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_offered_reason_is_read_back(lang: str) -> None:
    offered = pick_list(lang)
    assert len(set(offered)) == len(offered)
    for text in offered:
        reason = read_reason(text)
        assert reason is not None and reason.code != OTHER
        assert reason.proof is TABLE["reasons"][reason.code]["proof"], text


def test_every_reason_that_needs_proof_is_offered_with_it() -> None:
    for code, entry in TABLE["reasons"].items():
        assert bool(entry.get("with")) is entry["proof"], code
        assert set(entry.get("with", ())) <= {*TABLE["documents"], *TABLE["checks"]}


@pytest.mark.parametrize(
    ("text", "code", "proof"),
    [
        ("字体の違い", "glyph_variant", False),
        ("　字体の 違い ", "glyph_variant", False),
        ("字体の違い(髙と高)", "glyph_variant", False),
        ("婚姻などによる氏の変更 戸籍抄本", "name_changed", True),
        ("運転免許証を見た", OTHER, True),
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞで確認", OTHER, True),
        ("住民票の写し(11/20)で確認", OTHER, True),
        ("住民票と相違ないことを確認", OTHER, True),
        ("住民票の写し、転居届は未提出", OTHER, True),
        ("本人確認書類で確認", "document", True),
        ("健康保険証の写し", OTHER, True),
        ("電話で本人に確認", OTHER, True),
        ("本人さんへ架電", OTHER, True),
        ("ＴＥＬ確認", OTHER, True),
        ("会社に電話し、本人に確認した", OTHER, True),
        ("窓口で本人確認", OTHER, True),
        ("住基ネット照会", OTHER, True),
        ("Ｊ－ＬＩＳ照会", OTHER, True),
        ("市役所に照会", OTHER, True),
        ("asked the person by phone", OTHER, True),
        # The employer's word, nobody's word, or a document that is still to come.
        ("事業所に電話で確認", OTHER, False),
        ("会社の人事に確認", OTHER, False),
        ("本人確認済", OTHER, False),
        ("本人に間違いない", OTHER, False),
        ("同一人物と確認", OTHER, False),
        ("住民票は未提出", OTHER, False),
        ("免許証なし", OTHER, False),
        ("本人に電話予定", OTHER, False),
        ("本人へ照会中", OTHER, False),
        ("届出の書類を見直した", OTHER, False),
        ("個人番号通知書を見た", OTHER, False),
        ("通知カードと運転免許証", OTHER, True),
    ],
)
def test_reasons_in_words(text: str, code: str, proof: bool) -> None:
    reason = read_reason(text)
    assert reason is not None
    assert (reason.code, reason.proof) == (code, proof)


@pytest.mark.parametrize("text", ["", " ", "　", "-", "…", "()"])
def test_what_says_nothing_is_no_reason(text: str) -> None:
    assert read_reason(text) is None


def test_words_beyond_the_label_are_kept() -> None:
    assert read_reason("字体の違い").words is None  # type: ignore[union-attr]
    assert read_reason("字体の違い(髙と高)").words == "字体の違い(髙と高)"  # type: ignore[union-attr]
