"""Reading registry extracts into one text frame: what is there, as it stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from validator.batch.delimited import read_delimited
from validator.batch.detect import detect_format
from validator.batch.model import Mark
from validator.batch.opening import Submitted, read_submitted
from validator.batch.parquet import read_parquet
from validator.batch.table import Table
from validator.batch.xlsx import read_xlsx
from validator.errors import InputError, RegistryError
from validator.fields.text import is_blank
from validator.registry import declaration

# digits of a value whose leading zeros a column of integers cannot carry
_DIGITS = {"my_number": 12, "postal_code": 7}


@dataclass(frozen=True)
class SourceFile:
    """One file of an extract."""

    name: str
    sha256: str
    size_bytes: int
    format: str  # csv | tsv | xlsx | parquet
    rows: int


@dataclass(frozen=True)
class Extract:
    """Every row of the sources.

    ``frame``: all columns of `declaration.all_columns` as String (null where blank or absent,
    otherwise untouched), ``source`` (UInt16, index of the file) and ``row`` (UInt32, physical
    line or sheet row, the header being 1).
    """

    frame: pl.DataFrame
    files: tuple[SourceFile, ...]
    unknown_columns: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Hash of the one file; of several, hash of their hashes in the order given."""
        if len(self.files) == 1:
            return self.files[0].sha256
        return hashlib.sha256("\n".join(f.sha256 for f in self.files).encode()).hexdigest()


def read_extract(paths: Sequence[Path]) -> Extract:
    """Read all sources. RegistryError (4): missing, unreadable, no registry, a batch, empty."""
    frames, files = [], []
    unknown: dict[str, None] = {}
    for index, path in enumerate(paths):
        try:
            frame, file, others = _read_source(path)
        except InputError as error:
            raise RegistryError(error.ja, error.en, file=error.file, lines=error.lines) from None
        frames.append(frame.with_columns(pl.lit(index, dtype=pl.UInt16).alias("source")))
        files.append(file)
        unknown.update(dict.fromkeys(others))
    return Extract(pl.concat(frames), tuple(files), tuple(unknown))


def _read_source(path: Path) -> tuple[pl.DataFrame, SourceFile, list[str]]:
    submitted = read_submitted(path)
    table = _read_table(submitted)
    places, unknown = _place_columns(table.headers, submitted.name)
    if table.cells.height == 0:
        raise RegistryError(
            "住民票データに行がありません。抽出し直したファイルを指定してください。",
            "the registry has no rows: give a file with the extracted residents.",
            file=submitted.name,
        )
    columns = [_column(table, name, places.get(name)) for name in declaration.all_columns()]
    frame = table.cells.select(columns).with_columns(table.line.cast(pl.UInt32).alias("row"))
    file = SourceFile(
        submitted.name, submitted.sha256, len(submitted.data), table.format, frame.height
    )
    return frame, file, unknown


def _read_table(submitted: Submitted) -> Table:
    try:
        form = detect_format(submitted.data, submitted.name)
    except InputError:
        raise not_a_registry(submitted.name) from None
    if form == "media":
        raise swapped(submitted.name)
    if form == "jsonl":
        raise not_a_registry(submitted.name)
    if form == "xlsx":
        return read_xlsx(submitted)
    if form == "parquet":
        return read_parquet(submitted)
    return read_delimited(submitted)


def _column(table: Table, name: str, place: int | None) -> pl.Expr:
    if place is None:
        return pl.lit(None, dtype=pl.String).alias(name)
    column = f"c{place}"
    text = pl.col(column)
    if name in _DIGITS and table.format == "parquet" and _is_numeric(table, place):
        # a column of integers cannot carry leading zeros: the type lost them, not the sender
        text = text.str.zfill(_DIGITS[name])
    return pl.when(is_blank(column)).then(None).otherwise(text).alias(name)


def _is_numeric(table: Table, place: int) -> bool:
    marks = table.cell_marks
    numeric = (pl.col("position") == place) & (pl.col("mark") == Mark.NUMERIC_CELL.value)
    return not marks.filter(numeric).is_empty()


def _place_columns(headers: Sequence[str], file: str) -> tuple[dict[str, int], list[str]]:
    """Our name → position; and the headers that mean nothing here."""
    known = declaration.columns_by_header()
    places: dict[str, int] = {}
    unknown, doubled = [], []
    folded = [declaration.fold(header) for header in headers]
    for index, header in enumerate(folded):
        name = known.get(header)
        if name is None:
            unknown.append(headers[index])
        elif name in places:
            doubled.append(name)
        else:
            places[name] = index
    if any(header in declaration.batch_only_headers() for header in folded):
        raise swapped(file)
    if doubled:
        raise RegistryError(
            f"同じ項目の列が複数あります({', '.join(doubled)})。1列にしてください。",
            f"more than one column for the same item ({', '.join(doubled)}): keep one.",
            file=file,
        )
    missing = [n for n in declaration.required_columns() if n not in places]
    if missing:
        if len(missing) == len(declaration.required_columns()):
            raise not_a_registry(file)
        japanese = "、".join(declaration.required_columns()[n] for n in missing)
        raise RegistryError(
            f"住民票データに必要な列がありません({japanese})。列を加えて抽出し直してください。",
            f"the registry lacks required columns ({', '.join(missing)}): extract it with them.",
            file=file,
        )
    return places, unknown


def not_a_registry(file: str) -> RegistryError:
    """The file is something else."""
    return RegistryError(
        "住民票データではありません。validator registry build で作ったフォルダー、または"
        "個人番号と5項目の列があるCSV・Parquetを指定してください。",
        "is not a registry: give a folder made by validator registry build, or a CSV or Parquet "
        "file with columns for the number and the five items.",
        file=file,
    )


def swapped(file: str) -> RegistryError:
    """The file is a batch of forms."""
    return RegistryError(
        "住民票データではなく、届書のファイルです。届書と住民票データの指定が入れ替わっていないか確かめてください。",
        "is a batch of forms, not a registry: check whether the two were swapped.",
        file=file,
    )
