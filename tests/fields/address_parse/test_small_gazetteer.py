"""The parser on an invented gazetteer against a slow reading of the same addresses."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.fields.address.gazetteer.prefix import PrefixIndex
from validator.fields.address.parse import parse_addresses, written_parts

from .small_gazetteer import WAYS, Answer, gazetteer, oracle, ups

# Few characters, so that names begin, contain and repeat one another.
NAMES = st.text("花田町里", min_size=1, max_size=4)
TOWNS = st.dictionaries(NAMES, st.sets(st.integers(1, 9), max_size=4), min_size=1, max_size=8)
ADDRESSES = st.lists(
    st.tuples(
        st.sampled_from(sorted(WAYS)),
        NAMES,
        st.lists(st.integers(1, 99), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=20)
@given(st.fixed_dictionaries({0: TOWNS, 1: TOWNS}), ADDRESSES)
def test_addresses_are_read_as_by_trying_everything(
    towns: dict[int, dict[str, set[int]]], addresses: list[tuple[str, str, list[int]]]
) -> None:
    texts = [way + name + "-".join(map(str, numbers)) for way, name, numbers in addresses]
    frame = parse_addresses(pl.Series(texts), detail=False, gazetteer=gazetteer(towns))
    rows = frame.select("prefecture", "city", "town", "block", "match_level").rows()
    for text, row, (way, name, numbers) in zip(texts, rows, addresses, strict=True):
        assert Answer(*row) == oracle(towns, way, name, numbers), text


@settings(max_examples=20)
@given(st.fixed_dictionaries({0: TOWNS, 1: TOWNS}), ADDRESSES)
def test_what_was_written_is_cut_at_the_same_places(
    towns: dict[int, dict[str, set[int]]], addresses: list[tuple[str, str, list[int]]]
) -> None:
    # One number alone before a name may be a 丁目 or a 番地: not asked here.
    addresses = [(way, name, [*numbers, 5][:3]) for way, name, numbers in addresses]
    texts = [
        f"{way} {name}{'-'.join(map(str, numbers))} 見本様方" for way, name, numbers in addresses
    ]
    places = gazetteer(towns)
    cut = written_parts(pl.Series(texts), gazetteer=places)
    for text, part, (way, name, numbers) in zip(
        texts, cut.rows(named=True), addresses, strict=True
    ):
        answer = oracle(towns, way, name, numbers)
        assert "".join(part.values()) == text
        assert part["place"].strip() == way
        assert part["block"].strip().removesuffix("-") == answer.block
        assert part["rest"].strip() == "見本様方"


def longest(keys: list[str], text: str) -> str | None:
    """The longest key that begins ``text`` and whose number or 番 ends there."""
    fits = []
    for one in keys:
        after = text[len(one) : len(one) + 1]
        if not text.startswith(one):
            continue
        if one[-1].isdigit() and (after.isdigit() or after in ("番", "号")) and after:
            continue
        if one.endswith("番") and after == "地":
            continue
        fits.append(one)
    return max(fits, key=len, default=None)


KEYS = st.dictionaries(
    st.integers(0, 3),
    st.lists(st.text("花12番", min_size=1, max_size=5), min_size=1, max_size=12, unique=True),
    min_size=1,
)
ASKED = st.lists(
    st.tuples(st.integers(0, 3), st.text("花12番地号", max_size=8)), min_size=1, max_size=40
)


@settings(max_examples=60)
@given(KEYS, ASKED)
def test_the_longest_key_is_found_whatever_stands_beside_it(
    owned: dict[int, list[str]], asked: list[tuple[int, str]]
) -> None:
    rows = [
        (owner, one, up)
        for owner in sorted(owned)
        for one, up in zip(sorted(owned[owner]), ups(sorted(owned[owner])), strict=True)
    ]
    schema = {"owner": pl.UInt16, "key": pl.String, "up": pl.UInt16}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    index = PrefixIndex.of(table, "owner")
    node = index.longest(
        pl.Series([owner for owner, _ in asked], dtype=pl.UInt16),
        pl.Series([text for _, text in asked], dtype=pl.String),
    )
    for (owner, text), at in zip(asked, node, strict=True):
        want = longest(owned.get(owner, []), text)
        assert (None if at is None else rows[index.nodes["start"][at]][:2]) == (
            None if want is None else (owner, want)
        )


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.text("花田", min_size=1, max_size=3), st.integers(1, 4)),
        min_size=1,
        unique_by=lambda r: r[0],
    )
)
def test_rows_that_share_a_key_are_all_given(rows: list[tuple[str, int]]) -> None:
    names = sorted(name for name, _ in rows)
    times = dict(rows)
    table = pl.DataFrame(
        [
            (name, up)
            for name, up in zip(names, ups(names), strict=True)
            for _ in range(times[name])
        ],
        schema={"key": pl.String, "up": pl.UInt16},
        orient="row",
    )
    # `up` counts rows, from the first of a key to the first of the other.
    first = {name: table["key"].index_of(name) for name in names}
    shorter = {
        name: max((o for o in names if name.startswith(o) and o != name), key=len, default=None)
        for name in names
    }
    table = table.with_columns(
        up=pl.Series(
            [
                None if shorter[name] is None else first[name] - first[shorter[name]]
                for name in table["key"]
            ],
            dtype=pl.UInt16,
        )
    )
    index = PrefixIndex.of(table, None)
    node = index.longest(None, pl.Series(names))
    for name, at in zip(names, node, strict=True):
        start = index.nodes["start"][at]
        held = table["key"].slice(start, index.nodes["count"][at]).to_list()
        assert held == [name] * times[name]
