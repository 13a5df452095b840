"""Counting the submitted lines of a written file again, by other means than those that wrote it."""

from __future__ import annotations

import io
from pathlib import Path

from validator.errors import BalanceError


def count_lines(
    path: Path,
    format: str,  # noqa: A002 (the word that `Source` uses)
    encoding: str | None,
    layout: str | None,
) -> int:
    """Submitted lines in a hand-over file: header lines, blank lines and media headers excluded.

    Raises BalanceError when the file is not there or cannot be read back.
    """
    try:
        if format == "xlsx":
            return _count_workbook(path)
        if format == "parquet":
            return _count_parquet(path)
        if layout is not None:
            return _count_media(path, encoding)
        return _count_text(path, encoding, header=format != "jsonl")
    except Exception:  # noqa: BLE001 - whatever a damaged file does to a parser
        raise BalanceError(
            "書き込んだファイルを読み戻せません。空き容量を確認し、もう一度実行してください。",
            "a written file cannot be read back; check free space and run again.",
            file=path.name,
        ) from None


def _count_text(path: Path, encoding: str | None, *, header: bool) -> int:
    lines = _lines_without_quotes(path)
    if lines is not None:
        return lines - 1 if header else lines
    # Every record ends at the first line end behind an even number of quotes.
    records, quotes = 0, 0
    with path.open(encoding=encoding, errors="strict", newline="\n") as handle:
        for line in handle:
            quotes += line.count('"') if header else 0
            records += quotes % 2 == 0
    return records - 1 if header else records


def _lines_without_quotes(path: Path) -> int | None:
    """Lines of a file in which no quote occurs, else None.

    Neither byte is ever the second one of a CP932 character.
    """
    lines, last = 0, b"\n"
    with path.open("rb") as handle:
        while block := handle.read(1 << 22):
            if b'"' in block:
                return None
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n")


def _count_media(path: Path, encoding: str | None) -> int:
    with path.open(encoding=encoding, errors="strict", newline="\n") as handle:
        lines = [line.strip("\r\n") for line in handle]
    return sum(1 for line in lines[lines.index("[data]") + 1 :] if line)


def _count_workbook(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return sum(1 for row in rows[1:] if any(cell != "" for cell in row))


def _count_parquet(path: Path) -> int:
    import polars as pl

    return int(pl.scan_parquet(path).select(pl.len()).collect().item())
