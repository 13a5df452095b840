"""One number on two names: other notations of one name are one person (contract 3, class D)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, number, write_batch, write_csv, write_registry

from validator.checking import Options, check_files

Name = tuple[str, str]
TWO_PERSONS, REPEATED = "DU001", "DU003"

ONE_PERSON: list[tuple[Name, Name]] = [
    (("佐々木　太郎", "サトー　タロー"), ("佐佐木　太郎", "サトウ　タロウ")),
    (("佐佐木　太郎", "サトウ　タロウ"), ("佐々木　太郎", "サトー　タロー")),
    (("渡邊　太郎", "ワタナベ　タロウ"), ("渡辺太郎", "ﾜﾀﾅﾍﾞ ﾀﾛｳ")),
    (("渡邊　太郎", "ワタナベ　タロー"), ("渡邉　太郎", "ワタナベ　タロウ")),
    (("佐々木　太郎", "トオノ　コータ"), ("佐佐木　太郎", "トーノ　コウタ")),
    (("见本　太郎", "ミホン　タロー"), ("見本　太郎", "ミホン　タロウ")),
    (("Müller Hans", "ミュラー　ハンス"), ("MUELLER HANS", "ミユラア　ハンス")),
    (("WANG WEI", "ワン　ウェイ"), ("WANG WEI 王偉", "ワン　ウエー")),
    # Neither record is the registry: brackets that may be the 住民票's own are read as such.
    (("見本（青空）　太郎", "ミボン　タロウ"), ("見本　太郎", "ミホン　タロウ")),
    # One of the two names agrees: contract 3 asks for a difference in both.
    (("見本　花子", "ミホン　タロウ"), ("見本　太郎", "ミホン　タロウ")),
    (("見本　太郎", "ミホン　ハナコ"), ("見本　太郎", "ミホン　タロウ")),
    (("手本　次郎", "サトー　タロー"), ("見本　太郎", "サトウ　タロウ")),
]
TWO_PEOPLE: list[tuple[Name, Name]] = [
    (("見本　花子", "ミホン　ハナコ"), ("見本　太郎", "ミホン　タロウ")),
    (("佐々木　太郎", "ササキ　タロウ"), ("佐藤　太郎", "サトウ　タロウ")),
    (("斉藤　太郎", "サイトウ　タロウ"), ("斎藤　太郎", "サイドウ　タロウ")),
    (("見本　太郎", "ミホン　タロウ"), ("見本　太朗", "ミホン　タロオ")),
]


def codes(folder: Path, *records: Sequence[dict[str, str | None]]) -> list[list[str]]:
    """Findings of every record; each group shares a number of its own."""
    rows = [
        {**RECORD, **record, "my_number": number(41_000_000_000 + 19 * n)}
        for n, group in enumerate(records)
        for record in group
    ]
    batch = write_csv(folder / "batch.csv", rows)
    return check_files([batch], Options(as_of=AS_OF)).records()["findings"].to_list()


def group(*names: Name) -> list[dict[str, str | None]]:
    return [{"name_kanji": kanji, "name_kana": kana} for kanji, kana in names]


def test_other_notations_are_one_person(tmp_path: Path) -> None:
    both_orders = [*ONE_PERSON, *((second, first) for first, second in ONE_PERSON)]
    found = codes(tmp_path, *(group(*names) for names in both_orders))
    wrong = [both_orders[n // 2] for n, own in enumerate(found) if TWO_PERSONS in own]
    assert wrong == []
    assert all(REPEATED in own for own in found)


def test_other_names_are_two_people(tmp_path: Path) -> None:
    found = codes(tmp_path, *(group(*names) for names in TWO_PEOPLE))
    missed = [TWO_PEOPLE[n // 2] for n, own in enumerate(found) if TWO_PERSONS not in own]
    assert missed == []
    assert not any(REPEATED in own for own in found)


def test_one_of_three_is_another_person(tmp_path: Path) -> None:
    names = (*ONE_PERSON[0], ("見本　花子", "ミホン　ハナコ"))
    assert all(TWO_PERSONS in own for own in codes(tmp_path, group(*names)))


def test_three_notations_of_one_name(tmp_path: Path) -> None:
    names = (
        ("渡邊　太郎", "ワタナベ　タロー"),
        ("渡邉　太郎", "ワタナベ　タロウ"),
        ("渡辺太郎", "ﾜﾀﾅﾍﾞﾀﾛｰ"),
    )
    assert not any(TWO_PERSONS in own for own in codes(tmp_path, group(*names)))


@pytest.mark.parametrize("day", ["1985-04-02", "1990-02-03"])
def test_another_birth_date_is_another_person_whatever_the_name(tmp_path: Path, day: str) -> None:
    first, second = group(*ONE_PERSON[0])
    assert all(
        TWO_PERSONS in own for own in codes(tmp_path, [first, {**second, "birth_date": day}])
    )


def test_the_other_persons_record_is_held(tmp_path: Path) -> None:
    other = {"name_kanji": "手本　花子", "name_kana": "テホン　ハナコ"}
    batch = write_batch(tmp_path, {}, other)
    registry = write_registry(tmp_path)
    records = check_files([batch], Options(registry=registry, as_of=AS_OF)).records()
    assert records.select("verdict", "hold_class").rows() == [("pass", None), ("hold", "D")]
    batch = write_batch(tmp_path, {}, {"name_kanji": "見本太郎", "name_kana": "ﾐﾎﾝ ﾀﾛｰ"})
    records = check_files([batch], Options(registry=registry, as_of=AS_OF)).records()
    assert records.filter(pl.col("verdict") != "pass").is_empty()
