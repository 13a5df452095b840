"""One CSV beside its input: refused before work begins, written whole or not at all, mode 0600."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import polars as pl

from validator.errors import OutputError, UsageError
from validator.output.staging import open_private


def refuse_target(source: Path, target: Path, *, option: str, overwrite: bool) -> None:
    """UsageError where ``target`` exists, or is the file given by ``option``."""
    if target.exists() and not overwrite:
        raise UsageError(
            "出力ファイルが既にあります。別の名前か --overwrite を指定してください。",
            "the output exists: choose another name or --overwrite",
            file=target.name,
        )
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(
            f"{option} と --out が同じファイルです。別の名前を指定してください。",
            f"{option} and --out are the same file: choose another name",
            file=target.name,
        )


def write_whole(frame: pl.DataFrame, target: Path) -> None:
    """Write ``frame`` beside ``target`` and rename it. OutputError (7) where that fails."""
    scratch = target.with_name(f".{target.name}.part")
    try:
        scratch.unlink(missing_ok=True)
        with open_private(scratch) as file:
            frame.write_csv(file)
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
