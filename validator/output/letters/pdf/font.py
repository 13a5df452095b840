"""Which characters the fonts of the letters have (table ``cmap`` of OpenType, formats 4 and 12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from validator.errors import UsageError

FOLDER = Path(__file__).resolve().parent / "fonts"
PACKAGED = (FOLDER / "BIZUDPGothic-Regular.ttf", FOLDER / "NotoSansJP-Supplement.ttf")
"""The font of the text, then what it lacks; sources and licences stand beside them."""
_LAST_BMP = 0xFFFF
_RADICALS = range(0x2E80, 0x2FE0)
_Range = tuple[int, int, int | None]  # first and last character, glyph of the first


def characters(paths: Sequence[Path]) -> dict[int, int]:
    """Code points that the fonts have, each with the one that stands for its glyph.

    Two characters with one glyph look alike on paper, and whoever reads the file gets one of them
    for both: the ideograph where the other is a radical, else the lower. An earlier font comes
    first, as in setting. UsageError (2) for what is no font.
    """
    shown: dict[int, int] = {}
    for path in paths:
        try:
            found = _characters(path.read_bytes())
        except (OSError, struct.error, KeyError, ValueError):
            raise UsageError(
                "[letters] fonts のフォントを読めません。"
                "TrueType / OpenType のファイルを指定してください。",
                "a font of [letters] fonts cannot be read: name TrueType or OpenType files",
                file=path.name,
            ) from None
        shown = found | shown
    return shown


def _characters(data: bytes) -> dict[int, int]:
    chosen: dict[int, int] = {}
    glyphs: dict[int, int] = {}
    plain: set[int] = set()
    for first, last, glyph in _ranges(data):
        for place, character in enumerate(range(first, last + 1)):
            if glyph is None:
                plain.add(character)
                continue
            own = glyphs[character] = glyph + place
            if _weight(character) < _weight(chosen.setdefault(own, character)):
                chosen[own] = character
    return {c: c for c in plain} | {c: chosen[glyph] for c, glyph in glyphs.items()}


def _weight(character: int) -> tuple[bool, int]:
    return (character in _RADICALS, character)


def _ranges(data: bytes) -> Iterator[_Range]:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", data, start + 4)
    places = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(start + 12, start + 12 + 16 * tables, 16)
    }
    cmap = places[b"cmap"]
    (encodings,) = struct.unpack_from(">H", data, cmap + 2)
    for offset in {struct.unpack_from(">I", data, cmap + 8 + 8 * n)[0] for n in range(encodings)}:
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == 12:
            yield from _groups(data, cmap + offset)
        elif kind == 4:
            yield from _segments(data, cmap + offset)


def _groups(data: bytes, at: int) -> Iterator[_Range]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * n)
        if not first <= last <= 0x10FFFF:
            raise ValueError
        yield first, last, glyph


def _segments(data: bytes, at: int) -> Iterator[_Range]:
    """Format 4, without its glyphs: they matter where format 12 has them too."""
    (count2,) = struct.unpack_from(">H", data, at + 6)
    count = count2 // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + count2)
    for first, last in zip(starts, ends, strict=True):
        if first <= last < _LAST_BMP:
            yield first, last, None
