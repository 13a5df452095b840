"""The tables of data/gazetteer, indexed as far as they are needed (see data/gazetteer/SOURCES.md).

A handful of addresses names a handful of municipalities: only their towns are indexed then. The
answers are the same whichever part is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock

import polars as pl

from validator.fields.address.gazetteer.prefix import PrefixIndex
from validator.resources import once

DATA = Path(__file__).parents[1] / "data" / "gazetteer"
# More municipalities than this at once, or so many extensions, and everything is indexed.
_SEVERAL = 400
_EXTENSIONS = 48
_LONG = 1_000
# The wards of 京都市.
_KYOTO = "2610"


@dataclass(frozen=True)
class Towns:
    """Towns and their parts, with an index over each.

    ``towns`` (municipality, name, target, second, back, streets, alone); ``parts`` (name, kind).
    Towns are looked up below a municipality, parts below a town (its row in ``towns``).
    """

    towns: pl.DataFrame
    parts: pl.DataFrame
    town_index: PrefixIndex
    part_index: PrefixIndex
    # What is looked up for every address, under the names it goes by there.
    entries: pl.DataFrame
    part_nodes: pl.DataFrame
    town_names: pl.DataFrame
    part_names: pl.DataFrame

    @classmethod
    def of(cls, towns: pl.DataFrame, parts: pl.DataFrame) -> Towns:
        """Index the tables, which are sorted as the build writes them."""
        towns = towns.with_columns(
            name=pl.coalesce("name", "key"),
            target=pl.coalesce("target", pl.int_range(pl.len(), dtype=pl.UInt32)),
        )
        part_index = PrefixIndex.of(parts, "town")
        parts = parts.with_columns(name=pl.coalesce("name", "key"))
        return cls(
            towns=towns,
            parts=parts,
            town_index=PrefixIndex.of(towns, "municipality"),
            part_index=part_index,
            entries=towns.select("second", "alone", "back", town="target"),
            part_nodes=part_index.nodes.select(
                part="start", part_count="count", part_size="size", part_numbered="numbered"
            ),
            town_names=towns.select("streets", oaza="name"),
            part_names=parts.select("kind", part_name="name"),
        )


class Gazetteer:
    """Municipalities with every way of naming them, and their towns.

    ``municipalities`` (code, prefecture, city); ``aliases`` (municipality, omitted, prefix), looked
    up through ``alias_index``; ``kyoto``: the municipalities whose addresses are told by streets.
    ``municipality_names``: the names as the parser's columns.
    """

    def __init__(
        self,
        municipalities: pl.DataFrame,
        aliases: pl.DataFrame,
        towns: pl.DataFrame,
        parts: pl.DataFrame,
    ) -> None:
        """The tables, sorted as the build writes them."""
        self.municipalities = municipalities
        self.aliases = aliases
        self.alias_index = PrefixIndex.of(aliases, None)
        self.municipality_names = municipalities.select("prefecture", "city", muni_code="code")
        self.kyoto = municipalities["code"].str.starts_with(_KYOTO)
        self._towns, self._parts = towns, parts
        self._few: Towns | None = None
        self._held: frozenset[int] = frozenset()
        self._extensions = 0
        self._lock = RLock()

    @cached_property
    def _whole(self) -> Towns:
        return Towns.of(self._towns, self._parts)

    @property
    def tables(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Towns and parts as the build writes them."""
        return self._towns, self._parts

    @property
    def towns(self) -> pl.DataFrame:
        """Every town (see `Towns`)."""
        return self.covering(pl.Series(range(self.municipalities.height))).towns

    @property
    def parts(self) -> pl.DataFrame:
        """Every part of a town (see `Towns`)."""
        return self.covering(pl.Series(range(self.municipalities.height))).parts

    @cached_property
    def _bounds(self) -> pl.DataFrame:
        """Where the towns and parts of each municipality begin and end."""
        owners = pl.int_range(0, self.municipalities.height + 1, dtype=pl.UInt16, eager=True)
        town = self._towns["municipality"].search_sorted(owners).cast(pl.UInt32)
        part = self._parts["town"].search_sorted(town)
        return pl.DataFrame({"town": town, "part": part}).with_columns(
            pl.all().shift(-1).name.suffix("_end")
        )

    def covering(self, municipalities: pl.Series) -> Towns:
        """The towns of these municipalities (rows of the table), of more, or of all."""
        with self._lock:
            if "_whole" in self.__dict__:
                return self._whole
            if len(municipalities) > _LONG:
                municipalities = municipalities.unique()
            wanted = frozenset(municipalities.to_list())
            if self._few is not None and wanted <= self._held:
                return self._few
            self._extensions += 1
            wanted |= self._held
            if len(wanted) > _SEVERAL or self._extensions > _EXTENSIONS:
                return self._whole
            self._few, self._held = self._some(sorted(wanted)), wanted
            return self._few

    def _some(self, wanted: list[int]) -> Towns:
        bounds = self._bounds[pl.Series(wanted, dtype=pl.UInt32)]
        rows = _within(bounds["town"], bounds["town_end"])
        parts = self._parts[_within(bounds["part"], bounds["part_end"])]
        towns = self._towns[rows]
        # Rows refer to towns by their place in the whole table.
        return Towns.of(
            towns.with_columns(target=_places(rows, towns["target"])),
            parts.with_columns(town=_places(rows, parts["town"])),
        )


def _within(begin: pl.Series, end: pl.Series) -> pl.Series:
    ranges = pl.select(pl.int_ranges(begin, end, dtype=pl.UInt32)).to_series()
    return ranges.explode().drop_nulls()


def _places(rows: pl.Series, asked: pl.Series) -> pl.Series:
    """Where each row stands among ``rows`` (ascending); null stays null."""
    if not len(rows):
        return asked
    found = rows.search_sorted(asked.fill_null(0)).cast(pl.UInt32)
    return found.set(asked.is_null(), None)


@once
def load_gazetteer() -> Gazetteer:
    """The packaged gazetteer."""
    names = ("municipalities", "aliases", "towns", "parts")
    return Gazetteer(*(pl.read_parquet(DATA / f"{name}.parquet") for name in names))
