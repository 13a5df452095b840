"""Clean batches of the ten forms: clean in fact, as in life, and the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from shikaku_world.forms import FORMS, FormWorld, make_form_batch
from shikaku_world.writers import write
from validator.batch import read_batch
from validator.checking import Checked, Options, check_files

from . import oracle

DAY = date(2026, 11, 23)
FORMATS = ("csv", "xlsx", "jsonl")
ADDITIONS = ("shikaku_shutoku", "hifuyosha_ido")
MALE = {"夫", "父", "義父"}
FEMALE = {"妻", "母", "義母"}


@cache
def world(form: str, seed: int, n: int = 60) -> FormWorld:
    return make_form_batch(form, n, seed, DAY)


def checked(made: FormWorld, folder: Path, fmt: str, *, registry: bool) -> Checked:
    batch = folder / f"batch.{fmt}"
    made.write(batch, fmt)
    known = folder / "registry.csv"
    write(made.registry, known, "csv")
    return check_files(
        [batch], Options(registry=known if registry else None, as_of=DAY, form=made.form)
    )


def days(column: pl.Series) -> list[date | None]:
    read = [oracle.day(text) for text in column]
    assert [d is None for d in read] == column.is_null().to_list()
    return read


@pytest.mark.parametrize(("seed", "registry"), [(1, True), (2, False)], ids=["registry", "alone"])
@pytest.mark.parametrize("form", FORMS)
def test_a_clean_batch_passes_without_a_warning(
    form: str, seed: int, registry: bool, tmp_path: Path
) -> None:
    fmt = FORMATS[(seed + list(FORMS).index(form)) % len(FORMATS)]
    result = checked(world(form, seed), tmp_path, fmt, registry=registry)
    above = result.findings().filter(pl.col("severity") != "info")
    assert above.select("code", "field").unique().rows() == []
    assert result.records()["verdict"].to_list() == ["pass"] * 60


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_gives_the_same_batch(form: str) -> None:
    one, other = world(form, 2), world(form, 1)
    again = make_form_batch(form, 60, 2, DAY)
    assert_frame_equal(one.batch, again.batch)
    assert_frame_equal(one.registry, again.registry)
    assert one.headers == again.headers
    assert not one.batch.equals(other.batch)


@pytest.mark.parametrize("form", FORMS)
def test_every_header_is_known_and_no_value_is_lost(form: str, tmp_path: Path) -> None:
    seen = set()
    for seed in (1, 2, 3, 4):
        made = world(form, seed, 60 if seed < 3 else 20)
        path = tmp_path / f"{seed}.csv"
        made.write(path, "csv")
        read = read_batch([path], default_form=form)
        assert read.sources[0].extra_columns == ()
        for column in set(made.batch.columns) - {"form"}:
            assert read.frame[column].to_list() == made.batch[column].to_list()
        assert read.frame["form"].to_list() == [form] * made.batch.height
        seen.add(tuple(made.as_written().columns))
    assert len(seen) > 2, "headers and optional columns do not vary"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_given_agrees_with_the_registry(form: str) -> None:
    made = world(form, 3, 200)
    known = {row["my_number"]: row for row in made.registry.iter_rows(named=True)}
    compared = 0
    for row in made.batch.iter_rows(named=True):
        holder = known.get(oracle.number(row.get("my_number")))
        if holder is None:
            continue
        compared += 1
        assert oracle.day(row["birth_date"]) == oracle.day(holder["birth_date"])
        if row.get("sex"):
            assert oracle.sex(row["sex"]) == oracle.sex(holder["sex"])
        if row.get("name_kana"):
            assert oracle.kana(row["name_kana"]) == oracle.kana(holder["name_kana"])
    assert compared > 0 or "my_number" not in made.batch.columns or form not in ADDITIONS


def test_membership_ends_on_the_day_after_leaving_or_on_the_75th_birthday() -> None:
    batch = world("shikaku_soshitsu", 3, 600).batch
    lost, left, born = (days(batch[c]) for c in ("lost_on", "left_on", "birth_date"))
    birthdays = 0
    for end, leaving, birth in zip(lost, left, born, strict=True):
        assert end is not None
        assert birth is not None
        if leaving is None:
            assert (end.year - birth.year, end.month, end.day) == (75, birth.month, birth.day)
            birthdays += 1
        else:
            assert end == leaving + timedelta(days=1)
    assert 0 < birthdays < batch.height / 2
    assert {"4", "5", "7"} <= set(batch["loss_cause"])


def test_dependants_fit_their_family() -> None:
    batch = world("hifuyosha_ido", 1, 500).batch
    relations = set(batch["relationship"])
    assert {"妻", "夫", "長男", "長女", "次男"} <= relations
    for relation, sex in batch.select("relationship", "sex").drop_nulls().iter_rows():
        if relation in MALE or relation.endswith("男"):
            assert oracle.sex(sex) == 1
        else:
            assert relation in FEMALE or relation.endswith("女")
            assert oracle.sex(sex) == 2
    spouses = batch.filter(pl.col("relationship").is_in(["妻", "夫"]))
    assert not spouses.select("insured_symbol", "insured_number").is_duplicated().any()
    assert set(batch["change_type"]) == {"1", "該当", "2", "非該当", "3", "変更"}


def test_only_newborns_come_without_a_number() -> None:
    batch = world("hifuyosha_ido", 2, 500).batch
    added = batch.filter(pl.col("change_type").is_in(["1", "該当"]))
    numberless = added.filter(pl.col("my_number").is_null())
    assert numberless.height > 3
    assert numberless["no_number_reason"].str.contains("出生|新生児").all()
    assert numberless["birth_date"].to_list() == numberless["event_on"].to_list()
    items = ["name_kanji", "name_kana", "birth_date", "sex", "address"]
    assert added.select(items).null_count().row(0) == (0,) * len(items)


def test_new_names_are_registered_and_old_ones_are_former_names() -> None:
    made = world("shimei_henko", 2, 300)
    former = dict(made.registry.select("my_number", "former_name_kanji").iter_rows())
    renamed = made.batch.filter(pl.col("changed_item") != "フリガナ")
    told = [
        (oracle.kanji(former[oracle.number(number)]), oracle.kanji(old))
        for number, old in renamed.select("my_number", "old_name_kanji").drop_nulls().iter_rows()
    ]
    assert len(told) > 30
    assert [was for was, _ in told] == [old for _, old in told]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_happens_after_it_came_in(form: str) -> None:
    batch = world(form, 3, 200).batch
    if "received_on" not in batch.columns:
        batch = batch.with_columns(received_on=pl.lit(DAY.isoformat()))
    received = days(batch["received_on"])
    assert max(d for d in received if d) <= DAY
    for column in ("acquired_on", "event_on", "lost_on", "left_on", "changed_on", "birth_date"):
        if column in batch.columns:
            happened = days(batch[column])
            assert all(h is None or h <= r for h, r in zip(happened, received, strict=True) if r)


def test_unknown_forms_and_empty_batches_are_refused() -> None:
    with pytest.raises(ValueError, match="no such form"):
        world("shitsugyo_todoke", 1)
    with pytest.raises(ValueError, match="at least one"):
        world("shikaku_shutoku", 1, 0)
