"""What holds for any text at all: nothing is lost, nothing raises, rows stay where they are."""

from __future__ import annotations

import re
import time
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from validator.fields.address.gazetteer import Gazetteer, load_gazetteer
from validator.fields.address.gazetteer.store import DATA
from validator.fields.address.parse import PARSED, parse_addresses, written_parts
from validator.fields.address.parse.addresses import DETAIL, PARTS

from .table import cases

TABLES = ("municipalities", "aliases", "towns", "parts")
LEVELS = {"none", "prefecture", "city", "town", "block"}
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# What addresses are made of, and what trips their readers.
PIECES = (
    "東京都", "東京", "江東区", "豊洲", "京都府京都市", "中京区", "寺町通御池上る", "上本能寺前町",
    "北海道", "札幌市", "中央区", "北一条西", "二丁目", "丁目", "番地", "番", "号", "の", "ノ", "之",
    "大字", "字", "第", "地割", "条", "線", "甲", "イ", "ハ", "1", "２", "三", "十二", "千", "百", "〇",
    "0", "027", "-", "ー", "一", "−", "\u2010", " ", "\u3000", "、", "〒", "135-0061", "（", "(", "）",
    ")", "「", "】", "旧住所", "様方", "豊洲ハイツ", "301号室", "ケ", "ヶ", "が", "か\u3099", "ｶﾞ", "ﾞ",
    "ッ", "\u200b", "\ufeff", "\U000e0100", "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufffd", "\x00",
    "㍿", "㌔", "①", "⑩", "Ⅷ", "½", "ﷺ", "𠮷", "🏠", "e\u0301", "\r\n", "\t", "=1+1", "無番地", "番外地",
    "府中市", "四日市市", "西田三番", "六番町", "壱", "参", "町目", "Washington", "USA",
)  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
# Real addresses with something cut out, doubled or put in.
REAL = [case.address for case in cases("cases.tsv") if case.address]
BENT = st.builds(
    lambda text, at, size, put: text[: at % (len(text) + 1)] + put + text[at % (len(text) + 1) + size :],
    st.sampled_from(REAL), st.integers(0, 60), st.integers(0, 3), st.sampled_from(("", *PIECES)),
)  # fmt: skip
TEXTS = st.lists(ANY | PIECED | BENT, min_size=1, max_size=25)


def series(texts: list[str | None]) -> pl.Series:
    return pl.Series("address", texts, dtype=pl.String)


@settings(max_examples=30)
@given(TEXTS)
def test_the_parts_as_written_rebuild_the_input(texts: list[str]) -> None:
    parts = written_parts(series(texts))
    assert parts.columns == list(PARTS)
    assert ["".join(row) for row in parts.rows()] == texts


@settings(max_examples=30)
@given(TEXTS)
def test_every_character_is_in_a_part_or_dropped(texts: list[str]) -> None:
    """Issue 4, Show 5: the parts and what was dropped rebuild the input."""
    parsed = parse_addresses(series(texts))
    written = written_parts(series(texts))
    for text, row, cut in zip(
        texts, parsed.rows(named=True), written.rows(named=True), strict=True
    ):
        read = cut["place"] + cut["street"] + cut["town"] + cut["block"]
        held = read + row["building"] + row["remark"] + row["dropped"]
        assert Counter(held) == Counter(text)
        # In its order, too: what was read stands between what was dropped and the rest.
        assert text.startswith(cut["front"] + read)
        assert row["dropped"].startswith(cut["front"])
        rest = text[len(cut["front"] + read) :]
        assert row["building"] in rest
        assert row["remark"] in rest[rest.index(row["building"]) + len(row["building"]) :]


@settings(max_examples=30)
@given(TEXTS)
def test_every_text_has_a_row_of_well_formed_parts(texts: list[str]) -> None:
    frame = parse_addresses(series(texts))
    assert frame.columns == [*PARSED, *DETAIL]
    assert frame.height == len(texts)
    assert frame.select(PARSED).null_count().sum_horizontal().item() == 0
    for text, row in zip(texts, frame.rows(named=True), strict=True):
        assert row["match_level"] in LEVELS
        if row["reasons"]:
            codes = row["reasons"].split("+")
            assert len(codes) == len(set(codes))
            assert not {"PREF_OMITTED", "PREF_CONTRADICTS"} <= set(codes)
        # Contract 5: the block in ASCII digits, the building as written.
        assert not re.search(r"[^\D0-9]", row["block"])
        assert row["building"] in text
        assert set(row["dropped"]) <= set(text)
        assert row["postal_code"] is None or re.fullmatch("[0-9]{7}", row["postal_code"])
        assert (row["muni_code"] is None) or (row["city"] != "")
        assert (row["muni_code"] is not None) or (row["city"] == "") or row["ambiguous"]
        assert bool(row["prefecture"]) or not row["city"]
        assert re.fullmatch("[cbgh]*", row["kinds"])


@settings(max_examples=10)
@given(TEXTS)
def test_a_row_is_read_alike_wherever_it_stands(texts: list[str]) -> None:
    together = parse_addresses(series(texts))
    assert_frame_equal(parse_addresses(series(texts[::-1])).reverse(), together)
    assert_frame_equal(parse_addresses(series(texts[-1:])), together[-1])
    assert_frame_equal(parse_addresses(series(texts), detail=False), together.select(PARSED))


