"""Dates of the form rules against plain arithmetic, day by day around each border."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, write_csv

from validator.checking import Options, check_files

Row = dict[str, "str | None"]
LOSS: Row = {"form": "shikaku_soshitsu", "acquired_on": None, "left_on": None}
APPLICATION: Row = {"form": "kakuninsho_kofu", "acquired_on": None, "certificate_reason": "F"}


def codes_of(folder: Path, rows: list[Row]) -> list[set[str]]:
    """The codes of each of ``rows`` (differences from the clean record)."""
    table = [{**RECORD, "my_number": None, "insured_number": str(n), **row} for n, row in enumerate(rows)]  # fmt: skip
    checked = check_files([write_csv(folder / "b.csv", table)], Options(as_of=AS_OF))
    return [set(codes) for codes in checked.records()["findings"].to_list()]


def around(day: date, reach: int = 3) -> list[date]:
    return [day + timedelta(days=n) for n in range(-reach, reach + 1)]


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later; the last of the month where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def birthday(birth: date, years: int) -> date:
    return months_later(birth, 12 * years)


def attained(birth: date, years: int, day: date) -> bool:
    """An age is attained at the end of the day before the birthday (年齢計算ニ関スル法律)."""
    year = birth.year + years
    leap = birth.month == 2 and birth.day == 29 and monthrange(year, 2)[1] != 29
    anniversary = date(year, 3, 1) if leap else birth.replace(year=year)
    return day >= anniversary - timedelta(days=1)


def test_an_elderly_certificate_is_asked_of_who_was_70_by_december_2025(tmp_path: Path) -> None:
    births = [*around(date(1955, 12, 2), 4), date(1952, 2, 29), date(1956, 2, 29)]
    rows: list[Row] = [
        {**LOSS, "lost_on": "2026-11-19", "birth_date": b.isoformat()} for b in births
    ]
    found = codes_of(tmp_path, rows)
    expected = [attained(b, 70, date(2025, 12, 1)) for b in births]
    assert ["QA032" in codes for codes in found] == expected
    assert set(expected) == {True, False}


@pytest.mark.parametrize(
    "birth", [date(1951, 11, 10), date(1951, 11, 1), date(1951, 10, 31), date(1951, 3, 1)]
)
def test_the_75th_birthday_is_the_day_of_loss(tmp_path: Path, birth: date) -> None:
    days = around(birthday(birth, 75))
    rows: list[Row] = [
        {**LOSS, "loss_cause": "7", "lost_on": d.isoformat(), "birth_date": birth.isoformat()}
        for d in days
    ]
    found = codes_of(tmp_path, rows)
    assert ["FM018" in codes for codes in found] == [d != birthday(birth, 75) for d in days]
    removals: list[Row] = [
        {"form": "hifuyosha_ido", "change_type": "2", "acquired_on": None, "event_reason": "75歳到達",
         "event_on": d.isoformat(), "birth_date": birth.isoformat()}
        for d in days
    ]  # fmt: skip
    assert ["FM020" in codes for codes in codes_of(tmp_path, removals)] == [
        d != birthday(birth, 75) for d in days
    ]


def test_born_on_29_february_both_days_of_a_common_year_are_accepted(tmp_path: Path) -> None:
    days = around(date(2023, 2, 28), 2)
    rows: list[Row] = [
        {**LOSS, "loss_cause": "7", "lost_on": d.isoformat(), "birth_date": "1948-02-29"}
        for d in days
    ]
    found = codes_of(tmp_path, rows)
    accepted = {date(2023, 2, 28), date(2023, 3, 1)}
    assert ["FM018" in codes for codes in found] == [d not in accepted for d in days]


@pytest.mark.parametrize(
    "issued", [date(2024, 2, 29), date(2025, 12, 2), date(2026, 1, 31), date(2026, 2, 28)]
)
def test_a_certificate_is_valid_for_five_years_at_most(tmp_path: Path, issued: date) -> None:
    last = birthday(issued, 5)
    days = around(last)
    rows: list[Row] = [
        {**APPLICATION, "certificate_issued_on": issued.isoformat(), "certificate_expires_on": d.isoformat()}
        for d in days
    ]  # fmt: skip
    found = codes_of(tmp_path, rows)
    assert ["QA016" in codes for codes in found] == [d > last for d in days]


@pytest.mark.parametrize(
    "expiry",
    [date(2025, 11, 30), date(2026, 3, 31), date(2026, 8, 1), date(2026, 8, 20), date(2024, 2, 29)],
)
def test_two_clocks_count_three_months(tmp_path: Path, expiry: date) -> None:
    from_the_day = months_later(expiry, 3)
    month = months_later(expiry.replace(day=1), 3)
    end_of_use = month.replace(day=monthrange(month.year, month.month)[1])
    days = sorted({*around(from_the_day), *around(end_of_use)})
    base: Row = {**APPLICATION, "card_expires_on": expiry.isoformat()}
    rows: list[Row] = [
        {**base, "certificate_reason": reason, "received_on": d.isoformat()}
        for d in days
        for reason in ("D", "G")
    ]
    found = codes_of(tmp_path, rows)
    assert ["QA012" in codes for codes in found[::2]] == [d < from_the_day for d in days]
    assert ["QA013" in codes for codes in found[1::2]] == [d > end_of_use for d in days]
    assert not any("QA013" in codes for codes in found[::2])


def test_filing_counts_days_from_the_event_of_the_form(tmp_path: Path) -> None:
    received = date(2026, 11, 20)
    rows: list[Row] = []
    late: list[bool] = []
    for days in (4, 5, 6, 20, 21):
        day = (received - timedelta(days=days)).isoformat()
        before = (received - timedelta(days=days + 1)).isoformat()
        rows += [
            {"acquired_on": day},
            {"form": "hifuyosha_ido", "change_type": "1", "acquired_on": None, "event_on": day},
            {**LOSS, "lost_on": day, "left_on": before, "acquired_on": "2001-04-01"},
            {"member_kind": "任継", "acquired_on": day},
            {"form": "shimei_henko", "acquired_on": None, "changed_on": day},
            {"form": "kakuninsho_funshitsu_soshitsugo", "acquired_on": None, "lost_on": day},
        ]
        late += [days > 5, days > 5, days > 5, False, False, False]
    found = codes_of(tmp_path, rows)
    assert ["FM004" in codes for codes in found] == late
    assert ["FM022" in codes for codes in found[3::6]] == [False, False, False, False, True]
    assert ["FM021" in codes for codes in found[4::6]] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "received, month",
    [("2026-11-01", "2026-12"), ("2026-11-30", "2026-12"), ("2025-12-31", "2026-01")],
)
def test_ex_officio_issue_is_expected_next_month(tmp_path: Path, received: str, month: str) -> None:
    table = [{**RECORD, **APPLICATION, "certificate_reason": "A", "received_on": received}]
    checked = check_files([write_csv(tmp_path / "b.csv", table)], Options(as_of=AS_OF, lang="en"))
    message = checked.findings().filter(code="QA011")["message"].item()
    assert f"expected {month})" in message


@pytest.mark.parametrize(
    "birth, at, age",
    [
        (date(1966, 11, 18), date(2026, 11, 18), 60),
        (date(1966, 11, 19), date(2026, 11, 18), 60),
        (date(1966, 11, 20), date(2026, 11, 18), 60),
    ],
)
def test_income_limit_of_60_counts_from_the_day_before_the_birthday(
    tmp_path: Path, birth: date, at: date, age: int
) -> None:
    row: Row = {
        "form": "hifuyosha_ido", "change_type": "1", "acquired_on": None, "relationship": "母",
        "event_on": at.isoformat(), "birth_date": birth.isoformat(), "annual_income": "150万円",
    }  # fmt: skip
    (codes,) = codes_of(tmp_path, [row])
    assert ("FM026" in codes) is not attained(birth, age, at)


def test_income_limit_of_19_to_22_counts_by_the_end_of_the_year(tmp_path: Path) -> None:
    births = [date(y, m, d) for y in (2003, 2004, 2007, 2008) for m, d in ((1, 1), (1, 2), (12, 31))]  # fmt: skip
    row: Row = {
        "form": "hifuyosha_ido", "change_type": "1", "acquired_on": None, "relationship": "長男",
        "event_on": "2026-11-18", "annual_income": "1,400,000",
    }  # fmt: skip
    found = codes_of(tmp_path, [{**row, "birth_date": b.isoformat()} for b in births])
    end = date(2026, 12, 31)
    over = [not (attained(b, 19, end) and not attained(b, 23, end)) for b in births]
    assert ["FM026" in codes for codes in found] == over
    earlier = {**row, "event_on": "2025-09-30", "received_on": "2025-10-02"}
    (before,) = codes_of(tmp_path, [{**earlier, "birth_date": "2005-06-01"}])
    (after,) = codes_of(tmp_path, [{**earlier, "birth_date": "2005-06-01", "event_on": "2025-10-01"}])  # fmt: skip
    assert "FM026" in before
    assert "FM026" not in after


def test_a_companion_form_is_due_5_days_after_reception_or_today(tmp_path: Path) -> None:
    table = [
        {**RECORD, "has_dependants": "1"},
        {**RECORD, "insured_number": "9", "my_number": None, "has_dependants": "1", "received_on": None},
        {**RECORD, "insured_number": "8", "my_number": None, "certificate_reason": "G",
         "received_on": "2026-02-25", "acquired_on": "2026-02-24"},
    ]  # fmt: skip
    checked = check_files([write_csv(tmp_path / "b.csv", table)], Options(as_of=AS_OF))
    told = checked.findings().filter(pl.col("code").str.starts_with("CO"))
    assert [m.split("目安は ")[1] for m in told["message"].to_list()] == [
        "2026-11-25 です。",
        "2026-11-28 です。",
        "2026-03-02 です。",
    ]
