"""The figures of docs/address-parsing.md, on a few towns."""

from __future__ import annotations

import address_figures as figures
import polars as pl
import pytest
from address_places import every_town, many_addresses, postal_towns, sample

SEED = 7


@pytest.fixture(scope="module")
def towns() -> pl.DataFrame:
    return postal_towns().sample(50, seed=SEED)


def test_each_town_stands_once():
    towns = postal_towns()
    assert towns.select("city_code", "town").is_duplicated().sum() == 0
    assert towns.height > 117_000


def test_fifty_towns_come_back(towns: pl.DataFrame):
    table = figures.judged(every_town(towns, SEED))
    assert table.height == 50
    assert table["ok"].sum() >= 49


def test_rewritings_come_back(towns: pl.DataFrame):
    table = figures.rewritten(sample(towns, 50, SEED), SEED)
    assert table.height == 500
    assert table["place"].value_counts()["count"].unique().to_list() == [10]
    assert table["ok"].mean() > 0.95


def test_samples_carry_parts_and_buildings():
    places = sample(postal_towns(), 400, SEED)
    assert any(place.chome for place in places)
    assert any(place.koaza for place in places)
    assert 60 < sum(bool(place.building) for place in places) < 180
    assert not any(place.chome and place.koaza for place in places)


@pytest.mark.parametrize(
    ("town", "written"),
    [("３条", "三条"), ("保原町２丁目", "保原町二丁目"), ("西１２線南", "西12線南"),
     ("丸の内ＪＰタワー", "丸の内JPタワー")],
)  # fmt: skip
def test_towns_as_the_contract_writes_them(town: str, written: str):
    assert figures.by_contract(town) == written


@pytest.mark.parametrize(
    ("town", "got", "expected"),
    [
        (("県", "市", "杉山", "1"), ("府", "市", "杉山", "1"), "another prefecture, or none"),
        (("県", "市", "杉山", "1"), ("県", "", "", ""), "another municipality, or none"),
        (("県", "市", "杉山", "1-2"), ("県", "市", "杉山", "1"), "another block"),
        (("県", "市", "大沓3", "15"), ("県", "市", "大沓", "315"),
         "the town ends in a numeral and the number is written right behind it"),
        (("県", "市", "杉山", "1"), ("県", "市", "", ""), "no town found"),
        (("県", "市", "鶴ケ島", "1"), ("県", "市", "鶴ヶ島", "1"),
         "the same town in another spelling (大字, ケ, の, numerals)"),
        (("県", "市", "杉山上", "1"), ("県", "市", "杉山", "1"), "the town is cut short"),
        (("県", "市", "杉山", "1"), ("県", "市", "杉山上", "1"),
         "the town takes in more than its name"),
        (("県", "市", "杉山", "1"), ("県", "市", "松山", "1"), "another town"),
    ],
)  # fmt: skip
def test_causes(town: tuple[str, ...], got: tuple[str, ...], expected: str):
    names = [*figures.RESULT, *(f"got_{name}" for name in figures.RESULT)]
    frame = pl.DataFrame([(*town, *got)], schema=names, orient="row")
    assert frame.select(figures.cause()).item() == expected


def test_a_missed_bar_is_an_exit_code(monkeypatch: pytest.MonkeyPatch, towns, capsys):
    monkeypatch.setattr(figures, "postal_towns", lambda: towns)
    assert figures.main(["--places", "5"]) in {0, 1}
    # A parser that loses every town misses the bar.
    monkeypatch.setattr(figures, "read", lambda texts: pl.DataFrame(
        {name: [""] * len(texts) for name in figures.RESULT}))  # fmt: skip
    assert figures.main(["--places", "5"]) == 1
    page = capsys.readouterr().out
    assert "| another prefecture, or none | 50 |" in page


def test_shares_are_never_rounded_up():
    assert figures.percent(199_999, 200_000) == "99.999 %"
    assert figures.percent(9_999_999, 10_000_000) == "99.999 %"
    assert figures.percent(5, 5) == "100 %"


def test_many_addresses_are_distinct():
    found = many_addresses(300, SEED)
    assert len(set(found)) == len(found) == 300
    assert found == many_addresses(300, SEED)
