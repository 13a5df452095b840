"""Searching text as it streams by: lines, tables with a header, labels above their numbers."""

from __future__ import annotations

import csv
import heapq
import re
from collections.abc import Iterable

from validator.privacy.guard.chains import INVISIBLE, Candidate, candidates
from validator.privacy.guard.escapes import unescaped
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.spread import spread
from validator.privacy.guard.surroundings import Surroundings
from validator.privacy.guard.words import labels, says_my_number

# A line that grows beyond this is cut where no number can stand.
_LONGEST_LINE = 1 << 20
# Less than this is searched in one piece: a number may stand in several lines.
_LEAST = 1 << 16
_REACH = 80
_DELIMITERS = ("\t", ",", ";", "|")
_LONG_RUN = re.compile(r"\d{6,}")
_LONGEST_HEADER = 20_000
_LONGEST_LABEL = 40
_RECORD_LINES = 50
_BLANK = " \t\r\n\"'=,　"
_NO_DIGIT = re.compile(r"[^\d\s.\-_]")


class Header:
    """The header of a table: its separator and its cells."""

    def __init__(self, line: str) -> None:
        """``line`` is split at the separator it has most of."""
        counts = {mark: line.count(mark) for mark in _DELIMITERS}
        self.separator = max(counts, key=lambda mark: counts[mark])
        self.cells = [line.strip()]
        if counts[self.separator]:
            try:
                self.cells = next(csv.reader([line], delimiter=self.separator))
            except (csv.Error, StopIteration):
                self.cells = line.split(self.separator)

    @property
    def is_table(self) -> bool:
        """Whether it has several cells."""
        return len(self.cells) > 1


