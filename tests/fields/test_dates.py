"""Dates as people write them."""

from __future__ import annotations

import time
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator.fields.birth_date import DateState, date_columns, parse_date
from validator.fields.birth_date.columns import date_map
from validator.fields.birth_date.parse import ParsedDate
from validator.fields.birth_date.plain import read_plain

# (name, short, letter, media code, first day, last day)
ERAS = [
    ("明治", "明", "M", "1", date(1868, 10, 23), date(1912, 7, 29)),
    ("大正", "大", "T", "3", date(1912, 7, 30), date(1926, 12, 24)),
    ("昭和", "昭", "S", "5", date(1926, 12, 25), date(1989, 1, 7)),
    ("平成", "平", "H", "7", date(1989, 1, 8), date(2019, 4, 30)),
    ("令和", "令", "R", "9", date(2019, 5, 1), date(2099, 12, 31)),
]
DAYS = [date(1900, 1, 1) + timedelta(days=97 * n) for n in range(470)]
WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
KANJI = "〇一二三四五六七八九"


def era(day: date) -> tuple[tuple[str, str, str, str, date, date], int]:
    found = next(e for e in ERAS if e[4] <= day <= e[5])
    return found, day.year - found[4].year + 1


def kanji(n: int) -> str:
    if n < 10:
        return KANJI[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else KANJI[tens]) + "十" + (KANJI[ones] if ones else "")


def notations(day: date) -> list[str]:
    (name, short, letter, media, *_), year = era(day)
    y, m, d = day.year, day.month, day.day
    yy = f"{year:02d}"
    written = [
        f"{y}{m:02d}{d:02d}", f"{y}/{m}/{d}", f"{y}/{m:02d}/{d:02d}", f"{y}.{m}.{d}", f"{y}-{m}-{d}",
        f"{y}年{m}月{d}日", f"{y}年 {m}月 {d}日", f"{name}{year}年{m}月{d}日", f"{short}{year}.{m}.{d}",
        f"{name}{kanji(year)}年{kanji(m)}月{kanji(d)}日", f"{letter}{yy}{m:02d}{d:02d}",
        f"{letter}{year}.{m}.{d}", f"{letter.lower()}{year}/{m}/{d}", f"{letter}{year}-{m}-{d}",
        f"{media}{yy}{m:02d}{d:02d}", f"{media}-{yy}{m:02d}{d:02d}", f"{media}-{year}-{m}-{d}",
        f"{media}.{year}.{m}.{d}", f" {y}-{m:02d}-{d:02d} ", f"{y}-{m:02d}-{d:02d} 00:00:00",
    ]  # fmt: skip
    if year == 1:
        written += [f"{name}元年{m}月{d}日", f"{short}元年{m}月{d}日"]
    return [*written, *(w.translate(WIDE) for w in written)]


def test_every_notation_of_many_days() -> None:
    wrong = [
        (written, parse_date(written))
        for day in DAYS
        for written in notations(day)
        if parse_date(written).day != day
    ]
    assert wrong == []


