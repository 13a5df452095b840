"""The header of electronic media: media record, ``[kanri]``, employers, ``[data]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from validator.batch.layouts import HeaderLayout, header_layouts
from validator.batch.model import FileMark
from validator.batch.quoting import split_fields
from validator.errors import InputError

_PENSION_FUND_FIELDS = 53


@dataclass(frozen=True)
class Office:
    """One employer line: its 0-based physical line and its fields by item name."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class MediaHeader:
    """``count_line`` and ``data_line`` (the line ``[data]``) are 0-based physical lines."""

    layout: HeaderLayout
    count_line: int
    declared: str
    offices: tuple[Office, ...]
    data_line: int

    def key(self, office: Office) -> tuple[str, ...]:
        """What tells this employer from the others, comparable with ``comparable_key``."""
        return comparable_key([office.values[name] for name in self.layout.office.key])

    def code(self, office: Office) -> str:
        """The employer's code as people write it."""
        parts = [office.values[name] for name in self.layout.office.code]
        return self.layout.office_key_separator.join(parts)

    def marks(self) -> list[tuple[FileMark, str | None]]:
        """Header values that are not as they should be, yet leave the data readable."""
        found = len(self.offices)
        marks: list[tuple[FileMark, str | None]] = []
        number = re.fullmatch(r"[0-9]{1,3}", self.declared)
        if number is None or int(self.declared) != found:
            declared = self.declared if number else "?"
            marks.append((FileMark.COUNT_MISMATCH, f"{declared}/{found}"))
        if found > 1:
            marks.append((FileMark.SEVERAL_OFFICES, str(found)))
        return marks


def comparable_key(parts: Sequence[str]) -> tuple[str, ...]:
    """Code parts without the padding that makes one employer look like two."""
    return tuple(part.strip().lstrip("0") for part in parts)


def read_header(
    lines: Sequence[str], file: str
) -> tuple[MediaHeader, list[tuple[FileMark, str | None]]]:
    """Read the header from the physical lines (without line ends).

    Returns the header and the marks of line 1. Raises InputError, naming the line, when a section
    is missing (the file is cut) or a line has another number of fields than its layout.
    """
    sections = {
        line.strip().lower(): number for number, line in reversed(list(enumerate(lines[:1200])))
    }
    if sections.get("[kanri]") != 1 or "[data]" not in sections:
        raise _no_sections(lines, file)
    data_line = sections["[data]"]
    media = _fields(lines[0], 0, file)
    layout = _layout(media, file)
    if data_line < 3:
        raise _wrong_count(data_line, file)
    count = _fields(lines[2], 2, file)
    if len(count) != len(layout.count.fields):
        raise _wrong_count(2, file)
    offices = []
    for number in range(3, data_line):
        fields = _fields(lines[number], number, file)
        if len(fields) != len(layout.office.fields):
            raise _wrong_count(number, file)
        offices.append(Office(number, dict(zip(layout.office.fields, fields, strict=True))))
    if not offices:
        raise _wrong_count(data_line, file)
    values = dict(zip(layout.media.fields, media, strict=True))
    counted = dict(zip(layout.count.fields, count, strict=True))
    odd = [name for name, value in layout.media.constants.items() if values[name].strip() != value]
    odd += layout.media.odd(values) + layout.count.odd(counted)
    odd += [name for office in offices for name in layout.office.odd(office.values)]
    declared = counted[layout.count.offices]
    header = MediaHeader(layout, 2, declared.strip(), tuple(offices), data_line)
    return header, [(FileMark.HEADER_VALUE, name) for name in dict.fromkeys(odd)]


def _layout(media: list[str], file: str) -> HeaderLayout:
    for layout in header_layouts():
        if len(layout.media.fields) == len(media):
            return layout
    if len(media) == _PENSION_FUND_FIELDS:
        raise InputError(
            "厚生年金基金用(KNFD0006)のファイルです。健保組合用か年金機構用で作り直してください。",
            "this is a file for pension funds (KNFD0006); create it for the association or the"
            " pension office.",
            file=file,
            lines=(1,),
        )
    raise _wrong_count(0, file)


def _fields(line: str, number: int, file: str) -> list[str]:
    fields = split_fields(line, ",")
    if fields is None:
        raise _wrong_count(number, file)
    return fields


def _no_sections(lines: Sequence[str], file: str) -> InputError:
    padded = any(
        re.fullmatch(r'[ \t"]*\[(?:kanri|data)\][ \t"]*,[ \t",]*', line, re.IGNORECASE)
        for line in lines[:1200]
    )
    if padded:
        return InputError(
            "電子媒体届書が表計算ソフトで保存し直され、壊れています。届書作成プログラムが作った元の"
            "ファイルを使ってください。",
            "the electronic-media file was saved again by a spreadsheet and is damaged; use the"
            " original file.",
            file=file,
        )
    return InputError(
        "電子媒体届書の [kanri] または [data] が所定の位置にありません。"
        "ファイルが途中で切れているか壊れています。作り直してください。",
        "[kanri] or [data] is missing or out of place; the electronic-media file is truncated or"
        " damaged. Create it again.",
        file=file,
    )


def _wrong_count(number: int, file: str) -> InputError:
    return InputError(
        "電子媒体届書の管理情報の項目数が様式と合いません。届書作成プログラムで作り直してください。",
        "the header of the electronic-media file has a wrong number of fields; create the file"
        " again.",
        file=file,
        lines=(number + 1,),
    )
