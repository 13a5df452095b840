"""What an address says of its place, its number and its kind, case by case."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .asking import Row, facts, facts_of

with (Path(__file__).parent / "places.tsv").open(encoding="utf-8") as table:
    CASES = list(csv.DictReader(table, delimiter="\t"))

HOSTILE = st.text(
    alphabet="東京都江東区市町村郡豊洲府中大字一二十丁目番地号戸室0123456789１２-ー（(〒本籍私書箱局留株式会社 　\t\n'\"\\^$.*+?[]{}|\x00\u200b\U000e0100\U0001f600ﾊｲﾂAbc한",
    max_size=40,
)


@pytest.fixture(scope="module")
def read() -> dict[str, Row]:
    addresses = [case["address"] for case in CASES]
    found = facts_of(*({"address": address} for address in addresses))
    return dict(zip(addresses, found, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["address"])
def test_states(case: dict[str, str], read: dict[str, Row]) -> None:
    found = read[case["address"]]
    seen = tuple(found[f"address_{name}"] or "" for name in ("place", "number", "use"))
    assert seen == (case["place"], case["number"], case["use"])


@pytest.mark.parametrize(
    ("address", "today"),
    [
        ("埼玉県浦和市高砂1-2-3", "埼玉県さいたま市浦和区"),
        ("静岡県浜松市中区元城町103-2", "静岡県浜松市中央区"),
        ("大阪府江東区豊洲1-2-3", "東京都江東区"),
        ("東京都江東区豊洲1-2-3", None),
        ("中央区日本橋1-1-1", None),
    ],
)
def test_the_name_of_today_where_it_is_certain(address: str, today: str | None) -> None:
    assert facts(address)["address_today"] == today


@pytest.mark.parametrize(
    ("building", "office_name", "is_office"),
    [
        ("株式会社見本商事内", None, True), ("見本ビル5階 見本㈱", None, True), ("(株)見本 本社", None, True),
        ("見本工業気付", None, True), ("見本出版ビル5階", "見本出版", True), ("ミホン出版５Ｆ", "ミホン出版", True),
        ("豊洲ハイツ203", "見本出版", False), ("見本出版社宅203", "見本出版", False), ("見本株式会社 独身寮", None, False),
        ("(株)見本マンション203", None, False), ("佐藤様方", None, False), ("", "見本出版", False),
        ("見本ビル5階", "", False), ("見本ビル5階", "ビル", False), ("見本.*ビル", ".*ビル(", False),
    ],
)  # fmt: skip
def test_a_place_of_work(building: str, office_name: str | None, is_office: bool) -> None:
    found = facts(f"東京都江東区豊洲3-3-3 {building}", office_name=office_name)
    assert (found["address_office"] or False) is is_office


def test_nothing_is_asked_where_the_registry_agrees() -> None:
    wrong = "大阪府存在市存在町"
    asked, *silent = facts_of(
        {"address": wrong, "level_address": "different"},
        {"address": wrong, "level_address": "same"},
        {"address": wrong, "level_address": "equivalent"},
        {"address": wrong, "address_excused": True},
        {"address": None, "address_blank": True},
    )
    assert asked["address_place"] == "municipality_unknown"
    assert all(set(row.values()) <= {None, False} for row in silent)


def test_each_row_has_the_facts_of_its_own_address() -> None:
    addresses = ["東京都江東区豊洲", "同上", "東京都江東区豊洲1-2-27", "同上"]
    together = facts_of(*({"address": address} for address in addresses))
    assert together == [facts(address) for address in addresses]


@settings(max_examples=40)
@given(st.lists(HOSTILE, min_size=5, max_size=20), HOSTILE, HOSTILE)
def test_hostile_text_is_read_without_a_word(addresses: list[str], code: str, name: str) -> None:
    rows = [{"address": a, "postal_code": code, "office_name": name} for a in addresses]
    assert len(facts_of(*rows)) == len(addresses)


@pytest.mark.parametrize("huge", ["1-" * 500_000, "東京都江東区豊洲" * 100_000, "（" * 300_000])
def test_a_megabyte_is_read(huge: str) -> None:
    assert facts(huge, postal_code=huge, office_name=huge)
