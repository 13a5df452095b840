"""Both sides of what is held or returned, in the order of work, and never a My Number."""

import polars as pl
import pytest
from clean_record import AS_OF, OWN, number, write_batch, write_registry

from validator.checking import Options, check_files
from validator.output.flagged import FLAGGED_COLUMNS, flagged_people
from validator.privacy.mask import blot_numbers

OTHER = number(31415926536)


def flagged(tmp_path, *records, registry=({},)):
    options = Options(registry=write_registry(tmp_path, *registry), as_of=AS_OF)
    return flagged_people(check_files([write_batch(tmp_path, *records)], options))


def test_only_held_and_returned_records_in_the_order_of_work(tmp_path):
    people = flagged(
        tmp_path,
        {},
        {"name_kana": "ミホン　ジロウ"},
        {"my_number": "{wrong:27182818284}"},
        {"birth_date": "1985-04-02"},
    )
    assert people.columns == list(FLAGGED_COLUMNS)
    assert sorted(people["line"]) == [3, 4, 5]
    assert people["queue_position"].to_list() == [1, 2, 3]


def test_both_sides_as_they_are_written(tmp_path):
    people = flagged(tmp_path, {"name_kana": "ミホン　ジロウ", "birth_date": "昭和60年4月1日"})
    row = people.row(0, named=True)
    assert (row["submitted_name_kana"], row["registry_name_kana"]) == (
        "ミホン　ジロウ",
        "ミホン　タロウ",
    )
    assert (row["submitted_birth_date"], row["registry_birth_date"]) == (
        "昭和60年4月1日",
        "1985-04-01",
    )


def test_without_a_holder_there_is_no_other_side(tmp_path):
    row = flagged(tmp_path, {"my_number": OTHER}).row(0, named=True)
    assert row["hold_class"] == "0"
    assert {row[c] for c in row if c.startswith("registry_")} == {None}


def test_nothing_flagged_is_an_empty_frame_with_the_same_columns(tmp_path):
    people = flagged(tmp_path, {})
    assert people.is_empty()
    assert people.columns == list(FLAGGED_COLUMNS)


@pytest.mark.parametrize("column", ["name_kanji", "name_kana", "address", "insured_number"])
def test_a_number_in_another_column_is_blotted_out(tmp_path, column):
    people = flagged(tmp_path, {column: f"見本{OWN}", "birth_date": "1985-04-02"})
    assert OWN[:6] not in people.drop("findings").write_csv()


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        OWN[1:],
        f"山田{OWN}",
        f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}",
        f"{OWN[:4]}　{OWN[4:8]}　{OWN[8:]}",
        OWN.translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    ],
)
def test_whatever_looks_like_a_number_is_blotted(text):
    (shown,) = pl.DataFrame({"x": [text]}).select(blot_numbers("x"))["x"]
    assert not any(c.isdigit() for c in shown)


@pytest.mark.parametrize(
    "text", ["東京都江東区豊洲1-2-27-1001", "135-0061 1-2-27", "090-1234-5678", "1985-04-01", None]
)
def test_addresses_dates_and_phones_stay(text):
    frame = pl.DataFrame({"x": [text]}, schema={"x": pl.String})
    assert frame.select(blot_numbers("x"))["x"].to_list() == [text]
