"""Submitted lines go out untouched, and the written files prove it."""

from __future__ import annotations

import datetime as dt
import io
import random
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from validator.batch import Batch, count_lines, read_batch, write_subset
from validator.errors import BalanceError, InputError, InternalError, OutputError

from . import builders as make

KEYS = ("accepted", "held", "returned")
ROWS = make.people(60)


def hand_over(
    tmp_path: Path, data: bytes, choice: Sequence[str] | None = None
) -> tuple[Batch, list[str], dict[str, Path], dict[str, int]]:
    path = tmp_path / "in.dat"
    path.write_bytes(data)
    batch = read_batch([path])
    source = batch.sources[0]
    rng = random.Random(5)
    chosen = list(choice or rng.choices(KEYS, [8, 1, 1], k=source.lines))
    targets = {key: tmp_path / "out" / f"{key}.dat" for key in KEYS}
    counts = write_subset(batch, source, pl.Series(chosen, dtype=pl.String), targets)
    assert counts == {key: chosen.count(key) for key in KEYS}
    for key, target in targets.items():
        assert target.exists() == (counts[key] > 0)
        if counts[key]:
            recount = count_lines(target, source.format, source.encoding, source.layout)
            assert recount == counts[key]
            assert stat.S_IMODE(target.stat().st_mode) == 0o600
    return batch, chosen, targets, counts


def quoted_rows(line_end: str) -> list[make.Row]:
    rows = [dict(row) for row in ROWS]
    rows[3]["address"] = f'豊洲{line_end}{line_end}"ハイツ",1'
    rows[59]["address"] = f"豊洲{line_end}"
    return rows


TEXT = {
    "csv": make.delimited(ROWS),
    "csv lf": make.delimited(ROWS, line_end="\n"),
    "csv bom": make.delimited(ROWS, encoding="utf-8-sig"),
    "csv cp932": make.delimited(ROWS, encoding="cp932"),
    "csv without final line end": make.delimited(ROWS)[:-2],
    "csv of mixed line ends": make.delimited(ROWS).replace(b"\r\n", b"\n", 20),
    "quoted": make.delimited(quoted_rows("\r\n"), quote=True),
    "quoted lf cp932": make.delimited(
        quoted_rows("\n"), quote=True, line_end="\n", encoding="cp932"
    ),
    "tsv": make.delimited(ROWS, separator="\t"),
}


@pytest.mark.parametrize("name", TEXT)
def test_text_lines_keep_their_bytes(tmp_path: Path, name: str) -> None:
    data = TEXT[name]
    batch, chosen, targets, _ = hand_over(tmp_path, data)
    head = data[: data.index(b"\n") + 1]
    begins = batch.frame["line"].to_list()
    physical = data.splitlines(keepends=True)
    ends = [*(begin - 1 for begin in begins[1:]), len(physical)]
    records = [b"".join(physical[b - 1 : e]) for b, e in zip(begins, ends, strict=True)]
    assert head + b"".join(records) == data
    for key, target in targets.items():
        expected = [r for r, own in zip(records, chosen, strict=True) if own == key]
        assert target.read_bytes() == head + b"".join(expected)


def test_blank_lines_are_left_out_and_everything_else_stays(tmp_path: Path) -> None:
    lines = make.delimited(ROWS[:6]).splitlines(keepends=True)
    cells = b"," * (len(make.ENGLISH) - 1) + b"\r\n"
    data = b"".join([b"\r\n", *lines[:2], b"\r\n", cells, *lines[2:], b"\n", b"\n"])
    choice = ["accepted", "held", "accepted", "accepted", "held", "accepted"]
    _, _, targets, _ = hand_over(tmp_path, data, choice)
    assert targets["accepted"].read_bytes() == b"".join([*lines[:2], lines[3], lines[4], lines[6]])
    assert targets["held"].read_bytes() == b"".join([lines[0], lines[2], lines[5]])


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_json_lines_keep_their_bytes(tmp_path: Path, bom: bytes) -> None:
    records = make.json_lines(ROWS).splitlines(keepends=True)
    odd = records[1].replace(b": ", b" :   ")
    data = bom + b"".join([records[0], odd, b"\n", *records[2:]])
    _, chosen, targets, _ = hand_over(tmp_path, data)
    records[1] = odd
    for key, target in targets.items():
        expected = [r for r, own in zip(records, chosen, strict=True) if own == key]
        assert target.read_bytes() == bom + b"".join(expected)


