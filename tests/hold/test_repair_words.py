"""Sentences of the suggestions: kind, positions, agreeing items, in both languages."""

from __future__ import annotations

import re

import polars as pl
import pytest

from validator.hold.repair import RepairStatus
from validator.hold.repair_candidates import Slip
from validator.hold.repair_words import repair_sentence, status_words

CODES = [f"{Slip.SUBSTITUTION}@12", "neighbours_swapped@4-5", "jump_swapped@9-11", "digit_lost@3",
         "digit_doubled@9", "digit_extra@13", "five_items", "ambiguous", None]  # fmt: skip


def sentences(lang: str) -> list[str | None]:
    frame = pl.DataFrame(
        {"repair": CODES, "repair_matches": [4] * len(CODES)},
        schema={"repair": pl.String, "repair_matches": pl.UInt8},
    )
    return frame.select(repair_sentence(lang).alias("text")).to_series().to_list()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_code_has_its_own_sentence(lang: str) -> None:
    texts = sentences(lang)
    assert texts[-1] is None
    assert all(texts[:-1])
    assert len(set(texts)) == len(CODES)
    assert {code.split("@")[0] for code in CODES if code} >= {slip.value for slip in Slip}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_positions_and_items_are_filled_in(lang: str) -> None:
    for code, text in zip(CODES[:6], sentences(lang), strict=False):
        assert text is not None
        positions = re.findall(r"\d+", str(code))
        said = re.findall(r"\d+", text)
        assert [n for n in said if n in positions][: len(positions)] == positions, code
        assert "4" in said
        assert "{" not in text
        assert max(map(len, said)) <= 2


def test_as_a_clerk_reads_it() -> None:
    text = sentences("ja")[1]
    assert (
        text
        == "隣り合う2つの数字が入れ替わっているようです(4〜5桁目)。台帳に5項目のうち4項目が一致する人が1人います。"
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_status_has_words(lang: str) -> None:
    words = status_words(lang)
    assert set(words) == {status.value for status in RepairStatus}
    assert len(set(words.values())) == len(words)
