"""What waits in the inbox, and what is not ready yet.

A file that is still being copied must not be judged by its first half: names that copy programs
use meanwhile, a file that some process holds open for writing, and one that changes while it is
read are left for the next run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from validator.batch.opening import refuse_number_in_name, shown_name
from validator.errors import InputError
from validator.privacy.visible import mask_text

UNFINISHED = (".*", "~*", "*~", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.tmp",
              "*.temp", "*.swp", "*.lock")  # fmt: skip
NO_FORMS = ("thumbs.db", "desktop.ini")
NUMBER_IN_NAME = "number-in-name-"
_CHUNK = 1 << 20
_LETTERS = str.maketrans("0123456789", "bcdfghjklm")

REASONS = {
    "unfinished_name": ("名前がコピー途中を示しています", "its name says that it is being copied"),
    "ignored": ("設定で無視する名前です", "the configuration ignores its name"),
    "not_a_file": ("ファイルではありません", "it is not a file"),
    "just_written": ("書き込まれたばかりです", "it was written just now"),
    "being_written": ("書き込み中です", "it is being written"),
    "unreadable": ("読み取りの権限がありません", "no permission to read it"),
    "failed": ("処理中に問題が起きました", "something went wrong while it was processed"),
}


@dataclass(frozen=True)
class Waiting:
    """A file that is there as a whole, as far as can be seen."""

    path: Path
    identity: tuple[int, int, int]

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name


@dataclass(frozen=True)
class Left:
    """What stays in the inbox: shown name, and a key of `REASONS`."""

    name: str
    reason: str


class NotReadyError(Exception):
    """The file is not ready; the reason is a key of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def look(
    inbox: Path, ignore: Sequence[str], settle_seconds: int
) -> tuple[list[Waiting], list[Left]]:
    """What can be taken now, by name, and what is left, with the reason.

    InputError (3) where there is no such folder: a share that is not mounted is no empty inbox.
    """
    waiting, left = [], []
    try:
        _rename_untellable(inbox)
        entries = sorted(os.scandir(inbox), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        raise InputError(
            "受信フォルダー(inbox)を開けません。場所、接続、アクセス権を確認してください。",
            "the inbox cannot be opened: check the place, the mount and the access rights",
            file=inbox.name,
        ) from None
    for entry in entries:
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        reason = _reason(entry.name, status, ignore, settle_seconds)
        if reason is None:
            waiting.append(Waiting(Path(entry.path), identity(status)))
        else:
            left.append(Left(told(entry.name), reason))
    return waiting, left


def _rename_untellable(inbox: Path) -> None:
    """Names that may be written nowhere (a My Number) or cannot be (no text) are replaced.

    The new name says so, so that a number in the name is refused even if this run dies now.
    """
    for entry in os.scandir(inbox):
        if any(fnmatch(entry.name.lower(), pattern) for pattern in UNFINISHED):
            continue
        prefix = None
        try:
            refuse_number_in_name(entry.name)
            entry.name.encode()
        except InputError:
            prefix = NUMBER_IN_NAME
        except UnicodeEncodeError:
            prefix = "name-unreadable-"
        if prefix is not None and entry.is_file(follow_symlinks=False):
            suffix = Path(entry.name).suffix
            suffix = suffix if suffix.isascii() and suffix[1:].isalpha() else ""
            letters = str(entry.inode()).translate(_LETTERS)
            Path(entry.path).rename(inbox / f"{prefix}{letters}{suffix}")


def refuse_renamed(waiting: Waiting) -> None:
    """InputError for a file whose name carried a My Number."""
    if waiting.name.startswith(NUMBER_IN_NAME):
        raise InputError(
            "ファイル名に個人番号とみられる12桁の数字がありました(名前は置き換えました)。"
            "提出元に、個人番号を含まない名前で出し直してもらってください。",
            "the name of the file held twelve digits that look like a My Number (it was replaced):"
            " ask the sender for a name without one",
        )


def told(name: str) -> str:
    """A file name as it may be shown: no control characters, no My Number."""
    return mask_text(shown_name(Path(name)))


def identity(status: os.stat_result) -> tuple[int, int, int]:
    """What tells a file from another one of that name: inode, time of change, size."""
    return status.st_ino, status.st_mtime_ns, status.st_size


def _reason(name: str, status: os.stat_result, ignore: Sequence[str], settle: int) -> str | None:
    lower = name.lower()
    if any(fnmatch(lower, pattern) for pattern in UNFINISHED):
        return "unfinished_name"
    if lower in NO_FORMS or any(fnmatch(name, pattern) for pattern in ignore):
        return "ignored"
    if not stat.S_ISREG(status.st_mode):
        return "not_a_file"
    if settle and time.time() - status.st_mtime < settle:
        return "just_written"
    return None


def take_copy(waiting: Waiting, target: Path) -> str:
    """Copy a waiting file to the new private file ``target``; SHA-256 of what was copied.

    Raises NotReadyError if it is being written, changes meanwhile, or cannot be read.
    """
    try:
        source = os.open(waiting.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise NotReadyError("unreadable") from None
    digest = hashlib.sha256()
    try:
        if identity(os.fstat(source)) != waiting.identity or _has_a_writer(source):
            raise NotReadyError("being_written")
        made = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(made, "wb") as copy:
            while chunk := _read(source):
                digest.update(chunk)
                copy.write(chunk)
        if identity(os.fstat(source)) != waiting.identity:
            raise NotReadyError("being_written")
    finally:
        os.close(source)
    return digest.hexdigest()


def _read(source: int) -> bytes:
    try:
        return os.read(source, _CHUNK)
    except OSError:
        raise NotReadyError("unreadable") from None


def _has_a_writer(descriptor: int) -> bool:
    """Whether any process holds the file open for writing.

    The kernel grants a read lease only where nobody does. File systems without leases, and files
    of other owners, say nothing: then only the comparison before and after reading speaks.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
