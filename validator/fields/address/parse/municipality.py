"""Which municipalities an address may mean: everything its beginning can be read as."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.key import key

# A 郡 before a municipality that has left it or no longer exists.
_COUNTY = "^([^市区町村]{1,5}郡)"


def candidates(keys: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    """One row for each reading of the beginning of a key; none where nothing is read.

    Columns: ``row``, ``used`` (characters of the key), ``municipality`` (null if only a prefecture
    is read), ``omitted`` (see tools/address_names.py), ``prefix`` (begins the town's name today),
    ``contradicted`` (the municipality is not in the prefecture that was written).
    """
    frame = keys.to_frame("key").with_row_index("row")
    read = _read(frame, gazetteer).with_columns(contradicted=pl.lit(value=False))
    placed = read.filter(pl.col("municipality").is_not_null())["row"].unique()
    alone = read.filter(pl.col("municipality").is_null()).select("row", lead="used")
    rest = frame.filter(
        (pl.col("key") != "") & ~pl.col("row").is_in(placed.implode())
    ).join(alone, on="row", how="left")  # fmt: skip
    again = _read_further(rest.with_columns(pl.col("lead").fill_null(0)), gazetteer)
    return read if again is None else pl.concat([read, again.select(read.columns)])


def _read_further(rest: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame | None:
    """Behind a prefecture (``lead`` characters) a municipality of another; behind a 郡 any."""
    behind = pl.col("key").str.slice(pl.col("lead"))
    county = behind.str.extract(_COUNTY, 1).str.len_chars().cast(pl.Int64)
    tries = pl.concat(
        [
            rest.filter(pl.col("lead") > 0).with_columns(skipped="lead"),
            rest.with_columns(skipped=county + pl.col("lead")).drop_nulls("skipped"),
        ]
    ).with_row_index("try")
    if tries.is_empty():
        return None
    found = _read(
        tries.select(pl.col("key").str.slice(pl.col("skipped")), row="try"), gazetteer
    ).filter(pl.col("municipality").is_not_null())
    found = found.hstack(tries[found["row"]].select("key", "lead", "skipped", owner="row"))
    prefecture = _prefecture_keys(gazetteer).gather(found["municipality"])
    agrees = pl.col("key").str.starts_with(pl.lit(prefecture))
    led = pl.col("lead") > 0
    return found.select(
        row="owner",
        used=pl.col("used") + pl.col("skipped"),
        municipality="municipality",
        omitted=pl.when(led & agrees)
        .then(pl.col("omitted").str.replace("P", ""))
        .otherwise("omitted"),
        prefix="prefix",
        contradicted=led & ~agrees,
    )


def _prefecture_keys(gazetteer: Gazetteer) -> pl.Series:
    names = gazetteer.municipalities["prefecture"]
    distinct = names.unique()
    return names.replace_strict(distinct, key(distinct))


def _read(frame: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    index = gazetteer.alias_index
    node = index.longest(None, frame["key"])
    found = frame.select("row", node=node).drop_nulls("node")
    at = found["node"]
    found = found.select(
        "row",
        used=index.size.gather(at).cast(pl.Int64),
        start=index.start.gather(at),
        count=index.count.gather(at),
    )
    single = found.filter(pl.col("count") == 1).select("row", "used", alias="start")
    several = (
        found.filter(pl.col("count") > 1)
        .with_columns(alias=pl.int_ranges("start", pl.col("start") + pl.col("count")))
        .explode("alias")
        .select("row", "used", pl.col("alias").cast(pl.UInt32))
    )
    found = pl.concat([single, several])
    return found.select("row", "used").hstack(
        gazetteer.aliases[found["alias"]].select("municipality", "omitted", "prefix")
    )
