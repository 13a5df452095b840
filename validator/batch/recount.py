"""Counting the submitted lines of a written file again, by other means than those that wrote it."""

from __future__ import annotations

import io
from pathlib import Path

from validator.errors import BalanceError

_BOM = b"\xef\xbb\xbf"


def count_lines(path: Path, format: str, encoding: str | None, layout: str | None) -> int:
    """Submitted lines in a hand-over file: header lines, blank lines and media headers excluded.

    Raises BalanceError when the file is not there or cannot be read back.
    """
    try:
        if format == "xlsx":
            return _count_workbook(path)
        if format == "parquet":
            return _count_parquet(path)
        data = path.read_bytes()
        if encoding is not None:
            data.decode(encoding)
        if layout is not None:
            return _count_media(data)
        return _count_text(data, header=format != "jsonl")
    except Exception:
        raise BalanceError(
            "書き込んだファイルを読み戻せません。空き容量を確認し、もう一度実行してください。",
            "a written file cannot be read back; check free space and run again.",
            file=path.name,
        ) from None


def _count_text(data: bytes, *, header: bool) -> int:
    # Between quotes nothing is a line end: only every second piece counts.
    outside = b"".join(data.removeprefix(_BOM).split(b'"')[::2]) if header else data
    lines = outside.count(b"\n") + (not data.endswith(b"\n"))
    return lines - 1 if header else lines


def _count_media(data: bytes) -> int:
    _, marker, body = data.partition(b"\n[data]")
    if not marker:
        raise ValueError("no data section")
    return sum(1 for line in io.BytesIO(body) if line.strip(b"\r\n"))


def _count_workbook(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return sum(1 for row in rows[1:] if any(cell != "" for cell in row))


def _count_parquet(path: Path) -> int:
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
