"""Makes the supplement font of the letters: what BIZ UDPGothic lacks, out of Noto Sans JP.

Needs fontTools (`pip install fonttools`), which the project itself does not. Where both fonts come
from stands in validator/output/letters/pdf/fonts/SOURCES.md.

    python tools/letter_fonts.py BIZUDPGothic-Regular.ttf NotoSansJP_400Regular.ttf OUT.ttf
"""

from __future__ import annotations

import sys
from pathlib import Path

FAMILY = "Noto Sans JP Supplement"
_FIRST_IDEOGRAPH = 0x2E80
_KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14)


def main(base: str, donor: str, out: str) -> int:
    """Subset ``donor`` to the characters from U+2E80 on that ``base`` does not have."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(base) as font:
        have = set(font.getBestCmap())
    with TTFont(donor) as font:
        wanted = {c for c in font.getBestCmap() if c >= _FIRST_IDEOGRAPH} - have
        options = Options(
            layout_features=[], hinting=False, name_IDs=_KEPT_NAMES, notdef_outline=True
        )
        options.drop_tables += ["STAT", "vhea", "vmtx", "VORG"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                text = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
                record.string = text
        font.save(out)
    print(f"{len(wanted)} characters, {Path(out).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
