"""Lines of a quoted table: where records begin, and whether every quote is in its place.

A quoted field may hold separators, line breaks and doubled quotes; a quote anywhere else, text
after a closing quote and a quote left open are refused, because they move values to other columns.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Literal

import polars as pl

Fault = Literal["open_quote", "misplaced_quote", "field_count"]

_SLICE_BYTES = 1 << 23


@dataclass(frozen=True)
class Records:
    """``begins``: 0-based physical line of every record, blank lines included; ``faults`` likewise.

    ``faults`` maps the physical line where a broken record begins to what is wrong with it.
    """

    begins: list[int]
    faults: dict[int, Fault]


def split_records(body: bytes, separator: str, fields: int) -> Records:
    """Find the records of a quoted body (header excluded) and check each strictly."""
    begins: list[int] = []
    faults: dict[int, Fault] = {}
    open_record: list[bytes] = []
    number = 0
    physical = io.BytesIO(body)
    while lines := physical.readlines(_SLICE_BYTES):
        if not open_record and _all_whole(lines, separator, fields):
            begins.extend(range(number, number + len(lines)))
        else:
            open_record = _split_slice(
                lines, number, open_record, _Width(separator, fields), begins, faults
            )
        number += len(lines)
    if open_record:
        faults[begins[-1]] = "open_quote"
    return Records(begins, faults)


def header_end(data: bytes, start: int) -> int:
    """Offset just behind the header record that begins at ``start``."""
    place, quotes = start, 0
    while True:
        end = data.find(b"\n", place)
        if end < 0:
            return len(data)
        quotes += data.count(b'"', place, end)
        place = end + 1
        if quotes % 2 == 0:
            return place


def split_fields(record: str, separator: str) -> list[str] | None:
    """The fields of one record, or None when its quoting is broken."""
    if '"' not in record:
        return record.split(separator)
    fields = split_quoted(record, separator)
    return None if fields is None else [value for value, _ in fields]


def split_quoted(record: str, separator: str) -> list[tuple[str, bool]] | None:
    """The fields of one record, each with whether it stood in quotes; None as above."""
    if not _strict_record(separator, None).fullmatch(record):
        return None
    one = re.compile(rf'(?:^|{separator})(?:"((?:[^"]++|"")*+)"|([^"{separator}]*))')
    return [
        (plain, False) if quoted is None else (quoted.replace('""', '"'), True)
        for quoted, plain in (found.groups() for found in one.finditer(record))
    ]


@dataclass(frozen=True)
class _Width:
    separator: str
    fields: int


def _split_slice(
    lines: list[bytes],
    number: int,
    open_record: list[bytes],
    width: _Width,
    begins: list[int],
    faults: dict[int, Fault],
) -> list[bytes]:
    """Walk some physical lines; returns the lines of a record that is still open behind them."""
    strict = _strict_record(width.separator, width.fields)
    odd = bool(open_record)
    for at, raw in enumerate(lines, start=number):
        if not open_record:
            begins.append(at)
        odd ^= bool(raw.count(b'"') % 2)
        open_record.append(raw)
        if odd:
            continue
        text = b"".join(open_record).decode("utf-8").rstrip("\r\n")
        if text and not strict.fullmatch(text):
            faults[begins[-1]] = _diagnose(text, width.separator)
        open_record = []
    return open_record


def _all_whole(lines: list[bytes], separator: str, fields: int) -> bool:
    # One expression over all lines; the walk line by line is for the slices where it fails.
    one = rf'(?:"(?:[^"]|"")*"|[^"{separator}]*)'
    whole = rf"^{one}(?:{separator}{one}){{{fields - 1}}}\r?\n?$|^\r?\n$"
    texts = pl.Series(lines, dtype=pl.Binary).cast(pl.String)
    return bool(texts.str.contains(whole).all())


def _strict_record(separator: str, fields: int | None) -> re.Pattern[str]:
    # Possessive: a field of megabytes must not leave a backtracking state per character.
    one = rf'(?:"(?:[^"]++|"")*+"|[^"{separator}]*+)'
    times = "*+" if fields is None else f"{{{fields - 1}}}"
    return re.compile(f"{one}(?:{separator}{one}){times}")


def _diagnose(record: str, separator: str) -> Fault:
    if _strict_record(separator, None).fullmatch(record):
        return "field_count"
    return "misplaced_quote"
