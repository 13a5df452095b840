"""One file of output: refused before work begins, written whole or not at all, mode 0600."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import polars as pl

from validator.errors import OutputError, UsageError
from validator.output.staging import open_private


def refuse_target(source: Path, target: Path, *, option: str, overwrite: bool) -> None:
    """UsageError where ``target`` exists, or is the file given by ``option``."""
    refuse_existing(target, overwrite=overwrite)
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(
            f"{option} と --out が同じファイルです。別の名前を指定してください。",
            f"{option} and --out are the same file: choose another name",
            file=target.name,
        )


def refuse_existing(target: Path, *, overwrite: bool) -> None:
    """UsageError where ``target`` exists and may not be replaced."""
    if target.exists() and not overwrite:
        raise UsageError(
            "出力ファイルが既にあります。別の名前か --overwrite を指定してください。",
            "the output exists: choose another name or --overwrite",
            file=target.name,
        )


def write_whole(frame: pl.DataFrame, target: Path) -> None:
    """Write ``frame`` as CSV beside ``target`` and rename it. OutputError (7) where that fails."""
    _write(target, frame.write_csv)


def write_bytes_whole(data: bytes, target: Path) -> None:
    """Write ``data`` beside ``target`` and rename it. OutputError (7) where that fails."""
    _write(target, lambda file: file.write(data))


def _write(target: Path, write: Callable[[IO[bytes]], object]) -> None:
    scratch = target.with_name(f".{target.name}.part")
    try:
        scratch.unlink(missing_ok=True)
        with open_private(scratch) as file:
            write(file)
        scratch.replace(target)
    except OSError:
        # The folder itself may be the trouble, then there is nothing to take away.
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise OutputError(
            "出力ファイルを書き込めません。空き容量と権限を確認してください。",
            "the output cannot be written: check space and permissions",
            file=target.name,
        ) from None
