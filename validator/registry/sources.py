"""Reading registry extracts into one text frame: what is there, as it stands there."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from validator.errors import RegistryError
from validator.fields.text import is_blank
from validator.registry import declaration
from validator.registry.text_source import read_text

_HEAD = 4096
_NOT_TABLES = (b"\x1f\x8b", b"%PDF", b"\xd0\xcf\x11\xe0", b"ARROW1", b"SQLite format", b"{", b"[{")
_DIGITS = {"my_number": 12, "postal_code": 7}


@dataclass(frozen=True)
class SourceFile:
    """One file of an extract."""

    name: str
    sha256: str
    size_bytes: int
    format: str  # csv | xlsx | parquet
    rows: int


@dataclass(frozen=True)
class Extract:
    """Every row of the sources.

    ``frame``: all columns of `declaration.all_columns` as String (null where blank or absent,
    otherwise untouched), ``source`` (UInt16, index of the file) and ``row`` (UInt32; the header
    is row 1).
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
        frame, file, others = _read_source(path)
        frames.append(frame.with_columns(pl.lit(index, dtype=pl.UInt16).alias("source")))
        files.append(file)
        unknown.update(dict.fromkeys(others))
    return Extract(pl.concat(frames), tuple(files), tuple(unknown))


def _read_source(path: Path) -> tuple[pl.DataFrame, SourceFile, list[str]]:
    data = _bytes_of(path)
    if data.startswith(b"PK\x03\x04"):
        from validator.registry.sheet_source import read_sheet

        kind = "xlsx"
        headers, table = read_sheet(data, path.name)
    elif data.startswith(b"PAR1"):
        kind = "parquet"
        headers, table = _read_parquet(data, path.name)
    else:
        kind = "csv"
        _refuse_other_contents(data, path.name)
        headers, table = read_text(data, path.name)
    renamed, unknown = _place_columns(headers, path.name)
    if table.height == 0:
        raise RegistryError(
            "住民票データに行がありません。抽出し直したファイルを指定してください。",
            "the registry has no rows: give a file with the extracted residents.",
            file=path.name,
        )
    frame = table.select(
        *(
            pl.when(is_blank(place)).then(None).otherwise(pl.col(place)).alias(name)
            if (place := renamed.get(name)) is not None
            else pl.lit(None, dtype=pl.String).alias(name)
            for name in declaration.all_columns()
        ),
        "row",
    )
    digest = hashlib.sha256(data).hexdigest()
    return frame, SourceFile(path.name, digest, len(data), kind, frame.height), unknown


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise RegistryError(
                "フォルダーではなく、住民票データのファイルを指定してください。",
                "is a folder: give the file with the extracted residents.",
                file=path.name,
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise RegistryError(
            "住民票データが見つかりません。パスを確かめてください。",
            "the registry does not exist: check the path.",
            file=path.name,
        ) from None
    except OSError:
        raise RegistryError(
            "住民票データを読めません。場所と読み取りの権限を確かめてください。",
            "the registry cannot be read: check the place and the permission to read it.",
            file=path.name,
        ) from None
    if not data.strip():
        raise RegistryError(
            "住民票データが空です。抽出し直したファイルを指定してください。",
            "the registry is empty: give a file with the extracted residents.",
            file=path.name,
        )
    return data


def _refuse_other_contents(data: bytes, file: str) -> None:
    head = data[:_HEAD]
    if b"[kanri]" in head and b"[data]" in data:
        raise swapped(file)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_NOT_TABLES):
        raise not_a_registry(file)


def _place_columns(headers: Sequence[str], file: str) -> tuple[dict[str, str], list[str]]:
    """Our name → positional column; and the headers that mean nothing here."""
    known = declaration.columns_by_header()
    places: dict[str, str] = {}
    unknown, doubled = [], []
    folded = [declaration.fold(header) for header in headers]
    for index, header in enumerate(folded):
        name = known.get(header)
        if name is None:
            unknown.append(headers[index])
        elif name in places:
            doubled.append(name)
        else:
            places[name] = f"c{index}"
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


def _read_parquet(data: bytes, file: str) -> tuple[list[str], pl.DataFrame]:
    try:
        table = pl.read_parquet(io.BytesIO(data))
        headers = table.columns
        table = table.rename({name: f"c{i}" for i, name in enumerate(headers)})
        table = table.select(
            _as_text(f"c{i}", dtype, digits=_DIGITS.get(_meaning(header) or "", 0))
            for i, (header, dtype) in enumerate(zip(headers, table.dtypes, strict=True))
        )
    except (pl.exceptions.PolarsError, OSError):
        raise RegistryError(
            "Parquetとして読めません(破損または途中で切れています)。抽出し直してください。",
            "cannot be read as Parquet (damaged or cut off): extract it again.",
            file=file,
        ) from None
    return headers, table.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("row"))


def _meaning(header: str) -> str | None:
    return declaration.columns_by_header().get(declaration.fold(header))


def _as_text(column: str, dtype: pl.DataType, *, digits: int) -> pl.Expr:
    if dtype.is_integer():
        # a column of integers cannot carry leading zeros: the type lost them, not the sender
        return pl.col(column).cast(pl.String).str.zfill(digits)
    if dtype.is_float():
        whole = pl.col(column).cast(pl.Int64, strict=False)
        text = pl.when(whole == pl.col(column)).then(whole.cast(pl.String))
        return text.otherwise(pl.col(column).cast(pl.String)).alias(column)
    if isinstance(dtype, pl.Datetime):
        return pl.col(column).dt.date().cast(pl.String)
    if dtype.is_nested() or dtype == pl.Binary:
        return pl.lit(None, dtype=pl.String).alias(column)
    return pl.col(column).cast(pl.String)


def not_a_registry(file: str) -> RegistryError:
    """The file is something else."""
    return RegistryError(
        "住民票データではありません。validator registry build で作ったフォルダー、または個人番号と5項目の列がある"
        "CSV・Parquetを指定してください。",
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
