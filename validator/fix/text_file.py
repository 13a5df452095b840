"""Writing changes into CSV, TSV and JSON Lines: every other byte stays as it was."""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from validator.fix.changes import Change

_FIELD = {mark: re.compile(rf'"(?:[^"]|"")*"|[^{mark}\r\n]*') for mark in (",", "\t")}
_JSON_VALUE = re.compile(
    r'\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*"|[^,}\s]+)\s*[,}]?', re.DOTALL
)
Rewrite = Callable[[str, Sequence[Change]], str]


def write_delimited(data: bytes, encoding: str, separator: str, changes: Sequence[Change]) -> bytes:
    """``data`` with the changed cells of CSV or TSV; quotes stay where they were."""
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    return _rewrite(data, codec, changes, lambda text, own: _cells(text, separator, own), '"')


def write_json_lines(data: bytes, headers: Sequence[str], changes: Sequence[Change]) -> bytes:
    """``data`` with the changed values of JSON Lines."""
    return _rewrite(data, "utf-8", changes, lambda text, own: _values(text, headers, own), "")


def _rewrite(
    data: bytes, codec: str, changes: Sequence[Change], rewrite: Rewrite, quote: str
) -> bytes:
    by_line: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_line[change.line].append(change)
    parts: list[bytes] = []
    record: list[bytes] = []
    mark = quote.encode()
    own: Sequence[Change] = ()
    for number, raw in enumerate(io.BytesIO(data), start=1):
        if not record:
            own = by_line.get(number, ())
            if not own:
                parts.append(raw)
                continue
        record.append(raw)
        whole = b"".join(record)
        if mark and whole.count(mark) % 2:
            continue
        parts.append(rewrite(whole.decode(codec), own).encode(codec))
        record = []
    return b"".join([*parts, *record])


def _cells(text: str, separator: str, changes: Sequence[Change]) -> str:
    spans, at = [], 0
    while True:
        found = _FIELD[separator].match(text, at)
        if found is None:
            break
        spans.append(found.span())
        at = found.end()
        if text[at : at + 1] != separator:
            break
        at += 1
    for change in sorted(changes, key=lambda one: -one.position):
        start, end = spans[change.position]
        new = change.after
        if text[start : start + 1] == '"':
            new = f'"{new.replace(chr(34), chr(34) * 2)}"'
        text = text[:start] + new + text[end:]
    return text


def _values(text: str, headers: Sequence[str], changes: Sequence[Change]) -> str:
    wanted: Mapping[str, str] = {headers[c.position]: c.after for c in changes}
    at = text.index("{") + 1
    parts = [text[:at]]
    while (found := _JSON_VALUE.match(text, at)) is not None:
        key = json.loads(found[1])
        if key in wanted:
            value = json.dumps(wanted[key], ensure_ascii=text.isascii())
            parts += [text[at : found.start(2)], value, text[found.end(2) : found.end()]]
        else:
            parts.append(found[0])
        at = found.end()
    return "".join([*parts, text[at:]])
