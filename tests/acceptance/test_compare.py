"""`validator compare`: columns added, rows, order and other columns kept (contract section 5)."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from .conftest import Run

Table = list[list[str]]


def write(path: Path, rows: Table, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


PAIRS: dict[str, tuple[Table, list[str]]] = {
    "address": (
        [["id", "submitted", "registry", "note"],
         ["1", "江東区豊洲1-2-27", "東京都江東区豊洲一丁目2番27号", "a,b"],
         ["2", "", "", ""],
         ["3", "東京都江東区豊洲1-2-28", "東京都江東区豊洲一丁目2番27号", 'say "x"'],
         ["4", "大阪府大阪市北区梅田1-1", "東京都江東区豊洲一丁目2番27号", "two\nlines"],
         ["5", "東京都江東区豊洲一丁目2番27号", "東京都江東区豊洲一丁目2番27号", ""]],
        ["equivalent", "blank", "similar", "different", "same"],
    ),
    "kana": (
        [["submitted", "registry"], ["ﾐﾎﾝ ﾀﾛｳ", "ミホン　タロウ"], ["ミボン　タロウ", "ミホン　タロウ"], ["", "ミホン"], ["ア", ""],
         ["ミホン　タロウ", "ミホン　タロウ"], ["スズキ　ハナコ", "ミホン　タロウ"]],
        ["equivalent", "similar", "blank", "undecidable", "same", "different"],
    ),
    "birth-date": (
        [["submitted", "registry"], ["S60.4.1", "1985-04-01"], ["1985-04-01", "1985-04-01"], ["1985-04-02", "1985-04-01"], ["", "1985-04-01"],
         ["昭和65年1月1日", "1990-01-01"], ["昭和60年4月1日", "S60.4.1"], ["不明", "1985-04-01"]],
        ["equivalent", "same", "different", "blank", "different", "equivalent", "different"],
    ),
    "name": (
        [["submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana", "x"],
         ["見本　太郎", "ミホン　タロウ", "見本　太郎", "ミホン　タロウ", "1"],
         ["見本太郎", "ﾐﾎﾝ ﾀﾛｳ", "見本　太郎", "ミホン　タロウ", "2"],
         ["見本　太郎", "ミボン　タロウ", "見本　太郎", "ミホン　タロウ", "3"],
         ["〓木　太郎", "タカギ　タロウ", "髙木　太郎", "タカギ　タロウ", "4"],
         ["手本　花子", "テホン　ハナコ", "見本　太郎", "ミホン　タロウ", "5"],
         ["見本　太郎", "", "見本　太郎", "", "6"],
         ["", "", "", "", ""]],
        ["same", "equivalent", "similar", "undecidable", "different", "same", "blank"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("item", PAIRS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_pairs(run: Run, tmp_path: Path, item: str, encoding: str) -> None:
    rows, levels = PAIRS[item]
    if encoding == "cp932":
        # Outside CP932 as it is used in Japan's 1997 set only with NEC's and IBM's extensions.
        rows = [[c.encode("cp932", "ignore").decode("cp932") for c in row] for row in rows]
        assert rows == PAIRS[item][0]
    ran = run(
        "compare",
        item,
        "--pairs",
        write(tmp_path / "p.csv", rows, encoding),
        "--out",
        tmp_path / "o.csv",
    )
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    found = read(tmp_path / "o.csv")
    width = len(rows[0])
    assert [row[:width] for row in found] == rows
    added = found[0][width:]
    assert added == (
        ["level", "level_kanji", "level_kana", "steps"] if item == "name" else ["level", "steps"]
    )
    assert [row[width] for row in found[1:]] == levels
    for row in found[1:]:
        assert (row[-1] == "") == (
            row[width] in ("same", "blank", "undecidable")
            or (item == "birth-date" and row[width] == "different")
        ) or item == "name"
    assert stat.S_IMODE((tmp_path / "o.csv").stat().st_mode) == 0o600


def test_alias_columns_are_optional(run: Run, tmp_path: Path) -> None:
    rows = [["submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana", "alias_kanji", "alias_kana"],
            ["青空　太郎", "アオゾラ　タロウ", "NGUYEN VAN ANH", "グエン　ヴァン　アイン", "青空　太郎", "アオゾラ　タロウ"]]  # fmt: skip
    run("compare", "name", "--pairs", write(tmp_path / "p.csv", rows), "--out", tmp_path / "o.csv")
    assert read(tmp_path / "o.csv")[1][6:] == [
        "equivalent",
        "equivalent",
        "equivalent",
        "ALIAS+ALIAS",
    ]


@pytest.mark.parametrize(
    ("item", "values", "first"),
    [("kana", ["ﾀﾛｳ", "タロウ"], "equivalent"), ("address", ["江東区豊洲1-2-27", "東京都江東区豊洲1-2-27"], "equivalent"),
     ("birth-date", ["S60.4.1", "1985-04-01"], "equivalent"), ("name", ["見本太郎", "見本　太郎"], "equivalent"), ("name", ["高橋", "ﾀｶﾊｼ", "髙橋", "タカハシ"], "equivalent"),
     ("kana", ["タロウ", "タロウ"], "same")],
)  # fmt: skip
def test_two_values(run: Run, item: str, values: list[str], first: str) -> None:
    ran = run("compare", item, *values)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == first


def test_what_is_refused(run: Run, tmp_path: Path) -> None:
    pairs = write(tmp_path / "p.csv", PAIRS["kana"][0])
    assert run("compare", "name", "--pairs", pairs, "--out", tmp_path / "o.csv").code == 3
    assert (
        run("compare", "kana", "--pairs", tmp_path / "none.csv", "--out", tmp_path / "o.csv").code
        == 3
    )
    assert run("compare", "kana", "--pairs", pairs).code == 2
    assert run("compare", "kana", "--pairs", pairs, "--out", pairs).code == 2
    assert run("compare", "kana", "--pairs", pairs, "--out", pairs, "--overwrite").code == 2
    assert read(pairs) == PAIRS["kana"][0]
    assert run("compare", "kana", "--pairs", pairs, "--out", tmp_path / "no" / "o.csv").code == 7
    doubled = write(tmp_path / "d.csv", [["submitted", "registry", "level"], ["ア", "ア", "1"]])
    assert run("compare", "kana", "--pairs", doubled, "--out", tmp_path / "o.csv").code == 3
    ragged = tmp_path / "r.csv"
    ragged.write_text("submitted,registry\nア\n", encoding="utf-8")
    assert run("compare", "kana", "--pairs", ragged, "--out", tmp_path / "o.csv").code == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.csv", "p.csv", "r.csv"]


def test_an_empty_line_is_no_row_and_a_row_of_separators_is_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes('submitted,registry\r\nア,ア\r\n,\r\n\r\n"イ\r\nウ",イ\r\n,\r\n\r\n'.encode())
    run("compare", "kana", "--pairs", path, "--out", tmp_path / "o.csv")
    assert [row[2] for row in read(tmp_path / "o.csv")] == [
        "level",
        "same",
        "blank",
        "similar",
        "blank",
    ]


def test_a_file_of_no_pairs_keeps_its_header(run: Run, tmp_path: Path) -> None:
    ran = run(
        "compare",
        "kana",
        "--pairs",
        write(tmp_path / "p.csv", [["submitted", "registry"]]),
        "--out",
        tmp_path / "o.csv",
    )
    assert ran.code in (0, 3)
    if ran.code == 0:
        assert read(tmp_path / "o.csv") == [["submitted", "registry", "level", "steps"]]


def test_a_disk_that_fills_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import polars as pl

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    pairs = write(tmp_path / "p.csv", PAIRS["kana"][0])
    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    assert run("compare", "kana", "--pairs", pairs, "--out", tmp_path / "o.csv").code == 7
    assert [p.name for p in tmp_path.iterdir()] == ["p.csv"]
