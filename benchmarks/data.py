"""Batches and registries for the benchmarks: made once, kept under ``.bench/``.

Every batch is the beginning of the largest one, so that all stand against the same registry.
The folder of a data set is named after its parameters and the generator's source; the built
registry beside it after the source of what it depends on. Making runs in processes of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.measure import ROOT, python, run_once, validator

BENCH = ROOT / ".bench"
AS_OF = date(2026, 11, 24)
SEED = 1
# Folded number and texts that the floor finds ready in its registry, as `check` does in its own.
FOLDED = {"name_kanji": "f_kanji", "name_kana": "f_kana", "address": "f_address"}


@dataclass(frozen=True)
class Data:
    """Files of one data set; ``batches`` by number of records."""

    folder: Path
    batches: dict[int, Path]
    registry_csv: Path
    registry_built: Path
    registry_floor: Path


def data_set(sizes: Sequence[int], *, preset: str = "bench") -> Data:
    """The data set with batches of ``sizes`` records and a registry as large as the largest."""
    rows = max(sizes)
    generator = _fingerprint([ROOT / "fixtures" / "shikaku_world", Path(__file__)])
    folder = BENCH / f"{preset}-{rows}-{SEED}-{generator}"
    os.umask(0o077)
    BENCH.mkdir(exist_ok=True)
    if not folder.is_dir():
        for outdated in BENCH.glob(f"{preset}-{rows}-{SEED}-*"):
            shutil.rmtree(outdated)
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        unfinished.mkdir(mode=0o700)
        run_once(
            python("benchmarks.data", "--make", unfinished, "--rows", rows, "--preset", preset)
        )
        unfinished.rename(folder)
    batches = {size: folder / f"batch-{size}.csv" for size in sizes}
    for size, path in batches.items():
        if not path.is_file():
            _beginning(folder / f"batch-{rows}.csv", path, size)
    registry = folder / "registry.csv"
    return Data(folder, batches, registry, _built(folder, registry), folder / "floor.parquet")


def _built(folder: Path, registry: Path) -> Path:
    """The registry built by this version of the validator."""
    sources = _fingerprint([ROOT / "validator" / "fields", ROOT / "validator" / "registry"])
    built = folder / f"registry-{sources}"
    if not built.is_dir():
        for outdated in folder.glob("registry-*"):
            shutil.rmtree(outdated)
        run_once(validator("registry", "build", registry, "-o", built))
    return built


def _fingerprint(places: Iterable[Path]) -> str:
    """Hash of all source and data files at ``places``."""
    digest = hashlib.sha256()
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _beginning(source: Path, target: Path, records: int) -> None:
    """Header and the first records; no generated value holds a line break."""
    with source.open("rb") as lines, target.open("wb") as out:
        for number, line in enumerate(lines):
            if number > records:
                break
            out.write(line)


def make(folder: Path, rows: int, preset: str) -> None:
    """Write ``batch-ROWS.csv``, ``registry.csv`` and ``floor.parquet`` into ``folder``."""
    import polars as pl

    from shikaku_world.batches import make_batch
    from shikaku_world.writers import write

    world = make_batch(rows, SEED, AS_OF, preset, registry_rows=rows)
    write(world.batch, folder / f"batch-{rows}.csv", "csv")
    write(world.registry, folder / "registry.csv", "csv")
    ready = world.registry.filter(pl.col("my_number").is_not_null()).with_columns(
        pl.col("my_number").cast(pl.Int64).alias("number"),
        *(pl.col(raw).str.normalize("NFKC").alias(folded) for raw, folded in FOLDED.items()),
    )
    columns = ["number", "birth_date", "sex", *FOLDED, *FOLDED.values()]
    ready.select(columns).unique("number", keep="first").sort("number").write_parquet(
        folder / "floor.parquet", compression="zstd"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The child process that makes one data set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.data", description=__doc__)
    parser.add_argument("--make", type=Path, required=True, metavar="DIR")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--preset", default="bench")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    make(options.make, options.rows, options.preset)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