@pytest.mark.parametrize("rows", [2_500, 101_000], ids=["one_slice", "several_slices"])
def test_a_long_column_is_read_as_a_short_one(rows: int) -> None:
    few = parse_addresses(series(REAL), detail=False)
    times = rows // len(REAL) + 1
    many = parse_addresses(series(REAL * times).slice(0, rows), detail=False)
    assert_frame_equal(many, pl.concat([few] * times).slice(0, rows))
    if rows < 100_000:
        cut = written_parts(series(REAL * times).slice(0, rows))
        assert cut.select(pl.concat_str(PARTS)).to_series().to_list() == (REAL * times)[:rows]


def test_few_and_many_are_read_alike() -> None:
    """A handful of addresses has only its own municipalities indexed."""
    pool = pl.Series(REAL).sample(80, seed=4)
    everything = load_gazetteer()
    everything.covering(pl.Series(range(everything.municipalities.height)))
    many = parse_addresses(pool, gazetteer=everything)
    for size in (1, 7, 40):
        tables = [pl.read_parquet(DATA / f"{name}.parquet") for name in TABLES]
        few = Gazetteer(*tables)
        pieces = [pool.slice(start, size) for start in range(0, 2 * size, size)]
        read = pl.concat([parse_addresses(piece, gazetteer=few) for piece in pieces])
        plain = pl.col(pl.Categorical).cast(pl.String)
        assert_frame_equal(read.with_columns(plain), many.head(2 * size).with_columns(plain))


@settings(max_examples=10)
@given(st.lists(BENT | PIECED, min_size=2, max_size=60))
def test_texts_are_read_alike_alone_and_together(texts: list[str]) -> None:
    together = parse_addresses(series(texts))
    for start in range(0, len(texts), 20):
        assert_frame_equal(parse_addresses(series(texts[start : start + 1])), together[start])


def test_a_gazetteer_without_towns_finds_none() -> None:
    municipalities, aliases, towns, parts = (
        pl.read_parquet(DATA / f"{name}.parquet") for name in TABLES
    )
    bare = Gazetteer(municipalities, aliases, towns.clear(), parts.clear())
    row = parse_addresses(series(REAL[:1]), gazetteer=bare).row(0, named=True)
    assert (row["prefecture"], row["city"], row["match_level"]) == ("東京都", "江東区", "city")
    nothing = Gazetteer(municipalities.clear(), aliases.clear(), towns.clear(), parts.clear())
    rows = parse_addresses(series(REAL[:3]), gazetteer=nothing)
    assert rows["building"].to_list() == REAL[:3]
    assert rows["match_level"].to_list() == ["none"] * 3


def test_frames_nulls_and_nothing_at_all() -> None:
    frame = pl.DataFrame({"x": [1, 2, 3], "address": [None, REAL[0], ""]})
    from_frame = parse_addresses(frame)
    assert_frame_equal(from_frame, parse_addresses(frame["address"]))
    assert from_frame["match_level"].to_list() == ["none", "block", "none"]
    assert from_frame.select(PARSED).row(0) == ("", "", "", "", "", "", "none")
    assert written_parts(frame).row(0) == ("",) * len(PARTS)
    empty = parse_addresses(series([]))
    assert (empty.height, empty.columns) == (0, [*PARSED, *DETAIL])
    assert written_parts(series([])).height == 0
    assert parse_addresses(series([None, None]))["match_level"].to_list() == ["none", "none"]
    assert parse_addresses(pl.Series("address", [None, None]))["match_level"].to_list() == [
        "none",
        "none",
    ]


HOSTILE = {
    "open brackets": "東京都江東区豊洲" + "（" * 10_000,
    "open brackets with remarks": "東京都江東区豊洲1-2-27" + "(旧" * 5_000,
    "hyphens": "東京都江東区豊洲" + "-" * 10_000,
    "numbers": "東京都江東区豊洲" + "1-" * 5_000,
    "one number": "東京都江東区豊洲" + "1" * 10_000,
    "kanji numerals": "東京都江東区" + "千百十" * 3_000,
    "spaces": " " * 10_000 + "東京都江東区豊洲1-2-27",
    "one town again and again": "東京都江東区" + "豊洲" * 5_000,
    "Kyoto's streets": "京都市中京区" + "寺町通上る" * 2_000,
    "postal codes": "〒135-0061" * 1_000,
    "fronts": "【旧】" * 3_000 + "東京都江東区豊洲1-2-27",
    "voiced marks": "東京都江東区" + "\u3099" * 10_000,
    "variation selectors": "東京都江東区豊洲" + "\U000e0100" * 2_500,
    "expanding characters": "東京都江東区" + "ﷺ" * 3_000,
    "short of the limit": "東京都江東区豊洲1-2-27" + "（" * 1_300,
    "letters": "東京都江東区豊洲" + "イ" * 10_000 + "1",
    "番地": "東京都江東区豊洲1" + "番地" * 5_000,
    "care of": "東京都江東区豊洲1-2-27 " + "見本" * 5_000 + "様",
    "ten million bytes": "東京都江東区豊洲1-2-27（" * 300_000,
}
COPIES = 10


@pytest.mark.parametrize("what", HOSTILE)
def test_no_address_takes_long(what: str) -> None:
    """Issue 4, Show 4: no single address over 50 ms."""
    text = HOSTILE[what]
    texts = series([text] * COPIES)
    parse_addresses(series([text]))
    took = []
    for _ in range(3):
        begin = time.perf_counter()
        frame = parse_addresses(texts)
        took.append(time.perf_counter() - begin)
    assert min(took) / COPIES < 0.05
    assert frame.height == COPIES
    assert "".join(written_parts(series([text])).row(0)) == text
