"""Levels of a record against its registry row, through real files."""

from __future__ import annotations

from pathlib import Path

from clean_record import (
    AS_OF,
    RECORD,
    REGISTRY_COLUMNS,
    REGISTRY_ROW,
    filled,
    number,
    write_batch,
    write_csv,
    write_registry,
)

from validator.checking import Options, check_files

Row = dict[str, str | None]


def levels(
    folder: Path,
    record: dict[str, str | None],
    registry: dict[str, str | None] | None = None,
    *,
    without: bool = False,
) -> dict[str, str]:
    reg = None if without else write_registry(folder, registry or {})
    row = (
        check_files([write_batch(folder, record)], Options(registry=reg, as_of=AS_OF))
        .records()
        .row(0, named=True)
    )
    return {k.removeprefix("level_"): v for k, v in row.items() if k.startswith("level_")}


CASES: list[tuple[Row, Row, str, str]] = [
        ({}, {}, "my_number", "same"), ({"my_number": "{spaced}"}, {}, "my_number", "equivalent"),
        ({"my_number": "{wrong:27182818284}"}, {}, "my_number", "different"), ({"my_number": "{valid:1}"}, {}, "my_number", "different"),
        ({"my_number": None}, {}, "my_number", "blank"), ({"my_number": "000000000000"}, {}, "my_number", "different"),
        ({"birth_date": "S60.4.1"}, {}, "birth_date", "equivalent"), ({"birth_date": "1985-04-01"}, {"birth_date": "昭和60年4月1日"}, "birth_date", "equivalent"),
        ({"birth_date": "1985-04-02"}, {}, "birth_date", "different"), ({"birth_date": None}, {}, "birth_date", "blank"),
        ({}, {"birth_date": None}, "birth_date", "undecidable"), ({"birth_date": "不明"}, {}, "birth_date", "different"),
        ({"sex": "男"}, {}, "sex", "equivalent"), ({"sex": "2"}, {}, "sex", "different"), ({"sex": None}, {}, "sex", "blank"),
        ({}, {"sex": "男性"}, "sex", "equivalent"), ({}, {"sex": None}, "sex", "undecidable"),
        ({"name_kanji": "見本太郎"}, {}, "name_kanji", "equivalent"), ({"name_kanji": "　"}, {}, "name_kanji", "blank"),
        ({"name_kanji": "旧姓　太郎"}, {"former_name_kanji": "旧姓　太郎"}, "name_kanji", "similar"),
        ({"name_kana": "キュウ　タロウ"}, {"former_name_kana": "キュウ　タロウ"}, "name_kana", "similar"),
        ({}, {"name_kana": None}, "name_kana", "undecidable"), ({"address": None}, {}, "address", "blank"),
        ({}, {"address": None}, "address", "undecidable"), ({"address": "江東区豊洲1-2-27"}, {}, "address", "equivalent"),
    ]  # fmt: skip


def test_level(tmp_path: Path) -> None:
    """All cases as one batch, each with a number of its own."""
    own = [number(51_000_000_000 + 13 * n) for n in range(len(CASES))]
    rows = [
        {**RECORD, "my_number": n, **filled(case[0], n)} for case, n in zip(CASES, own, strict=True)
    ]
    known = [
        {**REGISTRY_ROW, **filled(case[1], n), "my_number": n}
        for case, n in zip(CASES, own, strict=True)
    ]
    batch = write_csv(tmp_path / "b.csv", rows)
    registry = write_csv(tmp_path / "r.csv", known, REGISTRY_COLUMNS)
    records = check_files([batch], Options(registry=registry, as_of=AS_OF)).records()
    found = [records[f"level_{case[2]}"][n] for n, case in enumerate(CASES)]
    wrong = [(case, level) for case, level in zip(CASES, found, strict=True) if case[3] != level]
    assert wrong == []


FIVE = ("name_kanji", "name_kana", "birth_date", "sex", "address")


def test_nothing_is_compared_without_a_usable_number_or_registry(tmp_path: Path) -> None:
    for record in ({"my_number": "{valid:1}"}, {"my_number": "{wrong:1}"}, {"my_number": None}):
        found = levels(tmp_path, dict(record))
        assert {found[item] for item in FIVE} == {"not_checked"}
    assert set(levels(tmp_path, {}, without=True).values()) == {"not_checked"}
    found = levels(tmp_path, {"address": None, "my_number": "{wrong:1}"}, without=True)
    assert (found["address"], found["my_number"], found["sex"]) == (
        "blank",
        "different",
        "not_checked",
    )
