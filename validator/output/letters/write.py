"""``letters/``: a letter to every employer of whom somebody is held or returned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from validator.output.letters.pages import Pages
from validator.output.letters.people import letter_people
from validator.output.letters.reread import Found, lost, prove, read_html
from validator.output.letters.view import Letter, Site, letter
from validator.output.letters.words import Words
from validator.output.staging import open_private

if TYPE_CHECKING:
    from validator.checking import Checked

LISTED_IN_A_LETTER = 1_000
LISTED_IN_ALL = 50_000


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
    folder.mkdir(mode=0o700)
    pages, letters = Pages(site), []
    for made in _letters(checked, people, site):
        with open_private(folder / f"{made.stem}.html") as file:
            file.write(pages.letter(made))
        letters.append(made)
    with open_private(folder / "index.html") as file:
        file.write(pages.index(letters, "html"))
    _prove(checked, folder, letters, site.words["blank"])
    return len(letters)


def _site(checked: Checked, people: pl.DataFrame) -> Site:
    settings = checked.settings
    ours = settings.lang == "ja"
    names = {
        name: (form.ja[0] if ours else form.en)
        for name in people["form"].unique(maintain_order=True)
        if name in settings.forms.names and (form := settings.forms.form(name))
    }
    return Site(Words(settings.lang), checked.letters, settings.as_of, names)


def _letters(checked: Checked, people: pl.DataFrame, site: Site) -> Iterator[Letter]:
    """All letters in their order; together they list at most `LISTED_IN_ALL` people."""
    faulty = checked.judged.systematic.select("office_code")["office_code"]
    whole_file, offices = bool(faulty.null_count()), set(faulty.drop_nulls())
    left = LISTED_IN_ALL
    for (number,), rows in people.partition_by("letter", as_dict=True, maintain_order=True).items():
        made = letter(
            list(rows.iter_rows(named=True)),
            site,
            number=int(number),
            common=whole_file or rows["office_code"][0] in offices,
            limit=min(LISTED_IN_A_LETTER, left),
        )
        left -= len(made.people)
        yield made


def _prove(checked: Checked, folder: Path, letters: list[Letter], blank: str) -> None:
    """Read all files again; what stands on the disk counts, not what was meant to."""
    files: dict[str, Found] = {}
    for path in folder.iterdir():
        files[path.name] = read_html(path.read_bytes())
    listed = {name: len(found.listed) for name, found in files.items()}
    if listed != {"index.html": 0} | {f"{made.stem}.html": len(made.people) for made in letters}:
        raise lost()
    unlisted = sum(made.unlisted for made in letters)
    prove(checked, files, unlisted=unlisted, blank=blank)