def test_parquet_keeps_its_schema(tmp_path: Path) -> None:
    frame = pl.DataFrame(ROWS, schema=dict.fromkeys(make.ENGLISH, pl.String)).with_columns(
        pl.col("my_number").cast(pl.Int64),
        pl.col("birth_date").str.to_date(),
        pl.col("sex").cast(pl.Categorical),
        pl.lit(1.5).alias("給与"),
    )
    frame.write_parquet(tmp_path / "p")
    _, chosen, targets, _ = hand_over(tmp_path, (tmp_path / "p").read_bytes())
    for key, target in targets.items():
        written = pl.read_parquet(target)
        assert written.schema == frame.schema
        assert written.equals(frame.filter(pl.Series(chosen) == key))


def test_workbook_rows_keep_value_type_and_format(tmp_path: Path) -> None:
    cells = [[row[name] for name in make.ENGLISH] + [None, None] for row in ROWS[:5]]
    book = make.workbook([[*make.ENGLISH, "備考", "計"], *cells])
    sheet, birth = book.active, make.ENGLISH.index("birth_date") + 1
    number = make.ENGLISH.index("my_number") + 1
    sheet.cell(3, birth).value = dt.date(1985, 4, 1)
    sheet.cell(3, birth).number_format = 'yyyy"年"m"月"'
    sheet.cell(3, number).value = 12345678901
    sheet.cell(3, number).number_format = "0" * 12
    sheet.cell(3, 16).value = "=SUM(1,2)"
    sheet.cell(3, 16).data_type = "s"
    sheet.cell(3, 17).value = "=1+2"
    sheet.cell(4, 16).value = "秘密の備考"
    choice = ["accepted", "held", "returned", "accepted", "accepted"]
    _, _, targets, _ = hand_over(tmp_path, make.saved(book), choice)
    held = openpyxl.load_workbook(io.BytesIO(targets["held"].read_bytes()))["名簿"]
    assert held.max_row == 2
    assert [cell.value for cell in held[1]] == [*make.ENGLISH, "備考", "計"]
    assert held.cell(2, birth).value == dt.datetime(1985, 4, 1)
    assert held.cell(2, birth).number_format == 'yyyy"年"m"月"'
    assert (held.cell(2, number).value, held.cell(2, number).number_format) == (
        12345678901,
        "0" * 12,
    )
    assert (held.cell(2, 16).value, held.cell(2, 16).data_type) == ("=SUM(1,2)", "s")
    assert all(cell.data_type != "f" for cell in held[2])
    assert held.cell(2, 1).value == ROWS[1]["office_code"]
    # Nothing of the other rows is in the file, not even as a left-over string.
    with zipfile.ZipFile(targets["held"]) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert "秘密の備考".encode() not in everything
    assert not any(str(ROWS[i]["my_number"]).encode() in everything for i in (0, 2, 3, 4))
    again = read_batch([targets["held"]]).frame
    assert again.select(pl.col("my_number", "birth_date")).row(0) == ("12345678901", "1985-04-01")


@pytest.mark.parametrize(("layout", "fields"), [("SHFD0006", 34), ("KPFD0006", 37)])
@pytest.mark.parametrize("tail", [b"", b"\x1a"])
def test_media_stays_valid_with_the_very_same_lines(
    tmp_path: Path, layout: str, fields: int, tail: bytes
) -> None:
    shfd = layout == "SHFD0006"
    first = make.SHFD_OFFICE if shfd else make.KPFD_OFFICE
    second = ["21", "02", *first[2:]] if shfd else ["0777", *first[1:]]
    other = {"f3": "02"} if shfd else {"f35": "0777"}
    rows = [make.shikaku_shutoku_line(i, fields, **(other if i % 3 == 0 else {})) for i in range(9)]
    data = make.media(layout, rows, offices=[first, second], tail=tail)
    choice = ["held" if i % 3 == 0 else "accepted" for i in range(8)] + ["returned"]
    _, _, targets, _ = hand_over(tmp_path, data, choice)
    body = [",".join(row).encode("cp932") + b"\r\n" for row in rows]
    for key, offices in {"held": [second], "accepted": [first], "returned": [first]}.items():
        written = targets[key].read_bytes()
        expected = [line for line, own in zip(body, choice, strict=True) if own == key]
        assert written.partition(b"[data]\r\n")[2] == b"".join(expected)
        assert written.startswith(data.partition(b"\r\n")[0] + b"\r\n[kanri]\r\n,001\r\n")
        again = read_batch([targets[key]])
        assert again.sources[0].layout == layout
        assert again.file_marks.is_empty()
        head = written.partition(b"[data]")[0]
        assert head.count(b"\r\n") == 4
        assert ",".join(offices[0]).encode("cp932") in head


