"""A fixed batch is judged as the original: verdict, class, cause, levels, repairs."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import jaconv
import polars as pl
import pytest

from shikaku_world.batches import World, make_batch
from shikaku_world.forms import FORMS, make_form_batch
from shikaku_world.media_lines import media_file, media_lines
from shikaku_world.writers import encodable_cp932, expressible, write
from validator.batch.layouts import FormLayout, form_layouts
from validator.batch.opening import read_submitted
from validator.checking import Options, check_files
from validator.fix import fix_bytes
from validator.forms.load import default_forms

AS_OF = date(2026, 11, 23)
ITEMS = ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "address")
EXACT = ("verdict", "hold_class", "cause", "cause_detail", "same_person", "action", "repair")


@pytest.fixture(scope="module")
def world() -> World:
    return make_batch(1500, 17, AS_OF, "accuracy")


def judged(path: Path, registry: Path | None, form: str = "shikaku_shutoku") -> pl.DataFrame:
    """Judgements; that a value is now equal as written is no other judgement than equivalent."""
    records = check_files([path], Options(registry=registry, as_of=AS_OF, form=form)).judged.records
    levels = [pl.col(f"level_{item}").replace("same", "equivalent") for item in ITEMS]
    return records.select("line", *EXACT, *levels)


def fixed_beside(path: Path) -> tuple[Path, int]:
    fixed = fix_bytes(read_submitted(path), default_forms(), None)
    target = path.with_name(f"fixed-{path.name}")
    target.write_bytes(fixed.data)
    again = fix_bytes(read_submitted(target), default_forms(), None)
    assert again.data == fixed.data and not again.changes
    return target, len(fixed.changes)


@pytest.mark.parametrize("fmt", ["csv", "cp932", "xlsx", "parquet", "jsonl", "kpfd", "shfd"])
def test_a_world_in_every_format(tmp_path: Path, world: World, fmt: str) -> None:
    batch, path = world.batch, tmp_path / "batch"
    write(world.registry, tmp_path / "registry.parquet", "parquet")
    if fmt == "cp932":
        write(batch.filter(encodable_cp932(batch)), path, "csv", encoding="cp932", headers="ja")
    elif fmt in ("kpfd", "shfd"):
        kept = batch.filter(expressible(batch))
        write(
            kept,
            path,
            fmt,
            offices=world.offices,
            created=AS_OF,
            fields=37 if fmt == "kpfd" else 34,
        )
    else:
        write(batch, path, fmt)
    target, changes = fixed_beside(path)
    assert changes > (10 if fmt in ("kpfd", "shfd") else 300)
    registry = tmp_path / "registry.parquet"
    assert judged(target, registry).equals(judged(path, registry))


def roughened(line: str, layout: FormLayout, chance: random.Random) -> str:
    """The line with items in the other width, as programs that know no layout write them."""
    fields = line.split(",")
    for item in layout.item:
        at = item.no - 1
        if item.no == 1 or at >= len(fields) or not fields[at] or chance.random() > 0.3:
            continue
        if item.type == "num" and fields[at].isdigit():
            fields[at] = fields[at].translate({ord(str(d)): 0xFF10 + d for d in range(10)})
        elif item.type == "kana":
            fields[at] = jaconv.h2z(fields[at], kana=True).replace(" ", "　")
        elif item.type == "kanji":
            fields[at] = jaconv.z2h(fields[at], kana=False, ascii=True, digit=True)
        if chance.random() < 0.3:
            fields[at] = f" {fields[at]}"
    return ",".join(fields)


@pytest.mark.parametrize("code", ["2200700", "2201700", "2202700"])
def test_roughened_media(tmp_path: Path, code: str) -> None:
    chance = random.Random(8)
    lines = media_lines(code, 120, 4, as_of=AS_OF)
    rough = [roughened(line, form_layouts()[code], chance) for line in lines]
    path = tmp_path / "KPFD0006.CSV"
    path.write_bytes(media_file(rough, 4))
    target, changes = fixed_beside(path)
    assert changes > 500
    assert judged(target, None).equals(judged(path, None))
    # The roughened lines are as the layout wants them again.
    assert target.read_bytes() == media_file(lines, 4)


@pytest.mark.parametrize("form", FORMS)
def test_every_form(tmp_path: Path, form: str) -> None:
    made = make_form_batch(form, 60, 5, AS_OF)
    path = tmp_path / "batch.csv"
    made.write(path, "csv")
    write(made.registry, tmp_path / "registry.csv", "csv")
    target, _ = fixed_beside(path)
    for registry in (tmp_path / "registry.csv", None):
        assert judged(target, registry, form).equals(judged(path, registry, form))
