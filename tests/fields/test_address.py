"""The address ladder and the postal-code states."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import compare_addresses
from validator.fields.address.postal import postal_state

FINE = ("same", "equivalent")
BASE = "東京都江東区豊洲一丁目2番27号"
TEXT = st.text(
    alphabet="東京都江区豊洲府中市一二三十丁目番地号室0123456789２７ーの之-－‐ 　ヶケAハイツ",
    max_size=25,
)


def compare(a: str, b: str) -> tuple[str, str]:
    return (
        compare_addresses(pl.DataFrame({"submitted": [a], "registry": [b]}))
        .select("level", "steps")
        .row(0)
    )


def levels(pairs: list[tuple[str, str]]) -> list[str]:
    frame = pl.DataFrame(
        pairs, schema={"submitted": pl.String, "registry": pl.String}, orient="row"
    )
    return compare_addresses(frame)["level"].to_list()


@pytest.mark.parametrize(
    "written",
    [
        "東京都江東区豊洲１丁目２番２７号", "東京都江東区豊洲1-2-27", "東京都江東区豊洲１－２－２７", "東京都江東区豊洲一丁目二番二十七号",
        "江東区豊洲1-2-27", "東京都江東区豊洲1丁目2-27", "東京都江東区豊洲１‐２‐２７", "東京都江東区豊洲１ー２ー２７", "東京都 江東区 豊洲 1-2-27",
        "東京都江東区豊洲１の２の２７", "東京都江東区豊洲1−2−27", "〒135-0061 東京都江東区豊洲1-2-27", "東京都江東区豊洲1丁目2番地27",
        "東京都江東区豊洲一丁目2番27号　豊洲ハイツ203号室", "江東区豊洲1-2-27豊洲ハイツ203", "東京都江東区豊洲1-2-27-203",
    ],
)  # fmt: skip
def test_notation(written: str) -> None:
    # A bare number hung on the block may be a room or a number more: that is for an eye.
    expected = "similar" if written.endswith("-203") else "equivalent"
    assert compare(written, BASE)[0] == expected, compare(written, BASE)
    assert compare(BASE, written)[0] == expected


@pytest.mark.parametrize(
    ("submitted", "registry", "level", "steps"),
    [
        (BASE, BASE, "same", ""),
        ("江東区豊洲一丁目2番27号", BASE, "equivalent", "PREFECTURE"),
        ("東京都江東区豊洲一丁目２番２７号", BASE, "equivalent", "WIDTH"),
        ("東京都江東区豊洲1丁目2番27号", BASE, "equivalent", "NUMERAL"),
        ("東京都江東区豊洲一丁目2番27号豊洲ハイツ", BASE, "equivalent", "BUILDING_ONE_SIDE"),
        ("神奈川県茅ケ崎市茅ケ崎1番地", "神奈川県茅ヶ崎市茅ヶ崎1番地", "equivalent", "PLACE_KANA"),
        (f"{BASE} 豊洲ハイツ203", f"{BASE} 豊洲ハイツ203号室", "equivalent", "NUMBER_WORD"),
        (f"{BASE} 豊洲ハイツ203", f"{BASE} 豊洲ハイツ302", "similar", "BUILDING_DIFFERS"),
        (f"{BASE} 豊洲ハイツ", f"{BASE} 青空コーポ", "similar", "BUILDING_DIFFERS"),
        (f"{BASE} 見本方", BASE, "equivalent", "BUILDING_ONE_SIDE"),
        ("東京都江東区豊洲一丁目2番28号", BASE, "similar", "BLOCK_DIFFERS"),
        ("東京都江東区豊洲", BASE, "similar", "NUMBER_MISSING"),
        ("東京都江東区豊洲2番地11", "東京都江東区豊洲2丁目11番", "similar", "NUMBER_KIND_DIFFERS"),
        ("東京都江東区豊洲12-27", "東京都江東区豊洲1-2-27", "similar", "NUMBERS_RUN_TOGETHER"),
        ("東京都江東区東雲一丁目2番27号", BASE, "different", "TOWN_DIFFERS"),
        ("大阪府大阪市北区梅田一丁目1番1号", BASE, "different", "MUNICIPALITY_DIFFERS"),
        ("東京都府中市宮西町1番地", "広島県府中市宮西町1番地", "different", "MUNICIPALITY_DIFFERS"),
        ("府中市宮西町1番地", "東京都府中市宮西町1番地", "equivalent", "PREFECTURE"),
        ("東京都千代田区一番町1番地", "東京都千代田区三番町1番地", "different", "TOWN_DIFFERS"),
        ("東京都千代田区一番町1", "東京都千代田区一番町1番地", "equivalent", "NUMBER_WORD"),
        ("北海道札幌市中央区北一条西二丁目1番", "北海道札幌市中央区北1条西2丁目1番", "equivalent", "NUMERAL"),
        ("三重県津市広明町十三番地", "三重県津市広明町13番地", "equivalent", "NUMERAL"),
        ("千葉県千葉市中央区市場町1-1", "千葉県千葉市中央区市場町1番1号", "equivalent", "NUMBER_WORD"),
        ("愛知県名古屋市中区栄イ1", "愛知県名古屋市中区栄い1", "similar", "LETTER_DIFFERS"),
    ],
)  # fmt: skip
def test_level_and_steps(submitted: str, registry: str, level: str, steps: str) -> None:
    assert compare(submitted, registry) == (level, steps)


@settings(max_examples=25)
@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=15))
def test_reflexive(values: list[str]) -> None:
    assert set(levels([(v, v) for v in values])) == {"same"}


@settings(max_examples=25)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=15))
def test_symmetric(pairs: list[tuple[str, str]]) -> None:
    pairs = [(a, b) for a, b in pairs if a and b]
    assert levels(pairs) == levels([(b, a) for a, b in pairs])


@settings(max_examples=25)
@given(st.integers(1, 20), st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_other_numbers_are_never_equal(chome: int, block: int, house: int, other: int) -> None:
    one = f"東京都江東区豊洲{chome}丁目{block}番{house}号"
    same = [
        f"江東区豊洲{chome}-{block}-{house}",
        f"東京都江東区豊洲{chome}丁目{block}-{house} 豊洲ハイツ",
    ]
    assert levels([(w, one) for w in same]) == ["equivalent"] * len(same)
    joined = [f"東京都江東区豊洲{chome}{block}-{house}", f"東京都江東区豊洲{chome}-{block}{house}"]
    joined += [f"東京都江東区豊洲{chome}-{block}-{other}"] if other != house else []
    assert set(levels([(w, one) for w in joined])) == {"similar"}


def postal(code: str | None, address: str | None) -> str:
    frame = pl.DataFrame(
        {"postal_code": [code], "address": [address]},
        schema={"postal_code": pl.String, "address": pl.String},
    )
    return str(postal_state(frame)[0])


@pytest.mark.parametrize(
    ("code", "address", "state"),
    [
        ("135-0061", BASE, "fits"), ("1350061", BASE, "fits"), ("１３５－００６１", BASE, "fits"), ("〒135-0061", BASE, "fits"),
        ("135-0061", "江東区豊洲1-2-27", "fits"), ("135-0061", "東京都 江東区豊洲", "fits"), (None, BASE, "blank"), ("　", BASE, "blank"),
        ("135-006", BASE, "malformed"), ("13500611", BASE, "malformed"), ("abc", BASE, "malformed"), ("999-9999", BASE, "unknown"),
        ("530-0001", BASE, "other_prefecture"), ("108-0073", BASE, "other_municipality"), ("135-0061", None, "not_compared"),
        ("100-8914", BASE, "business"), ("253-0041", "神奈川県茅ヶ崎市茅ヶ崎1番地", "fits"), ("253-0041", "神奈川県茅ケ崎市茅ケ崎1番地", "fits"),
        ("135-0061", "豊洲1-2-27", "not_compared"),
    ],
)  # fmt: skip
def test_postal_state(code: str | None, address: str | None, state: str) -> None:
    assert postal(code, address) == state


@settings(max_examples=25)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_a_level_and_a_state(a: str, b: str) -> None:
    assert compare(a, b)[0] in (
        "same",
        "equivalent",
        "similar",
        "different",
        "blank",
        "undecidable",
    )
    assert postal(a, b)


@pytest.mark.parametrize("huge", ["1-" * 5_000_000, "番地の" * 1_100_000])
def test_ten_megabytes_are_quick(huge: str) -> None:
    started = time.perf_counter()
    assert compare(huge, BASE) == ("different", "ADDRESS_TOO_LONG")
    assert compare(huge, huge) == ("same", "")
    assert postal(huge, huge) in ("malformed", "unknown")
    assert time.perf_counter() - started < 30
