"""The columns and form names a table may use (``schemas/forms/columns.toml``)."""

from __future__ import annotations

import unicodedata
from functools import cache

from pydantic import BaseModel, ConfigDict

from validator.resources import load_toml


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Column(_Declared):
    """One canonical column; ``digits`` where a spreadsheet may have turned it into a number."""

    name: str
    ja: tuple[str, ...]
    digits: bool = False


class NotAddition(_Declared):
    """Values of a column that make a record of this form something else than an addition."""

    column: str
    values: tuple[str, ...]


class Form(_Declared):
    """One form: its names, and whether it adds a person to membership."""

    name: str
    ja: tuple[str, ...]
    addition: bool = False
    not_addition: NotAddition | None = None


class Required(_Declared):
    """Columns a table needs: all of ``addition``, or one whole group of ``identified``."""

    addition: tuple[str, ...]
    identified: tuple[tuple[str, ...], ...]


class Vocabulary(_Declared):
    """Everything ``columns.toml`` declares."""

    version: int
    required: Required
    form: tuple[Form, ...]
    column: tuple[Column, ...]


@cache
def vocabulary() -> Vocabulary:
    """The declared columns and forms, read once."""
    return Vocabulary.model_validate(load_toml("forms/columns.toml"))


@cache
def canonical_columns() -> tuple[str, ...]:
    """Names of all canonical columns, in the order of the batch frame."""
    return tuple(column.name for column in vocabulary().column)


@cache
def digit_columns() -> tuple[str, ...]:
    """Columns of long digit strings, which a spreadsheet turns into 1.23457E+11."""
    return tuple(column.name for column in vocabulary().column if column.digits)


@cache
def japanese_name(column: str) -> str:
    """The header people know a canonical column by."""
    return next(known.ja[0] for known in vocabulary().column if known.name == column)


def fold(text: str) -> str:
    """A header or form name reduced to what tells it apart.

    NFKC, letter case, spaces, underscores and invisible format characters do not count.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        ch for ch in folded if not (ch.isspace() or ch == "_" or unicodedata.category(ch) == "Cf")
    )


@cache
def columns_by_header() -> dict[str, str]:
    """Folded English or Japanese header -> canonical column."""
    return {
        fold(name): column.name
        for column in vocabulary().column
        for name in (column.name, *column.ja)
    }


@cache
def forms_by_name() -> dict[str, Form]:
    """Folded English or Japanese form name -> form."""
    return {fold(name): form for form in vocabulary().form for name in (form.name, *form.ja)}
