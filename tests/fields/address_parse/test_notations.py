"""The same place written in many ways parses to the same parts."""

from __future__ import annotations

import random

import polars as pl

from validator.fields.address.parse import parse_addresses

from .notations import Place

PLACES = [
    Place("東京都", "江東区", "豊洲", 1, [2, 27]),
    Place("東京都", "新宿区", "西新宿", 2, [8, 1]),
    Place("東京都", "渋谷区", "千駄ヶ谷", 3, [14, 5]),
    Place("東京都", "杉並区", "阿佐谷北", 1, [12, 30]),
    Place("神奈川県", "横浜市中区", "本町", 6, [50, 10]),
    Place("神奈川県", "横浜市瀬谷区", "三ツ境", 0, [4, 17]),
    Place("岐阜県", "不破郡関ケ原町", "関ケ原", 0, [894, 58]),
    Place("埼玉県", "比企郡嵐山町", "杉山", 0, [1030, 1]),
    Place("長野県", "北佐久郡軽井沢町", "長倉", 0, [2381, 1]),
    Place("長崎県", "長崎市", "魚の町", 0, [4, 1]),
    Place("兵庫県", "三木市", "上の丸町", 0, [10, 30]),
    Place("愛媛県", "松山市", "二番町", 4, [7, 2]),
    Place("広島県", "三次市", "十日市中", 2, [8, 1]),
    Place("千葉県", "山武郡九十九里町", "片貝", 0, [4099]),
    Place("北海道", "帯広市", "西五条南", 7, [1]),
    Place("北海道", "札幌市北区", "北二十四条西", 5, [2, 15]),
    Place("宮城県", "加美郡加美町", "西田三番", 0, [5]),
]
TIMES = 40


def test_every_notation_says_the_same_place() -> None:
    draw = random.Random(4)
    asked = [(place, place.written(draw)) for place in PLACES for _ in range(TIMES)]
    assert len({text for _, text in asked}) > 0.8 * len(asked)
    got = parse_addresses(pl.Series([text for _, text in asked]), detail=False)
    rows = got.select("prefecture", "city", "town", "block").rows()
    wrong = [
        (text, row) for (place, text), row in zip(asked, rows, strict=True)
        if row != place.expected()
    ]  # fmt: skip
    assert not wrong, (len(wrong), wrong[:20])
    assert set(got["match_level"]) == {"block"}
    assert set(got["building"]) == {""}
