"""One line a finding, for hooks and editors: ``path:line: CODE severity field: message``."""

from __future__ import annotations

import polars as pl

from validator.checking import Checked
from validator.output.machine.places import located


def render_concise(checked: Checked) -> str:
    """What decides first, then warnings; notes are left out, they ask for nothing."""
    rows = located(checked).filter(pl.col("severity") != "info")
    rows = rows.sort(pl.col("effect") == "none", maintain_order=True)
    return "".join(
        f"{row['path']}:{row['line']}: {row['code']} {row['severity']}"
        f"{' ' + row['field'] if row['field'] else ''}: {row['message']}\n"
        for row in rows.iter_rows(named=True)
    )
