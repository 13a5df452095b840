"""What is written can be read back as it was, in every format; nothing valid is committed."""

from __future__ import annotations

import re
import stat
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from shikaku_world.__main__ import main
from shikaku_world.batches import World, make_batch
from shikaku_world.dates import ERAS
from shikaku_world.media import FIELD_COUNTS
from shikaku_world.presets import PRESETS
from shikaku_world.text import half_width_kana
from shikaku_world.writers import JAPANESE_HEADERS, encodable_cp932, expressible, write

from .oracle import valid_number

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def world(as_of: date) -> World:
    return make_batch(900, 8, as_of, "demo")


@pytest.mark.parametrize("fmt", ["csv", "tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_tables_come_back_in_every_encoding(
    world: World, tmp_path: Path, fmt: str, encoding: str
) -> None:
    batch = world.batch
    if encoding == "cp932":
        batch = batch.filter(encodable_cp932(batch))
    path = tmp_path / f"batch.{fmt}"
    write(batch, path, fmt, encoding=encoding)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    read = pl.read_csv(
        content.decode(encoding).encode(), separator="," if fmt == "csv" else "\t",
        infer_schema=False,
    )  # fmt: skip
    assert_frame_equal(read, batch)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_cp932_is_strict_and_its_filter_right(world: World, tmp_path: Path) -> None:
    good = encodable_cp932(world.batch)
    assert 0 < (~good).sum() < world.batch.height / 4
    with pytest.raises(UnicodeEncodeError):
        write(world.batch.filter(~good).head(1), tmp_path / "x.csv", "csv", encoding="cp932")


def test_japanese_headers(world: World, tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    write(world.batch, path, "csv", headers="ja")
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header == [JAPANESE_HEADERS[name] for name in world.batch.columns]


def test_parquet_and_json_lines_come_back(world: World, tmp_path: Path) -> None:
    write(world.batch, tmp_path / "b.parquet", "parquet")
    assert_frame_equal(pl.read_parquet(tmp_path / "b.parquet"), world.batch)
    write(world.batch, tmp_path / "b.jsonl", "jsonl")
    schema = dict.fromkeys(world.batch.columns, pl.String)
    assert_frame_equal(pl.read_ndjson(tmp_path / "b.jsonl", schema=schema), world.batch)


def test_xlsx_keeps_text_and_can_write_numbers(world: World, tmp_path: Path) -> None:
    batch = world.batch.head(60).with_columns(name_kanji=pl.lit("=1+1"))
    path = tmp_path / "batch.xlsx"
    write(batch, path, "xlsx", numeric_cells=["my_number"])
    page = openpyxl.load_workbook(path).active
    rows = list(page.iter_rows())
    assert [cell.value for cell in rows[0]] == batch.columns
    for cells, row in zip(rows[1:], batch.iter_rows(named=True), strict=True):
        by_name = dict(zip(batch.columns, cells, strict=True))
        assert by_name["name_kanji"].data_type == "s"
        assert by_name["birth_date"].value == row["birth_date"]
        if row["my_number"] and re.fullmatch(r"[0-9]+", row["my_number"]):
            assert by_name["my_number"].value == int(row["my_number"])


@pytest.mark.parametrize("layout", ["kpfd", "shfd"])
@pytest.mark.parametrize("fields", FIELD_COUNTS)
def test_electronic_media(world: World, tmp_path: Path, layout: str, fields: int) -> None:
    part = world.keep(expressible(world.batch))
    assert part.batch.height > 500
    path = tmp_path / "media.csv"
    write(
        part.batch, path, layout, offices=part.offices, fields=fields, created=part.as_of
    )  # fmt: skip
    lines = path.read_bytes().decode("cp932").split("\r\n")
    assert lines.pop() == ""
    first = lines[0].split(",")
    assert len(first) == (8 if layout == "kpfd" else 6)
    assert lines[1] == "[kanri]"
    start = lines.index("[data]")
    count = int(lines[2].split(",")[1])
    entries = [line.split(",") for line in lines[3:start]]
    assert len(entries) == count
    assert {len(entry) for entry in entries} == {9 if layout == "kpfd" else 12}
    data = [line.split(",") for line in lines[start + 1 :]]
    assert len(data) == part.batch.height
    assert {len(line) for line in data} == {fields}
    offices = dict(part.offices.select("office_code", "jps_symbol").iter_rows())
    kana = part.batch.select(half_width_kana(pl.col("name_kana")))["name_kana"].to_list()
    for line, row, name in zip(data, part.batch.iter_rows(named=True), kana, strict=True):
        assert line[0] == "2200700"
        assert line[3] == offices[row["office_code"]]
        assert line[6] == (name or "")
        assert line[12] == (row["my_number"] or "")
        assert line[28] + line[29] == (row["postal_code"] or "").replace("-", "")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", row["birth_date"]):
            base = {era.code: era.base for era in ERAS}[line[8]]
            back = f"{base + int(line[9][:2])}-{line[9][2:4]}-{line[9][4:]}"
            assert back == row["birth_date"]
        if fields in (34, 37):
            assert line[33] == (row["certificate_needed"] or "")
        if fields in (36, 37):
            assert line[fields - 3 : fields - 1] == [row["office_code"], row["insured_number"]]


def test_media_refuse_what_they_cannot_say(world: World, tmp_path: Path) -> None:
    silent = world.batch.filter(~expressible(world.batch))
    assert silent.height > 0
    with pytest.raises(ValueError, match="filter them first"):
        write(
            silent, tmp_path / "x.csv", "kpfd", offices=world.offices, created=world.as_of
        )  # fmt: skip
    assert not (tmp_path / "x.csv").exists()


def test_keep_numbers_rows_anew(world: World) -> None:
    part = world.keep(expressible(world.batch))
    assert part.labels["row"].to_list() == list(range(part.batch.height))
    assert part.labels["line"].to_list() == list(range(2, part.batch.height + 2))
    key = ["insured_symbol", "insured_number", "my_number"]
    truth = ["kinds", "verdict", "hold_class"]
    whole = world.batch.select(key).hstack(world.labels.select(truth))
    kept = part.batch.select(key).hstack(part.labels.select(truth))
    assert_frame_equal(kept, whole.filter(expressible(world.batch)))


def test_command_line_writes_batch_registry_and_labels(tmp_path: Path) -> None:
    out = tmp_path / "made"
    arguments = ["--rows", "120", "--seed", "3", "--as-of", "2026-10-01", "--preset", "demo"]
    assert main([*arguments, "--out", str(out), "--format", "kpfd", "--headers", "ja"]) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {path.name for path in out.iterdir()} == {"KPFD0006.CSV", "registry.csv", "labels.csv"}
    labels = pl.read_csv(out / "labels.csv", infer_schema=False)
    data = (out / "KPFD0006.CSV").read_bytes().split(b"[data]\r\n")[1]
    assert data.count(b"\r\n") == labels.height


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_presets_are_repeatable_and_keep_their_size(preset: str, as_of: date) -> None:
    one, two = (make_batch(400, 6, as_of, preset) for _ in range(2))
    assert_frame_equal(one.batch, two.batch)
    assert_frame_equal(one.registry, two.registry)
    assert_frame_equal(one.labels, two.labels)
    assert one.batch.height == one.labels.height == 400


def test_another_seed_is_another_world(as_of: date) -> None:
    one, two = (make_batch(400, seed, as_of, "clean") for seed in (6, 7))
    assert one.batch.join(two.batch, on="my_number", how="semi").height == 0


def test_bench_preset_has_its_shape(as_of: date) -> None:
    world = make_batch(20_000, 2, as_of, "bench", registry_rows=20_000)
    touched = world.labels["kinds"].list.len() > 0
    passing = world.labels["verdict"] == "pass"
    assert abs((~touched).mean() - 0.60) < 0.005  # type: ignore[operator]
    assert abs((touched & passing).mean() - 0.38) < 0.005  # type: ignore[operator]
    assert abs((~passing).mean() - 0.02) < 0.005  # type: ignore[operator]
    assert world.registry.height < 20_100


def test_no_valid_number_is_committed() -> None:
    folders = ("fixtures", "tools", "tests/world", "validator/fields/address/data")
    seen = 0
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in (".py", ".md", ".txt", ".csv", ".toml", ".json"):
                continue
            seen += 1
            text = path.read_text(encoding="utf-8")
            runs = re.findall(r"(?<![0-9])[0-9]{12}(?![0-9])", text)
            assert [run for run in runs if valid_number(run)] == [], path
    assert seen > 30


@pytest.mark.parametrize("rows", [1, 2, 13])
def test_tiny_batches_can_be_made(rows: int, as_of: date) -> None:
    world = make_batch(rows, 1, as_of, "demo")
    assert world.batch.height == world.labels.height == rows
    assert world.registry.height >= rows


def test_a_batch_needs_a_record(as_of: date) -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_batch(0, 1, as_of, "clean")
