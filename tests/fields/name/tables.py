"""The shipped character tables read with plain loops, and the rule of one step said slowly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import validator.fields.name

DATA = Path(validator.fields.name.__file__).parent / "data"

FORMS = ("law/old_forms", "mj/variants", "kanji_database/old_print", "hand/variants")
SIMPLIFIED = ("unicode/simplified", "immigration/simplified")
# From the most to the least trusted.
TRUST = (
    "joyo_old_form", "jinmei_old_form", "jis", "register", "notice", "popular", "miswritten",
    "old_print", "hand",
)  # fmt: skip


@cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a table, its header first."""
    text = (DATA / f"{table}.tsv").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return tuple(tuple(line.split("\t")) for line in text[:-1].split("\n"))


@cache
def all_steps() -> dict[str, dict[str, list[str]]]:
    """Character → regular form → the evidence of every row that names it."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in FORMS:
        for variant, regular, evidence in rows(table)[1:]:
            found.setdefault(variant, {}).setdefault(regular, []).append(evidence)
    return found


def steps_from(character: str) -> dict[str, list[str]]:
    """The regular forms of one character."""
    return all_steps().get(character, {})


@cache
def all_simplified() -> dict[str, str]:
    """Simplified or other foreign form → the regular character that it stands for."""
    return {row[0]: row[1] for table in SIMPLIFIED for row in rows(table)[1:]}


def regular_of_simplified(character: str) -> str:
    """The regular character of a simplified one (any other character: itself)."""
    return all_simplified().get(character, character)


def _one_step(one: str, other: str) -> bool:
    return bool(({one} | set(steps_from(one))) & ({other} | set(steps_from(other))))


def forms_of_one_character(one: str, other: str) -> bool:
    """One step from each side at most; a simplified form may become regular before that."""
    return any(
        _one_step(a, b)
        for a in {one, regular_of_simplified(one)}
        for b in {other, regular_of_simplified(other)}
    )


def possible_evidence(one: str, other: str) -> set[str]:
    """Codes that may honestly be named for two characters that are forms of one another."""
    if one == other:
        return set()
    if not _one_step(one, other):
        return {"SIMPLIFIED"} if forms_of_one_character(one, other) else set()
    of_one, of_other = steps_from(one), steps_from(other)
    direct = [*of_one.get(other, []), *of_other.get(one, [])]
    shared = [e for form in of_one.keys() & of_other.keys() for e in of_one[form] + of_other[form]]
    return {f"VARIANT:{evidence}" for evidence in direct or shared}


def texts_joined(one: str, other: str) -> bool:
    """Character by character, no other length."""
    if len(one) != len(other):
        return False
    return all(forms_of_one_character(a, b) for a, b in zip(one, other, strict=True))
