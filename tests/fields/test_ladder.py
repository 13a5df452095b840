"""What a rung says of itself: the characters that it may change, and no others."""

from __future__ import annotations

import sys
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.fields.address.ladder import ADDRESS_RUNGS
from validator.fields.kana import KANA_RUNGS
from validator.fields.ladder import Rung, applied, touched
from validator.fields.name import KANJI_RUNGS

LADDERS = {"address": ADDRESS_RUNGS, "kanji": KANJI_RUNGS, "kana": KANA_RUNGS}
RUNGS = [
    pytest.param(rung, id=f"{name}-{rung.code}")
    for name, rungs in LADDERS.items()
    for rung in rungs
]
PIECES = "0123１２三二一千百十丁目番地号室のノ之-－ー―ﾊﾟアッガヶ　 、,。〒aZéß々〻ヴ･・\ufdd0\ufdd8\ufe00\u3099゛﨑齋"


def whole(texts: pl.Series, rung: Rung) -> pl.Series:
    return texts.to_frame().select(rung.apply(pl.col(texts.name))).to_series()


@pytest.fixture(scope="module")
def every_character() -> pl.Series:
    """Each assigned character alone, between digits and behind kana."""
    known = [c for c in map(chr, range(1, sys.maxunicode)) if unicodedata.category(c)[0] != "C"]
    return pl.Series("text", [f"{a}{c}{b}" for c in known for a, b in (("", ""), "12", "ア1")])


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_changes_only_texts_that_it_touches(rung: Rung, every_character: pl.Series) -> None:
    left = every_character.filter(~touched(every_character, rung))
    assert whole(left, rung).to_list() == left.to_list()


@given(texts=st.lists(st.text(PIECES, max_size=12) | st.none(), max_size=20))
def test_a_rung_on_some_texts_is_the_rung_on_all(texts: list[str | None]) -> None:
    for rungs in LADDERS.values():
        some = all_of_them = pl.Series("text", texts, dtype=pl.String)
        for rung in rungs:
            some = applied(some, touched(some, rung), rung)
            all_of_them = whole(all_of_them, rung)
            assert some.to_list() == all_of_them.to_list(), rung.code