def test_all_employers_stay_when_a_line_names_none_of_them(tmp_path: Path) -> None:
    second = ["0777", *make.KPFD_OFFICE[1:]]
    rows = [make.shikaku_shutoku_line(i, 37, f35="" if i else "0777") for i in range(3)]
    data = make.media("KPFD0006", rows, offices=[make.KPFD_OFFICE, second])
    _, _, targets, _ = hand_over(tmp_path, data, ["held", "accepted", "accepted"])
    head = data.partition(b"[data]")[0]
    assert targets["accepted"].read_bytes().startswith(head)
    assert b",001\r\n0777," in targets["held"].read_bytes()


def test_several_sources_are_split_each_by_its_own_lines(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(make.delimited(ROWS[:3]))
    second.write_bytes(make.delimited(ROWS[3:5]))
    batch = read_batch([first, second])
    for source, rows in zip(batch.sources, (ROWS[:3], ROWS[3:5]), strict=True):
        target = tmp_path / f"out{source.index}"
        lines = pl.Series(["held"] * source.lines)
        assert write_subset(batch, source, lines, {"held": target}) == {"held": len(rows)}
        assert target.read_bytes() == make.delimited(rows)


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(make.delimited(ROWS[:2]))
    batch = read_batch([path])
    lines = pl.Series(["held", "held"])
    path.write_bytes(make.delimited(ROWS[1:3]))
    with pytest.raises(InputError, match="changed"):
        write_subset(batch, batch.sources[0], lines, {"held": tmp_path / "h"})
    path.unlink()
    with pytest.raises(InputError, match="changed"):
        write_subset(batch, batch.sources[0], lines, {"held": tmp_path / "h"})


def test_what_cannot_be_written_or_does_not_fit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(make.delimited(ROWS[:2]))
    batch = read_batch([path])
    source = batch.sources[0]
    (tmp_path / "there").write_text("x")
    with pytest.raises(OutputError):
        write_subset(batch, source, pl.Series(["held"] * 2), {"held": tmp_path / "there"})
    assert (tmp_path / "there").read_text() == "x"
    for lines in (["held"], ["held", "lost"]):
        with pytest.raises(InternalError):
            write_subset(batch, source, pl.Series(lines), {"held": tmp_path / "h"})


@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet", "jsonl", "media"])
def test_a_lost_line_shows_in_the_recount(tmp_path: Path, name: str) -> None:
    media = make.media("KPFD0006", [make.shikaku_shutoku_line(i, 37) for i in range(5)])
    data = {
        "csv": make.delimited(ROWS[:5]),
        "xlsx": make.xlsx(ROWS[:5]),
        "parquet": make.parquet(ROWS[:5]),
        "jsonl": make.json_lines(ROWS[:5]),
        "media": media,
    }[name]
    path = tmp_path / "x"
    path.write_bytes(data)
    source = read_batch([path]).sources[0]
    assert count_lines(path, source.format, source.encoding, source.layout) == 5
    if name in {"csv", "jsonl", "media"}:
        path.write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
        assert count_lines(path, source.format, source.encoding, source.layout) == 4
    path.write_bytes(b"PAR1" if name == "parquet" else b"PK\x03\x04\xff")
    if name in {"xlsx", "parquet", "media"}:
        with pytest.raises(BalanceError):
            count_lines(path, source.format, source.encoding, source.layout)


def test_a_workbook_handed_over_twice_has_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(make.xlsx(ROWS[:4]))
    batch = read_batch([path])
    written = []
    for year in (2026, 2031):
        monkeypatch.setattr(
            "openpyxl.writer.excel.datetime.datetime",
            type(
                "Clock",
                (dt.datetime,),
                {"now": classmethod(lambda cls, tz=None, y=year: dt.datetime(y, 1, 1, tzinfo=tz))},
            ),
        )
        monkeypatch.setattr(
            "time.time", lambda y=year: dt.datetime(y, 1, 1, tzinfo=dt.UTC).timestamp()
        )
        targets = {key: tmp_path / f"{year}-{key}.xlsx" for key in KEYS}
        write_subset(batch, batch.sources[0], pl.Series(["accepted"] * 4), targets)
        written.append(targets["accepted"].read_bytes())
    assert written[0] == written[1]
