"""A postal code beside the town of the address, on the packaged data."""

from __future__ import annotations

import pytest

from validator.fields.address.postal import area_towns

from .asking import Row, facts_of

TOYOSU = "東京都江東区豊洲一丁目2番27号"


CASES = [
    ("135-0061", TOYOSU, "fits", None),
    ("〒１３５－００６１", TOYOSU, "fits", None),
    ("135-0061", "江東区豊洲1-2-27", "fits", None),
    # another town of the municipality
    ("135-0062", TOYOSU, "other_town", "135-0061"),
    ("1350061", "東京都江東区東雲1-9-1", "other_town", "135-0062"),
    # 以下に掲載がない場合: exact for none but the towns without a code of their own
    ("135-0000", TOYOSU, "whole_municipality", "135-0061"),
    ("135-0000", "東京都江東区存在町1-2", "fits", None),
    ("135-0000", "東京都江東区", "fits", None),
    ("100-0301", "東京都利島村1番地", "fits", None),
    # one code, several towns
    ("039-2687", "青森県上北郡東北町上清水目12番地", "fits", None),
    ("039-2687", "青森県上北郡東北町林ノ下12番地", "fits", None),
    # one town, several codes, told apart by 丁目
    ("060-0001", "北海道札幌市中央区北一条西二丁目1番1号", "fits", None),
    ("060-0001", "北海道札幌市中央区北1条西20丁目1-1", "other_chome", "064-0821"),
    ("064-0821", "北海道札幌市中央区北1条西20丁目1-1", "fits", None),
    ("064-0821", "北海道札幌市中央区北1条西2丁目1-1", "other_chome", "060-0001"),
    # by streets, by floors: the town alone is looked at
    ("604-0014", "京都府京都市中京区大黒町100", "fits", None),
    ("604-8073", "京都府京都市中京区大黒町100", "fits", None),
    ("100-6505", "東京都千代田区丸の内1-5-1 新丸の内ビルディング5階", "fits", None),
    # the municipality under an old name
    ("330-0063", "埼玉県浦和市高砂1-2-3", "fits", None),
    # nothing that could be told
    ("108-0073", TOYOSU, None, None),
    ("530-0001", TOYOSU, None, None),
    ("999-9999", TOYOSU, None, None),
    ("100-8914", TOYOSU, None, None),
    ("135-006", TOYOSU, None, None),
    (None, TOYOSU, None, None),
    ("135-0061", "豊洲1-2-27", None, None),
    ("135-0061", "東京都存在市豊洲1-2-27", None, None),
    ("103-0027", "中央区日本橋1-1-1", None, None),
]


@pytest.fixture(scope="module")
def read() -> dict[tuple[str | None, str], Row]:
    asked = [(code, address) for code, address, *_ in CASES]
    found = facts_of(*({"address": address, "postal_code": code} for code, address in asked))
    return dict(zip(asked, found, strict=True))


@pytest.mark.parametrize(("code", "address", "fit", "own"), CASES)
def test_fit(
    code: str | None,
    address: str,
    fit: str | None,
    own: str | None,
    read: dict[tuple[str | None, str], Row],
) -> None:
    found = read[code, address]
    assert (found["postal_fit"], found["postal_code_of_town"]) == (fit, own)


def test_every_town_of_every_tenth_code_fits_its_own_code() -> None:
    """Written as the postal list writes it: no code is doubted."""
    towns = area_towns().filter(~area_towns()["whole"]).gather_every(10)
    cities = _cities()
    rows = [
        {"address": f"{cities[row['city_code']]}{row['town']}12番地3", "postal_code": row["code"]}
        for row in towns.iter_rows(named=True)
    ]
    wrong = [
        (row["address"], row["postal_code"], found["postal_fit"])
        for row, found in zip(rows, facts_of(*rows), strict=True)
        # 条 and a number on end: 北一条西 12 is its 12丁目.
        if found["postal_fit"] not in ("fits", None)
    ]
    assert len(rows) > 10_000
    assert wrong == []


def test_a_code_of_another_town_is_seen_nearly_always() -> None:
    """Each town with the code of the next town of its municipality."""
    listed = area_towns()
    towns = listed.filter(~listed["whole"] & listed["note"].is_null()).unique(
        ["city_code", "town"], keep="none", maintain_order=True
    )
    cities = _cities()
    pairs = [
        (one, other)
        for one, other in zip(
            towns.iter_rows(named=True), towns[1:].iter_rows(named=True), strict=False
        )
        if one["city_code"] == other["city_code"]
        and one["code"] != other["code"]
        and not one["town"].startswith(other["town"])
        and not other["town"].startswith(one["town"])
    ][::25]
    rows = [
        {"address": f"{cities[one['city_code']]}{one['town']}12番地", "postal_code": other["code"]}
        for one, other in pairs
    ]
    found = facts_of(*rows)
    seen = [row["postal_code_of_town"] for row in found if row["postal_fit"] == "other_town"]
    assert len(rows) > 2_000
    assert len(seen) > 0.99 * len(rows)


def _cities() -> dict[str, str]:
    from validator.fields.address.gazetteer import load_gazetteer

    table = load_gazetteer().municipalities
    return {row["code"]: row["prefecture"] + row["city"] for row in table.iter_rows(named=True)}
