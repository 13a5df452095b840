"""Which characters are forms of one another, and who says so.

A character has a set of regular forms (one published step, at most); two characters are forms of
one another if their sets meet. There is no closure: that A is a form of B and B of C says
nothing about A and C, because chains of such links run from 辺 to characters that nobody would
take for it. The tables and their licences are described in data/SOURCES.md.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

import polars as pl

from validator.fields.name.characters import jis_row

DATA = Path(__file__).parent / "data"

# The order is the order of trust; the first that joins two characters is named.
TABLES = (
    "law/old_forms",
    "mj/variants",
    "kanji_database/old_print",
    "hand/variants",
)
EVIDENCE = (
    "joyo_old_form",
    "jinmei_old_form",
    "jis",
    "register",
    "notice",
    "popular",
    "miswritten",
    "old_print",
    "hand",
)
SIMPLIFIED = "SIMPLIFIED"
_FEW = 5_000
_OUTSIDE = 999  # after every row of JIS X 0208


def read_table(name: str) -> list[list[str]]:
    """Rows of ``data/NAME.tsv`` without its header."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@cache
def _regular_forms() -> dict[str, dict[str, str]]:
    """Character → regular form → best evidence."""
    rank = {evidence: place for place, evidence in enumerate(EVIDENCE)}
    forms: dict[str, dict[str, str]] = {}
    for table in TABLES:
        for variant, regular, evidence in read_table(table):
            known = forms.setdefault(variant, {})
            if regular not in known or rank[evidence] < rank[known[regular]]:
                known[regular] = evidence
    return forms


@cache
def _simplified() -> dict[str, str]:
    """Simplified (or other foreign) form → the regular character that a 住民票 shows."""
    tables = ("unicode/simplified", "immigration/simplified")
    return {variant: regular for table in tables for variant, regular, _ in read_table(table)}


@cache
def _regular_by_law() -> frozenset[str]:
    return frozenset(regular for _, regular, _ in read_table("law/old_forms"))


def _best(character: str) -> str:
    """The form that a key is written with: by law, else the most common of JIS X 0208."""
    by_law = _regular_by_law()
    forms = _regular_forms().get(character)
    if forms is None or character in by_law:
        return character

    def rank(form: str) -> tuple[bool, int, str]:
        return form not in by_law, jis_row(form) or _OUTSIDE, form

    return min((character, *forms), key=rank)


@cache
def key_table() -> dict[str, str]:
    """Character → the form that stands for it in a comparison key.

    Equal keys mean forms of one character. The reverse does not hold (sets can meet in another
    form): `meet` decides what the keys leave open.
    """
    forms = {character: _best(character) for character in _regular_forms()}
    forms |= {character: _best(regular) for character, regular in _simplified().items()}
    return {character: form for character, form in forms.items() if character != form}


def fold_variants(text: pl.Expr) -> pl.Expr:
    """Each character as the form that stands for it in a key."""

    def folded(series: pl.Series) -> pl.Series:
        if len(series) > _FEW:
            table = key_table()
            return series.str.replace_many(list(table), list(table.values()))
        # A few names are not worth the automaton over all forms.
        names = series.to_list()
        used = set().union(*(name for name in names if name))
        few = str.maketrans({c: key_form(c) for c in used})
        return pl.Series(
            series.name, [n if n is None else n.translate(few) for n in names], dtype=pl.String
        )

    return text.map_batches(folded, return_dtype=pl.String, is_elementwise=True)


def key_form(character: str) -> str:
    """The form that stands for one character in a comparison key (see `key_table`)."""
    return _best(_simplified().get(character, character))


def meet(one: str, other: str) -> str | None:
    """Name of the evidence that joins two characters ("" if they are equal), or None.

    ``VARIANT:<evidence>``, or ``SIMPLIFIED`` where the immigration table (or, where that has no
    row, Unihan) takes the first step.
    """
    if one == other:
        return ""
    found = _one_hop(one, other)
    if found is not None:
        return f"VARIANT:{found}"
    simplified = _simplified()
    if one not in simplified and other not in simplified:
        return None
    steps = product(*((c, simplified.get(c, c)) for c in (one, other)))
    joined = any(a == b or _one_hop(a, b) is not None for a, b in steps)
    return SIMPLIFIED if joined else None


def _one_hop(one: str, other: str) -> str | None:
    forms = _regular_forms()
    of_one, of_other = forms.get(one, {}), forms.get(other, {})
    direct = [table[form] for table, form in ((of_one, other), (of_other, one)) if form in table]
    if direct:
        return min(direct, key=EVIDENCE.index)
    shared = of_one.keys() & of_other.keys()
    if not shared:
        return None
    # Of the forms in which both meet, the one whose weaker half is trusted most.
    return min(
        (max(of_one[form], of_other[form], key=EVIDENCE.index) for form in shared),
        key=EVIDENCE.index,
    )


def joined_by(one: str, other: str) -> tuple[str, ...] | None:
    """The evidence (sorted, each once) that makes two texts equal character by character.

    None if they are not: another length, or a pair of characters that no table joins.
    """
    if len(one) != len(other):
        return None
    found: set[str] = set()
    for a, b in zip(one, other, strict=True):
        if a != b:
            evidence = meet(a, b)
            if evidence is None:
                return None
            found.add(evidence)
    return tuple(sorted(found))
