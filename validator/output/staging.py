"""A folder that appears whole or not at all.

Everything is written into a hidden folder beside the target and moved there by one rename.
The hidden folder has a fixed name, so whatever a killed run leaves behind is found, and cleaned,
by the next run for the same target; it is locked while it is in use, and the kernel drops the
lock with the process. Files are 0600 and folders 0700 whatever the umask.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from validator.errors import BusyError, OutputError, UsageError

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_LONGEST_NAME = 200  # bytes; leaves room for the affixes below the usual limit of 255
_LOCK_ATTEMPTS = 20
_MANY_FILES = 64
_SEALED_AT_ONCE = 8
_WRITE_FAULTS = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.EACCES,
        errno.EPERM,
        errno.ENAMETOOLONG,
    }
)
_OS_ERROR_NUMBER = re.compile(r"\(os error ([0-9]{1,4})\)")


def stage(
    target: Path, overwrite: bool, *, protect: Iterable[Path] = (), replaces: str | None = None
) -> StagedFolder:
    """Prepare ``target`` as a folder to be written whole or not at all.

    ``with stage(target, overwrite) as folder:`` write below ``folder.path``. Leaving the block
    normally moves the folder to ``target``; an exception removes it. ``protect`` are files that
    must not lie inside a target that is replaced (the inputs of the run). ``replaces`` names a file
    that every earlier result holds: a folder without it is somebody's own and is never replaced.

    Raises, on entering: UsageError (2) the target exists and ``overwrite`` is off, or it cannot
    be replaced; BusyError (6) another run writes this target; OutputError (7) it cannot be
    created. On leaving: OutputError (7), also for a write fault raised inside the block.
    """
    return StagedFolder(target, overwrite, protect=protect, replaces=replaces)


def open_private(path: Path) -> BinaryIO:
    """Create a new file with mode 0600 for writing bytes; it must not exist, nor be a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, _PRIVATE_FILE), "wb")


