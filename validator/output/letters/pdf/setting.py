"""Sets letters as PDF with typst, which gets all texts as data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import InternalError, UsageError
from validator.output.letters.pdf.font import PACKAGED, characters
from validator.output.letters.people import UNKNOWN, UNSHOWN
from validator.output.letters.view import Head, Person, Site

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "letter.typ"
_NEEDED = ("typst", "pypdfium2")
# What chooses a glyph of the character before it has none of its own.
_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_PLAIN = re.compile(r"[ -~]*")


def refuse_without_engine() -> None:
    """UsageError (2) where the packages that PDF needs are not installed."""
    if not all(find_spec(name) for name in _NEEDED):
        raise UsageError(
            "PDF の文書には追加のパッケージが必要です。"
            "pip install 'shikaku-validator[pdf]' のあとで、もう一度実行してください。",
            "letters in PDF need more packages: pip install 'shikaku-validator[pdf]', run again",
        )


class PdfPages:
    """Sets the letters of one run; ``refuse_without_engine`` has been asked before."""

    def __init__(self, site: Site) -> None:
        """``site``: what all letters share; UsageError (2) for a font that cannot be used."""
        self._site = site
        self._fonts = (*PACKAGED, *site.config.fonts)
        self._shown = characters(self._fonts) | {c: c for c in _SELECTORS}

    @cached_property
    def _compiler(self) -> tuple[typst.Compiler, list[str]]:
        import typst

        folders = dict.fromkeys(str(path.resolve().parent) for path in self._fonts)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
        )
        ours = {path.resolve(): n for n, path in enumerate(self._fonts)}
        families: dict[str, int] = {}
        for font in fonts.fonts():
            if font.path and (place := ours.get(Path(font.path).resolve())) is not None:
                families.setdefault(font.family, place)
        order = sorted(families, key=lambda family: families[family])
        compiler = typst.Compiler(
            input=str(_TEMPLATE),
            root=str(_TEMPLATE.parent),
            font_paths=fonts,
            ignore_system_fonts=True,
        )
        return compiler, order

    def letter(self, head: Head, people: Sequence[Person]) -> bytes:
        """One letter; characters that no font has are shown as 〓, and a note says so."""
        compiler, families = self._compiler
        texts = self._texts(head, people) | {"fonts": families}
        data = self.printable(_json(texts))
        note = self._site.words["unshown"]
        if data.count(UNSHOWN) > _json(texts).count(UNSHOWN) and note not in head.notes:
            data = self.printable(_json({**texts, "notes": [*head.notes, note]}))
        try:
            made = compiler.compile(
                format="pdf",
                sys_inputs={"letter": data},
                pdf_standards=["ua-1"],
            )
        except RuntimeError:
            # Its message may repeat what it was given.
            raise InternalError(
                "PDF の文書を作れませんでした。HTML の文書(--letters html)で代用し、"
                "開発者に連絡してください。",
                "a letter could not be set as PDF: use --letters html meanwhile, and report this",
            ) from None
        if not isinstance(made, bytes):
            raise InternalError("PDF を作れませんでした。", "typst gave no document")
        return made

    def _texts(self, head: Head, people: Sequence[Person]) -> dict[str, object]:
        site = self._site
        texts: dict[str, object] = asdict(head) | {
            "one": head.listed == 1,
            "greeting": "" if head.to_kind == UNKNOWN else site.words["greeting"],
            "insurer": site.insurer,
            "contact": list(site.config.contact),
            "slip_to": site.words.fill(
                "slip_to", insurer=site.insurer or site.words["insurer_blank"]
            ),
            "people": [asdict(person) for person in people],
            "words": site.words.all(),
            "lang": site.words.lang,
        }
        del texts["due"], texts["counts"]
        return texts

    def printable(self, text: str) -> str:
        """``text`` with 〓 for what no font has, and one character for each glyph."""
        if _PLAIN.fullmatch(text):
            return text
        return "".join(
            chr(shown) if (shown := self._shown.get(ord(c))) is not None else UNSHOWN for c in text
        )


def _json(texts: Mapping[str, object]) -> str:
    return json.dumps(texts, ensure_ascii=False)
