"""The resident registry: built once, looked up by number.

``build`` makes a registry folder of extracts; ``open_registry`` opens such a folder, or takes
an extract as it is. Both give the same answers.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from validator.errors import RegistryError
from validator.registry.building import build
from validator.registry.embedded import open_built
from validator.registry.manifest import MANIFEST
from validator.registry.model import BuildReport, Normalise, Registry, RegistryInfo
from validator.registry.sources import not_a_registry
from validator.registry.table import open_table

__all__ = ["BuildReport", "Normalise", "Registry", "RegistryInfo", "build", "open_registry"]


def open_registry(
    path: Path, *, normalise: Normalise, max_age_days: int | None, as_of: date
) -> Registry:
    """Open a built registry, or a CSV, XLSX or Parquet extract.

    ``as_of`` is the clock of the run. With ``max_age_days`` (days) an older registry is
    refused, and one of unknown age too.

    Raises RegistryError (4): missing, empty, damaged, no registry, a batch, too old, built by
    another version.
    """
    registry: Registry
    if path.is_dir():
        if not (path / MANIFEST).is_file():
            raise not_a_registry(path.name)
        registry = open_built(path, normalise)
    elif path.name == MANIFEST and path.is_file():
        registry = open_built(path.parent, normalise)
    else:
        registry = open_table(path, normalise)
    if max_age_days is not None:
        _refuse_old(registry.info, max_age_days, as_of, path.name)
    return registry


def _refuse_old(info: RegistryInfo, max_age_days: int, today: date, file: str) -> None:
    age = info.age_days(today)
    if age is None:
        raise RegistryError(
            f"住民票データの基準日が分からず、上限({max_age_days}日)を満たすと言えません。"
            "基準日(as_of)の列を加えて抽出し直すか、max_age_days を外してください。",
            f"the age of the registry is unknown and the limit is {max_age_days} days: extract it "
            "with the column as_of, or unset max_age_days.",
            file=file,
        )
    if age > max_age_days:
        raise RegistryError(
            f"住民票データが古すぎます(基準日から{age}日、上限{max_age_days}日)。"
            "新しく抽出したデータを指定してください。",
            f"the registry is too old ({age} days, limit {max_age_days}): give a newer extract.",
            file=file,
        )
