"""``--output FORMAT=PATH``: the result once more, in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from validator.errors import UsageError
from validator.output.csv_file import refuse_existing
from validator.output.machine import FORMATS


def parse_outputs(given: Sequence[str], *, overwrite: bool) -> list[tuple[str, Path]]:
    """(format, path) of each; UsageError before any work where one is wrong or exists."""
    outputs = []
    for text in given:
        style, found, path = text.partition("=")
        if not found or not path or style not in FORMATS:
            raise UsageError(
                f"--output は 形式=ファイル で指定してください(形式: {', '.join(FORMATS)})。",
                f"--output takes FORMAT=PATH, FORMAT being one of {', '.join(FORMATS)}",
            )
        refuse_existing(Path(path), overwrite=overwrite)
        outputs.append((style, Path(path)))
    return outputs
