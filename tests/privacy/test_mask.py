"""An employer's code as outputs show it."""

import polars as pl
import pytest

from validator.privacy.mask import mask_offices
from validator.privacy.visible import BLOT

CODES = (
    "1001",
    "0001234",
    "21-ｱﾅ",
    "13-0101",
    "A-12",
    "東京本社",
    "19310719",
    "１００１",
    "本社 1",
    "",
    None,
)
NOT_CODES = (
    "見本　太郎", "ﾐﾎﾝ ﾀﾛｳ", "見本 太郎", "1931-07-19", "1931/7/9", "1931年7月19日", "昭和6年7月19日",
    "昭和元年7月19日", "S6.7.19", "Ｓ６．７．１９", " 1931‐07‐19 ", "東京都 江東区豊洲",
)  # fmt: skip


def masked(value):
    return mask_offices(pl.Series([value, "1", None], dtype=pl.String))[0]


@pytest.mark.parametrize("code", CODES)
def test_codes_stay(code):
    assert masked(code) == code


@pytest.mark.parametrize("value", NOT_CODES)
def test_what_only_a_person_has_is_hidden(value):
    assert masked(value) == BLOT


@pytest.mark.parametrize("digits", ["1" * 12, "１" * 12, "1111-1111-1111", "1" * 11])
def test_numbers_are_hidden(digits):
    assert masked(digits) == BLOT
