"""Every format and encoding yields the same records, exactly as written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from validator.batch import read_batch
from validator.batch.columns import canonical_columns
from validator.batch.shape import check_shape
from validator.errors import InputError

from . import builders as make

ROWS = make.people(40)
FILES = {
    "csv utf-8": (make.delimited(ROWS), "csv", "utf-8"),
    "csv utf-8 lf": (make.delimited(ROWS, line_end="\n"), "csv", "utf-8"),
    "csv utf-8-sig": (make.delimited(ROWS, encoding="utf-8-sig"), "csv", "utf-8-sig"),
    "csv cp932": (make.delimited(ROWS, encoding="cp932"), "csv", "cp932"),
    "csv quoted": (make.delimited(ROWS, quote=True), "csv", "utf-8"),
    "csv quoted cp932": (make.delimited(ROWS, quote=True, encoding="cp932"), "csv", "cp932"),
    "csv japanese headers": (make.delimited(ROWS, headers=make.JAPANESE), "csv", "utf-8"),
    "tsv utf-8": (make.delimited(ROWS, separator="\t"), "tsv", "utf-8"),
    "tsv cp932": (make.delimited(ROWS, separator="\t", encoding="cp932"), "tsv", "cp932"),
    "tsv quoted": (make.delimited(ROWS, separator="\t", quote=True), "tsv", "utf-8"),
    "xlsx": (make.xlsx(ROWS), "xlsx", None),
    "xlsx japanese headers": (make.xlsx(ROWS, make.JAPANESE), "xlsx", None),
    "parquet": (make.parquet(ROWS), "parquet", None),
    "jsonl": (make.json_lines(ROWS), "jsonl", "utf-8"),
    "jsonl bom": (b"\xef\xbb\xbf" + make.json_lines(ROWS), "jsonl", "utf-8-sig"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_submitted_text(tmp_path: Path, name: str) -> None:
    data, kind, encoding = FILES[name]
    path = tmp_path / "batch.dat"  # the name tells nothing
    path.write_bytes(data)
    batch = read_batch([path])
    expected = pl.DataFrame(ROWS, schema=dict.fromkeys(make.ENGLISH, pl.String))
    assert batch.frame.select(make.ENGLISH).equals(expected)
    source = batch.sources[0]
    assert (source.format, source.encoding) == (kind, encoding)
    assert (source.lines, source.records, source.name) == (40, 40, "batch.dat")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert batch.frame["line"].to_list() == [n if kind == "jsonl" else n + 1 for n in range(1, 41)]
    assert batch.marks.is_empty()
    assert batch.file_marks.is_empty()


@pytest.mark.parametrize("name", FILES)
def test_the_frame_has_the_published_shape(tmp_path: Path, name: str) -> None:
    path = tmp_path / "b"
    path.write_bytes(FILES[name][0])
    frame = read_batch([path]).frame
    check_shape(frame)
    assert set(canonical_columns()) <= set(frame.columns)
    assert frame["form"].unique().to_list() == ["shikaku_shutoku"]


def test_a_frame_of_another_shape_is_refused_by_column_name(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes(make.delimited(ROWS))
    frame = read_batch([path]).frame.with_columns(pl.col("my_number").cast(pl.Int64))
    with pytest.raises(InputError) as caught:
        check_shape(frame.drop("address"))
    assert "my_number" in caught.value.en
    assert "address" in caught.value.en
    assert not any(str(row["my_number"]) in caught.value.render("ja") for row in ROWS)


def test_several_files_keep_their_order_and_the_same_file_may_come_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.xlsx"
    first.write_bytes(make.delimited(ROWS[:3]))
    second.write_bytes(make.xlsx(ROWS[3:5]))
    batch = read_batch([first, second, first])
    assert batch.frame["row"].to_list() == list(range(8))
    assert batch.frame["source"].to_list() == [0, 0, 0, 1, 1, 2, 2, 2]
    assert batch.frame["line_index"].to_list() == [0, 1, 2, 0, 1, 0, 1, 2]
    numbers = [row["my_number"] for row in ROWS]
    assert batch.frame["my_number"].to_list() == numbers[:5] + numbers[:3]
    assert batch.frame["sheet"].to_list()[2:5] == [None, "名簿", "名簿"]
    assert batch.sources[0].sha256 == batch.sources[2].sha256


def test_nothing_is_stripped_or_completed(tmp_path: Path) -> None:
    row = ROWS[0] | {
        "name_kanji": " 山田\u3000太郎 ",
        "my_number": "０１２ ",
        "address": "\ue000町\t",
    }
    for name, data in {
        "a": make.delimited([row]),
        "b": make.xlsx([row]),
        "c": make.json_lines([row]),
        "d": make.parquet([row]),
        "e": make.delimited([row], quote=True),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        frame = read_batch([path]).frame
        assert frame.select("name_kanji", "my_number", "address").row(0) == (
            " 山田\u3000太郎 ",
            "０１２ ",
            "\ue000町\t",
        )


def test_options_fill_only_what_is_blank(tmp_path: Path) -> None:
    rows = [ROWS[0] | {"received_on": None}, ROWS[1]]
    path = tmp_path / "b.csv"
    path.write_bytes(make.delimited(rows))
    batch = read_batch([path], received_on="2025-05-01", default_form="氏名変更届")
    assert batch.frame["received_on"].to_list() == ["2025-05-01", "2025-04-03"]
    assert batch.frame["form"].to_list() == ["shimei_henko"] * 2


def test_forms_are_known_by_english_and_japanese_names(tmp_path: Path) -> None:
    names = [
        "資格取得届",
        "被扶養者（異動）届",
        "資格喪失届",
        "",
        "Shikaku_Shutoku",
        "資格確認書紛失・き損届",
    ]
    headers = (
        "form,insured_symbol,insured_number,my_number,name_kanji,name_kana,birth_date,sex,address"
    )
    path = tmp_path / "b.csv"
    path.write_text(headers + "\n" + "".join(f"{name},1,2,,,,,,\n" for name in names))
    assert read_batch([path]).frame["form"].to_list() == [
        "shikaku_shutoku",
        "hifuyosha_ido",
        "shikaku_soshitsu",
        "shikaku_shutoku",
        "shikaku_shutoku",
        "kakuninsho_funshitsu",
    ]
    path.write_text(headers + "\n" + "資格取得届,1,2,,,,,,\n住所変更届,1,2,,,,,,\nx,1,2,,,,,,\n")
    with pytest.raises(InputError) as caught:
        read_batch([path])
    assert caught.value.lines == (3, 4)
