"""``letters/``: a letter to every employer of whom somebody is held or returned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from validator.output.letters.letters import letters, listed_people
from validator.output.letters.pages import Pages
from validator.output.letters.people import letter_people
from validator.output.letters.reread import lost, named_records, prove, read_letters
from validator.output.letters.view import Head, Site, head
from validator.output.letters.words import Words
from validator.output.staging import open_private

if TYPE_CHECKING:
    from validator.checking import Checked

LISTED_IN_A_LETTER = 1_000
LISTED_IN_ALL = 50_000
INDEX = "index.html"


def write_letters(checked: Checked, folder: Path) -> int:
    """Write the letters of a run into the new folder ``folder``; nothing where nobody needs one.

    One file an addressee, ``index.html`` for those who send them. Returns how many letters.
    BalanceError (8) where what was written is not what was submitted by that addressee.
    """
    if checked.letters.write == "none":
        return 0
    people = letter_people(checked)
    if people.is_empty():
        return 0
    site = _site(checked, people)
    listed = listed_people(people, site, of_a_letter=LISTED_IN_A_LETTER, of_all=LISTED_IN_ALL)
    table = letters(people, listed, checked.judged.systematic["office_code"].to_list())
    heads = [head(row, site) for row in table.iter_rows(named=True)]
    pages = Pages(site)
    blocks = {number: (cards, guides) for number, cards, guides in pages.blocks(listed).iter_rows()}
    folder.mkdir(mode=0o700)
    for number, one in zip(table["letter"], heads, strict=True):
        with open_private(folder / f"{one.stem}.html") as file:
            file.write(pages.letter(one, *blocks.get(number, ("", ""))))
    with open_private(folder / INDEX) as file:
        file.write(pages.index(heads, "html"))
    _prove(checked, folder, heads, site.words["blank"])
    return len(heads)


def _site(checked: Checked, people: pl.DataFrame) -> Site:
    settings = checked.settings
    ours = settings.lang == "ja"
    names = {
        name: (form.ja[0] if ours else form.en)
        for name in people["form"].unique(maintain_order=True)
        if name in settings.forms.names and (form := settings.forms.form(name))
    }
    return Site(Words(settings.lang), checked.letters, settings.as_of, names)


def _prove(checked: Checked, folder: Path, heads: Sequence[Head], blank: str) -> None:
    """Read all files again; what stands on the disk counts, not what was meant to."""
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    said = read_letters(written)
    listed = said.filter(pl.col("mark") == "record")["file"].value_counts(name="n")
    wanted = {f"{one.stem}.html": one.listed for one in heads if one.listed}
    if dict(listed.iter_rows()) != wanted or len(written) != len(heads) + 1:
        raise lost()
    unlisted = sum(one.unlisted for one in heads)
    prove(checked, said, named_records(written), unlisted=unlisted, blank=blank)
