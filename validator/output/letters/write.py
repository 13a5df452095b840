"""``letters/``: a letter to every employer of whom somebody is held or returned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from validator.output.letters.filed import Filed
from validator.output.letters.letters import letters, listed_people
from validator.output.letters.pages import Pages
from validator.output.letters.people import letter_people
from validator.output.letters.reread import lost, prove, read_html, truth_of
from validator.output.letters.view import Head, Row, Site, head, person
from validator.output.letters.words import Words
from validator.output.staging import open_private

if TYPE_CHECKING:
    from validator.config import LettersConfig
    from validator.output.letters.pdf.setting import PdfPages

LISTED_IN_A_LETTER = 1_000
LISTED_IN_ALL = 50_000
INDEX = "index.html"


@dataclass(frozen=True)
class _Letters:
    """All letters of a run before they are written."""

    site: Site
    table: pl.DataFrame
    heads: Sequence[Head]
    listed: pl.DataFrame

    def each(self) -> Iterator[tuple[Row, Head]]:
        return zip(self.table.iter_rows(named=True), self.heads, strict=True)

    @property
    def unlisted(self) -> int:
        return sum(head.unlisted for head in self.heads)


def refuse_unwritable(config: LettersConfig) -> None:
    """UsageError (2) where the letters asked for cannot be made here; ask before all work."""
    if config.write == "pdf":
        from validator.output.letters.pdf.font import characters
        from validator.output.letters.pdf.setting import refuse_without_engine

        refuse_without_engine()
        characters(config.fonts)


def write_letters(filed: Filed, folder: Path) -> int:
    """Write the letters of ``filed`` into ``folder``; nothing where nobody needs one.

    One file an addressee, HTML or PDF as ``filed.config.write`` says; ``index.html`` for those
    who send them. Returns how many letters. BalanceError (8) where what was written is not what
    was submitted by that addressee.
    """
    if filed.config.write == "none":
        return 0
    people = letter_people(filed)
    if people.is_empty():
        return 0
    site = site_of(filed, people)
    listed = listed_people(people, site, of_a_letter=LISTED_IN_A_LETTER, of_all=LISTED_IN_ALL)
    table = letters(people, listed, filed.faulty_offices)
    heads = [head(row, site) for row in table.iter_rows(named=True)]
    made = _Letters(site, table, heads, listed)
    folder.mkdir(mode=0o700, exist_ok=True)
    write = _write_pdf if filed.config.write == "pdf" else _write_html
    write(made, folder, truth_of(filed))
    return len(heads)


def site_of(filed: Filed, people: pl.DataFrame) -> Site:
    """What all letters of a run share; ``people``: `people.letter_people`."""
    ours = filed.lang == "ja"
    names = {
        name: (form.ja[0] if ours else form.en)
        for name in people["form"].unique(maintain_order=True)
        if name in filed.forms.names and (form := filed.forms.form(name))
    }
    return Site(Words(filed.lang), filed.config, filed.as_of, names)


def _write_html(made: _Letters, folder: Path, truth: pl.DataFrame) -> None:
    pages = Pages(made.site)
    blocks = {n: (cards, guides) for n, cards, guides in pages.blocks(made.listed).iter_rows()}
    for row, one in made.each():
        own = blocks.get(row["letter"], ("", ""))
        _write(folder / f"{one.stem}.html", pages.letter(row, *own))
    _write(folder / INDEX, pages.index(made.heads, "html"))
    # What stands on the disk counts, not what was meant to.
    said = read_html({path.name: path.read_bytes().decode() for path in folder.iterdir()})
    _refuse_other_counts(said.listed, made, folder, "html")
    prove(said, truth, unlisted=made.unlisted, blank=made.site.words["blank"])


def _write_pdf(made: _Letters, folder: Path, truth: pl.DataFrame) -> None:
    from validator.output.letters.pdf.reread import read_pdf, text_of
    from validator.output.letters.pdf.setting import PdfPages

    pages: PdfPages = PdfPages(made.site)
    rows = {n: r for (n,), r in made.listed.partition_by("letter", as_dict=True).items()}
    meant = {}
    for letter, one in made.each():
        number = letter["letter"]
        own = rows[number].iter_rows(named=True) if number in rows else ()
        people = [person(row, made.site) for row in own]
        meant[f"{one.stem}.pdf"] = (one, people)
        _write(folder / f"{one.stem}.pdf", pages.letter(one, people))
    _write(folder / INDEX, Pages(made.site).index(made.heads, "pdf"))
    texts = {path.name: text_of(path) for path in folder.iterdir() if path.suffix == ".pdf"}
    texts[INDEX] = (folder / INDEX).read_text(encoding="utf-8")
    blank = made.site.words["blank"]
    said = read_pdf(texts, meant, truth, printable=pages.printable, blank=blank)
    _refuse_other_counts(said.listed, made, folder, "pdf")
    prove(said, truth, unlisted=made.unlisted, blank=blank)


def _write(path: Path, data: bytes) -> None:
    with open_private(path) as file:
        file.write(data)


def _refuse_other_counts(listed: pl.DataFrame, made: _Letters, folder: Path, ending: str) -> None:
    """Every file lists as many people as its letter is about, and no other file is there."""
    wanted = {f"{one.stem}.{ending}": one.listed for one in made.heads if one.listed}
    counted = dict(listed["file"].value_counts(name="n").iter_rows())
    if counted != wanted or len(list(folder.iterdir())) != len(made.heads) + 1:
        raise lost()
