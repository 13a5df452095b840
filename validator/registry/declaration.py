"""The declared columns and status words of a registry (``schemas/registry``)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from validator.resources import load_toml

_IGNORED = re.compile(r"[\s\u200b\ufeff]")


def fold(word: str) -> str:
    """A header or a status word for comparison: NFKC, no spaces, lower case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", word)).lower()


@cache
def columns_by_header() -> dict[str, str]:
    """Folded header → our column name."""
    found: dict[str, str] = {}
    for name, column in load_toml("registry/columns.toml")["columns"].items():
        for header in (name, *column["headers"]):
            found[fold(header)] = name
    return found


@cache
def required_columns() -> dict[str, str]:
    """Our name of each required column → its Japanese header, in order of declaration."""
    columns = load_toml("registry/columns.toml")["columns"]
    return {name: column["headers"][0] for name, column in columns.items() if column["required"]}


@cache
def all_columns() -> tuple[str, ...]:
    """Our names of all columns, ``my_number`` first."""
    return tuple(load_toml("registry/columns.toml")["columns"])


@cache
def batch_only_headers() -> frozenset[str]:
    """Folded headers that only a batch of forms has."""
    return frozenset(fold(h) for h in load_toml("registry/columns.toml")["batch_only"]["headers"])


@cache
def status_words() -> dict[str, str]:
    """Folded status word → the contract's word."""
    words = load_toml("registry/status.toml")["words"]
    return {fold(word): status for status, spellings in words.items() for word in spellings}
