"""Files that hold files: ZIP, workbooks and other office files, GZIP, tar; and Parquet, PDF."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import BinaryIO, cast

from validator.privacy.guard.blob import Blob, Metered, RefusedError
from validator.privacy.guard.database import MAGIC, search_database
from validator.privacy.guard.evidence import Evidence, Place, Reason
from validator.privacy.guard.names import search_name
from validator.resources import load_toml

Search = Callable[[Blob, Evidence], None]
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# 7-Zip, RAR, zstd, LZ4, cabinet, compress: no reader of them is at hand.
_LOCKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18",
           b"MSCF\0\0\0\0", b"\x1f\x9d")  # fmt: skip
_LZH = re.compile(rb"..-l[hz][0-9ds]-", re.DOTALL)
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
)


def container_of(head: bytes) -> Search | None:
    """Who searches a file that begins with ``head``; None: it is searched as text or bytes."""
    if head.startswith(_ZIP):
        return search_zip
    for magic, opener in _PACKED:
        if head.startswith(magic):
            return lambda blob, evidence: _search_packed(blob, evidence, opener)
    if head[257:262] == b"ustar":
        return _search_tar
    if head.startswith(b"PAR1"):
        from validator.privacy.guard.parquet import search_parquet

        return search_parquet
    if head.startswith(b"ARROW1"):
        from validator.privacy.guard.parquet import search_arrow

        return search_arrow
    if head.startswith(MAGIC):
        return search_database
    if head.startswith(b"%PDF"):
        from validator.privacy.guard.pdf import search_pdf

        return search_pdf
    if head.startswith(_OLE):
        return _search_ole
    if head.startswith(_LOCKED) or _LZH.match(head):
        return _cannot_open
    if head.startswith(_silent()):
        return lambda _blob, _evidence: None
    return None


@cache
def _silent() -> tuple[bytes, ...]:
    magics: dict[str, str] = load_toml("codes/guard.toml")["silent"]
    return tuple(bytes.fromhex(magic) for magic in magics.values())


def search_zip(blob: Blob, evidence: Evidence) -> None:
    """Every member; a workbook by its cells, other office files by their paragraphs."""
    from validator.privacy.guard.office import is_office, search_office
    from validator.privacy.guard.search import search_into

    with _seekable(blob) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                members = [m for m in archive.infolist() if not m.is_dir()]
                opened = {m.filename: _member(blob, archive, m, evidence) for m in members}
                inside = {name: one for name, one in opened.items() if one is not None}
                if is_office(inside):
                    search_office(blob, inside, evidence)
                else:
                    for one in inside.values():
                        search_into(one, evidence)
        except _DAMAGE:
            raise RefusedError(Reason.DAMAGED) from None


def _member(
    blob: Blob, archive: zipfile.ZipFile, member: zipfile.ZipInfo, evidence: Evidence
) -> Blob | None:
    inner = blob.inside(
        member.filename,
        lambda: _metered(archive.open(member), member.compress_size, blob),
    )
    search_name(member.filename, evidence, inner.member)
    if member.flag_bits & 0x1:
        evidence.refuse(Place(inner.member), Reason.ENCRYPTED)
        return None
    return inner


def _seekable(blob: Blob) -> BinaryIO:
    return blob.open() if not blob.level else io.BytesIO(blob.whole())


def _metered(stream: object, packed: int | None, blob: Blob) -> BinaryIO:
    return cast(BinaryIO, Metered(cast(BinaryIO, stream), packed, blob.budget))


def _search_packed(blob: Blob, evidence: Evidence, opener: Callable[[BinaryIO], object]) -> None:
    """One file packed by itself; its name is that of the package without the ending."""
    from validator.privacy.guard.search import search_into

    name = blob.name.rpartition("/")[2]
    inner_name = name.rpartition(".")[0] or name
    if name.casefold().endswith((".tgz", ".tbz2", ".txz")):
        inner_name += ".tar"

    def opened() -> BinaryIO:
        packed = _Counted(blob.open())
        return _metered(_Careful(opener(cast(BinaryIO, packed)), packed), None, blob)

    search_into(blob.inside(inner_name, opened), evidence)


class _Counted(io.RawIOBase):
    """A stream that knows how much was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream, self.taken = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.taken += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Careful(io.RawIOBase):
    """An unpacking stream whose damage is one kind of error, and whose growth is limited."""

    def __init__(self, stream: object, packed: _Counted) -> None:
        super().__init__()
        self._stream, self._packed, self._given = cast(BinaryIO, stream), packed, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size)
        except (*_DAMAGE, OSError):
            raise RefusedError(Reason.DAMAGED) from None
        self._given += len(data)
        if self._given > _FREE_GROWTH and self._given > _MOST_GROWTH * max(self._packed.taken, 1):
            raise RefusedError(Reason.TOO_LARGE)
        return data

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()


_FREE_GROWTH = 8 << 20
_MOST_GROWTH = 200
_PACKED: tuple[tuple[bytes, Callable[[BinaryIO], object]], ...] = (
    (b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)


def _search_tar(blob: Blob, evidence: Evidence) -> None:
    """Every regular file of a tar; each is read into memory, since a tar is read once."""
    from validator.privacy.guard.blob import MOST_IN_MEMORY, read_limited
    from validator.privacy.guard.search import search_into

    with blob.open() as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    place = f"{blob.member}!{member.name}" if blob.member else member.name
                    search_name(member.name, evidence, place)
                    content = archive.extractfile(member) if member.isreg() else None
                    if content is None:
                        continue
                    data = read_limited(cast(BinaryIO, content), MOST_IN_MEMORY)
                    blob.budget.unpacked -= len(data)
                    search_into(blob.inside(member.name, _again(data)), evidence)
        except _DAMAGE:
            raise RefusedError(Reason.DAMAGED) from None


def _again(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)


def _search_ole(blob: Blob, evidence: Evidence) -> None:
    """An old Office file: the texts in it; a new one behind a password is refused."""
    from validator.privacy.guard.binary import search_old_office

    data = blob.whole()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise RefusedError(Reason.ENCRYPTED)
    search_old_office(blob, data, evidence)


def _cannot_open(blob: Blob, evidence: Evidence) -> None:
    """An archive that this program has no reader for."""
    evidence.refuse(Place(blob.member), Reason.NO_READER)
