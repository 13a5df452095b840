"""The plain program and the validator judge alike, record by record.

Two implementations of the contract, one a value at a time and one a column at a time: where they
part, one of them is wrong. The speed of the one says nothing unless it decides what the other does.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from address_relations import PAIRS_BY_RELATION

from benchmarks import baseline
from shikaku_world.batches import World, make_batch
from shikaku_world.presets import accuracy
from shikaku_world.writers import write
from validator.checking import Options, check_files

AS_OF = date(2026, 11, 24)
ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")
DIFFERS = {"similar": "different"}


@pytest.fixture(
    scope="module",
    params=[("bench", 3000, 11), (accuracy(("main", "names")), 2500, 12)],
    ids=["bench", "accuracy"],
)
def judged(request, tmp_path_factory):
    preset, rows, seed = request.param
    world = make_batch(rows, seed, AS_OF, preset)
    folder = tmp_path_factory.mktemp("judged")
    batch, registry = folder / "batch.csv", folder / "registry.csv"
    write(world.batch, batch, "csv")
    write(world.registry, registry, "csv")
    baseline.run(batch, registry, folder / "out", AS_OF)
    with (folder / "out" / "records.csv").open(encoding="utf-8", newline="") as file:
        theirs = {int(row["line"]): row for row in csv.DictReader(file)}
    ours = check_files([batch], Options(registry=registry, as_of=AS_OF)).records()
    return world, folder / "out", {row["line"]: row for row in ours.iter_rows(named=True)}, theirs


def kinds_at(world: World, lines: list[int]) -> dict[int, list[str]]:
    return {line: world.labels["kinds"][line - 2].to_list() for line in lines}


def test_same_verdict_and_class(judged):
    world, _, ours, theirs = judged
    assert ours.keys() == theirs.keys()
    parted = [
        line
        for line, row in ours.items()
        if (row["verdict"], row["hold_class"] or "")
        != (theirs[line]["verdict"], theirs[line]["hold_class"])
    ]
    assert kinds_at(world, parted) == {}


def test_same_levels_but_for_degrees_of_difference(judged):
    world, _, ours, theirs = judged
    parted = []
    for line, row in ours.items():
        if not any(theirs[line][f"level_{item}"] for item in ITEMS):
            continue  # the registry does not know the number: the plain program compares nothing
        for item in ITEMS:
            mine, other = row[f"level_{item}"], theirs[line][f"level_{item}"]
            if DIFFERS.get(mine, mine) != DIFFERS.get(other, other):
                parted.append(line)
    assert kinds_at(world, parted) == {}


def test_every_verdict_occurs(judged):
    _, _, ours, _ = judged
    assert {row["verdict"] for row in ours.values()} == {"pass", "hold", "return"}
    assert {row["hold_class"] for row in ours.values()} >= {"S", "D", "0", "1", "2", "3", "N"}


def test_the_lines_are_handed_over(judged):
    world, out, ours, _ = judged
    for verdict, name in baseline.VERDICT_FILES.items():
        with (out / name).open(encoding="utf-8", newline="") as file:
            handed_over = list(csv.reader(file))[1:]
        lines = sorted(line for line, row in ours.items() if row["verdict"] == verdict)
        assert handed_over == [[v or "" for v in world.batch.row(line - 2)] for line in lines]


def decided_by_both(world: World, batch_rows: list[dict], registry_rows: list[dict], folder: Path):
    batch, registry = folder / "batch.csv", folder / "registry.csv"
    write(pl.DataFrame(batch_rows, schema=world.batch.schema), batch, "csv")
    write(pl.DataFrame(registry_rows, schema=world.registry.schema), registry, "csv")
    baseline.run(batch, registry, folder / "out", AS_OF)
    with (folder / "out" / "records.csv").open(encoding="utf-8", newline="") as file:
        theirs = [(row["verdict"], row["hold_class"] or None) for row in csv.DictReader(file)]
    records = check_files([batch], Options(registry=registry, as_of=AS_OF)).records()
    return list(records.select("verdict", "hold_class").iter_rows()), theirs


def test_pairs_that_are_no_kind_of_the_world(tmp_path):
    pairs = {
        "name_kanji": [("髙橋　太", "高橋　太"), ("渡邉　太", "渡辺　太"), ("斎藤　太", "斉藤　太"), ("佐佐木　太", "佐々木　太"),
                       ("●田　太", "𠮷田　太"), ("●田　太", "吉田　太"), ("Ann　Lee", "ＡＮＮ　ＬＥＥ"), ("黒﨑　太", "黒崎　太")],
        "name_kana": [("オオノ　ミ", "オーノ　ミ"), ("コウノ　ミ", "コオノ　ミ"), ("ｳﾞｨｰﾅ　ﾐ", "ビーナ　ミ"), ("ミヽ　ミ", "ミミ　ミ"),
                      ("シヅエ　ミ", "シズエ　ミ"), ("タカタ　ミ", "タカダ　ミ"), ("イワオ　ミ", "イワヲ　ミ"), ("キヨウ　ミ", "キョウ　ミ")],
        "address": [("豊洲1丁目2-3", "東京都江東区豊洲一丁目2番3号"), ("江東区豊洲1-2-3", "東京都江東区豊洲一丁目2番3号"),
                    ("東京都江東区豊洲1-2-3 405", "東京都江東区豊洲一丁目2番3号　見本ビル405号室"),
                    ("府中市見本町1-2", "東京都府中市見本町1番地2"), ("京都市北区小山二千三百", "京都府京都市北区小山2300"),
                    ("札幌市西区二十四軒2条", "北海道札幌市西区二十四軒二条"), ("横浜市西区一番町３の４", "神奈川県横浜市西区一番町3番地の4"),
                    ("東京都港区芝2丁目11番", "東京都港区芝2番地11"), *PAIRS_BY_RELATION],
    }  # fmt: skip
    world = make_batch(120, 5, AS_OF, "clean")
    batch = [dict(row) for row in world.batch.iter_rows(named=True)]
    registry = [dict(row) for row in world.registry.iter_rows(named=True)]
    holders = {row["my_number"]: row for row in registry}
    cases = [(column, *pair) for column, both in pairs.items() for pair in both]
    assert len(cases) <= len(batch)
    for row, (column, submitted, held) in zip(batch, cases, strict=False):
        row[column], holders[row["my_number"]][column] = submitted, held
    ours, theirs = decided_by_both(world, batch, registry, tmp_path)
    assert ours == theirs
    assert {verdict for verdict, _ in ours[: len(cases)]} == {"pass", "hold"}


def test_a_batch_of_odd_cells(tmp_path):
    world = make_batch(40, 5, AS_OF, "clean")
    odd = {
        "my_number": ["", " ", "12 34", "０" * 12, "1.23457E+11", "123456789012", "－", "abc"],
        "name_kanji": ["", "　", "●", "一ー一", "ｱｲ ｳｴ", "佐々　木", "\u200b", "〻"],
        "name_kana": ["", "　", "一", "サト一　ハナ", "ﾞ", "ヴァヴ　ヽ", "ＡＢ", "さとうゝ"],
        "birth_date": ["", "昭和65年1月1日", "20260230", "5010203", "令和元年五月一日", "45000", "H31.4.31", "80/1/2"],
        "sex": ["", "３", "ＭＡＬＥ", "女 性", "おとこ", "2", "f", "不明"],
        "address": ["", "千葉県", "三重県津市一身田", "1-2 301", "無番地", "東京都港区芝公園４丁目２－８", "千千千", "ー"],
        "postal_code": ["", "〒１００ー０００１", "123", "999-9999", "1000001", "100 0001", "abc", "０"],
    }  # fmt: skip
    rows = [dict(row) for row in world.batch.iter_rows(named=True)]
    for column, values in odd.items():
        for place, value in enumerate(values):
            rows[place * 5 + list(odd).index(column) % 5][column] = value
    ours, theirs = decided_by_both(world, rows, world.registry.to_dicts(), tmp_path)
    assert ours == theirs
