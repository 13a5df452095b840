"""In which encodings a file is read: all that it may be in, none of them strictly.

The program that reads forms takes one encoding or refuses. Here the question is another: whether a
number can be read out of these bytes by anybody. So a file that is no UTF-8 is searched as CP932,
as EUC-JP and, with its escapes, as ISO-2022-JP; no number of one appears in another by mistake,
since none of them uses the bytes of digits for anything else.
"""

from __future__ import annotations

import codecs
import re

HEAD_BYTES = 1 << 16

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JAPANESE = ("cp932", "euc_jp")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
# What Japanese text in UTF-16 is made of; hardly a third of all code units.
_WRITTEN = re.compile(
    "[\t\r\n -~\u00a0-\u00ff\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
_MIN_WRITTEN = 0.9
_MAX_CONTROL = 0.05
_FEW_CONTROLS = 8


def encodings_of(head: bytes, *, utf8: bool) -> tuple[str, ...]:
    """The encodings in which to search a file that begins with ``head``; none: it is no text.

    ``utf8``: the file is strict UTF-8 as far as it was read.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return (name,)
    wide = _wide(head)
    if wide is not None:
        return (wide,)
    if _is_binary(head):
        return ()
    escapes = ("iso2022_jp_2",) if b"\x1b$" in head else ()
    if utf8:
        return ("utf-8", *escapes)
    return ("utf-8", *JAPANESE, *escapes)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: most of it reads as Japanese or Latin text in one byte order."""
    if len(head) < 4 or (b"\0" not in head and head.isascii()):
        return None
    even = head[: len(head) // 2 * 2]
    best, share = None, _MIN_WRITTEN
    for name in ("utf-16-le", "utf-16-be"):
        text = even.decode(name, "replace")
        written = len(_WRITTEN.findall(text)) / max(len(text), 1)
        if written >= share:
            best, share = name, written
    if best is None:
        return None
    # Valid UTF-8 or CP932 text without a NUL hardly ever passes as UTF-16, but may by chance.
    if b"\0" not in head and not _is_binary(head):
        for codec in ("utf-8", "cp932", "euc_jp"):
            if _decodes(head, codec):
                return None
    return best


def _decodes(head: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > max(_MAX_CONTROL * len(head), _FEW_CONTROLS)
