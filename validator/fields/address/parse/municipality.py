"""Which municipalities an address may mean: everything its beginning can be read as."""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.key import key

# A 郡 before a municipality that has left it or no longer exists.
_COUNTY = "^([^市区町村]{1,5}?郡)"


def candidates(keys: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    """One row for each reading of the beginning of a key; none where nothing is read.

    Columns: ``row``, ``used`` (characters of the key), ``municipality`` (null if only a prefecture
    is read), ``omitted`` (see tools/address_names.py), ``prefix`` (begins the town's name today),
    ``contradicted`` (the municipality is not in the prefecture that was written).
    """
    read = _read(keys, gazetteer).with_columns(contradicted=pl.lit(value=False))
    open_rows = pl.Series([True]).new_from_index(0, len(keys)) & (keys != "")
    found = read["municipality"].is_not_null()
    placed = read["row"] if found.all() else read["row"].filter(found)
    open_rows = open_rows.scatter(placed, values=False)
    if not open_rows.any():
        return read
    rest = keys.to_frame("key").with_row_index("row").filter(open_rows)
    alone = read.filter(~found).select("row", lead="used")
    rest = rest.join(alone, on="row", how="left").with_columns(pl.col("lead").fill_null(0))
    again = _read_further(rest, gazetteer)
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
    )
    if tries.is_empty():
        return None
    asked = tries.select(pl.col("key").str.slice(pl.col("skipped"))).to_series()
    found = _read(asked, gazetteer).filter(pl.col("municipality").is_not_null())
    found = found.hstack(tries[found["row"]].select("key", "lead", "skipped", owner="row"))
    names = _prefecture_keys(tuple(gazetteer.municipalities["prefecture"].unique().sort()))
    prefecture = gazetteer.municipalities["prefecture"].gather(found["municipality"])
    agrees = pl.col("key").str.starts_with(pl.lit(prefecture.replace_strict(names)))
    led = pl.col("lead") > 0
    return found.select(
        row="owner",
        used=pl.col("used") + pl.col("skipped"),
        municipality="municipality",
        # The prefecture was written, whatever it says.
        omitted=pl.when(led)
        .then(pl.col("omitted").str.replace("P", "").str.replace("A", ""))
        .otherwise("omitted"),
        prefix="prefix",
        contradicted=led & ~agrees,
    )


@cache
def _prefecture_keys(names: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(names, key(pl.Series(names)), strict=True))


def _read(keys: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    index = gazetteer.alias_index
    node = index.longest(None, keys)
    found = pl.DataFrame({"node": node}).with_row_index("row")
    if node.null_count():
        found = found.filter(node.is_not_null())
    found = found.select("row").hstack(
        index.nodes[found["node"]].select("start", "count", used="size")
    )
    several = found["count"] > 1
    if several.any():
        ranges = (
            found.filter(several)
            .with_columns(
                start=pl.int_ranges("start", pl.col("start") + pl.col("count"), dtype=pl.UInt32)
            )
            .explode("start")
        )
        found = pl.concat([found.filter(~several), ranges])
    return found.select("row", "used").hstack(
        gazetteer.aliases[found["start"]].select("municipality", "omitted", "prefix")
    )
