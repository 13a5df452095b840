"""Base64 in running text: words, and blocks of lines, unpacked and searched."""

from __future__ import annotations

import binascii
import io
import re

from validator.privacy.guard.blob import Blob
from validator.privacy.guard.evidence import Evidence, Place

# Twelve digits are sixteen characters; a longer line than this is searched in pieces.
_WORD = re.compile(r"[A-Za-z0-9+/_\-]{16,}={0,2}")
_BLOCK_LINE = re.compile(r"[ \t>]*([A-Za-z0-9+/_\-]{16,}={0,2})[ \t\r]*")
_LAST_LINE = re.compile(r"[ \t>]*([A-Za-z0-9+/_\-]{2,}={0,2})[ \t\r]*")
_FULL_LINE = 40
_MOST_BLOCK = 64 << 20
_URL_SAFE = str.maketrans("-_", "+/")
# Eleven digits near each other in any encoding, or a container: all else need not be searched.
_DIGIT = (
    rb"(?:[0-9]|\xef\xbc[\x90-\x99]|\x82[\x4f-\x58]|\xa3[\xb0-\xb9]"
    rb"|[\x10-\x19]\xff|\xff[\x10-\x19])"
)
_MAY_HOLD = re.compile(rb"(?:" + _DIGIT + rb"[^0-9]{0,6}?){11}", re.DOTALL)
_CONTAINERS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PAR1", b"%PDF")


class Base64Scanner:
    """Takes decoded text piece by piece; what base64 holds is searched as a file of its own."""

    def __init__(self, blob: Blob, evidence: Evidence) -> None:
        """``blob`` is the file of the text."""
        self._blob, self._evidence = blob, evidence
        self._rest = ""
        self._line = 1
        self._block: list[str] = []
        self._block_line = 0

    def feed(self, text: str) -> None:
        """Look through what is complete; the last line waits for its end."""
        *lines, last = text.split("\n")
        if lines:
            lines[0] = self._rest + lines[0]
            self._rest = last
            for line in lines:
                self._take(line)
                self._line += 1
        elif len(self._rest) < _MOST_BLOCK:
            self._rest += last

    def close(self) -> None:
        """Look through what is left."""
        if self._rest:
            self._take(self._rest)
        self._flush()

    def _take(self, line: str) -> None:
        if self._block:
            found = _BLOCK_LINE.fullmatch(line) or _LAST_LINE.fullmatch(line)
            if found:
                self._block.append(found[1])
                return
            self._flush()
        if len(line) < 16:
            return
        found = _BLOCK_LINE.fullmatch(line) if len(line) >= _FULL_LINE else None
        if found:
            self._block, self._block_line = [found[1]], self._line
            return
        for word in _WORD.finditer(line):
            self._search(word[0], self._line)

    def _flush(self) -> None:
        block, self._block = self._block, []
        if not block:
            return
        whole = sum(map(len, block)) <= _MOST_BLOCK
        if not (whole and self._search("".join(block), self._block_line)) and len(block) > 1:
            # Lines that each stand for themselves: a list of words, not one block.
            for number, line in enumerate(block):
                self._search(line, self._block_line + number)

    def _search(self, word: str, line: int) -> bool:
        """Whether something in ``word`` is refused."""
        data = _unpacked(word)
        if data is None or not (_MAY_HOLD.search(data) or data.startswith(_CONTAINERS)):
            return False
        from validator.privacy.guard.search import search_into

        self._blob.budget.unpacked -= len(data)
        inner = Evidence(strict=self._evidence.strict)
        search_into(self._blob.inside("base64", lambda: io.BytesIO(data)), inner)
        found = inner.findings()
        for one in found[:1]:
            self._evidence.refuse(Place(self._blob.member, line), one.reason)
        return bool(found)


def _unpacked(word: str) -> bytes | None:
    bare = word.rstrip("=").translate(_URL_SAFE)
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None