@pytest.mark.parametrize("day", DAYS[::20])
def test_iso_is_known_as_such(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert (parsed.state, parsed.day) == (DateState.ISO, day)
    assert parse_date(f"{day:%Y/%m/%d}").state is DateState.NOTATION


@pytest.mark.parametrize("found", ERAS, ids=lambda e: e[0])
def test_borders_of_an_era_to_the_day(found: tuple[str, str, str, str, date, date]) -> None:
    name, _, letter, media, first, last = found
    base = first.year - 1
    for day, inside in (
        (first, True), (first - timedelta(days=1), False), (last, True), (last + timedelta(days=1), False),
    ):  # fmt: skip
        year = day.year - base
        if name == "令和" and day >= last:
            continue
        for written in (f"{name}{year}年{day.month}月{day.day}日", f"{letter}{year}.{day.month}.{day.day}",
                        f"{media}{year:02d}{day:%m%d}"):  # fmt: skip
            if year < 1:
                continue
            parsed = parse_date(written)
            if inside:
                assert (parsed.state, parsed.day) == (DateState.NOTATION, day), written
            else:
                assert (parsed.state, parsed.day) == (DateState.OUTSIDE_ERA, None), written
                assert parsed.suggestion == day


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("昭和65年1月1日", date(1990, 1, 1)), ("平成32年4月1日", date(2020, 4, 1)), ("S100.1.1", date(2025, 1, 1)),
        ("昭和1985年4月1日", date(1985, 4, 1)), ("519850401", date(1985, 4, 1)), ("平成0年1月1日", None),
        ("大正元年7月29日", date(1912, 7, 29)),
    ],
)  # fmt: skip
def test_outside_its_era(written: str, suggestion: date | None) -> None:
    parsed = parse_date(written)
    assert (parsed.state, parsed.day, parsed.suggestion) == (
        DateState.OUTSIDE_ERA,
        None,
        suggestion,
    )


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("1985-02-29", "impossible"), ("2000/13/01", "impossible"), ("昭和60年4月31日", "impossible"),
        ("19850230", "impossible"), ("0000-01-01", "impossible"), ("S60.2.30", "impossible"),
        ("60/4/1", "two_digit_year"), ("600401", "two_digit_year"), ("60年4月1日", "two_digit_year"),
        ("85-04-01", "two_digit_year"), ("31138", "excel_serial"), ("31138.0", "excel_serial"),
        ("３１１３８", "excel_serial"), ("不明", "unreadable"), ("01/04/1985", "unreadable"),
        ("4/1/1985", "unreadable"), ("昭和60年4月", "unreadable"), ("1985", "unreadable"), ("令和8年", "unreadable"),
        ("2560401", "unreadable"), ("1985-04-01 12:30", "unreadable"), ("19850401x", "unreadable"),
        ("１９８５－４", "unreadable"), ("", "blank"), (" 　\u3000", "blank"), ("0", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day(written: str, state: str) -> None:
    parsed = parse_date(written)
    assert (parsed.state.value, parsed.day) == (state, None)


def test_a_serial_is_shown_as_a_guess_only() -> None:
    parsed = parse_date("31138")
    assert (parsed.day, parsed.suggestion) == (None, date(1985, 4, 1))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.day is not None) == (parsed.state in (DateState.ISO, DateState.NOTATION))


@given(st.text(alphabet="0123456789０５-/.年月日元昭和平成SHR十三 ー", max_size=14))
def test_what_looks_like_a_date_is_read_without_an_error(text: str) -> None:
    parsed = parse_date(text)
    if parsed.day is not None:
        again = parse_date(parsed.day.isoformat())
        assert again.day == parsed.day


def test_a_column_gives_what_single_values_give() -> None:
    values = [w for day in DAYS[::40] for w in notations(day)] + [
        "不明",
        None,
        "",
        "60/4/1",
        "1985-02-30",
    ]
    frame = date_columns(pl.DataFrame({"d": values}, schema={"d": pl.String}), "d", "x")
    for raw, day, state, hint in frame.iter_rows():
        parsed = parse_date(raw)
        assert (day, state, hint) == (parsed.day, parsed.state.value, parsed.suggestion)


@pytest.mark.parametrize(
    "huge", ["1" * 10_000_000, "昭" * 3_000_000, " " * 10_000_000, "一" * 3_000_000]
)
def test_ten_megabytes_are_quick(huge: str) -> None:
    started = time.perf_counter()
    assert parse_date(huge).day is None
    assert time.perf_counter() - started < 1


def test_a_large_column_is_read_as_each_date_is() -> None:
    odd = ["昭和65年1月1日", "平成0年1月1日", "0000-01-01", "0000/1/1", "2026/2/29", "H1.1.1", "S64.1.8",
           "R8.13.1", "5640231", "9000101", "2000101", "19900230", "令和元年5月1日", "M45.7.30", "85.1.1"]  # fmt: skip
    column = [*odd, *(written for day in DAYS for written in notations(day))]
    read = {raw: rest for raw, *rest in date_map(pl.Series(column)).iter_rows()}
    wrong = [
        (raw, read[raw])
        for raw in column
        if read[raw] != [(one := parse_date(raw)).day, one.state.value, one.suggestion]
    ]
    assert wrong == []


@given(texts=st.lists(st.text("0123456789１９／．-/.年月日元明治昭和平成令SHR昭 　", max_size=11)))
@example(texts=["2000-01-01", "平成元年1月8日", "S64.1.8"])
def test_a_plain_date_is_what_the_parser_reads(texts: list[str]) -> None:
    for raw, day in read_plain(pl.Series(texts, dtype=pl.String)).iter_rows():
        if day is not None:
            # ISO dates are read before: a column never asks for them here.
            iso = parse_date(raw).state is DateState.ISO
            assert parse_date(raw) == ParsedDate(DateState.ISO if iso else DateState.NOTATION, day)


def test_most_notations_are_plain() -> None:
    column = pl.Series([written for day in DAYS for written in notations(day)])
    assert read_plain(column)["day"].count() > len(column) / 2
