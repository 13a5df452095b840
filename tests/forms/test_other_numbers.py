"""Numbers beside the My Number, against an independent implementation of their check digits."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.jp import cn

from validator.forms.check_digits import (
    fits_corporate_number,
    fits_insurer_number,
    fits_my_number,
)
from validator.forms.other_numbers import (
    add_other_number_facts,
    read_branch,
    read_corporate_number,
    read_insurer_number,
    read_number,
    read_pension_number,
    read_phone,
    read_symbol,
)

DIGITS = st.text("0123456789", min_size=1, max_size=14)
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
COLUMNS = (
    "corporate_number", "insurer_number", "insured_symbol", "insured_number", "branch_number",
    "pension_number", "phone",
)  # fmt: skip


@given(st.text("0123456789", min_size=13, max_size=13))
def test_the_check_digit_of_a_corporate_number_is_that_of_another_program(digits: str) -> None:
    assert fits_corporate_number(digits) is cn.is_valid(digits)
    right = cn.calc_check_digit(digits[1:]) + digits[1:]
    assert fits_corporate_number(right)
    for other in set("0123456789") - {right[0]}:
        assert not fits_corporate_number(other + digits[1:])


@given(st.text("0123456789", min_size=7, max_size=7), st.booleans())
def test_the_check_digit_of_an_insurer_number_is_that_of_another_program(
    digits: str, short: bool
) -> None:
    body = digits[:5] if short else digits
    right = luhn.calc_check_digit(body)
    assert [d for d in "0123456789" if fits_insurer_number(body + d)] == [right]


@given(DIGITS)
def test_other_lengths_never_fit(digits: str) -> None:
    if len(digits) != 13:
        assert not fits_corporate_number(digits)
        assert read_corporate_number(digits) == "shape"
    if len(digits) not in (6, 8):
        assert not fits_insurer_number(digits)
        assert read_insurer_number(digits) == "shape"
    if len(digits) != 12:
        assert not fits_my_number(digits)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_width_spaces_and_hyphens_do_not_matter(body: str) -> None:
    digits = cn.calc_check_digit(body) + body
    for written in (digits, digits.translate(WIDE), f" {digits[:4]}-{digits[4:]}　"):
        assert read_corporate_number(written) is None
        assert read_corporate_number(written + "1") == "shape"


@pytest.mark.parametrize(
    ("read", "fine", "wrong"),
    [
        (read_symbol, ["101", "０１", "ｹｲﾄ", "出版", "01-アナ", " 12 "], ["1?", "1.5", "a" * 21, "¥"]),
        (read_number, ["1", "00123", "A-12", "１２"], ["一", "1/2", "1.0", "1" * 21]),
        (read_pension_number, ["1234-567890", "１２３４ ５６７８９０", "0001000001"],
         ["0000-567890", "1234-000000", "123456789", "12345678901", "12a4567890"]),
        (read_phone, ["03-0000-0000", "0300000000", "090-0000-0000", "03(0000)0000", "+81300000000",
                      "０３－００００－００００", "03-0000-0000 内線12"],
         ["3-0000-0000", "000", "03-0000-000", "なし", "090-0000-00000"]),
    ],
)  # fmt: skip
def test_shapes(read: object, fine: list[str], wrong: list[str]) -> None:
    assert callable(read)
    assert [value for value in fine if read(value) is not None] == []
    assert [value for value in wrong if read(value) != "shape"] == []
    assert [read(blank) for blank in ("", " ", "　")] == [None, None, None]


@pytest.mark.parametrize(
    ("value", "state"),
    [("00", "insured"), ("０１", "dependant"), ("15", "dependant"), ("1", "short"), ("0", "short"),
     ("001", "shape"), ("A1", "shape"), (" ", None)],
)  # fmt: skip
def test_branch_numbers(value: str, state: str | None) -> None:
    assert read_branch(value) == state


def test_a_column_is_read_row_by_row_whatever_stands_beside() -> None:
    symbols = ["101", None, "1?", "", "出版", "2?"]
    frame = pl.DataFrame(
        {c: symbols if c == "insured_symbol" else [None] * 6 for c in COLUMNS},
        schema=dict.fromkeys(COLUMNS, pl.String),
    )
    facts = add_other_number_facts(frame)
    assert facts["ot_symbol"].to_list() == [None, None, "shape", None, None, "shape"]
    for name in ("ot_corporate", "ot_insurer", "ot_number", "ot_branch", "ot_pension", "ot_phone"):
        assert facts[name].to_list() == [None] * 6
