"""Searching one blob: what it is, and who reads it."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from validator.privacy.guard.base64_text import Base64Scanner
from validator.privacy.guard.binary import search_binary
from validator.privacy.guard.blob import STEP, Blob, RefusedError
from validator.privacy.guard.encodings import HEAD_BYTES, encodings_of
from validator.privacy.guard.evidence import Evidence, Finding, Place, Reason
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.names import search_name
from validator.privacy.guard.surroundings import reading_of
from validator.privacy.guard.text import TextScanner

_TEST_FOLDERS = frozenset({"test", "tests", "testdata", "fixtures"})


def search(blob: Blob, *, strict: bool = False) -> list[Finding]:
    """Everything that is refused in ``blob`` and in what it contains, its name included."""
    evidence = Evidence(strict=strict)
    search_name(blob.name, evidence)
    search_into(blob, evidence)
    return evidence.findings()


def search_into(blob: Blob, evidence: Evidence) -> None:
    """Lay what stands in ``blob`` before ``evidence``; what cannot be read becomes a finding."""
    try:
        _search(blob, evidence)
    except RefusedError as refused:
        evidence.refuse(Place(blob.member), refused.reason)
    except OSError:
        if not blob.level:
            raise
        evidence.refuse(Place(blob.member), Reason.DAMAGED)
    except (MemoryError, RecursionError):
        evidence.refuse(Place(blob.member), Reason.TOO_LARGE)


def _search(blob: Blob, evidence: Evidence) -> None:
    from validator.privacy.guard.containers import container_of

    with blob.open() as stream:
        head = _read(stream, HEAD_BYTES)
    if not head:
        return
    container = container_of(head)
    if container is not None:
        container(blob, evidence)
        return
    encodings = encodings_of(head, utf8=True)
    if not encodings:
        search_binary(blob, head, evidence)
        return
    if not _search_text(blob, encodings, evidence, strict=True):
        # Not UTF-8 after all: searched again in everything else that it may be.
        _search_text(blob, encodings_of(head, utf8=False), evidence, strict=False)


def _search_text(
    blob: Blob, encodings: tuple[str, ...], evidence: Evidence, *, strict: bool
) -> bool:
    """Search the text in each encoding; false, with nothing said, where UTF-8 turns out wrong."""
    for encoding in encodings:
        must = strict and encoding == "utf-8"
        trial = Evidence(strict=evidence.strict)
        try:
            _pass(blob, encoding, trial, errors="strict" if must else "replace")
        except UnicodeDecodeError:
            return False
        if encoding == encodings[0]:
            evidence.absorb(trial)
        else:
            evidence.add_lines(trial)
    return True


def _pass(blob: Blob, encoding: str, evidence: Evidence, *, errors: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    judge = Judge(evidence, reading_of(blob.name), blob.member, is_for_tests(blob.name))
    scanner = TextScanner(judge)
    packed = Base64Scanner(blob, evidence)
    with blob.open() as stream:
        while data := stream.read(STEP):
            text = decoder.decode(data)
            scanner.feed(text)
            packed.feed(text)
        scanner.feed(decoder.decode(b"", final=True))
    scanner.close()
    packed.close()


def is_for_tests(name: str) -> bool:
    """Whether a file stands in a folder of tests."""
    return any(part.casefold() in _TEST_FOLDERS for part in name.split("/")[:-1])


def _read(stream: BinaryIO, size: int) -> bytes:
    """So many bytes if there are so many: a stream may give fewer at a time."""
    parts = []
    while size > 0 and (data := stream.read(size)):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)
