"""Opening a submitted file: one descriptor, read once, hashed as read."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from validator.errors import InputError

MAX_FILE_BYTES = 1 << 30

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Submitted:
    """The bytes of one file as they were read, and their SHA-256."""

    path: Path
    name: str
    data: bytes
    sha256: str


def read_submitted(path: Path) -> Submitted:
    """Read a submitted file whole.

    Raises InputError when it is missing, unreadable, no regular file, empty, larger than 1 GiB, or
    when its name carries a My Number (the name would appear in every output).
    """
    name = shown_name(path)
    refuse_number_in_name(path.name)
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as exc:
        raise _cannot_open(exc, name) from None
    try:
        _refuse_odd_file(os.fstat(descriptor), name)
        with os.fdopen(descriptor, "rb", closefd=False) as handle:
            data = handle.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise _cannot_open(exc, name) from None
    finally:
        os.close(descriptor)
    return _submitted(path, name, data)


def submitted_of_bytes(path: Path, data: bytes) -> Submitted:
    """A submitted file whose bytes are in memory already; InputError as in `read_submitted`."""
    refuse_number_in_name(path.name)
    return _submitted(path, shown_name(path), data)


def _submitted(path: Path, name: str, data: bytes) -> Submitted:
    if not data:
        raise InputError(
            "ファイルが空です。提出元にもう一度出力を依頼してください。",
            "the file is empty; ask the sender to export it again.",
            file=name,
        )
    return Submitted(path, name, data, hashlib.sha256(data).hexdigest())


def shown_name(path: Path) -> str:
    """The base name, with anything a terminal would act on or cannot encode made visible."""
    return "".join(
        ch
        if unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else f"\\u{ord(ch):04x}"
        for ch in path.name
    )


def _refuse_odd_file(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(
            "フォルダーが指定されています。中のファイルを指定してください。",
            "this is a folder; name the files in it.",
            file=name,
        )
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            "通常のファイルではありません。ファイルとして保存したものを指定してください。",
            "this is not a regular file; name a saved file.",
            file=name,
        )
    if status.st_size > MAX_FILE_BYTES:
        raise InputError(
            "ファイルが大きすぎます(上限 1 GiB)。分割してください。",
            "the file is too large (limit 1 GiB); split it.",
            file=name,
        )


def _cannot_open(exc: OSError | ValueError, name: str) -> InputError:
    code = exc.errno if isinstance(exc, OSError) else None
    if code in {errno.ENOENT, errno.ENOTDIR}:
        return InputError(
            "ファイルが見つかりません。場所と名前を確認してください。",
            "the file does not exist; check place and name.",
            file=name,
        )
    if code in {errno.EACCES, errno.EPERM}:
        return InputError(
            "ファイルを読む権限がありません。権限を確認してください。",
            "no permission to read the file; check its permissions.",
            file=name,
        )
    return InputError(
        "ファイルを開けません。場所と名前を確認してください。",
        "the file cannot be opened; check place and name.",
        file=name,
    )


def refuse_number_in_name(name: str) -> None:
    """InputError where a file's name carries a My Number: it would appear in every output."""
    folded = re.sub(r"(?<=[0-9])[-_ .](?=[0-9])", "", unicodedata.normalize("NFKC", name))
    for run in re.findall(r"(?<![0-9])[0-9]{12}(?![0-9])", folded):
        if _checks(run) and not _is_timestamp(run):
            raise InputError(
                "入力ファイルの名前に個人番号とみられる12桁の数字があります。"
                "名前を変えてから実行してください。",
                "the name of an input file holds twelve digits that look like a My Number;"
                " rename the file first.",
            )


def _checks(digits: str) -> bool:
    remainder = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def _is_timestamp(digits: str) -> bool:
    """A day with a time or with a running number behind it (202611230001)."""
    try:
        moment = datetime.strptime(digits[:8], "%Y%m%d")  # noqa: DTZ007 (only the year is asked)
    except ValueError:
        return False
    return 1990 <= moment.year <= 2099
