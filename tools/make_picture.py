"""docs/images/demo.svg: the terminal summary of a demo batch, drawn cell by cell.

python tools/make_picture.py
"""

from __future__ import annotations

import io
import tempfile
from datetime import date
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from shikaku_world.batches import make_batch
from shikaku_world.writers import write
from validator.checking import Options, check_files
from validator.output.terminal import render_summary

AS_OF = date(2026, 11, 23)
TARGET = Path(__file__).resolve().parent.parent / "docs" / "images" / "demo.svg"
CELL, LINE, MARGIN = 8.4, 22, 20
COLOURS = {"green": "#1a7f37", "yellow": "#9a6700", "red": "#cf222e"}
WIDTH = 80


def draw(console: Console) -> str:
    """The recorded console as an SVG without any outside reference."""
    rows: list[list[tuple[int, str, str, bool, bool]]] = [[]]
    column = 0
    for segment in console._record_buffer:  # rich offers its segments only here
        for position, piece in enumerate(segment.text.split("\n")):
            if position:
                rows.append([])
                column = 0
            if piece.strip():
                style = segment.style
                colour = COLOURS.get(style.color.name if style and style.color else "", "#1f2328")
                rows[-1].append(
                    (column, piece, colour, bool(style and style.bold), bool(style and style.dim))
                )
            column += cell_len(piece)
    height = MARGIN * 2 + LINE * len(rows)
    width = MARGIN * 2 + CELL * WIDTH
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" aria-label="validator check: the summary of a demo batch">',
        f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>',
        "<g font-family=\"'BIZ UDGothic','Noto Sans Mono CJK JP','MS Gothic','Osaka-Mono',monospace\" font-size=\"14\">",
        f'<text x="{MARGIN}" y="{MARGIN + 14}" fill="#57606a">$ validator check batch.csv --registry registry --out result</text>',
    ]
    for number, row in enumerate(rows, start=1):
        for column, text, colour, bold, dim in row:
            lead = len(text) - len(text.lstrip())
            shown = text.strip()
            x = MARGIN + CELL * (column + cell_len(text[:lead]))
            weight = ' font-weight="bold"' if bold else ""
            faint = ' opacity="0.7"' if dim else ""
            lines.append(
                f'<text x="{x:.1f}" y="{MARGIN + 14 + LINE * number}" fill="{colour}" textLength="{CELL * cell_len(shown):.1f}"'
                f' lengthAdjust="spacingAndGlyphs"{weight}{faint}>{escape(shown)}</text>'
            )
    return "\n".join([*lines, "</g>", "</svg>"]) + "\n"


def main() -> None:
    """Check a demo batch and draw its summary."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = make_batch(1000, 20261123, AS_OF, "demo")
        write(world.batch, folder / "batch.csv", "csv")
        write(world.registry, folder / "registry.csv", "csv")
        checked = check_files(
            [folder / "batch.csv"], Options(registry=folder / "registry.csv", as_of=AS_OF)
        )
    console = Console(
        record=True,
        width=WIDTH,
        force_terminal=True,
        highlight=False,
        emoji=False,
        markup=False,
        file=io.StringIO(),
    )
    render_summary(console, checked, Path("result"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(draw(console), encoding="utf-8")


if __name__ == "__main__":
    main()
