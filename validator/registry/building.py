"""``validator registry build``: an extract becomes a folder that opens without being read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from validator import __version__
from validator.errors import UsageError
from validator.output.staging import open_private, stage
from validator.registry import declaration
from validator.registry.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    describe,
    write_manifest,
)
from validator.registry.model import BuildReport, Normalise
from validator.registry.normal_forms import (
    add_normal_forms,
    code_token,
    fingerprint,
    probe_frame,
)
from validator.registry.sources import Extract, not_a_registry, read_extract
from validator.registry.table import residents_of

PROBLEMS_FILE = "problems.csv"
# Large row groups of small pages: few pages are decoded for few numbers, and reading all stays
# cheap. Measured by benchmarks/registry_engines.py.
_ROW_GROUP = 131_072
_PAGE_BYTES = 32 * 1024
# Rows normalised at once: bounds the memory of a build.
_SLICE_ROWS = 2 * _ROW_GROUP


def build(
    sources: Sequence[Path], target: Path, *, normalise: Normalise, overwrite: bool = False
) -> BuildReport:
    """Build a registry folder from CSV, XLSX or Parquet extracts.

    Every row of the sources is stored, with its normal forms; what is wrong with rows is
    counted in the report and listed, without values, in ``problems.csv`` of the folder
    (columns ``file, row, field, problem``; the header is row 1).

    Raises UsageError (2) no source, or ``target`` exists; RegistryError (4) a source cannot be
    used; BusyError (6); OutputError (7). Nothing is left behind then.
    """
    if not sources:
        raise UsageError(
            "住民票データのファイルを1つ以上指定してください。",
            "give at least one file with extracted residents.",
        )
    with stage(target, overwrite, protect=sources, replaces=MANIFEST) as folder:
        extract = read_extract(sources)
        _refuse_misshapen(extract)
        residents = residents_of(extract)
        probes = add_normal_forms(probe_frame(), normalise)
        schema = probes.schema
        entries = {
            kind: tuple(_write_parts(folder.path, kind, frame, normalise, schema))
            for kind, frame in (("holders", residents.holders), ("others", residents.others))
        }
        _write_problems(folder.path / PROBLEMS_FILE, residents.problems, extract)
        info = dataclasses.replace(
            residents.info(extract, name=Path(target).name, kind="built"),
            size_bytes=sum(e.size_bytes for parts in entries.values() for e in parts),
            built_with=__version__,
        )
        rows_read = extract.frame.height
        write_manifest(
            folder.path,
            Manifest(
                info=info,
                rows_read=rows_read,
                sources=tuple(dataclasses.asdict(f) for f in extract.files),
                columns={name: str(dtype) for name, dtype in schema.items()},
                normal_forms=fingerprint(probes),
                forms_code=code_token(normalise),
                holders=entries["holders"],
                others=entries["others"],
            ),
        )
    return BuildReport(info, rows_read, extract.unknown_columns, PROBLEMS_FILE)


def _refuse_misshapen(extract: Extract) -> None:
    """The published shape of an extract: every column text, rows traceable to their source."""
    import pandera.polars as pa  # costs more than opening a registry
    from pandera.errors import SchemaErrors

    columns = {name: pa.Column(pl.String, nullable=True) for name in declaration.all_columns()}
    traced = {"source": pa.Column(pl.UInt16), "row": pa.Column(pl.UInt32, pa.Check.ge(2))}
    try:
        pa.DataFrameSchema(columns | traced, strict=True).validate(extract.frame, lazy=True)
    except SchemaErrors:
        raise not_a_registry(extract.files[0].name) from None


def _write_parts(
    folder: Path, kind: str, frame: pl.DataFrame, normalise: Normalise, schema: pl.Schema
) -> Iterator[FileEntry]:
    for index, start in enumerate(range(0, max(frame.height, 1), _SLICE_ROWS)):
        part = add_normal_forms(frame.slice(start, _SLICE_ROWS), normalise).cast(schema)
        path = folder / f"{kind}-{index:04}.parquet"
        with open_private(path) as out:
            part.write_parquet(
                out, compression="zstd", row_group_size=_ROW_GROUP, data_page_size=_PAGE_BYTES
            )
        yield describe(path, part.height)


def _write_problems(path: Path, problems: pl.DataFrame, extract: Extract) -> None:
    names = [file.name for file in extract.files]
    with open_private(path) as out:
        problems.select(
            pl.col("source")
            .replace_strict(list(range(len(names))), names, return_dtype=pl.String)
            .alias("file"),
            "row",
            "field",
            "problem",
        ).write_csv(out)
