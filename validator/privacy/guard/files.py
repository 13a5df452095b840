"""Files named on the command line, searched where they are."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from validator.privacy.guard.blob import Blob
from validator.privacy.guard.evidence import Finding, Place, Reason
from validator.privacy.guard.search import search

_BUFFER = 1 << 18


def below(path: str) -> Iterator[str]:
    """The file itself, or all files of a folder, in order; what git keeps for itself left out."""
    if not Path(path).is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            place = Path(folder, name)
            if not place.is_symlink():
                yield str(place)


def search_file(path: str, *, strict: bool) -> list[Finding]:
    """Everything that is refused in a file; one that cannot be read is refused with the reason."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as problem:
        return [Finding(Place(), _reason(problem))]
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return [Finding(Place(), Reason.NO_FILE)]
        opened = lambda: cast(BinaryIO, io.BufferedReader(_Reader(descriptor), _BUFFER))  # noqa: E731
        return search(Blob(own_name(path), opened), strict=strict)
    except OSError:
        return [Finding(Place(), Reason.FORBIDDEN)]
    finally:
        os.close(descriptor)


def own_name(path: str) -> str:
    """The name that belongs to the file: not the folders above the current one."""
    relative = os.path.relpath(path)
    return Path(path).name if relative.startswith("..") else relative.replace(os.sep, "/")


class _Reader(io.RawIOBase):
    """One of several readers of the same descriptor, each with its own place in it."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor, self._at = descriptor, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_CUR:
            offset += self._at
        elif whence == os.SEEK_END:
            offset += os.fstat(self._descriptor).st_size
        if offset < 0:
            raise ValueError("negative place")
        self._at = offset
        return offset

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = os.pread(self._descriptor, len(view), self._at)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _reason(problem: OSError | ValueError) -> Reason:
    code = problem.errno if isinstance(problem, OSError) else None
    return Reason.MISSING if code in (errno.ENOENT, errno.ENOTDIR) else Reason.FORBIDDEN


def all_below(paths: Iterable[str]) -> list[str]:
    """Every file of ``paths`` once, in the order given."""
    return list(dict.fromkeys(file for path in paths for file in below(path)))
