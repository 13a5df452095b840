"""The built registry: sorted Parquet files, read only where a number may be.

Why this engine: ``docs/decisions/0002-embedded-registry-engine.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from validator.registry.finding import FINDING_COLUMNS, chosen, may_be, on_birth_dates
from validator.registry.manifest import Manifest, damaged, outdated, read_manifest
from validator.registry.model import Normalise, RegistryInfo
from validator.registry.normal_forms import (
    add_normal_forms,
    code_token,
    fingerprint,
    probe_frame,
)


class EmbeddedRegistry:
    """A registry folder made by `validator.registry.build` (see `model.Registry`)."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest

    @property
    def info(self) -> RegistryInfo:
        """What is known about the registry as a whole."""
        return self._manifest.info

    def holders(self, numbers: pl.Series, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """See `model.Registry.holders`."""
        wanted = numbers.cast(pl.Int64).alias("number")
        rows = pl.scan_parquet([self._folder / f.name for f in self._manifest.holders])
        names = chosen(columns)
        if names is not None:
            rows = rows.select(names)
        # read with a mask on the sorted number: pages without a wanted row are never decoded
        rows = rows.filter(pl.col("number").is_in(wanted.implode()))
        return self._collect(rows)

    def search(self, predicate: pl.Expr) -> pl.DataFrame:
        """See `model.Registry.search`."""
        files = (*self._manifest.holders, *self._manifest.others)
        return self._collect(
            pl.scan_parquet([self._folder / f.name for f in files]).filter(predicate)
        )

    def find(self, keys: pl.DataFrame, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """See `model.Registry.find`. Few columns decide; the rows are then read by number."""
        names, manifest = chosen(columns), self._manifest
        numbers = [pl.Series("number", [], dtype=pl.Int64)]
        for file in manifest.holders:
            some = self._on_birth_dates(file.name, keys, ("number", *FINDING_COLUMNS))
            numbers.append(may_be(some, keys).get_column("number"))
        found = [self.holders(pl.concat(numbers), columns)]
        for file in manifest.others:
            some = may_be(self._on_birth_dates(file.name, keys, None), keys)
            found.append(some if names is None else some.select(names))
        return pl.concat(found)

    def _on_birth_dates(
        self, file: str, keys: pl.DataFrame, columns: Sequence[str] | None
    ) -> pl.DataFrame:
        rows = pl.scan_parquet(self._folder / file)
        if columns is not None:
            rows = rows.select(columns)
        return self._collect(rows.filter(on_birth_dates(keys)))

    def _collect(self, rows: pl.LazyFrame) -> pl.DataFrame:
        try:
            return rows.collect()
        except (pl.exceptions.ComputeError, OSError):
            raise damaged(self._folder) from None


def open_built(folder: Path, normalise: Normalise) -> EmbeddedRegistry:
    """Open a built registry without reading its rows.

    RegistryError (4): damaged, or built with another storage format or other normal forms.
    """
    manifest = read_manifest(folder)
    same_code = manifest.forms_code != "" and manifest.forms_code == code_token(normalise)
    if not same_code:
        probes = add_normal_forms(probe_frame(), normalise)
        if fingerprint(probes) != manifest.normal_forms:
            raise outdated(folder)
    return EmbeddedRegistry(folder, manifest)
