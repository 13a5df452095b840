"""A registry extract used directly: read whole into memory, by the same rules as a built one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from validator.errors import RegistryError
from validator.fields.birth_date import date_map
from validator.registry.finding import chosen, may_be
from validator.registry.holders import assign_holders
from validator.registry.model import Normalise, RegistryInfo
from validator.registry.normal_forms import add_normal_forms
from validator.registry.problems import counted, read_values
from validator.registry.sources import Extract, read_extract

# Rows whose names are normalised at once.
_SLICE_ROWS = 131_072


@dataclass(frozen=True)
class Residents:
    """An extract after all rules but normalisation; frames as in `holders.Assigned`."""

    holders: pl.DataFrame
    others: pl.DataFrame
    problems: pl.DataFrame
    as_of: date | None

    def info(self, extract: Extract, *, name: str, kind: str) -> RegistryInfo:
        """The figures of this registry."""
        return RegistryInfo(
            sha256=extract.sha256,
            as_of=self.as_of,
            rows=self.holders.height + self.others.height,
            numbers=self.holders.height,
            conflicts=int(self.holders.get_column("conflict").sum()),
            problems=counted(self.problems),
            name=name,
            format=kind,
            size_bytes=sum(f.size_bytes for f in extract.files),
            built_with=None,
        )


def residents_of(extract: Extract) -> Residents:
    """Apply the contract's rules for rows. RegistryError (4) if no row has a usable number."""
    frame, problems = read_values(extract.frame)
    newest = frame.get_column("as_of_day").max()
    assigned = assign_holders(frame)
    if assigned.holders.height == 0:
        raise RegistryError(
            "使える個人番号が1件もありません。個人番号の列を文字列として抽出し直してください。",
            "no row has a usable number: extract the number column as text.",
            file=extract.files[0].name,
        )
    return Residents(
        holders=assigned.holders,
        others=assigned.others,
        problems=pl.concat([problems, assigned.problems]).sort("source", "row", "problem"),
        as_of=newest if isinstance(newest, date) else None,
    )


class TableRegistry:
    """A CSV, XLSX or Parquet file as registry (see `model.Registry`).

    Only the rows asked for are normalised; the first `search` normalises all of them.
    """

    def __init__(self, residents: Residents, info: RegistryInfo, normalise: Normalise) -> None:
        self._residents = residents
        self._info = info
        self._normalise = normalise

    @property
    def info(self) -> RegistryInfo:
        """What is known about the registry as a whole."""
        return self._info

    def holders(self, numbers: pl.Series, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """See `model.Registry.holders`."""
        wanted = numbers.cast(pl.Int64).alias("number").to_frame()
        found = self._residents.holders.join(wanted, on="number", how="semi", maintain_order="left")
        names = chosen(columns)
        if names is None:
            return add_normal_forms(found, self._normalise)
        if not set(names) <= set(found.columns):
            found = add_normal_forms(found, self._normalise)
        return found.select(names)

    def search(self, predicate: pl.Expr) -> pl.DataFrame:
        """See `model.Registry.search`."""
        return self._all_rows.filter(predicate)

    def find(self, keys: pl.DataFrame, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """See `model.Registry.find`. Rows with the birth dates get their name keys first."""
        parts = (self._residents.holders, self._residents.others)
        births = date_map(pl.concat([part.get_column("birth_date") for part in parts]))
        wanted = keys.get_column("n_birth").drop_nulls().unique()
        born = births.filter(pl.col("day").is_in(wanted.implode())).get_column("raw")
        found = [self._residents.holders.clear()]
        for part in parts:
            rows = part.filter(pl.col("birth_date").is_in(born.implode()))
            for some in rows.iter_slices(_SLICE_ROWS):
                # An address costs more than all names, and is no part of a key.
                named = some.with_columns(address=pl.lit(None, dtype=pl.String))
                named = add_normal_forms(named, self._normalise).with_row_index("_place")
                places = may_be(named, keys).get_column("_place")
                found.append(some.filter(pl.int_range(pl.len()).is_in(places.implode())))
        normal = add_normal_forms(pl.concat(found), self._normalise)
        names = chosen(columns)
        return normal if names is None else normal.select(names)

    @cached_property
    def _all_rows(self) -> pl.DataFrame:
        rows = pl.concat([self._residents.holders, self._residents.others])
        return add_normal_forms(rows, self._normalise)


def open_table(path: Path, normalise: Normalise) -> TableRegistry:
    """Read an extract. RegistryError (4) if it cannot be used."""
    extract = read_extract([path])
    residents = residents_of(extract)
    info = residents.info(extract, name=path.name, kind=extract.files[0].format)
    return TableRegistry(residents, info, normalise)
