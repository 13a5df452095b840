"""The columns a table may have and the names people write above them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from validator.forms.declarations import Column, Required

SITE_PREFIX = "site_"


def fold(text: str) -> str:
    """A header or form name reduced to what tells it apart.

    NFKC, letter case, spaces, underscores and invisible format characters do not count.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        ch for ch in folded if not (ch.isspace() or ch == "_" or unicodedata.category(ch) == "Cf")
    )


@dataclass(frozen=True)
class Vocabulary:
    """All columns, ours first, then the site's, in the order of the batch frame."""

    column: tuple[Column, ...]
    required: Required

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(column.name for column in self.column)

    @cached_property
    def digit_names(self) -> tuple[str, ...]:
        """Columns of long digit strings, which a spreadsheet turns into 1.23457E+11."""
        return tuple(column.name for column in self.column if column.digits)

    @cached_property
    def by_header(self) -> dict[str, str]:
        """Folded English or Japanese header → column."""
        return {
            fold(name): column.name for column in self.column for name in (column.name, *column.ja)
        }

    @cached_property
    def _japanese(self) -> dict[str, str]:
        return {column.name: column.ja[0] for column in self.column}

    def japanese_name(self, column: str) -> str:
        """The header people know a column by."""
        return self._japanese[column]

    def doubled_headers(self) -> list[str]:
        """Columns one of whose headers another column has too."""
        owners: dict[str, str] = {}
        return [
            column.name
            for column in self.column
            for header in {fold(name) for name in (column.name, *column.ja)}
            if owners.setdefault(header, column.name) != column.name
        ]
