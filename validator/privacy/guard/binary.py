"""Bytes that are no text: the readable stretches in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.privacy.guard.blob import STEP, Blob
from validator.privacy.guard.evidence import Evidence, Place, Reason
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.surroundings import Reading
from validator.privacy.guard.text import TextScanner

# What separates stretches of text; line breaks stay, so that a line is a stretch.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+")


def search_binary(blob: Blob, head: bytes, evidence: Evidence) -> None:
    """The texts in a file of an unknown kind; ``strict``: such a file is refused.

    A lone number counts only beside a word for it, as in a program; a database is read as data.
    """
    database = head.startswith(b"SQLite format 3\0")
    if evidence.strict and not database:
        evidence.refuse(Place(blob.member), Reason.UNKNOWN)
        return
    reading = Reading.DATA if database else Reading.CODE
    codecs = ["utf-8", "cp932"] + (["utf-16-le", "utf-16-be"] if b"\0" in head else [])
    for codec in codecs:
        with blob.open() as stream:
            _search(_pieces(iter(lambda: stream.read(STEP), b"")), codec, blob, reading, evidence)


def search_old_office(blob: Blob, data: bytes, evidence: Evidence) -> None:
    """The texts of a file of Office 97: in UTF-16 at even or odd places, or in one byte."""
    for codec, start in (("utf-16-le", 0), ("utf-16-le", 1), ("cp932", 0)):
        _search([data[start:]], codec, blob, Reading.DATA, evidence)


def _pieces(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The chunks, each beginning with the end of the one before: no number is cut."""
    tail = b""
    for chunk in chunks:
        yield tail + chunk
        tail = chunk[-256:]


def _search(
    chunks: Iterable[bytes], codec: str, blob: Blob, reading: Reading, evidence: Evidence
) -> None:
    found = Evidence(strict=evidence.strict)
    for chunk in chunks:
        scanner = TextScanner(Judge(found, reading, blob.member))
        scanner.feed(_UNREADABLE.sub("\n", chunk.decode(codec, "replace")))
        scanner.close()
    # Lines of such a file mean nothing to a person: it is named once.
    for one in found.findings()[:1]:
        evidence.refuse(Place(blob.member), one.reason)
