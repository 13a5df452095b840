"""Letters as HTML: one file each, well-formed, printed on A4, nothing fetched, no script."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from validator.output.letters.people import DIRECT, UNKNOWN
from validator.output.letters.view import Letter, Site

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TEMPLATES = Path(__file__).resolve().parent / "templates"


class Pages:
    """Renders the letters of one run."""

    def __init__(self, site: Site) -> None:
        """``site``: what all letters share."""
        self._environment = _environment(site)
        self._letter: Template = self._environment.get_template("letter.html.jinja")

    def letter(self, letter: Letter) -> bytes:
        """One letter."""
        return self._letter.render(letter=letter).encode()

    def index(self, letters: Sequence[Letter], ending: str) -> bytes:
        """The list of all letters, for those who send them; ``ending`` of the files it names."""
        site: Site = self._environment.globals["site"]  # type: ignore[assignment]
        entries = [
            {
                "stem": letter.stem,
                "file": f"{letter.stem}.{ending}",
                "to": _to(letter, site),
                "hold": letter.counts["hold"] + letter.counts["quiet"],
                "returned": letter.counts["return"],
                "due": letter.due.isoformat() if letter.due else "",
                "unlisted": letter.unlisted,
            }
            for letter in letters
        ]
        unlisted = sum(letter.unlisted for letter in letters)
        page = self._environment.get_template("index.html.jinja")
        return page.render(entries=entries, unlisted=unlisted).encode()


def _to(letter: Letter, site: Site) -> str:
    if letter.kind == UNKNOWN:
        return site.words["index_unknown"]
    if letter.kind == DIRECT:
        return site.words["index_direct"]
    code = next((value for _, key, value in letter.to if key == "office_code"), "")
    return f"{code} {letter.office_name}".strip()


def _environment(site: Site) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    style = (_TEMPLATES / "letter.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    environment.globals.update(
        site=site,
        style=Markup(style),  # noqa: S704 - our own file, which holds no value
        style_hash=f"sha256-{digest}",
    )
    return environment
