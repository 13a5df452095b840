"""Reading JSON Lines: one flat object a line, every value kept as the text it was written in.

Only the ``.0`` of a whole number is left out of what is read; what is handed over is the line.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any, NoReturn

import polars as pl

from validator.batch.decode import Encoding, first_bad_utf8
from validator.batch.model import FileMark, Mark
from validator.batch.opening import Submitted
from validator.batch.table import CELL_MARKS_SCHEMA, Table, refuse_huge_fields
from validator.errors import InputError

_BOM = b"\xef\xbb\xbf"
_SLICE = 50_000
_MAX_KEYS = 1_000
_ZERO_DECIMALS = re.compile(r"\.0+$")
_NESTED = frozenset({dict, list})


class _Number(str):
    """A JSON number as the text it was written in."""

    __slots__ = ()


class _RefusedError(ValueError):
    """A line that is JSON, but no flat object of unique keys."""


def read_json_lines(submitted: Submitted) -> Table:
    """Read a JSON Lines file whole.

    Raises InputError, naming lines, for text that is no strict UTF-8, lines that are no JSON
    object, nested values, doubled keys, NaN, and lone surrogates.
    """
    data, file = submitted.data, submitted.name
    body = data.removeprefix(_BOM)
    _refuse_bad_utf8(body, file)
    reader = _Reader()
    blank = 0
    for number, raw in enumerate(io.BytesIO(body), start=1):
        if raw.strip(b" \t\r\n"):
            reader.add(number, raw)
        else:
            blank += 1
    if reader.broken:
        raise InputError(
            "JSON Linesとして読めない行があります(1行に1件、入れ子とキーの重複は不可)。"
            "該当行を直すか、出力し直してください。",
            "lines that are no flat JSON object with unique keys; correct them or export the file"
            " again.",
            file=file,
            lines=tuple(reader.broken),
        )
    encoding: Encoding = "utf-8-sig" if data.startswith(_BOM) else "utf-8"
    table = reader.table(encoding)
    table.blank_lines = blank
    if blank:
        table.file_marks.append((FileMark.BLANK_LINES, str(blank)))
    if not body.endswith(b"\n"):
        table.file_marks.append((FileMark.NO_FINAL_LINE_END, None))
    refuse_huge_fields(table, file)
    return table


class _Reader:
    """Gathers objects in slices, so that a million of them never stand in memory as dicts."""

    def __init__(self) -> None:
        self.broken: list[int] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_flat,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse_constant,
        )
        self._keys: dict[str, int] = {}
        self._lines: list[int] = []
        self._pending: list[dict[str, Any]] = []
        self._frames: list[pl.DataFrame] = []
        self._marks: list[tuple[int, int, str]] = []

    def add(self, number: int, raw: bytes) -> None:
        try:
            found = self._decoder.decode(raw.decode("utf-8").strip(" \t\r\n"))
            if type(found) is not dict:
                raise _RefusedError
            if b"\\u" in raw:
                # A lone surrogate (\ud800) is no text: it could be neither stored nor handed over.
                "".join(map(str, (*found, *found.values()))).encode("utf-8")
        except (ValueError, RecursionError):
            self.broken.append(number)
            return
        for key in found:
            if key not in self._keys:
                self._keys[key] = len(self._keys)
        if len(self._keys) > _MAX_KEYS:
            self.broken.append(number)
            return
        index = len(self._lines)
        for key, value in found.items():
            if type(value) is not str and value is not None:
                found[key] = self._text_of(value, index, self._keys[key])
        self._lines.append(number)
        self._pending.append(found)
        if len(self._pending) >= _SLICE:
            self._flush()

    def table(self, encoding: str) -> Table:
        self._flush()
        width = len(self._keys)
        columns = [f"c{i}" for i in range(width)]
        cells = (
            pl.concat(self._frames, how="diagonal")
            if self._frames
            else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        )
        cells = cells.with_columns(
            pl.when(pl.all() != "").then(pl.all()).otherwise(None).name.keep()
        )
        return Table(
            format="jsonl",
            headers=list(self._keys),
            cells=cells,
            line=pl.Series("line", self._lines, dtype=pl.Int64),
            encoding=encoding,
            header_line=None,
            cell_marks=pl.DataFrame(self._marks, schema=CELL_MARKS_SCHEMA, orient="row"),
        )

    def _flush(self) -> None:
        if self._pending:
            self._frames.append(
                pl.DataFrame(
                    {
                        f"c{position}": pl.Series(
                            [found.get(key) for found in self._pending], dtype=pl.String
                        )
                        for key, position in self._keys.items()
                    }
                )
            )
            self._pending = []

    def _text_of(self, value: object, index: int, position: int) -> str:
        if value is True or value is False:
            self._marks.append((index, position, Mark.BOOLEAN_CELL.value))
            return "true" if value else "false"
        self._marks.append((index, position, Mark.NUMERIC_CELL.value))
        # 1.0 is what programs write that keep numbers beside blanks: the number 1 for certain.
        return _ZERO_DECIMALS.sub("", str(value))


def _flat(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) or any(type(value) in _NESTED for value in found.values()):
        raise _RefusedError
    return found


def _refuse_constant(_: str) -> NoReturn:
    raise _RefusedError


def _refuse_bad_utf8(body: bytes, file: str) -> None:
    place = first_bad_utf8(body)
    if place is not None:
        raise InputError(
            "JSON LinesはUTF-8でなければなりません。UTF-8で出力し直してください。",
            "JSON Lines must be UTF-8; export the file again as UTF-8.",
            file=file,
            lines=(body.count(b"\n", 0, place) + 1,),
        )
