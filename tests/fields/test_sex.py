"""性別: what is read with certainty, and nothing else."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.fields.sex import read_sex, sex_map

MALE = ["1", "１", "男", "男性", "M", "m", "Ｍ", "ｍ", "male", "MALE", "Male", "ｍａｌｅ", " 男 "]
FEMALE = ["2", "２", "女", "女性", "F", "f", "Ｆ", "female", "Female", "ＦＥＭＡＬＥ", "女　"]


@pytest.mark.parametrize("written", MALE)
def test_male(written: str) -> None:
    assert read_sex(written, media=False) == 1


@pytest.mark.parametrize("written", FEMALE)
def test_female(written: str) -> None:
    assert read_sex(written, media=False) == 2


@pytest.mark.parametrize(
    "written", ["0", "3", "5", "9", "X", "男女", "オトコ", "man", "01", "①", "不明", "mf"]
)
def test_everything_else_is_unknown(written: str) -> None:
    assert read_sex(written, media=False) == 0


def test_codes_of_electronic_media() -> None:
    codes = [read_sex(str(n), media=True) for n in range(10)]
    assert codes == [0, 1, 2, 1, 0, 1, 2, 1, 0, 0]
    assert read_sex("男", media=True) == 0


@given(st.lists(st.one_of(st.none(), st.text(max_size=8), st.sampled_from(MALE + FEMALE))))
def test_a_column_gives_what_single_values_give(values: list[str | None]) -> None:
    table = dict(sex_map(pl.Series(values, dtype=pl.String), media=False).iter_rows())
    assert table == {v: read_sex(v, media=False) for v in values if v is not None}
