"""Letters as HTML: one file each, printed on A4, nothing fetched, no script.

Thousands of people, and of offices, fall into a few kinds of cases. A card or a letter is set once
for each, by a template that escapes everything, with a mark in each place of a value; the values of
all are then put in, escaped the same way.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from validator.output.compiled import compile_all, compiled_beside
from validator.output.letters.letters import VALUES
from validator.output.letters.people import DIRECT, OFFICE, UNKNOWN
from validator.output.letters.view import (
    CASE_OF_AN_OFFICE,
    NAMES_OF_AN_OFFICE,
    Head,
    Person,
    Row,
    Site,
    head,
    person,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TEMPLATES = Path(__file__).resolve().parent / "templates"
# No value holds a control character (`people.shown`), so none can be taken for a mark.
_MARK = re.compile("\x02(\\w+)\x03")
_CASE = ("to", "kind", "form", "share", "number_given", "leaving", "sex_coded")
_CASE_LISTS = ("asks", "reasons", "remedies", "fields")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_ESCAPED = str.maketrans(ESCAPES)


class Pages:
    """Renders the letters of one run."""

    def __init__(self, site: Site) -> None:
        """``site``: what all letters share."""
        self._site = site
        self._environment = _environment()
        self._environment.globals["site"] = site
        self._letter: Template = self._environment.get_template("letter.html.jinja")
        self._offices: dict[tuple[Any, ...], list[str]] = {}

    def letter(self, row: Row, cards: str, guides: str) -> bytes:
        """The letter of ``row`` (of `letters.letters`); ``cards`` and ``guides`` as of `blocks`."""
        if row["to"] != OFFICE:
            one = head(row, self._site)
            return self._letter.render(letter=one, cards=cards, guides=guides).encode()
        names = {c: row[c] for c in NAMES_OF_AN_OFFICE if row[c]}
        case = (*names, *(row[c] for c in CASE_OF_AN_OFFICE))
        pieces = self._offices.get(case)
        if pieces is None:
            pieces = self._offices[case] = self._pieces(row, list(names))
        values = {c: name.translate(_ESCAPED) for c, name in names.items()}
        values |= {"cards": cards, "guides": guides}
        return "".join(values[piece] if n % 2 else piece for n, piece in enumerate(pieces)).encode()

    def _pieces(self, row: Row, names: Sequence[str]) -> list[str]:
        """The letter of ``row``: text, name of a value, text and so on."""
        own = {c: row[c] for c in ("letter", *CASE_OF_AN_OFFICE)}
        own |= dict.fromkeys(NAMES_OF_AN_OFFICE)
        of_a_case = head({**own, **{c: _marked(c) for c in names}}, self._site)
        blocks = {c: _marked(c) for c in ("cards", "guides")}
        return _MARK.split(self._letter.render(letter=of_a_case, **blocks))

    def blocks(self, listed: pl.DataFrame) -> pl.DataFrame:
        """``letter, cards, guides`` (HTML) of `letters.listed_people`, one row a letter."""
        case = pl.concat_str(
            *(pl.col(c).cast(pl.String).fill_null("") for c in _CASE),
            *(pl.col(c).list.join("\x01") for c in _CASE_LISTS),
            *(pl.col(c).is_null().cast(pl.Int8) for c in VALUES),
            separator="\x00",
        )
        escaped = listed.with_columns(
            *(
                pl.col(c).str.replace_many(list(ESCAPES), list(ESCAPES.values())).alias(f"={c}")
                for c in VALUES
            ),
            case=case,
        ).with_row_index("place_in_order")
        made = [self._of_a_case(rows) for rows in escaped.partition_by("case")]
        return (
            pl.concat(made)
            .sort("place_in_order")
            .group_by("letter", maintain_order=True)
            .agg(pl.col("card").str.join(""), pl.col("guide").str.join("", ignore_nulls=True))
            .select("letter", cards="card", guides="guide")
        )

    def _of_a_case(self, rows: pl.DataFrame) -> pl.DataFrame:
        row = rows.row(0, named=True)
        marked = {c: _marked(c) for c in VALUES if row[c] is not None}
        of_a_kind = person({**row, **marked}, self._site)
        guide = pl.lit(None, dtype=pl.String)
        if of_a_kind.guidance is not None:
            guide = self._filled("guide.html.jinja", of_a_kind)
        card = self._filled("card.html.jinja", of_a_kind)
        return rows.select("place_in_order", "letter", card=card, guide=guide)

    def _filled(self, template: str, of_a_kind: Person) -> pl.Expr:
        text = self._environment.get_template(template).render(p=of_a_kind)
        pieces = _MARK.split(text)  # text, name of a value, text, name …
        return pl.concat_str(
            pl.col(f"={piece}") if n % 2 else pl.lit(piece) for n, piece in enumerate(pieces)
        )

    def index(self, heads: Sequence[Head], ending: str) -> bytes:
        """The list of all letters, for those who send them; ``ending`` of the files it names."""
        entries: list[dict[str, Any]] = [
            {
                "stem": head.stem,
                "file": f"{head.stem}.{ending}",
                "to": _to(head, self._site),
                "hold": head.counts["hold"] + head.counts["quiet"],
                "returned": head.counts["return"],
                "due": head.due.isoformat() if head.due else "",
                "unlisted": head.unlisted,
            }
            for head in heads
        ]
        unlisted = sum(head.unlisted for head in heads)
        page = self._environment.get_template("index.html.jinja")
        return page.render(entries=entries, unlisted=unlisted).encode()


def _marked(column: str) -> str:
    return f"\x02{column}\x03"


def _to(head: Head, site: Site) -> str:
    if head.to_kind == UNKNOWN:
        return site.words["index_unknown"]
    if head.to_kind == DIRECT:
        return site.words["index_direct"]
    code = next((value for _, key, value in head.to if key == "office_code"), "")
    return f"{code} {head.office_name}".strip()


def compile_templates() -> None:
    """Compile the templates of the letters ahead."""
    compile_all(_environment(), _TEMPLATES)


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=compiled_beside(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    style = (_TEMPLATES / "letter.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    environment.globals.update(
        style=Markup(style),  # noqa: S704 - our own file, which holds no value
        style_hash=f"sha256-{digest}",
    )
    return environment
