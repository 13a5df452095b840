"""Shared numbers in a batch, against a slow comparison of every pair."""

from __future__ import annotations

from itertools import combinations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.match.duplicates import FLAGS, find_duplicates

DAYS = ["1985-04-01", "1990-02-03", None]
Record = dict[str, "str | int | None"]

record = st.fixed_dictionaries(
    {
        "form": st.sampled_from(["shikaku_shutoku", "hifuyosha_ido"]),
        "number": st.sampled_from([1, 2, 3, None]),
        "insured_id": st.sampled_from([1, 2, None]),
        "birth": st.sampled_from(DAYS),
        "sex_code": st.sampled_from([1, 2, None]),
        "key_kanji": st.sampled_from(["見本太郎", "手本花子", None]),
        "key_kana": st.sampled_from(["ミホンタロウ", "テホンハナコ", None]),
        "insured_birth": st.sampled_from(DAYS),
        "insured_name_kanji": st.sampled_from(["見本太郎", "手本花子", None]),
        "insured_name_kana": st.sampled_from(["ミホンタロウ", "テホンハナコ", None]),
        "office_code": st.just("1"),
        "insured_symbol": st.just("101"),
        "insured_number": st.sampled_from(["7", "8", None]),
    }
)


def frame(records: list[Record]) -> pl.DataFrame:
    text = dict.fromkeys(
        (
            "form",
            "block",
            "key_kanji",
            "key_kana",
            "insured_name_kanji",
            "insured_name_kana",
            "birth",
            "insured_birth",
            "office_code",
            "insured_symbol",
            "insured_number",
        ),
        pl.String,
    )
    schema = {**text, "number": pl.Int64, "insured_id": pl.Int64, "sex_code": pl.Int8}
    return pl.DataFrame(records, schema=schema, orient="row").with_columns(
        pl.col("birth", "insured_birth").str.to_date("%Y-%m-%d"),
        name_kanji="key_kanji", name_kana="key_kana",
    ).with_row_index("row")  # fmt: skip


def found(records: list[Record]) -> dict[str, set[int]]:
    flags = find_duplicates(frame(records))
    return {flag: set(flags.filter(flag)["row"].to_list()) for flag in FLAGS}


def person(r: Record, *, insured: bool = False) -> tuple[object, object, object]:
    if insured:
        return r["insured_birth"], r["insured_name_kanji"], r["insured_name_kana"]
    return r["birth"], r["key_kanji"], r["key_kana"]


def two_persons(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    """Contract section 3: birth date or both names differ; what is not given differs from nothing."""
    differ = [x is not None and y is not None and x != y for x, y in zip(a, b, strict=True)]
    return differ[0] or (differ[1] and differ[2])


@settings(max_examples=30)
@given(st.lists(record, min_size=1, max_size=3))
def test_pairs(records: list[Record]) -> None:
    named = [(r["number"], person(r), n) for n, r in enumerate(records) if r["number"] is not None]
    named += [
        (r["insured_id"], person(r, insured=True), None)
        for r in records
        if r["insured_id"] is not None
    ]
    expected: set[int] = set()
    numbers_in_conflict = {
        a[0] for a, b in combinations(named, 2) if a[0] == b[0] and two_persons(a[1], b[1])
    }
    expected = {n for number, _, n in named if n is not None and number in numbers_in_conflict}
    flags = found(records)
    assert flags["two_persons"] >= expected
    # With blanks two pairs may cover what no single pair shows; without them both ways agree.
    if not any(value is None for _, who, _ in named for value in who):
        assert flags["two_persons"] == expected
    family = {
        n for n, r in enumerate(records)
        if r["number"] is not None and r["number"] == r["insured_id"] and two_persons(person(r), person(r, insured=True))
    }  # fmt: skip
    # Two dependants of one insured person who share a number stand on one family's form too.
    dependants = [
        (n, r["number"], r["insured_number"]) for n, r in enumerate(records)
        if r["form"] == "hifuyosha_ido" and r["insured_number"] is not None and n in flags["two_persons"]
    ]  # fmt: skip
    family |= {n for a, b in combinations(dependants, 2) if a[1:] == b[1:] for n in (a[0], b[0])}
    assert flags["family_form"] == family
    whole = [
        (n, (r["key_kanji"], r["key_kana"], r["birth"], r["sex_code"]), r["number"])
        for n, r in enumerate(records)
    ]
    twice = {
        n for a, b in combinations([w for w in whole if None not in w[1] and w[2] is not None], 2)
        if a[1] == b[1] and a[2] != b[2] for n in (a[0], b[0])
    }  # fmt: skip
    assert flags["two_numbers"] == twice


def test_only_flagged_rows_are_returned() -> None:
    clean: Record = {"form": "shikaku_shutoku", "number": 1, "birth": "1985-04-01", "sex_code": 1, "key_kanji": "見本太郎", "key_kana": "ミホンタロウ",
                     "insured_id": None, "insured_birth": None, "insured_name_kanji": None, "insured_name_kana": None,
                     "office_code": "1", "insured_symbol": "101", "insured_number": "7"}  # fmt: skip
    other = {**clean, "number": 2, "key_kanji": "手本花子", "key_kana": "テホンハナコ"}
    assert find_duplicates(frame([clean, other])).is_empty()
    assert found([clean, clean, other])["repeated"] == {0, 1}
    assert found([clean, {**clean, "form": "hifuyosha_ido"}])["repeated"] == set()


def test_the_insured_person_of_several_lines_is_no_repetition() -> None:
    insured: Record = {"form": "hifuyosha_ido", "block": "insured", "number": 1, "birth": "1985-04-01", "key_kanji": "見本太郎",
                       "key_kana": "ミホンタロウ", "office_code": "1", "insured_symbol": "101", "insured_number": "7"}  # fmt: skip
    assert found([insured, insured])["repeated"] == set()
    child = {**insured, "block": "other1"}
    assert found([child, child])["repeated"] == {0, 1}
