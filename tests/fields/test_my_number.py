"""Check digit and notation of My Numbers."""

from __future__ import annotations

import random
import time

import polars as pl
import pytest
from clean_record import number, wrong_number
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_number

from validator.fields.my_number import check_digit, check_digit_fits, number_columns


def read(values: list[str | None]) -> pl.DataFrame:
    frame = pl.DataFrame({"raw": values}, schema={"raw": pl.String})
    return number_columns(frame, "raw", "n")


def state(value: str | None) -> str:
    return str(read([value])["n_state"][0])


def test_check_digit_is_that_of_python_stdnum() -> None:
    rng = random.Random(5)
    bodies = [f"{rng.randrange(10**11):011d}" for _ in range(100_000)]
    ours = pl.DataFrame({"n": [int(b) * 10 + d for b in bodies[:10_000] for d in range(10)]})
    fits = ours.select(check_digit_fits(pl.col("n"))).to_series().to_list()
    for position, body in enumerate(bodies):
        right = stdnum_number.calc_check_digit(body)
        assert str(check_digit(body)) == right
        if position < 10_000:
            assert fits[position * 10 : position * 10 + 10] == [str(d) == right for d in range(10)]


@pytest.mark.parametrize(
    "body", ["", "1234567890", "123456789012", "1234567890a", "１２３４５６７８９０１"]
)
def test_only_eleven_digits_have_a_check_digit(body: str) -> None:
    with pytest.raises(ValueError):
        check_digit(body)


WIDE = {ord(str(d)): 0xFF10 + d for d in range(10)}
OWN = number(10203040506)


@pytest.mark.parametrize(
    "written",
    [
        f"{OWN[:4]} {OWN[4:8]} {OWN[8:]}", f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}", OWN.translate(WIDE),
        f"{OWN[:4]}　{OWN[4:8]}　{OWN[8:]}", f"{OWN[:4]}－{OWN[4:8]}ー{OWN[8:]}", f" {OWN}\u200b",
        f"{OWN[:4]}‐{OWN[4:8]}−{OWN[8:]}",
    ],
)  # fmt: skip
def test_notation_is_repaired(written: str) -> None:
    frame = read([written])
    assert frame.select("n", "n_state").row(0) == (int(OWN), "repaired")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, "blank"), ("", "blank"), ("　 ", "blank"), (OWN, "as_written"),
        (wrong_number(10203040506), "check_digit"), ("000000000000", "placeholder"),
        ("1" * 12, "placeholder"), ("９９９９９９９９９９９９", "placeholder"), ("123456789012", "placeholder"),
        ("1234-5678-9018", "placeholder"), ("12345678901", "length"), ("1" * 13, "length"),
        ("1.23457E+11", "exponent"), ("1E11", "exponent"), (f"{OWN[:-1]}X", "malformed"),
        (f"①{OWN[1:]}", "malformed"), ("١٢٣٤٥٦٧٨٩٠١٢", "malformed"), (f"{OWN}.0", "malformed"),
        (f"'{OWN}", "malformed"), ("あとで", "malformed"), (f"{OWN}\n{OWN}", "length"),
    ],
)  # fmt: skip
def test_state(written: str | None, expected: str) -> None:
    assert state(written) == expected


@settings(max_examples=60)
@given(st.integers(0, 10**11 - 1))
def test_a_number_keeps_its_leading_zeros(body: int) -> None:
    written = number(body)
    frame = read([written])
    if frame["n_state"][0] != "placeholder":
        assert f"{frame['n'][0]:012d}" == written
        assert frame["n_state"][0] == "as_written"
        assert state(wrong_number(body)) in ("check_digit", "placeholder")


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_any_text_has_a_state(text: str) -> None:
    frame = read([text])
    assert frame["n_state"][0] is not None
    usable = frame["n_state"][0] in ("as_written", "repaired")
    assert (frame["n"][0] is not None) == usable


@pytest.mark.parametrize("huge", ["1-" * 5_000_000, "あ" * 3_300_000, " " * 10_000_000])
def test_ten_megabytes_are_quick(huge: str) -> None:
    started = time.perf_counter()
    assert state(huge) in ("length", "malformed", "blank")
    assert time.perf_counter() - started < 5
