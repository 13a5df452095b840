"""Handing over electronic media: a valid file of the same layout with the very same data lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from validator.batch.layouts import LayoutName, form_layouts
from validator.batch.media import strip_eof
from validator.batch.media_header import MediaHeader, comparable_key, read_header
from validator.batch.model import Source
from validator.batch.quoting import split_fields

_BOM = b"\xef\xbb\xbf"


def write_media(
    data: bytes,
    source: Source,
    begins: Sequence[int],
    dispositions: Sequence[str],
    targets: Mapping[str, Path],
) -> None:
    """Write one file per disposition: header lines as submitted, employers that still have lines.

    The number of employers is corrected. Where a line names no employer of the header, all
    employers stay.
    """
    from validator.batch.handover import create_private

    codec = "cp932" if source.encoding == "cp932" else "utf-8"
    body, _ = strip_eof(data.removeprefix(_BOM))
    raw = list(io.BytesIO(body))
    physical = [line.decode(codec).rstrip("\r\n") for line in raw[:1200]]
    header, _ = read_header(physical, source.name)
    for key, path in targets.items():
        chosen = [raw[at - 1] for at, own in zip(begins, dispositions, strict=True) if own == key]
        with create_private(path) as handle:
            if source.encoding == "utf-8-sig":
                handle.write(_BOM)
            handle.writelines(_head(raw, header, _offices_of(chosen, header, codec), codec))
            handle.writelines(chosen)


def _offices_of(lines: Iterable[bytes], header: MediaHeader, codec: str) -> set[int] | None:
    """Physical lines (0-based) of the employers that the data lines name; None if unclear."""
    by_key = {header.key(office): office.line for office in header.offices}
    if len(by_key) != len(header.offices):
        return None
    seen: dict[tuple[str, ...], int | None] = {}
    for line in lines:
        fields = split_fields(line.decode(codec).rstrip("\r\n"), ",") or [""]
        places = _key_places(fields[0], len(fields), header.layout.layout)
        if places is None:
            return None
        parts = tuple(fields[place] for place in places)
        if parts not in seen:
            seen[parts] = by_key.get(comparable_key(parts))
    found = {line for line in seen.values() if line is not None}
    return None if None in seen.values() else found


@cache
def _key_places(code: str, width: int, layout: LayoutName) -> list[int] | None:
    form = form_layouts().get(code)
    variant = form.variant_of(width) if form else None
    if form is None or variant is None:
        return None
    numbers = variant.numbers()
    items = form.office.get(layout, ())
    return [numbers.index(no) for no in items] if set(items) <= set(numbers) else None


def _head(
    raw: Sequence[bytes], header: MediaHeader, offices: set[int] | None, codec: str
) -> list[bytes]:
    kept = [office.line for office in header.offices if offices is None or office.line in offices]
    count_line = raw[header.count_line]
    if len(kept) != len(header.offices):
        count_line = _corrected_count(count_line, header, len(kept), codec)
    return [
        *raw[: header.count_line],
        count_line,
        *(raw[line] for line in kept),
        raw[header.data_line],
    ]


def _corrected_count(line: bytes, header: MediaHeader, number: int, codec: str) -> bytes:
    text = line.decode(codec)
    end = text[len(text.rstrip("\r\n")) :]
    fields = split_fields(text.rstrip("\r\n"), ",") or []
    at = header.layout.count.fields.index(header.layout.count.offices)
    fields[at] = str(number).zfill(len(fields[at].strip()))
    return (",".join(fields) + end).encode(codec)
