"""Rewritings say what their names promise, and nothing else."""

from __future__ import annotations

import random
import re

import pytest
from address_rewriting import (
    HYPHENS,
    KINDS,
    OLD,
    SEVERAL,
    Place,
    Style,
    digits_in_kanji,
    kanji,
    rewritings,
    together,
    write,
)

CITY = Place(
    "東京都", "江東区", "豊洲", (2, 27), chome=1, building="見本ハイツ201号室",
    postal_code="1350061", unique=True,
)  # fmt: skip
VILLAGE = Place(
    "埼玉県", "比企郡嵐山町", "杉山", (1030, 1), postal_code="3550221", unique=True,
    bare_unique=True,
)  # fmt: skip
ISLAND = Place("埼玉県", "鶴ヶ島市", "脚折", (5,))


def made(kind: str, place: Place, seed: int = 1) -> str | None:
    style = KINDS[kind](place, random.Random(seed))
    return write(place, style) if style else None


def test_canonical_addresses_are_written_as_the_register_writes_them():
    assert write(CITY) == "東京都江東区豊洲一丁目2番27号\u3000見本ハイツ201号室"
    assert write(VILLAGE) == "埼玉県比企郡嵐山町杉山1030番地1"
    assert write(ISLAND) == "埼玉県鶴ヶ島市脚折5番地"
    assert (CITY.full_town, CITY.block) == ("豊洲一丁目", "2-27")


@pytest.mark.parametrize(
    ("number", "powers", "positions"),
    [(7, "七", "七"), (10, "十", "一〇"), (21, "二十一", "二一"), (105, "百五", "一〇五"),
     (1030, "千三十", "一〇三〇"), (2381, "二千三百八十一", "二三八一")],
)  # fmt: skip
def test_numbers_in_kanji(number: int, powers: str, positions: str):
    assert kanji(number) == powers
    assert digits_in_kanji(number) == positions


def test_hyphens_join_every_number_with_one_character_of_the_list():
    written = {made("hyphens of 14 kinds", CITY, seed) for seed in range(200)}
    joined = {re.search("豊洲1(.)2(.)27", text).groups() for text in written}
    assert joined == {(hyphen, hyphen) for hyphen in HYPHENS}


def test_no_stands_between_the_numbers():
    written = {made("の, 番地の", VILLAGE, seed) for seed in range(60)}
    assert written == {
        f"埼玉県比企郡嵐山町杉山1030{word}1" for word in ("の", "番地の", "ノ", "番地ノ")
    }


def test_a_prefecture_is_left_out_only_of_a_name_that_stands_once():
    assert made("prefecture omitted (unique name)", VILLAGE) == "比企郡嵐山町杉山1030番地1"
    assert made("prefecture omitted (unique name)", ISLAND) is None


def test_a_county_is_left_out_and_then_maybe_the_prefecture():
    written = {made("郡 omitted", VILLAGE, seed) for seed in range(30)}
    assert written == {"埼玉県嵐山町杉山1030番地1", "嵐山町杉山1030番地1"}
    assert made("郡 omitted", CITY) is None


@pytest.mark.parametrize(
    ("city", "bare"),
    [("余市郡余市町", "余市町"), ("高市郡明日香村", "明日香村"), ("郡上市", ""), ("大和郡山市", ""),
     ("札幌市北区", "")],
)  # fmt: skip
def test_what_a_county_is(city: str, bare: str):
    assert Place("県", city, "町", (1,)).bare_city == bare


def test_marks_are_written_or_left_out_where_nothing_hangs_on_them():
    kind = "大字, 字 written or omitted"
    assert {made(kind, VILLAGE, seed) for seed in range(30)} == {
        "埼玉県比企郡嵐山町大字杉山1030番地1", "埼玉県比企郡嵐山町字杉山1030番地1"
    }  # fmt: skip
    marked = Place("福島県", "福島市", "字杉妻", (2,))
    assert made(kind, marked) == "福島県福島市杉妻2番地"
    assert made(kind, Place("福島県", "福島市", "字杉妻", (2,), same_unmarked=True)) is None
    assert made(kind, CITY) is None
    assert made(kind, Place("青森県", "五所川原市", "金木町", (5,), koaza="沢部")) == (
        "青森県五所川原市金木町字沢部5番地"
    )


def test_ke_changes_between_kanji_only():
    written = {made("ケ ヶ ガ が", ISLAND, seed) for seed in range(40)}
    assert written == {f"埼玉県鶴{ke}島市脚折5番地" for ke in "ケガが"}
    assert made("ケ ヶ ガ が", Place("北海道", "北広島市", "ケーブル", (1,))) is None


def test_postal_codes_stand_in_front():
    for seed in range(30):
        text = made("postal code in front", CITY, seed)
        front = text.removesuffix(write(CITY))
        assert front != text
        assert re.fullmatch("〒?[0-9０-９]{3}[-－]?[0-9０-９]{4}[ \u3000]?", front)


def test_full_width_keeps_the_building():
    text = made("full-width numbers, half-width kana", CITY)
    assert text.endswith("\u3000見本ハイツ201号室")
    assert not re.search("[0-9]", text.removesuffix("201号室"))


def test_of_two_ways_to_join_numbers_one_is_kept():
    style = together([Style(hyphen="-"), Style(number_word="の"), Style(prefecture=False)])
    assert write(VILLAGE, style) == "比企郡嵐山町杉山1030の1"


@pytest.mark.parametrize("place", [CITY, VILLAGE, ISLAND])
def test_every_place_has_ten_rewritings(place: Place):
    found = rewritings(place, random.Random(3))
    assert len(found) == 10
    assert write(place) not in [text for _, text in found]
    assert {kind for kind, _ in found} <= {*KINDS, OLD, SEVERAL}


def test_the_same_draw_gives_the_same_rewritings():
    assert rewritings(CITY, random.Random(5)) == rewritings(CITY, random.Random(5))
