"""Our own columns and forms by name, for readers that meet no site's: the default vocabulary."""

from __future__ import annotations

from functools import cache

from validator.forms.declarations import Form
from validator.forms.load import default_forms
from validator.forms.vocabulary import Vocabulary, fold

__all__ = [
    "canonical_columns",
    "columns_by_header",
    "digit_columns",
    "fold",
    "forms_by_name",
    "japanese_name",
    "vocabulary",
]


def vocabulary() -> Vocabulary:
    """The declared columns."""
    return default_forms().vocabulary


def canonical_columns() -> tuple[str, ...]:
    """Names of all canonical columns, in the order of the batch frame."""
    return vocabulary().names


def digit_columns() -> tuple[str, ...]:
    """Columns of long digit strings, which a spreadsheet turns into 1.23457E+11."""
    return vocabulary().digit_names


def japanese_name(column: str) -> str:
    """The header people know a canonical column by."""
    return vocabulary().japanese_name(column)


def columns_by_header() -> dict[str, str]:
    """Folded English or Japanese header -> canonical column."""
    return vocabulary().by_header


@cache
def forms_by_name() -> dict[str, Form]:
    """Folded English or Japanese form name -> form."""
    return {fold(name): form for form in default_forms().all() for name in (form.name, *form.ja)}
