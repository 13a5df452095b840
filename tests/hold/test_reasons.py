"""Reasons as clerks pick or write them, and what counts as a document."""

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


def test_every_reason_that_needs_a_document_is_offered_with_one() -> None:
    for code, entry in TABLE["reasons"].items():
        assert bool(entry.get("with")) is entry["proof"], code
        assert set(entry.get("with", ())) <= set(TABLE["documents"])


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
        ("電話で本人に確認", OTHER, False),
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
