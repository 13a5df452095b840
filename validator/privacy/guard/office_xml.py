"""The XML of office files, streamed: paragraphs of text, cells of sheets, names of sheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO
from xml.parsers import expat

_STEP = 1 << 18
_LONGEST = 4 << 20
# &L, &C, &"font,style": what tells how a header is printed.
_PRINT_CODE = re.compile(r'&(?:[A-Z]|"[^"]*")')
_SHORTEST = 11  # characters that can hold a number
# Elements after which a reader sees a new line or cell: w:p, a:p, text:p, si, is, comment, v …
_ENDS = ("p", "h", "si", "is", "c", "v", "f", "t-end", "comment", "li", "td", "th", "tr", "title")
Row = tuple[int, dict[int, str]]


class NotXmlError(Exception):
    """A part that is no XML, or one with declarations that office files never have."""


def _forbid(*_: object) -> None:
    raise NotXmlError


def _parse(stream: BinaryIO, wire: Callable[[expat.XMLParserType], None]) -> Iterator[None]:
    """Parse in steps; the caller takes what its handlers have gathered after each."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = _forbid
    parser.StartDoctypeDeclHandler = _forbid
    parser.buffer_text = True
    wire(parser)
    try:
        while data := stream.read(_STEP):
            parser.Parse(data, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise NotXmlError from None
    yield


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def paragraphs(stream: BinaryIO, ends: Sequence[str] = _ENDS) -> Iterator[str]:
    """The text of each paragraph: a number may be spread over several runs of one.

    An empty paragraph counts too, so that the n-th is the n-th of the file. Phonetic guides
    (``rPh``) are left out.
    """
    ready: list[str] = []
    parts: list[str] = []
    size = 0
    guides = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal guides
        guides += _local(name) == "rPh"

    def text(data: str) -> None:
        nonlocal size
        if guides or size > _LONGEST:
            return
        parts.append(data)
        size += len(data)

    def end(name: str) -> None:
        nonlocal guides, size
        local = _local(name)
        guides -= local == "rPh"
        if local in ends:
            ready.append("".join(parts))
            parts.clear()
            size = 0

    def wire(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text

    for _ in _parse(stream, wire):
        yield from ready
        ready.clear()
    if parts:
        yield "".join(parts)


def sheet_cells(
    stream: BinaryIO, strings: Sequence[str], used: set[int], others: list[str]
) -> Iterator[Row]:
    """Each row as (number, {column from 0: text}); indexes of shared strings go into ``used``.

    Long texts that no cell shows (formulas, headers for print, lists to choose from) go into
    ``others``.
    """
    reader = _SheetReader(strings, used, others)
    for _ in _parse(stream, reader.wire):
        yield from reader.ready
        reader.ready.clear()


class _SheetReader:
    """Gathers rows from the events of the parser."""

    def __init__(self, strings: Sequence[str], used: set[int], others: list[str]) -> None:
        self.ready: list[Row] = []
        self._strings, self._used, self._others = strings, used, others
        self._row, self._column = 0, -1
        self._cells: dict[int, str] = {}
        self._kind, self._parts = "", list[str]()
        self._in_value = self._in_guide = False
        self._beside = list[str]()

    def wire(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            place = attributes.get("r", "")
            self._row = int(place) if place.isdecimal() and len(place) < 9 else self._row + 1
            self._column = -1
        elif local == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = _column(letters) if letters else self._column + 1
            self._kind, self._parts = attributes.get("t", "n"), []
        elif local in ("v", "t"):
            self._in_value = not self._in_guide
        elif local == "rPh":
            self._in_guide = True

    def _text(self, data: str) -> None:
        if self._in_value:
            self._parts.append(data)
        elif not self._in_guide:
            self._beside.append(data)

    def _end(self, name: str) -> None:
        local = _local(name)
        if self._beside:
            text = "".join(self._beside)
            if local.endswith(("Header", "Footer")):
                text = _PRINT_CODE.sub(" ", text)
            self._beside.clear()
            if len(text) >= _SHORTEST and any(map(str.isdecimal, text)):
                self._others.append(text)
        if local in ("v", "t"):
            self._in_value = False
        elif local == "rPh":
            self._in_guide = False
        elif local == "c":
            text = self._value("".join(self._parts))
            if text:
                self._cells[self._column] = text
        elif local == "row":
            if self._cells:
                self.ready.append((self._row, self._cells))
            self._cells = {}

    def _value(self, text: str) -> str:
        if self._kind == "s":
            index = int(text) if text.isdecimal() and len(text) < 10 else -1
            if not 0 <= index < len(self._strings):
                return ""
            self._used.add(index)
            return self._strings[index]
        if self._kind == "n" and ("E" in text or "e" in text or "." in text):
            return _plain(text)
        return text


def _plain(text: str) -> str:
    """1.23456789012E11 as the digits that the cell shows."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if abs(number) < 1e15 and number.is_integer() else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def relations(stream: BinaryIO) -> dict[str, str]:
    """Relationship id -> target."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _run(stream, start)
    return found


def sheet_names(stream: BinaryIO) -> dict[str, str]:
    """Relationship id -> name of the sheet."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            identifier = next((v for k, v in attributes.items() if _local(k) == "id"), "")
            found[identifier] = attributes.get("name", "")

    _run(stream, start)
    return found


def _run(stream: BinaryIO, start: Callable[[str, dict[str, str]], None]) -> None:
    def wire(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start

    for _ in _parse(stream, wire):
        pass
