"""The packaged data: complete, folded, with its sources; and how readings are learned."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from learn_readings import learn
from polars.testing import assert_frame_equal

from validator.fields.kana import kana_key
from validator.fields.reading import store
from validator.fields.reading.parts import part_tiers
from validator.fields.reading.sounds import folded_kana

FILES = {
    "characters.parquet": 30_000,
    "folded_characters.parquet": 6_000,
    "folded_edrdg.parquet": 300_000,
    "folded_mit.parquet": 40_000,
    "learned.parquet": 2_000,
    "names_edrdg.parquet": 300_000,
    "names_mit.parquet": 80_000,
}
PAIR = ["surname", "kanji", "kana"]


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_full_and_has_its_source(name: str) -> None:
    frame = pl.read_parquet(store.DATA / name)
    assert frame.height >= FILES[name]
    key = [column for column in frame.columns if column not in {"people", "names"}]
    assert frame.select(key).null_count().sum_horizontal().item() == 0
    assert not frame.select(key).is_duplicated().any()
    sources = (store.DATA / "SOURCES.md").read_text(encoding="utf-8")
    row = next(line for line in sources.splitlines() if line.startswith(f"| `{name}`"))
    licence = re.findall("`(LICENSE-[^`]+)`", row)[0]
    assert "Licen" in (store.DATA / licence).read_text(encoding="utf-8", errors="strict")


def test_nothing_else_lies_there_and_it_is_small() -> None:
    found = {path.name for path in store.DATA.iterdir()}
    assert found == {*FILES, "SOURCES.md", "LICENSE-edrdg.txt", "LICENSE-names.txt"}
    assert sum(path.stat().st_size for path in store.DATA.iterdir()) < 5_000_000


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (store.CHARACTERS, "reading"),
        (store.LEARNED, "reading"),
        *((p, "kana") for p in store.NAMES),
    ],
)
def test_readings_are_stored_as_they_are_compared(path: Path, column: str) -> None:
    kana = pl.read_parquet(path, columns=[column])
    changed = kana.filter(kana_key(pl.col(column)) != pl.col(column))
    assert changed.is_empty()
    assert kana[column].str.contains("^[ァ-ヺー]+$").all()


def test_no_learned_reading_is_in_the_character_table() -> None:
    own = store.character_readings()
    learned = pl.read_parquet(store.LEARNED)
    known = [
        reading in own.get(c, ()) for c, reading in learned.select("character", "reading").rows()
    ]
    assert not any(known)


def test_every_packaged_name_is_in_the_dictionary() -> None:
    names = pl.concat([pl.read_parquet(path, columns=PAIR) for path in store.NAMES])
    some = names.gather_every(97)
    assert part_tiers(some, store.shipped()).unique().to_list() == ["dictionary"]


def pairs(*names: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(True, kanji, folded_kana(kana)) for kanji, kana in names],
        schema={"surname": pl.Boolean, "kanji": pl.String, "kana": pl.String},
        orient="row",
    )


def learned(*names: tuple[str, str]) -> set[tuple[str, str]]:
    return set(learn(pairs(*names)).select("character", "reading").rows())


def test_a_reading_is_learned_from_two_names_that_need_it() -> None:
    assert learned(("犬山", "ワンヤマ")) == set()
    assert learned(("犬山", "ワンヤマ"), ("犬山", "ワンサン")) == set(), "one name, twice"
    assert ("犬", "ワン") in learned(("犬山", "ワンヤマ"), ("犬川", "ワンカワ"))


def test_what_is_readable_teaches_nothing() -> None:
    assert learned(("犬山", "イヌヤマ"), ("犬川", "イヌカワ"), ("山犬", "ヤマイヌ")) == set()


def test_an_odd_reading_of_a_common_character_is_not_learned() -> None:
    usual = [(f"{other}川", f"{kana}カワ") for other, kana in _other_names(400)]
    odd = [("犬川", "イヌボン"), ("猫川", "ネコボン")]
    assert ("川", "ボン") in learned(*usual[:100], *odd)
    assert ("川", "ボン") not in learned(*usual, *odd)


def _other_names(count: int) -> list[tuple[str, str]]:
    rows = pl.read_parquet(store.CHARACTERS).filter(pl.col("source") == "on")
    return (
        rows.unique("character", keep="first", maintain_order=True)
        .head(count)
        .select("character", "reading")
        .rows()
    )


def test_a_held_out_pair_is_nowhere_in_the_knowledge() -> None:
    everything = pairs(("犬山", "ワンヤマ"), ("犬川", "ワンカワ"))
    rest = everything.head(1)
    knowledge = store.make_knowledge(rest, learn(rest))
    assert part_tiers(everything, knowledge).to_list() == ["dictionary", "none"]
    knowledge = store.make_knowledge(rest, learn(everything))
    assert part_tiers(everything, knowledge).to_list() == ["dictionary", "lattice"]


def test_the_keys_made_ahead_are_those_of_today() -> None:
    """A change of a variant table needs `tools/build_reading_data.py --folded`."""
    for made, path in zip(store.folded_by_source(), store.FOLDED, strict=True):
        assert_frame_equal(made, pl.read_parquet(path))
    assert_frame_equal(store.folded_characters(), pl.read_parquet(store.FOLDED_CHARACTERS))
