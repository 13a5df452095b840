"""Parts of the explanation: the share at the clinic, relatives, moved columns, faults of senders."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from validator.fields.birth_date import parse_date
from validator.hold.clinic import share
from validator.hold.moved_columns import columns_shifted, columns_swapped
from validator.hold.relatives import relative
from validator.hold.slips import add_slips
from validator.hold.systematic import FAULTS, affected, find_systematic

D = date


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        # School begins on 1 April for those born up to 1 April six years before.
        (D(2020, 4, 1), D(2026, 3, 31), "20"),
        (D(2020, 4, 1), D(2026, 4, 1), "30"),
        (D(2020, 4, 2), D(2027, 3, 31), "20"),
        (D(2020, 4, 2), D(2027, 4, 1), "30"),
        (D(2020, 12, 31), D(2027, 3, 31), "20"),
        (D(2021, 3, 31), D(2027, 4, 1), "30"),
        # From the month after the seventieth birthday; born on the first: from that month.
        (D(1956, 11, 2), D(2026, 11, 30), "30"),
        (D(1956, 11, 2), D(2026, 12, 1), "20_possible"),
        (D(1956, 11, 1), D(2026, 10, 31), "30"),
        (D(1956, 11, 1), D(2026, 11, 1), "20_possible"),
        (D(1956, 2, 29), D(2026, 3, 1), "20_possible"),
        (D(1985, 4, 1), D(2026, 11, 24), "30"),
        (None, D(2026, 11, 24), None),
    ],
)
def test_share(born: date | None, day: date, expected: str | None) -> None:
    frame = pl.DataFrame({"birth": [born]}, schema={"birth": pl.Date})
    assert frame.select(share(pl.lit(day))).item() == expected


@pytest.mark.parametrize(
    ("born", "holder", "sexes", "expected"),
    [
        (D(1985, 4, 1), D(1985, 4, 1), (1, 1), "twin"),
        (D(1985, 4, 1), D(1955, 4, 1), (1, 2), "parent"),
        (D(1985, 4, 1), D(2015, 4, 1), (1, 2), "child"),
        (D(1985, 4, 1), D(1987, 4, 1), (1, 2), "spouse"),
        (D(1985, 4, 1), D(1987, 4, 1), (1, 1), "sibling"),
        (D(2015, 4, 1), D(2017, 4, 1), (1, 2), "sibling"),
        (None, D(2017, 4, 1), (1, 2), "relative"),
    ],
)
def test_relative(born: date | None, holder: date, sexes: tuple[int, int], expected: str) -> None:
    frame = pl.DataFrame(
        {
            "birth": [born],
            "r_n_birth": [holder],
            "sex_code": [sexes[0]],
            "r_n_sex": [sexes[1]],
            "received": [D(2026, 11, 20)],
            "level_name_kanji": ["different"],
            "level_name_kana": ["different"],
        },
        schema_overrides={"birth": pl.Date},
    )
    assert frame.select(relative()).item() == expected


RECORD = {
    "my_number": "27182818284" + "0",
    "name_kanji": "見本　太郎",
    "name_kana": "ミホン　タロウ",
    "birth_date": "1985-04-01",
    "sex": "1",
    "postal_code": "135-0061",
    "address": "東京都江東区豊洲一丁目2番27号",
    "insured_number": "1234",
}
ORDER = ["my_number", "name_kanji", "name_kana", "birth_date", "sex", "postal_code", "address"]


def looked_at(record: dict[str, str | None], acquired: date | None = None) -> tuple[bool, bool]:
    facts = {"birth": D(1985, 4, 1), "acquired": acquired, "r_n_birth": D(1985, 4, 1)}
    days = dict.fromkeys(facts, pl.Date)
    frame = pl.DataFrame([{**record, **facts}], schema={**dict.fromkeys(record, pl.String), **days})
    shifted, swapped = frame.select(shifted=columns_shifted(), swapped=columns_swapped()).row(0)
    return bool(shifted), bool(swapped)


def test_a_record_in_its_columns() -> None:
    assert looked_at(dict(RECORD)) == (False, False)
    assert looked_at(dict.fromkeys(RECORD)) == (False, False)
    words = {**RECORD, "birth_date": "昭和60年4月1日", "sex": "男", "name_kana": "ﾐﾎﾝ ﾀﾛｳ"}
    assert looked_at(words) == (False, False)


@pytest.mark.parametrize("first", ORDER[:4])
def test_columns_shifted(first: str) -> None:
    at = ORDER.index(first)
    right: dict[str, str | None] = {**RECORD, first: None}
    right |= {
        here: RECORD[before] for before, here in zip(ORDER[at:], ORDER[at + 1 :], strict=False)
    }
    left: dict[str, str | None] = dict(RECORD)
    left |= {here: RECORD[after] for here, after in zip(ORDER[at:], ORDER[at + 1 :], strict=False)}
    assert looked_at(right)[0]
    assert looked_at({**left, "address": "2026-11-18"})[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("name_kana", "address"), ("postal_code", "address"), ("my_number", "insured_number")],
)
def test_columns_swapped(one: str, other: str) -> None:
    record: dict[str, str | None] = {**RECORD, one: RECORD[other], other: RECORD[one]}
    assert looked_at(record) == (False, True)


def slip_of(written: str, born: date, sexes: tuple[int, int] = (1, 1)) -> tuple[str | None, bool]:
    """What `add_slips` says of a birth date beside the registry's."""
    parsed = parse_date(written)
    sex_differs = sexes[0] != sexes[1]
    frame = pl.DataFrame(
        {
            "birth_date": [written],
            "birth": [parsed.day],
            "birth_hint": [parsed.suggestion],
            "r_n_birth": [born],
            "level_birth_date": ["same" if parsed.day == born else "different"],
            "level_sex": ["different" if sex_differs else "same"],
            **{f"level_{item}": ["same"] for item in ("name_kanji", "name_kana", "address")},
        },
        schema_overrides=dict.fromkeys(("birth", "birth_hint", "r_n_birth"), pl.Date),
    )
    return add_slips(frame).select("slip", "turned").row(0)


