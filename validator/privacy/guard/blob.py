"""Bytes to be searched, and how much of them may be unpacked."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from validator.privacy.guard.evidence import Reason

# Unpacked bytes of one file, all its members and passes together.
MOST_UNPACKED = 2 << 30
MOST_MEMBERS = 50_000
MOST_IN_MEMORY = 256 << 20
MOST_LEVELS = 5
# Beyond this a member that grows so much is a bomb.
_FREE = 8 << 20
_MOST_RATIO = 200
STEP = 1 << 20


class RefusedError(Exception):
    """A file that cannot be searched, with the reason."""

    def __init__(self, reason: Reason) -> None:
        """``reason`` is one of `evidence.UNREADABLE`."""
        super().__init__(reason.value)
        self.reason = reason


@dataclass
class Budget:
    """What is left for unpacking one file."""

    unpacked: int = MOST_UNPACKED
    members: int = MOST_MEMBERS

    def member(self) -> None:
        """One more member; RefusedError where there are too many."""
        self.members -= 1
        if self.members < 0:
            raise RefusedError(Reason.TOO_LARGE)


class Metered(io.RawIOBase):
    """A stream that counts what is unpacked through it and stops a bomb."""

    def __init__(self, stream: BinaryIO, packed: int | None, budget: Budget) -> None:
        """``packed``: size before unpacking, None where it is not known."""
        super().__init__()
        self._stream, self._packed, self._budget, self._done = stream, packed, budget, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As of a file; RefusedError beyond the limits."""
        data = self._stream.read(STEP if size is None or size < 0 else min(size, STEP))
        self._done += len(data)
        self._budget.unpacked -= len(data)
        grown = self._packed is not None and self._done > _MOST_RATIO * max(self._packed, 1)
        if self._budget.unpacked < 0 or (grown and self._done > _FREE):
            raise RefusedError(Reason.TOO_LARGE)
        return data

    def close(self) -> None:
        """Close the stream below too."""
        self._stream.close()
        super().close()


@dataclass(frozen=True)
class Blob:
    """``name`` decides how it is read; ``member`` is its place in a container ("" outside).

    ``open`` gives its bytes from the beginning, as often as wanted.
    """

    name: str
    open: Callable[[], BinaryIO]
    member: str = ""
    level: int = 0
    budget: Budget = field(default_factory=Budget)

    def inside(self, name: str, opened: Callable[[], BinaryIO], shown: str | None = None) -> Blob:
        """A member of this container; RefusedError where it lies too deep."""
        if self.level + 1 > MOST_LEVELS:
            raise RefusedError(Reason.TOO_DEEP)
        self.budget.member()
        shown = name if shown is None else shown
        member = f"{self.member}!{shown}" if self.member else shown
        return Blob(name, opened, member, self.level + 1, self.budget)

    def whole(self) -> bytes:
        """All bytes; RefusedError where they are too many to hold."""
        with self.open() as stream:
            return read_limited(stream, MOST_IN_MEMORY)


def of_bytes(name: str, data: bytes) -> Blob:
    """A blob that is in memory."""
    return Blob(name, lambda: io.BytesIO(data))


def read_limited(stream: BinaryIO, limit: int) -> bytes:
    """Everything of ``stream``; RefusedError beyond ``limit``."""
    parts, left = [], limit
    while data := stream.read(STEP):
        left -= len(data)
        if left < 0:
            raise RefusedError(Reason.TOO_LARGE)
        parts.append(data)
    return b"".join(parts)