class StagedFolder:
    """The context manager behind :func:`stage`; ``path`` is where to write."""

    def __init__(
        self,
        target: Path,
        overwrite: bool,
        *,
        protect: Iterable[Path] = (),
        replaces: str | None = None,
    ) -> None:
        # abspath, not resolve: a target that is a symbolic link is itself what "exists"
        self.target = Path(os.path.abspath(target))  # noqa: PTH100
        self.overwrite = overwrite
        stem = _hidden_stem(self.target.name)
        self.path = self.target.parent / f".{stem}.staging"
        self._replaced = self.target.parent / f".{stem}.replaced"
        # realpath, not resolve: a link that leads to itself is refused where it is read
        self._protect = [Path(os.path.realpath(p)) for p in protect]
        self._replaces = replaces
        self._lock: int | None = None
        self._made_parents: list[Path] = []
        self._umask: int | None = None

    def __enter__(self) -> Self:
        if not self.target.name:
            raise self._irreplaceable()
        self._refuse_existing()
        self._umask = os.umask(0o077)
        try:
            with self._reporting_faults():
                self._make_parents()
                self._acquire()
                self._refuse_existing()
                _empty(self.path)
                _remove(self._replaced)
        except BaseException:
            self._abandon()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._abandon()
            fault = self._fault_of(error)
            if fault is not None:
                raise fault from None
            return
        try:
            with self._reporting_faults():
                seal(self.path)
                self._commit()
        except BaseException:
            self._abandon()
            raise
        self._release()

    def _commit(self) -> None:
        self._refuse_existing()
        replaces = os.path.lexists(self.target)
        if replaces:
            self.target.rename(self._replaced)
        try:
            self.path.rename(self.target)
        except OSError:
            if replaces:
                self._replaced.rename(self.target)
            raise
        sync(self.target.parent)
        if replaces:
            # the new folder stands: what cannot be removed now, the next run removes
            with contextlib.suppress(OSError):
                _remove(self._replaced)

    def _refuse_existing(self) -> None:
        if not os.path.lexists(self.target):
            return
        if not self.overwrite:
            self._clean_leftovers()
            raise UsageError(
                "出力先がすでにあります。別の場所を指定するか、--overwrite を付けてください。",
                "the output folder exists: choose another one, or add --overwrite.",
                file=self.target.name,
            )
        if self.target.is_symlink() or not self.target.is_dir():
            raise self._irreplaceable()
        replaced = self.target.resolve()
        inside = [_current_folder(), *self._protect]
        if os.path.ismount(replaced) or any(p.is_relative_to(replaced) for p in inside):
            raise self._irreplaceable()
        if self._replaces and not (replaced / self._replaces).is_file() and any(replaced.iterdir()):
            raise UsageError(
                "このフォルダーは以前の結果ではないため、置き換えません。別の場所を指定してください。",
                "this folder is no earlier result and is not replaced: choose another place.",
                file=self.target.name,
            )

    def _irreplaceable(self) -> UsageError:
        return UsageError(
            "この出力先は置き換えられません(フォルダーでない、または入力ファイルや作業中の場所を含む)。"
            "別の場所を指定してください。",
            "this output place cannot be replaced (not a folder, or it holds the input files or "
            "the current directory): choose another one.",
            file=self.target.name or str(self.target),
        )

    def _clean_leftovers(self) -> None:
        """Clean up after a killed run although this one is refused."""
        leftovers = [p for p in (self.path, self._replaced) if os.path.lexists(p)]
        if self._lock is not None or not leftovers:
            return
        with contextlib.suppress(OSError, BusyError):
            self._acquire()
            _remove(self._replaced)
        self._abandon()

    def _make_parents(self) -> None:
        missing = []
        parent = self.target.parent
        while not os.path.lexists(parent):
            missing.append(parent)
            parent = parent.parent
        for folder in reversed(missing):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=_PRIVATE_FOLDER)
                self._made_parents.append(folder)

    def _acquire(self) -> None:
        """Lock the staging folder, created if need be.

        Between opening and locking, its owner may have moved it to the target or removed it:
        then the lock is on a folder that is no longer ours, and we start again.
        """
        for _ in range(_LOCK_ATTEMPTS):
            with contextlib.suppress(FileExistsError):
                self.path.mkdir(mode=_PRIVATE_FOLDER)
            try:
                opened = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            except FileNotFoundError:
                continue
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _same_folder(opened, self.path):
                    self._lock = opened
                    self.path.chmod(_PRIVATE_FOLDER)
                    return
            except BlockingIOError:
                os.close(opened)
                raise self._busy() from None
            except BaseException:
                os.close(opened)
                raise
            os.close(opened)
        raise self._busy()

    def _busy(self) -> BusyError:
        return BusyError(
            "別の実行がこの出力先に書き込んでいます。終わってからもう一度実行してください。",
            "another run is writing this output folder: run again when it has finished.",
            file=self.target.name,
        )

    def _abandon(self) -> None:
        """Remove what was staged, then the lock, then the parents made for it."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                if _same_folder(self._lock, self.path):
                    _remove(self.path)
        self._release()
        for folder in reversed(self._made_parents):
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._made_parents.clear()

    def _release(self) -> None:
        if self._umask is not None:
            os.umask(self._umask)
            self._umask = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextlib.contextmanager
    def _reporting_faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._fault(error.errno) from None

    def _fault_of(self, error: BaseException) -> OutputError | None:
        """The write fault behind an exception of the block, if it is one.

        Libraries wrap the system's error; its number then stands in the text only.
        """
        if not isinstance(error, Exception):
            return None
        number = error.errno if isinstance(error, OSError) else None
        if number is None:
            found = _OS_ERROR_NUMBER.search(str(error))
            number = int(found.group(1)) if found else None
        if number not in _WRITE_FAULTS:
            return None
        if number in (errno.EACCES, errno.EPERM, errno.EIO) and isinstance(error, OSError):
            place = error.filename
            if isinstance(place, str | os.PathLike) and not Path(place).is_relative_to(self.path):
                return None
        return self._fault(number)

    def _fault(self, number: int | None) -> OutputError:
        ja, en = _REMEDIES.get(number or 0, _OTHER_REMEDY)
        return OutputError(ja, en, file=self.target.name)


_FULL = (
    "書き込めません(空き容量の不足、または容量の制限)。空きを作ってもう一度実行してください。",
    "cannot be written: the disk is full or a size limit is reached. Free some space, run again.",
)
_FORBIDDEN = (
    "書き込めません: 書き込みの権限がありません。権限のある場所を指定してください。",
    "cannot be written: no permission. Choose a place where you may write.",
)
_OTHER_REMEDY = (
    "書き込めません。出力先の場所と、ディスクの状態を確かめてもう一度実行してください。",
    "cannot be written: check the place and the disk, then run again.",
)
_REMEDIES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: (
        "書き込めません: 読み取り専用の場所です。書き込める場所を指定してください。",
        "cannot be written: the place is read-only. Choose another one.",
    ),
    errno.ENOTDIR: (
        "書き込めません: 途中のパスがフォルダーではありません。出力先を確かめてください。",
        "cannot be written: a part of the path is not a folder. Check the output path.",
    ),
    errno.ENAMETOOLONG: (
        "書き込めません: 名前が長すぎます。短い名前を指定してください。",
        "cannot be written: the name is too long. Choose a shorter one.",
    ),
}


def _current_folder() -> Path:
    try:
        return Path.cwd().resolve()
    except FileNotFoundError:  # removed under us: then it lies in no target
        return Path("/")


def _hidden_stem(name: str) -> str:
    raw = os.fsencode(name)
    return name if len(raw) <= _LONGEST_NAME else hashlib.sha256(raw).hexdigest()


def _same_folder(opened: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(opened), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif os.path.lexists(path):
        shutil.rmtree(path)


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        _remove(Path(entry.path))


def seal(folder: Path) -> None:
    """Make everything below private and durable, innermost first."""
    for here, _, names in os.walk(folder, topdown=False):
        files = [os.path.join(here, name) for name in names]  # noqa: PTH118 (thousands of them)
        if len(files) < _MANY_FILES:
            _seal_files(files)
        else:
            # Thousands of letters: the disk takes at once what it is asked for at once.
            with ThreadPoolExecutor(_SEALED_AT_ONCE) as pool:
                shares = (files[first::_SEALED_AT_ONCE] for first in range(_SEALED_AT_ONCE))
                for _ in pool.map(_seal_files, shares):
                    pass
        Path(here).chmod(_PRIVATE_FOLDER)
        sync(Path(here))


def _seal_files(paths: Iterable[str]) -> None:
    for path in paths:
        os.chmod(path, _PRIVATE_FILE)  # noqa: PTH101
        sync(path)


def sync(path: Path | str) -> None:
    """Wait until a file or folder has reached the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        # some network file systems cannot sync a folder; its files are synced all the same
        if error.errno != errno.EINVAL or not Path(path).is_dir():
            raise
    finally:
        os.close(opened)
