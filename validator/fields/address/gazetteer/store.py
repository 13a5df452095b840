"""The tables of data/gazetteer, read once and indexed (see data/gazetteer/SOURCES.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from validator.fields.address.gazetteer.prefix import PrefixIndex

DATA = Path(__file__).parents[1] / "data" / "gazetteer"


@dataclass(frozen=True)
class Gazetteer:
    """The tables and an index over each.

    ``municipalities`` (code, prefecture, city); ``aliases`` (municipality, omitted, prefix);
    ``towns`` (name, target, second, chome, koazabanchi, streets, alone); ``parts`` (name, kind).

    Each index looks keys up: aliases below nobody, towns below a municipality, parts below a town.
    """

    municipalities: pl.DataFrame
    aliases: pl.DataFrame
    towns: pl.DataFrame
    parts: pl.DataFrame
    alias_index: PrefixIndex
    town_index: PrefixIndex
    part_index: PrefixIndex

    @classmethod
    def of(
        cls,
        municipalities: pl.DataFrame,
        aliases: pl.DataFrame,
        towns: pl.DataFrame,
        parts: pl.DataFrame,
    ) -> Gazetteer:
        """Index the tables, which are sorted as the build writes them."""
        return cls(
            municipalities=municipalities,
            aliases=aliases,
            towns=towns.with_columns(
                name=pl.coalesce("name", "key"),
                target=pl.coalesce("target", pl.int_range(pl.len(), dtype=pl.UInt32)),
            ),
            parts=parts.with_columns(name=pl.coalesce("name", "key")),
            alias_index=PrefixIndex.of(aliases, None, 1),
            town_index=PrefixIndex.of(towns, "municipality", municipalities.height),
            part_index=PrefixIndex.of(parts, "town", towns.height),
        )


@cache
def load_gazetteer() -> Gazetteer:
    """The packaged gazetteer."""
    names = ("municipalities", "aliases", "towns", "parts")
    return Gazetteer.of(*(pl.read_parquet(DATA / f"{name}.parquet") for name in names))
