"""A registry extract as CSV or TSV: decoded strictly, every row of the same width."""

from __future__ import annotations

import csv
import re

import polars as pl

from validator.batch.decode import decode
from validator.errors import InputError, RegistryError

_BOM = b"\xef\xbb\xbf"
_FILLED = re.compile(rb"\S")
_QUOTED = re.compile(rb'"[^"]*"')
# never part of a field: used to read whole lines as one column
_LINE_AS_FIELD = "\x1f"


def read_text(data: bytes, file: str) -> tuple[list[str], pl.DataFrame]:
    """Headers as written, and the rows as String columns ``c0, c1, …`` plus ``row``.

    ``row`` (UInt32) counts records, the header being row 1; blank lines are counted, and left
    out. Raises RegistryError (4) naming the rows: undecodable, ragged, open quote.
    """
    text = _as_utf8(data, file)
    if b"\x00" in text or _LINE_AS_FIELD.encode() in text:
        raise RegistryError(
            "制御文字を含むため、住民票データとして読めません。CSV(UTF-8)で保存し直してください。",
            "holds control characters and cannot be read as a registry: save it as CSV (UTF-8).",
            file=file,
        )
    if text.count(b'"') % 2:
        raise RegistryError(
            '引用符(")が閉じていません。抽出し直してください。',
            'a quotation mark (") is never closed: extract the file again.',
            file=file,
        )
    headers, separator = _headers(text, file)
    if _FILLED.search(text, max(text.find(b"\n"), 0)) is None or b"\n" not in text:
        return headers, _no_rows(len(headers))
    records = _refuse_ragged(text, separator, len(headers), file)
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            skip_rows=1,
            infer_schema=False,
            separator=separator,
            new_columns=[f"c{i}" for i in range(len(headers))],
        )
    except pl.exceptions.PolarsError:
        raise _unreadable(file) from None
    frame = frame.with_columns(pl.int_range(2, frame.height + 2, dtype=pl.UInt32).alias("row"))
    frame = frame.filter(~pl.all_horizontal(pl.exclude("row").is_null()))
    if frame.width != len(headers) + 1 or frame.height > records:
        raise _unreadable(file)
    return headers, frame


def _as_utf8(data: bytes, file: str) -> bytes:
    try:
        return decode(data, file).utf8.removeprefix(_BOM)
    except InputError as error:
        raise RegistryError(error.ja, error.en, file=file, lines=error.lines) from None


def _headers(text: bytes, file: str) -> tuple[list[str], str]:
    line = text.partition(b"\n")[0].rstrip(b"\r").decode("utf-8")
    separator = "\t" if line.count("\t") > line.count(",") else ","
    try:
        rows = list(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error:
        raise _unreadable(file) from None
    return (rows[0] if rows else []), separator


def _refuse_ragged(text: bytes, separator: str, width: int, file: str) -> int:
    """Number of records with something in them; polars would fill short rows silently."""
    unquoted = _QUOTED.sub(b"q", text) if b'"' in text else text
    lines = pl.read_csv(
        unquoted,
        has_header=False,
        skip_rows=1,
        infer_schema=False,
        separator=_LINE_AS_FIELD,
        quote_char=None,
        new_columns=["line"],
    ).get_column("line")
    filled = lines.str.strip_chars("\r").str.len_bytes() > 0
    ragged = (lines.str.count_matches(separator, literal=True) != width - 1) & filled
    if ragged.any():
        rows = [i + 2 for i in ragged.arg_true().to_list()]
        raise RegistryError(
            "項目の数が見出しと合わない行があります。抽出し直してください。",
            "rows do not have as many fields as the header: extract the file again.",
            file=file,
            lines=tuple(rows),
        )
    return int(filled.sum())


def _no_rows(width: int) -> pl.DataFrame:
    columns = {f"c{i}": pl.Series([], dtype=pl.String) for i in range(width)}
    return pl.DataFrame(columns | {"row": pl.Series([], dtype=pl.UInt32)})


def _unreadable(file: str) -> RegistryError:
    return RegistryError(
        "表として読めません。見出し行のあるCSV(UTF-8)で保存し直してください。",
        "cannot be read as a table: save it as CSV (UTF-8) with one header line.",
        file=file,
    )