@pytest.mark.parametrize(
    ("written", "born", "slip"),
    [
        # One digit, two neighbours, one part.
        ("1985-04-02", D(1985, 4, 1), "date_typo"),
        ("1985-05-01", D(1985, 4, 1), "date_typo"),
        ("1995-04-01", D(1985, 4, 1), "date_typo"),
        ("1958-04-01", D(1985, 4, 1), "date_typo"),
        ("1985-04-21", D(1985, 4, 12), "date_typo"),
        ("2085-04-01", D(1985, 4, 1), "date_typo"),
        # No such day, yet one digit from one.
        ("1985-02-30", D(1985, 2, 20), "date_typo"),
        ("1985-14-05", D(1985, 4, 5), "date_typo"),
        # One era year more or less, whatever it does to the western digits.
        ("昭和54年4月10日", D(1980, 4, 10), "date_typo"),
        ("1979-04-10", D(1980, 4, 10), "date_typo"),
        ("昭和45年4月10日", D(1979, 4, 10), "date_typo"),
        # The day before, over the end of a month or a year.
        ("1985-03-31", D(1985, 4, 1), "date_typo"),
        ("1984-12-31", D(1985, 1, 1), "date_typo"),
        # Day and month, possible or not.
        ("1985-01-04", D(1985, 4, 1), "day_month_swapped"),
        ("1985-25-04", D(1985, 4, 25), "day_month_swapped"),
        ("昭和60年25月4日", D(1985, 4, 25), "day_month_swapped"),
        ("１９８５／３１／１２", D(1985, 12, 31), "day_month_swapped"),
        # Eras.
        ("平成60年4月1日", D(1985, 4, 1), "era_confused"),
        ("昭和10年4月1日", D(1998, 4, 1), "era_confused"),
        ("1960-04-01", D(1985, 4, 1), "era_confused"),
        ("2010-04-01", D(1998, 4, 1), "era_confused"),
        ("昭和85年4月1日", D(1985, 4, 1), "era_confused"),
        # Two digits that are no neighbours, other people's days, an unknown day.
        ("1996-05-24", D(1994, 5, 21), None),
        ("1990-01-20", D(1990, 6, 10), None),
        ("1992-01-05", D(1992, 5, 4), None),
        ("1957-11-13", D(1975, 11, 13), "date_typo"),
        ("1972-04-01", D(1985, 4, 1), None),
        ("1985-00-01", D(1985, 4, 1), None),
        ("不明", D(1985, 4, 1), None),
        ("1985-04-01", D(1985, 4, 1), None),
    ],
)
def test_slips_of_a_birth_date(written: str, born: date, slip: str | None) -> None:
    assert slip_of(written, born)[0] == slip


def test_wrong_sex_code() -> None:
    assert slip_of("1985-04-01", D(1985, 4, 1), (2, 1))[0] == "wrong_sex_code"


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("1985-25-04", True),
        ("1985-13-13", False),
        ("1985-32-01", False),
        ("1985-04-25", False),
        ("不明", False),
    ],
)
def test_an_impossible_month_that_is_a_day(written: str, turned: bool) -> None:
    assert slip_of(written, D(1999, 9, 9))[1] is turned


def sent(
    n: int, faulty: int, *, office: str = "1", days: int = 1
) -> tuple[pl.DataFrame, pl.DataFrame]:
    flagged = pl.DataFrame(
        {
            "row": range(faulty),
            "source": [0] * faulty,
            "office_code": [office] * faulty,
            "days": [days] * faulty,
            "dates_shifted": [True] * faulty,
            **{fault: [False] * faulty for fault in FAULTS if fault != "dates_shifted"},
        },
        schema_overrides={"row": pl.UInt32, "source": pl.UInt16, "days": pl.Int32},
    )
    totals = pl.DataFrame(
        {"source": [0], "office_code": [office], "records": [n], "compared": [n]},
        schema_overrides={"source": pl.UInt16},
    )
    return flagged, totals


def test_a_fault_of_most_records_is_the_senders() -> None:
    flagged, totals = sent(10, 8)
    found = find_systematic(flagged, totals)
    assert found.select("fault", "records", "of", "days").rows() == [("dates_shifted", 8, 10, 1)]
    assert affected(flagged, found).height == 8


@pytest.mark.parametrize(("n", "faulty"), [(10, 5), (4, 4), (1000, 20)])
def test_a_fault_of_some_records_is_theirs(n: int, faulty: int) -> None:
    flagged, totals = sent(n, faulty)
    assert find_systematic(flagged, totals).is_empty()


def test_one_office_of_two_has_the_fault() -> None:
    flagged, totals = sent(6, 6)
    clean = totals.with_columns(office_code=pl.lit("2"), records=20, compared=20)
    found = find_systematic(flagged, pl.concat([totals, clean], how="vertical_relaxed"))
    assert found.select("fault", "office_code", "records").rows() == [("dates_shifted", "1", 6)]
