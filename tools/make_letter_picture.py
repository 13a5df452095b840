"""Makes docs/images/letter.png: three pages of a PDF letter about made-up people.

python tools/make_letter_picture.py (needs Pillow, which the project itself does not)
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from shikaku_world.batches import make_batch
from shikaku_world.writers import write
from validator.checking import Options, check_files
from validator.config import LettersConfig
from validator.output.letters import filed_of, write_letters

OUT = Path(__file__).resolve().parent.parent / "docs" / "images" / "letter.png"
AS_OF = date(2026, 11, 23)
SEED = 20261123
SCALE = 0.95  # of 72 dots an inch
GAP = 12  # dots


def main() -> int:
    """Set the letters of a small synthetic batch as PDF and draw three pages side by side."""
    import pypdfium2
    from PIL import Image

    letters = LettersConfig(
        insurer_name="見本健康保険組合", contact=("適用課", "電話 00-0000-0000"), write="pdf"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = make_batch(1000, SEED, AS_OF, "demo")
        write(world.batch, folder / "batch.csv", "csv")
        write(world.registry, folder / "registry.csv", "csv")
        checked = check_files(
            [folder / "batch.csv"], Options(registry=folder / "registry.csv", as_of=AS_OF)
        )
        write_letters(filed_of(replace(checked, letters=letters)), folder / "letters")
        path = max((folder / "letters").glob("0*.pdf"), key=lambda p: p.stat().st_size)
        document = pypdfium2.PdfDocument(path)
        drawn = [document[n].render(scale=SCALE).to_pil() for n in (0, 1, len(document) - 1)]
        document.close()
    width = sum(page.width for page in drawn) + GAP * (len(drawn) + 1)
    sheet = Image.new("RGB", (width, drawn[0].height + 2 * GAP), (200, 200, 200))
    at = GAP
    for page in drawn:
        sheet.paste(page, (at, GAP))
        at += page.width + GAP
    sheet.quantize(32).save(OUT, optimize=True)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