class TextScanner:
    """Takes decoded text piece by piece; candidates go to ``judge``."""

    def __init__(self, judge: Judge, *, first_line: int = 1) -> None:
        """``first_line`` is the number of the first line."""
        self._judge = judge
        self._rest = ""
        self._line = first_line
        self._column = 0  # characters of this line that were searched before
        self._head = ""  # the last of them
        self._header: Header | None = None
        self._seen_text = False
        self._stacked = False
        self._open_quote = False

    def feed(self, text: str) -> None:
        """Search what is complete; the last line waits for its end."""
        self._rest += text
        if len(self._rest) < _LEAST:
            return
        cut = self._rest.rfind("\n") + 1
        if not cut and len(self._rest) > _LONGEST_LINE:
            cut = _harmless_cut(self._rest)
        if cut:
            done, self._rest = self._rest[:cut], self._rest[cut:]
            self._search(done)

    def close(self) -> None:
        """Search what is left."""
        if self._rest:
            self._search(self._rest)
            self._rest = ""

    def _search(self, text: str) -> None:
        text = unescaped(text)
        if not text.isascii() and INVISIBLE.search(text):
            text = INVISIBLE.sub("", text)
        if not self._seen_text and text.strip():
            self._first_line(text)
        headers = self._headers(text)
        at = line_start = 0
        line_end = -1
        stack_end = 0 if self._stacked else -1
        for one in self._candidates(text):
            while headers and headers[0][0] < one.start:
                place, line = headers.pop(0)
                stack_end = place + len(line) if self._set_header(line) else -1
            self._line += text.count("\n", at, one.start)
            start = text.rfind("\n", at, one.start) + 1
            if start:
                self._open_quote ^= text.count('"', line_start, start) % 2 == 1
                line_start = start
            if line_end < one.end:
                end = text.find("\n", one.end)
                line_end = end if end >= 0 else len(text)
            at = one.start
            around = self._around(text, (line_start, line_end), one, stack_end)
            if around.header is not None and not around.place:
                stack_end = one.end
            column = one.start - line_start + 1 + (0 if line_start else self._column)
            self._judge.judge(one, around, self._line, column)
        for place, line in headers:
            stack_end = place + len(line) if self._set_header(line) else -1
        self._finish(text, at, line_start, stack_end)

    def _candidates(self, text: str) -> Iterable[Candidate]:
        """Those of running text; where My Numbers are named, those in pieces too."""
        header = self._header
        if not (labels(text) or (header and any(map(says_my_number, header.cells)))):
            return candidates(text)
        return heapq.merge(candidates(text), spread(text), key=lambda one: one.start)

    def _finish(self, text: str, at: int, line_start: int, stack_end: int) -> None:
        self._stacked = stack_end >= 0 and not text[stack_end:].strip(_BLANK)
        self._line += text.count("\n", at)
        last = text.rfind("\n") + 1
        self._open_quote ^= text.count('"', line_start, max(last, line_start)) % 2 == 1
        self._column = len(text) - last if last else self._column + len(text)
        self._head = (text[last:] if last else self._head + text)[-_REACH:]

    def _first_line(self, text: str) -> None:
        self._seen_text = True
        line = text.lstrip("\ufeff \r\n").split("\n", 1)[0].rstrip("\r")
        if _may_be_header(line):
            header = Header(line)
            if header.is_table:
                self._header = header
                self._judge.see_header(header.cells)

    def _headers(self, text: str) -> list[tuple[int, str]]:
        """Lines that name a My Number and hold no long number: headers, labels above a field."""
        found: list[tuple[int, str]] = []
        seen = 0
        for start, _ in labels(text):
            if start < seen:
                continue
            begin = text.rfind("\n", max(start - _LONGEST_HEADER, 0), start) + 1
            end = text.find("\n", start, start + _LONGEST_HEADER)
            seen = end if end >= 0 else min(start + _LONGEST_HEADER, len(text))
            cut = (not begin and start > _LONGEST_HEADER) or (end < 0 and seen < len(text))
            if cut or (not begin and self._column):
                continue
            line = text[begin:seen].rstrip("\r")
            if _may_be_header(line):
                found.append((begin, line))
        return found

    def _set_header(self, line: str) -> bool:
        """Take a header; true for one that stands alone above its numbers."""
        header = Header(line)
        if header.is_table or len(line.strip()) <= _LONGEST_LABEL:
            self._header = header
            self._judge.see_header(header.cells)
        return not header.is_table and header is self._header

    def _around(
        self, text: str, line: tuple[int, int], one: Candidate, stack_end: int
    ) -> Surroundings:
        line_start, line_end = line
        head = "" if line_start else self._head
        before = (head + text[max(line_start, one.start - _REACH) : one.start])[-_REACH:]
        after = text[one.end : min(line_end, one.end + _REACH)]
        begins = (head + text[line_start : min(line_end, line_start + _REACH)])[:_REACH]
        header = self._header
        if header is not None and not header.is_table:
            if _stands_below(text, line, one, stack_end):
                return Surroundings("", "", header.cells[0], (), alone=True, line=begins)
            header = None
        if line_start == 0 and self._column:
            # The beginning of this line is gone: its columns cannot be counted.
            return Surroundings(before, after, line=begins)
        row = self._in_row(text, line, one, header)
        if row is not None and one.shape == "spread" and not says_my_number(row.header or ""):
            # Its own cells are no surroundings of it: the label stands in one before.
            row = None
        return row or Surroundings(before, after, line=begins)

    def _in_row(
        self, text: str, line: tuple[int, int], one: Candidate, header: Header | None
    ) -> Surroundings | None:
        """The cell of a delimited row, with its header; None where this is no row."""
        if line[1] - line[0] > _LONGEST_HEADER:
            return None
        row = text[line[0] : line[1]]
        if row.lstrip()[:1] in ("{", "[", "<"):
            return None
        separator = header.separator if header is not None else _likely_separator(row)
        if separator is None or separator not in row:
            return None
        begin = self._record_begin(text, line[0]) if self._open_quote else line[0]
        prefix = text[begin : one.start]
        if header is not None and '"' not in row and row.count(separator) != len(header.cells) - 1:
            header = None
        index, cell_before = _cell_of(prefix, separator)
        cell_after = re.split(f"[{re.escape(separator)}\n]", text[one.end : line[1]], maxsplit=1)[0]
        alone = not (cell_before + cell_after).strip(" \t\r\"'=　")
        if header is None and not alone:
            return None
        name = header.cells[index] if header is not None and index < len(header.cells) else None
        place = ("column", str(index)) if alone or name is not None else ()
        return Surroundings(
            cell_before[-_REACH:], cell_after[:_REACH], name, place, alone=alone, line=row[:_REACH]
        )

    def _record_begin(self, text: str, line_start: int) -> int:
        """Where a record begins whose quoted cell runs over several lines."""
        start = line_start
        for _ in range(_RECORD_LINES):
            if start <= 0:
                break
            previous = text.rfind("\n", 0, start - 1) + 1
            if text.count('"', previous, start) % 2:
                return previous
            start = previous
        return line_start


def _stands_below(text: str, line: tuple[int, int], one: Candidate, stack_end: int) -> bool:
    """Whether the number fills its line, and only blanks stand between it and ``stack_end``."""
    if stack_end < 0 or line[1] - line[0] > _LONGEST_LABEL + _REACH:
        return False
    beside = text[line[0] : one.start] + text[one.end : line[1]]
    return not beside.strip(_BLANK) and not text[stack_end : line[0]].strip(_BLANK)


def _may_be_header(line: str) -> bool:
    return (
        len(line.strip()) > 0
        and len(line) <= _LONGEST_HEADER
        and line.lstrip()[:1] not in ("{", "[", "<")
        and not _LONG_RUN.search(line)
    )


def _likely_separator(row: str) -> str | None:
    counts = {mark: row.count(mark) for mark in _DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else None


def _cell_of(prefix: str, separator: str) -> tuple[int, str]:
    """The number of the cell behind ``prefix`` (from 0), and what of it stands before."""
    plain = re.sub(r'"[^"]*"', lambda found: "_" * len(found[0]), prefix)
    quote = plain.find('"')
    outside = plain if quote < 0 else plain[:quote]
    return outside.count(separator), prefix[outside.rfind(separator) + 1 :]


def _harmless_cut(text: str) -> int:
    """A place near the end of a very long line where no number is cut; its end if there is none."""
    for place in range(len(text), max(len(text) - 4096, 0), -1):
        if _NO_DIGIT.match(text, place - 1):
            return place
    return len(text)
