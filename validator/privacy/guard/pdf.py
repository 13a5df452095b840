"""The text of PDF files as far as it stands there in letters.

Streams are inflated and the texts that they show are put together. Fonts that are embedded with
numbers of their own for each character, and pictures, cannot be read: what is not seen here is not
cleared, and the guide says so.
"""

from __future__ import annotations

import re
import zlib

from validator.privacy.guard.blob import Blob, RefusedError
from validator.privacy.guard.evidence import Evidence, Place, Reason
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.surroundings import Reading
from validator.privacy.guard.text import TextScanner

_STREAM = re.compile(rb"stream\r?\n")
_TEXT_BLOCK = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
# (text) and <hex> between the operators that show text and those that move to another place.
_TOKEN = re.compile(
    rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>|\b(T\*|Td|TD|Tm)(?=\s)|(['\"])", re.DOTALL
)
_MOST_STREAM = 64 << 20


def search_pdf(blob: Blob, evidence: Evidence) -> None:
    """Every text block; a file behind a password is refused."""
    data = blob.whole()
    if re.search(rb"/Encrypt\b", data[-4096:]) or re.search(rb"trailer[^>]*/Encrypt\b", data):
        raise RefusedError(Reason.ENCRYPTED)
    found = Evidence(strict=evidence.strict)
    scanner = TextScanner(Judge(found, Reading.DATA, blob.member))
    for content in _contents(blob, data):
        for block in _TEXT_BLOCK.findall(content):
            scanner.feed(_shown(block) + "\n")
    scanner.close()
    for one in found.findings()[:1]:
        evidence.refuse(Place(blob.member), one.reason)


def _contents(blob: Blob, data: bytes) -> list[bytes]:
    contents = []
    for begin in _STREAM.finditer(data):
        end = data.find(b"endstream", begin.end())
        raw = data[begin.end() : end if end >= 0 else len(data)]
        try:
            content = zlib.decompressobj().decompress(raw, _MOST_STREAM)
        except zlib.error:
            content = raw if b"BT" in raw else b""
        blob.budget.unpacked -= len(content)
        if blob.budget.unpacked < 0:
            raise RefusedError(Reason.TOO_LARGE)
        if b"BT" in content:
            contents.append(content)
    return contents


def _shown(block: bytes) -> str:
    parts = []
    for literal, hexadecimal, move, quote in _TOKEN.findall(block):
        if move or quote:
            parts.append("\n" if move == b"T*" or quote else " ")
        elif hexadecimal:
            digits = re.sub(rb"\s", b"", hexadecimal).decode()
            raw = bytes.fromhex(digits + "0" * (len(digits) % 2))
            parts.append(_decoded(raw))
        else:
            parts.append(_decoded(re.sub(rb"\\([()\\])", rb"\1", literal)))
    return "".join(parts)


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff") or (len(raw) >= 2 and raw[::2].count(0) == (len(raw) + 1) // 2):
        return raw.removeprefix(b"\xfe\xff").decode("utf-16-be", "replace")
    return raw.decode("cp932", "replace")
