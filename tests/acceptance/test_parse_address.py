"""`validator parse address`: columns added, rows, order and other columns kept (contract 5)."""

from __future__ import annotations

import csv
import socket
import stat
from pathlib import Path

import pytest

from validator.fields.address.gazetteer import load_gazetteer

from .conftest import Run

Table = list[list[str]]
ADDED = ["prefecture", "city", "town", "street", "block", "building", "match_level"]
ROWS: Table = [
    ["id", "address", "note"],
    ["3", "東京都江東区豊洲1-2-27 豊洲ハイツ301号室", "a,b"],
    ["1", "京都市中京区寺町通御池上る上本能寺前町488", 'say "x"'],
    ["2", "", "two\nlines"],
    ["2", "石川県羽咋市旭町ア200番地", " kept "],
    ["", "不明", "007"],
    ["4", "北海道札幌市中央区北1条西2丁目", "①髙"],
    ["5", "東京都江東区豊洲1-2-27 豊洲ハイツ301号室", ""],
]
PARTS: Table = [
    ADDED,
    ["東京都", "江東区", "豊洲一丁目", "", "2-27", "豊洲ハイツ301号室", "block"],
    ["京都府", "京都市中京区", "上本能寺前町", "寺町通御池上る", "488", "", "block"],
    ["", "", "", "", "", "", "none"],
    ["石川県", "羽咋市", "旭町", "", "ア200", "", "block"],
    ["", "", "", "", "", "*", "none"],
    ["北海道", "札幌市中央区", "北一条西二丁目", "", "", "", "town"],
    ["東京都", "江東区", "豊洲一丁目", "", "2-27", "豊洲ハイツ301号室", "block"],
]


def write(path: Path, rows: Table, encoding: str = "utf-8", **how: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **how).writerows(rows)
    return path


