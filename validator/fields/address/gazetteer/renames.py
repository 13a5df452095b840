"""A gazetteer that knows renamed towns beside its own."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer.prefix import longest_beginnings
from validator.fields.address.gazetteer.store import Gazetteer

OLD_TOWN = "OLD_TOWN"


def with_renames(gazetteer: Gazetteer, renames: pl.DataFrame) -> Gazetteer:
    """``gazetteer`` in which the old name of each town is a second name of the new one.

    ``renames``: ``municipality`` (row of the table), ``old, new`` (keys, see parse/key.py),
    ``name`` (the new name as it is shown). An old name that the data has as a town of its own
    becomes a second name, too. A new name that the data does not have yet becomes a second name of
    the old one, so that the 丁目 of the old one count.
    """
    towns, parts = gazetteer.tables
    towns = towns.with_row_index("town").cast({"second": pl.String, "town": pl.UInt32})
    for municipality, old, new, name in renames.iter_rows():
        towns = _renamed(towns, municipality, old, new, name)
    towns = towns.sort("municipality", "key", maintain_order=True)
    places = towns.select("town", place=pl.int_range(pl.len(), dtype=pl.UInt32))
    moved = places.sort("town")["place"]
    towns = towns.drop("town").with_columns(target=moved.gather(towns["target"]))
    own = towns["municipality"].is_in(renames["municipality"].unique().implode())
    towns = towns.with_columns(
        up=pl.when(own).then(pl.Series(_ups(towns, own), dtype=pl.UInt16)).otherwise("up")
    )
    return Gazetteer(
        gazetteer.municipalities,
        gazetteer.aliases,
        towns,
        parts.with_columns(town=moved.gather(parts["town"])),
    )


def _renamed(towns: pl.DataFrame, municipality: int, old: str, new: str, name: str) -> pl.DataFrame:
    here = towns.filter(municipality=municipality)
    own = here.filter(pl.col("second").is_null())
    now = own.filter(key=new)["town"].head(1)
    before = own.filter(key=old)["town"].head(1)
    if not len(now) and len(before):
        return _second(towns, municipality, new, before.item())
    if not len(now):
        towns = _added(towns, municipality, new).with_columns(
            name=pl.when(pl.col("town") == towns.height).then(pl.lit(name)).otherwise("name")
        )
        now = pl.Series([towns.height - 1])
    return _second(towns, municipality, old, now.item())


def _second(towns: pl.DataFrame, municipality: int, key: str, target: int) -> pl.DataFrame:
    """``towns`` in which ``key`` is another name of the town ``target``."""
    named = (pl.col("municipality") == municipality) & (pl.col("key") == key)
    if towns.filter(named).is_empty():
        towns = _added(towns, municipality, key)
    return towns.with_columns(
        second=pl.when(named).then(pl.lit(OLD_TOWN)).otherwise("second"),
        target=pl.when(named).then(pl.lit(target, dtype=pl.UInt32)).otherwise("target"),
        back=pl.when(named).then(pl.lit(0, dtype=pl.UInt8)).otherwise("back"),
    )


def _added(towns: pl.DataFrame, municipality: int, key: str) -> pl.DataFrame:
    row = {
        "town": towns.height, "municipality": municipality, "key": key, "back": 0,
        "chome": False, "koazabanchi": False, "streets": False, "alone": False,
    }  # fmt: skip
    added = pl.DataFrame([row], schema_overrides={n: towns.schema[n] for n in row})
    return pl.concat([towns, added], how="diagonal")


def _ups(towns: pl.DataFrame, concerned: pl.Series) -> list[int | None]:
    """``up`` of the towns that are concerned (see `PrefixIndex.of`), null elsewhere."""
    ups: list[int | None] = [None] * towns.height
    rows = towns.with_row_index("row").filter(concerned).select("row", "municipality", "key")
    for owned in rows.partition_by("municipality"):
        heads = owned.unique("key", keep="first", maintain_order=True)
        begin = heads["row"].to_list()
        above = longest_beginnings(heads["key"].to_list())
        by_key = {
            key: None if up is None else begin[at] - begin[up]
            for at, (key, up) in enumerate(zip(heads["key"], above, strict=True))
        }
        for row, key in owned.select("row", "key").iter_rows():
            ups[row] = by_key[key]
    return ups
