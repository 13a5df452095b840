"""The built folder: what it holds, that it is whole, and that it is not read whole."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from validator.errors import RegistryError, UsageError
from validator.registry import Normalise, Registry, build, open_registry

from .made_up import normalise, number, resident, wanted

Extract = Callable[..., Path]


def opened(path: Path, with_forms: Normalise = normalise) -> Registry:
    return open_registry(path, normalise=with_forms, max_age_days=None, as_of=date(2025, 12, 1))


@pytest.fixture
def built(extract: Extract, tmp_path: Path) -> Path:
    source = extract(*(resident(i) for i in range(300)), resident(5, status="死亡"))
    build([source], tmp_path / "reg", normalise=normalise)
    return tmp_path / "reg"


def test_report_and_folder(extract: Extract, tmp_path: Path) -> None:
    one = extract(resident(1, as_of="20251130"), resident(2) | {"備考": "x"}, name="a.csv")
    two = extract(resident(3, name_kana=""), resident(4, my_number="12"), name="b.csv")
    report = build([one, two], tmp_path / "reg", normalise=normalise)
    assert (report.rows_read, report.info.rows, report.info.numbers) == (4, 4, 3)
    assert report.unknown_columns == ("備考",)
    assert report.info.as_of == date(2025, 11, 30)
    assert opened(tmp_path / "reg").info == report.info
    folder = tmp_path / "reg"
    assert {p.stat().st_mode & 0o777 for p in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_problems_are_listed_by_row_without_values(extract: Extract, tmp_path: Path) -> None:
    wrong = number(4, fits=False)
    source = extract(
        resident(1),
        resident(2, name_kana=""),
        resident(1, address="別"),
        resident(4, my_number=wrong),
    )
    report = build([source], tmp_path / "reg", normalise=normalise)
    problems = tmp_path / "reg" / report.problems_file
    listed = set(pl.read_csv(problems).iter_rows())
    assert listed == {
        ("residents.csv", 2, "my_number", "conflicting_rows"),
        ("residents.csv", 3, "name_kana", "blank_name_kana"),
        ("residents.csv", 4, "my_number", "conflicting_rows"),
        ("residents.csv", 5, "my_number", "number_check_digit"),
    }
    manifest = (tmp_path / "reg" / "manifest.json").read_text(encoding="utf-8")
    for text in (manifest, problems.read_text(encoding="utf-8")):
        for value in (wrong, number(1), "見本", "別", "1980"):
            assert value not in text


def test_row_numbers_are_physical_lines(extract: Extract, tmp_path: Path) -> None:
    source = extract(resident(1), resident(3, address='"上\n下"'), resident(2, sex=""))
    source.write_bytes(source.read_bytes().replace(b"\n700", b"\n\n700").replace(b"\n\n", b"\n", 1))
    build([source], tmp_path / "reg", normalise=normalise)
    listed = pl.read_csv(tmp_path / "reg" / "problems.csv")
    assert listed.get_column("row").to_list() == [7]


def test_building_twice_gives_the_same_data(extract: Extract, tmp_path: Path) -> None:
    source = extract(*(resident(i % 70, address=str(i % 3)) for i in range(300)))
    for name in ("one", "two"):
        build([source], tmp_path / name, normalise=normalise)
    for file in ("holders-0000.parquet", "others-0000.parquet", "problems.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_existing_target_is_refused_and_overwritten_on_request(
    extract: Extract, built: Path
) -> None:
    source = extract(resident(1), name="other.csv")
    with pytest.raises(UsageError):
        build([source], built, normalise=normalise)
    assert opened(built).info.numbers == 300
    build([source], built, normalise=normalise, overwrite=True)
    assert opened(built).info.numbers == 1


def test_unusable_source_leaves_nothing(extract: Extract, tmp_path: Path) -> None:
    good = extract(resident(1))
    with pytest.raises(RegistryError):
        build([good, tmp_path / "nowhere.csv"], tmp_path / "reg", normalise=normalise)
    assert [p.name for p in tmp_path.iterdir()] == ["residents.csv"]


def test_source_inside_the_replaced_folder_is_safe(built: Path) -> None:
    source = built / "mine.csv"
    source.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError):
        build([source], built, normalise=normalise, overwrite=True)
    assert source.exists()


def test_several_slices_are_one_registry(
    extract: Extract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("validator.registry.building._SLICE_ROWS", 7)
    rows = [resident(i, alias_kanji="通　称" if i == 29 else "") for i in range(30)]
    random.Random(1).shuffle(rows)
    build([extract(*rows)], tmp_path / "reg", normalise=normalise)
    found = opened(tmp_path / "reg").holders(wanted(*(number(i) for i in range(30))))
    assert found.get_column("number").to_list() == sorted(int(number(i)) for i in range(30))
    assert found.get_column("alias_kanji").null_count() == 29


@pytest.mark.parametrize("file", ["holders-0000.parquet", "others-0000.parquet"])
@pytest.mark.parametrize("damage", ["cut", "gone", "flipped", "appended"])
def test_damaged_folder_is_refused(built: Path, file: str, damage: str) -> None:
    path = built / file
    data = bytearray(path.read_bytes())
    match damage:
        case "cut":
            path.write_bytes(data[:-9])
        case "appended":
            path.write_bytes(bytes(data) + b"x")
        case "gone":
            path.unlink()
        case _:
            data[len(data) // 3] ^= 1
            path.write_bytes(data)
    with pytest.raises(RegistryError, match="build it again"):
        opened(built)


def test_copy_cut_off_is_refused_although_times_are_kept(built: Path) -> None:
    path = built / "others-0000.parquet"
    before = path.stat()
    path.write_bytes(path.read_bytes()[:-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(RegistryError, match="build it again"):
        opened(built)


def test_any_damage_of_the_manifest_is_refused(built: Path) -> None:
    path = built / "manifest.json"
    data = path.read_bytes()
    chance = random.Random(3)
    for place in [0, 1, len(data) - 3, *(chance.randrange(len(data) - 2) for _ in range(30))]:
        path.write_bytes(data[:place])
        with pytest.raises(RegistryError):
            opened(built)


@pytest.mark.parametrize("key", ["info", "holders", "normal_forms", "format"])
def test_manifest_lacking_a_part_is_refused(built: Path, key: str) -> None:
    path = built / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content[key]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RegistryError):
        opened(built)


def test_manifest_cannot_point_outside(built: Path, tmp_path: Path) -> None:
    path = built / "manifest.json"
    elsewhere = tmp_path / "holders-0000.parquet"
    elsewhere.write_bytes((built / "holders-0000.parquet").read_bytes())
    os.utime(elsewhere, ns=(0, (built / "holders-0000.parquet").stat().st_mtime_ns))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"holders-0000', '"../holders-0000'), encoding="utf-8")
    with pytest.raises(RegistryError):
        opened(built)


def test_copied_registry_is_good(built: Path) -> None:
    for path in built.iterdir():
        os.utime(path)
    assert opened(built).holders(wanted(number(7))).height == 1


def test_other_format_version_says_build_again(built: Path) -> None:
    path = built / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["format_version"] += 1
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RegistryError, match="another version"):
        opened(built)


def test_other_normal_forms_say_build_again(built: Path) -> None:
    def changed(frame: pl.DataFrame) -> pl.DataFrame:
        return normalise(frame).with_columns(pl.col("n_name").str.replace_all("髙", "高"))

    def more(frame: pl.DataFrame) -> pl.DataFrame:
        return normalise(frame).with_columns(pl.lit(1).alias("n_more"))

    for forms in (changed, more):
        with pytest.raises(RegistryError, match="another version"):
            opened(built, forms)


def test_forms_that_are_the_same_in_other_code_are_good(built: Path) -> None:
    def rewritten(frame: pl.DataFrame) -> pl.DataFrame:
        return normalise(frame)

    assert opened(built, rewritten).holders(wanted(number(7))).height == 1


def test_unchanged_code_is_not_run_to_open(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(frame: pl.DataFrame, _: Normalise) -> pl.DataFrame:
        pytest.fail("normalised")

    monkeypatch.setattr("validator.registry.embedded.add_normal_forms", never)
    assert opened(built).holders(wanted(number(7))).height == 1


def test_opening_does_not_read_the_rows(built: Path) -> None:
    """The data may be unreadable as long as nobody is looked up; then it is exit 4."""
    path = built / "holders-0000.parquet"
    data = bytearray(path.read_bytes())
    before = path.stat()
    for place in range(4, len(data) - 8, 3):
        data[place] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    registry = opened(built)
    assert registry.info.numbers == 300
    with pytest.raises(RegistryError):
        registry.holders(wanted(number(1)))