def read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def parts_of(table: Table) -> Table:
    """The added cells; what the contract leaves open (`*`) as in PARTS."""
    return [
        [
            "*" if want == "*" else cell
            for want, cell in zip(wanted, row[-len(ADDED) :], strict=True)
        ]
        for wanted, row in zip(PARTS, table, strict=True)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_columns_are_added_and_everything_else_is_kept(
    run: Run, tmp_path: Path, encoding: str
) -> None:
    source = write(tmp_path / "in.csv", ROWS, encoding)
    before = source.read_bytes()
    ran = run("parse", "address", "--in", source, "--out", tmp_path / "out.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    found = read(tmp_path / "out.csv")
    assert [row[:3] for row in found] == ROWS
    assert parts_of(found) == PARTS
    assert {len(row) for row in found} == {3 + len(ADDED)}
    assert source.read_bytes() == before
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize("terminator", ["\n", "\r\n"])
def test_line_ends_and_quotes_do_not_matter(run: Run, tmp_path: Path, terminator: str) -> None:
    source = write(tmp_path / "in.csv", ROWS, lineterminator=terminator, quoting=csv.QUOTE_ALL)
    assert run("parse", "address", "--in", source, "--out", tmp_path / "out.csv").code == 0
    found = read(tmp_path / "out.csv")
    assert parts_of(found) == PARTS
    assert [row[:3] for row in found] == ROWS


def test_the_address_column_may_stand_anywhere(run: Run, tmp_path: Path) -> None:
    last = write(tmp_path / "last.csv", [[row[2], row[0], row[1]] for row in ROWS])
    assert run("parse", "address", "--in", last, "--out", tmp_path / "last.out").code == 0
    assert parts_of(read(tmp_path / "last.out")) == PARTS


def test_the_address_column_may_stand_alone(run: Run, tmp_path: Path) -> None:
    """Contract 5 asks for no other column."""
    given = [(row[1], parts) for row, parts in zip(ROWS, PARTS, strict=True) if row[1]]
    alone = write(tmp_path / "in.csv", [[address] for address, _ in given])
    assert run("parse", "address", "--in", alone, "--out", tmp_path / "out.csv").code == 0
    got = read(tmp_path / "out.csv")
    assert [row[1:6] for row in got] == [parts[:5] for _, parts in given]


def test_an_empty_line_is_no_row_and_a_row_of_separators_is_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes('address,x\r\n東京都,1\r\n,\r\n\r\n"東京都\r\n江東区",2\r\n,\r\n\r\n'.encode())
    assert run("parse", "address", "--in", path, "--out", tmp_path / "out.csv").code == 0
    found = read(tmp_path / "out.csv")
    assert [row[1] for row in found] == ["x", "1", "", "2", ""]
    assert [row[-1] for row in found] == ["match_level", "prefecture", "none", "city", "none"]


HOSTILE = [
    '=HYPERLINK("http://example.invalid/","x")',
    "@SUM(1+1)",
    "東京都江東区豊洲1-2-27（" + "（" * 9_990,
    "東京都江東区豊洲1-2-27" + "あ" * 9_990,
    "東京都江東区豊洲1-2-27\u202e\u200b\ufeff",
    "\ufdd0\ufdd1\ufdd2\ufdd3東京都江東区",
    "\ufffd東京都江東区豊洲",
    "1" * 500,
    '"quoted", 東京都',
    "東京都\r\n江東区\r\n豊洲1-2-27",
    "東京都\t江東区\t豊洲1-2-27",
    "𠮷野家🏠" * 100,
    "é東京都",
]


def test_hostile_cells_come_back_as_they_were(run: Run, tmp_path: Path) -> None:
    rows = [["address", "x"], *([cell, cell] for cell in HOSTILE)]
    source = write(tmp_path / "in.csv", rows)
    ran = run("parse", "address", "--in", source, "--out", tmp_path / "out.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    found = read(tmp_path / "out.csv")
    assert [row[:2] for row in found] == rows
    by_cell = {row[0]: row[2:] for row in found}
    for cell in HOSTILE[-4:-2]:
        assert by_cell[cell][:6] == ["東京都", "江東区", "豊洲一丁目", "", "2-27", ""]


def test_nothing_is_asked_of_a_network(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    load_gazetteer.cache_clear()
    source = write(tmp_path / "in.csv", ROWS)
    assert run("parse", "address", "--in", source, "--out", tmp_path / "out.csv").code == 0
    assert parts_of(read(tmp_path / "out.csv")) == PARTS
    assert asked == []


def test_overwrite(run: Run, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", ROWS)
    target = tmp_path / "out.csv"
    target.write_text("mine", encoding="utf-8")
    target.chmod(0o644)
    ran = run("parse", "address", "--in", source, "--out", target)
    assert (ran.code, target.read_text(encoding="utf-8")) == (2, "mine")
    assert "--overwrite" in ran.err
    assert run("parse", "address", "--in", source, "--out", target, "--overwrite").code == 0
    assert parts_of(read(target)) == PARTS
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for more in ([], ["--overwrite"]):
        assert run("parse", "address", "--in", source, "--out", source, *more).code == 2
    assert read(source) == ROWS


SECRET = "東京都江東区豊洲9-8-7"


def bad_file(path: Path, what: str) -> Path:
    contents = {
        "no address column": f"住まい\n{SECRET}\n".encode(),
        "two address columns": f"address,address\n{SECRET},{SECRET}\n".encode(),
        "ragged": f"address,x\n{SECRET}\n".encode(),
        "too wide": f"address\n{SECRET},1\n".encode(),
        "undecodable": f"address\n{SECRET}".encode() + b"\x81\n",
        "empty": b"",
        "header only": b"address,x\n",
        "unclosed quote": f'address,x\n"{SECRET},1\n'.encode(),
        "null byte": f"address\n{SECRET}\0\n".encode(),
        **{f"taken: {name}": f"address,{name}\n{SECRET},\n".encode() for name in ADDED},
    }
    path.write_bytes(contents[what])
    return path


BAD = [
    "no address column", "two address columns", "ragged", "too wide", "undecodable", "empty",
    "header only", "unclosed quote", "null byte", *(f"taken: {name}" for name in ADDED),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("what", BAD)
def test_an_unusable_file_is_refused_in_one_line(
    run: Run, tmp_path: Path, what: str, lang: str
) -> None:
    source = bad_file(tmp_path / "in.csv", what)
    ran = run("parse", "address", "--in", source, "--out", tmp_path / "out.csv", "--lang", lang)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert "in.csv" in ran.err
    assert "Traceback" not in ran.err
    assert "豊洲" not in ran.err
    assert "9-8-7" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_what_else_is_refused(run: Run, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", ROWS)
    out = tmp_path / "out.csv"
    assert run("parse", "address", "--in", tmp_path / "none.csv", "--out", out).code == 3
    assert run("parse", "address", "--in", tmp_path, "--out", out).code == 3
    assert run("parse", "address", "--in", source).code == 2
    assert run("parse", "address", "--out", out).code == 2
    assert run("parse", "kana", "--in", source, "--out", out).code == 2
    assert run("parse", "--in", source, "--out", out).code == 2
    missing = tmp_path / "no" / "out.csv"
    assert run("parse", "address", "--in", source, "--out", missing).code == 7
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_an_output_below_a_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", ROWS)
    below = tmp_path / "in.csv" / "out.csv"
    assert run("parse", "address", "--in", source, "--out", below).code == 7


def test_a_disk_that_fills_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    source = write(tmp_path / "in.csv", ROWS)
    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    ran = run("parse", "address", "--in", source, "--out", tmp_path / "out.csv")
    assert (ran.code, ran.err.count("\n")) == (7, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_help_is_there_in_both_languages(run: Run) -> None:
    with pytest.raises(SystemExit) as left:
        run("parse", "--help")
    assert left.value.code == 0
