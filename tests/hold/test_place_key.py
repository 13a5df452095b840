"""One key for one place: never for two, whatever the notation."""

from __future__ import annotations

import polars as pl
import pytest

from validator.hold.place_key import place_keys

SAME = [
    ["東京都江東区豊洲二丁目2番27号", "江東区豊洲２－２－２７", "東京都 江東区豊洲2丁目2番地27"],
    ["北海道札幌市中央区北一条西二丁目3", "札幌市中央区北1条西2-3"],
    ["東京都江東区豊洲二丁目2番27号　見本ﾋﾞﾙ101号室", "江東区豊洲2-2-27 見本ビル101"],
]
OTHERS = [
    "東京都江東区豊洲二丁目2番28号",
    "東京都江東区豊洲二丁目27番2号",
    "東京都江東区豊洲二丁目2番",
    "東京都江東区豊洲三丁目2番27号",
    "東京都江東区東雲二丁目2番27号",
    "東京都江東区豊洲2番地27",
    "東京都江東区豊洲二丁目2番27号　見本ビル102",
    "東京都江東区豊洲二丁目2番27号　手本ビル101",
    "東京都江東区豊洲二丁目2番27号　山田様方",
    "東京都府中市宮町一丁目1番地",
    "広島県府中市府川町1",
    "大阪府大阪市中央区本町1-1",
    "千葉県匝瑳市八日市場イ22",
    "千葉県匝瑳市八日市場ロ22",
]
# Not read whole, or not for certain.
NONE = [
    "",
    None,
    "豊洲2-2-27",
    "東京都江東区",
    "Tokyo Koto-ku",
    "不明",
    "東京都江東区豊洲2-2" + "あ" * 200,
]


@pytest.mark.parametrize("written", SAME)
def test_one_place_in_several_notations(written: list[str]) -> None:
    keys = place_keys(pl.Series(written))
    assert keys.null_count() == 0
    assert keys.n_unique() == 1


def test_other_places_have_other_keys() -> None:
    listed = [*(group[0] for group in SAME), *OTHERS]
    keys = place_keys(pl.Series(listed)).to_list()
    assert len({key for key in keys if key is not None}) == sum(key is not None for key in keys)
    assert sum(key is None for key in keys) <= 2


def test_what_is_uncertain_has_none() -> None:
    assert place_keys(pl.Series(NONE, dtype=pl.String)).to_list() == [None] * len(NONE)


def test_order_and_length_are_kept() -> None:
    written = [SAME[0][0], None, OTHERS[0], SAME[0][1], OTHERS[0]]
    keys = place_keys(pl.Series(written)).to_list()
    assert keys[0] == keys[3] != keys[2] == keys[4]
    assert keys[1] is None
    assert place_keys(pl.Series([], dtype=pl.String)).to_list() == []
