"""Lines of a quoted table: where records begin, and whether every quote is in its place.

A quoted field may hold separators, line breaks and doubled quotes; a quote anywhere else, text
after a closing quote and a quote left open are refused, because they move values to other columns.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

Fault = Literal["open_quote", "misplaced_quote", "field_count"]

_SLICE_LINES = 50_000


@dataclass(frozen=True)
class Records:
    """``begins``: 0-based physical line of every record, blank lines included; ``faults`` likewise.

    ``faults`` maps the physical line where a broken record begins to what is wrong with it.
    """

    begins: list[int]
    faults: dict[int, Fault]


def split_records(body: bytes, separator: str, fields: int) -> Records:
    """Find the records of a quoted body (header excluded) and check each strictly."""
    strict = _strict_record(separator, fields)
    begins: list[int] = []
    faults: dict[int, Fault] = {}
    single: list[tuple[int, bytes]] = []
    for begin, record, lines in _records(body):
        begins.append(begin)
        if lines == 1:
            single.append((begin, record))
            if len(single) >= _SLICE_LINES:
                _check_slice(single, separator, fields, faults)
                single = []
        elif not strict.fullmatch(text := record.decode("utf-8").rstrip("\r\n")):
            faults[begin] = _diagnose(text, separator, fields)
    _check_slice(single, separator, fields, faults)
    return Records(begins, dict(sorted(faults.items())))


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


def _records(body: bytes) -> Iterator[tuple[int, bytes, int]]:
    begin, odd = 0, False
    parts: list[bytes] = []
    for number, raw in enumerate(io.BytesIO(body)):
        if not parts:
            begin = number
        if raw.count(b'"') % 2:
            odd = not odd
        parts.append(raw)
        if not odd:
            yield begin, raw if len(parts) == 1 else b"".join(parts), len(parts)
            parts = []
    if parts:
        yield begin, b"".join(parts), len(parts)


def _strict_record(separator: str, fields: int | None) -> re.Pattern[str]:
    # Possessive: a field of megabytes must not leave a backtracking state per character.
    one = rf'(?:"(?:[^"]++|"")*+"|[^"{separator}]*+)'
    times = "*+" if fields is None else f"{{{fields - 1}}}"
    return re.compile(f"{one}(?:{separator}{one}){times}")


def _check_slice(
    single: list[tuple[int, bytes]],
    separator: str,
    fields: int,
    faults: dict[int, Fault],
) -> None:
    one = rf'(?:"(?:[^"]|"")*"|[^"{separator}]*)'
    whole = rf"^{one}(?:{separator}{one}){{{fields - 1}}}\r?\n?$"
    texts = pl.Series([record for _, record in single], dtype=pl.Binary).cast(pl.String)
    for index in (~texts.str.contains(whole)).arg_true().to_list():
        begin, record = single[index]
        text = record.decode("utf-8").rstrip("\r\n")
        if text:
            faults[begin] = _diagnose(text, separator, fields)


def _diagnose(record: str, separator: str, fields: int) -> Fault:
    if _strict_record(separator, None).fullmatch(record):
        return "field_count"
    return "open_quote" if record.count('"') % 2 else "misplaced_quote"
