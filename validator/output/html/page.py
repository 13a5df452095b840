"""One self-contained page: style and script inside, pinned by a content security policy.

A template extends ``page.html.jinja`` (blocks ``title``, ``head``, ``nav``, ``main``). Every text
stands in it in both languages (`both`); a switch in the page shows one of them. Nothing is fetched,
the page is whole without its script, and equal input gives equal bytes.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup, escape

from validator.output.compiled import compile_all, compiled_beside
from validator.output.staging import open_private

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_ERAS = ((2019, 5, 1, "令和", 2018), (1989, 1, 8, "平成", 1988), (1926, 12, 25, "昭和", 1925))


class Worded(Protocol):
    """A text in both languages, as rules, policies and forms have them."""

    @property
    def ja(self) -> str:
        """Japanese."""

    @property
    def en(self) -> str:
        """English."""


@lru_cache(maxsize=4096)
def both(ja: str, en: str) -> Markup:
    """The text in both languages, of which the page shows one."""
    if ja == en:
        return escape(ja)
    # Joined, not formatted: a page has thousands of them.
    return Markup(f'<span lang="ja">{escape(ja)}</span><span lang="en">{escape(en)}</span>')  # noqa: S704 (both are escaped)


def worded(text: Worded) -> Markup:
    """`both` of an object with ``ja`` and ``en``."""
    return both(text.ja, text.en)


def number(value: float) -> str:
    """A count with thousands separated."""
    return f"{value:,}"


def percent(part: float, of: float) -> str:
    """A share with one decimal; never 0.0 % or 100.0 % where it is not so."""
    if not of:
        return "-"
    share = 100 * part / of
    if 0 < share < 0.1:
        return "<0.1%"
    if 99.9 < share < 100:
        return ">99.9%"
    return f"{share:.1f}%"


def signed(value: float) -> str:
    """A figure with its sign and one decimal; nothing has no sign."""
    shown = f"{value:+.1f}"
    return "0.0" if shown[1:] == "0.0" else shown


def broken(text: str) -> Markup:
    """A long code that may break between any four characters.

    No six digits of it stand together, as a part of a My Number would.
    """
    return Markup("<wbr>").join(escape(text[at : at + 4]) for at in range(0, len(text), 4))


def japanese_date(day: date) -> str:
    """2026-11-23 → 2026年11月23日(令和8年)."""
    plain = f"{day.year}年{day.month}月{day.day}日"
    for *first, era, base in _ERAS:
        if (day.year, day.month, day.day) >= tuple(first):
            year = day.year - base
            return f"{plain}({era}{'元' if year == 1 else year}年)"
    return plain


@cache
def environment() -> Environment:
    """The templates of this folder; everything is escaped, nothing undefined passes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=compiled_beside(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(t=both, w=worded)
    made.filters.update(n=number, day=japanese_date, broken=broken, signed=signed)
    made.globals["percent"] = percent
    return made


def compile_templates() -> None:
    """Compile every template of this folder ahead."""
    compile_all(environment(), _TEMPLATES)


@cache
def _asset(name: str) -> tuple[str, str]:
    """Text of a file of this folder and its source expression for the policy."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return text, "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def render_page(template: str, *, lang: str = "ja", **context: object) -> str:
    """The page ``template`` with ``lang`` (ja or en) shown first."""
    style, style_hash = _asset("page.css")
    script, script_hash = _asset("page.js")
    return (
        environment()
        .get_template(template)
        .render(
            lang=lang if lang == "en" else "ja",
            style=Markup(style),  # noqa: S704 (a file of this package)
            script=Markup(script),  # noqa: S704
            style_hash=style_hash,
            script_hash=script_hash,
            **context,
        )
    )


def write_page(path: Path, page: str) -> None:
    """Write a page into a new private file."""
    with open_private(path) as file:
        file.write(page.encode())
