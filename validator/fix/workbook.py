"""Writing changes into a workbook: the changed cells of one sheet, all other parts untouched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from validator.batch.xlsx import sheet_path
from validator.batch.xlsx_guard import inspect_workbook
from validator.errors import InputError
from validator.fix.changes import Change

_CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c>)", re.DOTALL)
_PLACE = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)[\"']")
_TYPE = re.compile(rb"\s+t=[\"'](\w+)[\"']")
_TEXT = (b"s", b"inlineStr", b"str")


def write_workbook(data: bytes, sheet: str, file: str, changes: Sequence[Change]) -> bytes:
    """The workbook with the changed cells as texts of their own, their formats kept.

    Raises InputError where a cell is not where it was read (a workbook without cell places).
    """
    part = sheet_path(inspect_workbook(data, file), sheet)
    wanted = {
        f"{_letters(change.position)}{change.line}".encode(): change.after for change in changes
    }
    done: set[bytes] = set()

    def renewed(cell: re.Match[bytes]) -> bytes:
        place = _PLACE.search(cell[2])
        kind = _TYPE.search(cell[2])
        if place is None or place[1] not in wanted or kind is None or kind[1] not in _TEXT:
            return cell[0]
        done.add(place[1])
        prefix, attributes = cell[1], _TYPE.sub(b"", cell[2]).rstrip()
        text = escape(wanted[place[1]]).encode()
        return b'<%bc%b t="inlineStr"><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (
            prefix,
            attributes,
            prefix,
            prefix,
            text,
            prefix,
            prefix,
            prefix,
        )

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == part:
                content = _CELL.sub(renewed, content)
            new.writestr(member, content, compress_type=member.compress_type)
    if len(done) != len(wanted):
        raise InputError(
            "Excelファイルのセルを確実に書き換えられません。Excelで開いて保存し直し、もう一度実行してください。",
            "cells of the workbook cannot be changed with certainty; open it in Excel, save it and"
            " run again.",
            file=file,
        )
    return target.getvalue()


def _letters(position: int) -> str:
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
