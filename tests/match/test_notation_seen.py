"""Differences of notation are counted by item and step, and hold nothing."""

import polars as pl
from clean_record import AS_OF, write_batch, write_registry

from validator.checking import Options, check_files
from validator.match.notation import NOTATION_SCHEMA, notation_counts
from validator.pipeline import SLICE_ROWS


def counted(tmp_path, *changes, registry=True, **options):
    given = {"registry": write_registry(tmp_path)} if registry else {}
    checked = check_files(
        [write_batch(tmp_path, *changes)], Options(as_of=AS_OF, **given, **options)
    )
    return {(i, s): n for i, s, n in checked.judged.notation.iter_rows()}, checked


def test_each_step_of_an_equivalent_item_counts_its_records(tmp_path):
    found, checked = counted(
        tmp_path,
        {"name_kana": "ﾐﾎﾝ ﾀﾛｳ"},
        {"name_kana": "ミホンタロウ", "birth_date": "昭和60年4月1日"},
        {"my_number": "{spaced}"},
        {"name_kana": "ミホン　ジロウ"},
    )
    assert found["name_kana", "WIDTH"] == 2  # the other one for its full-width space
    assert found["name_kana", "SPACE"] == 1
    assert found["birth_date", "CALENDAR"] == 1
    assert found["my_number", "NUMBER_NOTATION"] == 1
    assert checked.summary.counts.by_verdict["hold"] == 1


def test_nothing_is_counted_where_nothing_was_compared(tmp_path):
    assert counted(tmp_path, {"name_kana": "ﾐﾎﾝ ﾀﾛｳ"}, registry=False)[0] == {}
    assert counted(tmp_path, {})[0] == {}


def test_slices_add_up():
    one = pl.DataFrame(
        {"item": ["address", "address"], "steps": ["WIDTH+SPACE", "WIDTH"], "records": [3, 4]}
    )
    total = notation_counts([one, one])
    assert dict(total.schema) == NOTATION_SCHEMA
    assert total.rows() == [("address", "WIDTH", 14), ("address", "SPACE", 6)]
    assert SLICE_ROWS > 1
