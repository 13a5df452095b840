"""What a registry is to the rest of the program, however it is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

import polars as pl

Normalise = Callable[[pl.DataFrame], pl.DataFrame]
"""Adds the normal forms (columns named ``n_…``) to a frame that holds the raw columns.

Same rows in the same order; decided row by row, so that slices give equal results.
"""

RAW_COLUMNS = (
    "name_kanji",
    "name_kana",
    "birth_date",
    "sex",
    "address",
    "postal_code",
    "alias_kanji",
    "alias_kana",
    "former_name_kanji",
    "former_name_kana",
    "previous_address",
    "status",
    "as_of",
)
FIVE_ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")
HOLDER_COLUMNS = ("number", *RAW_COLUMNS, "conflict")
NORMAL_PREFIX = "n_"

STATUS_UNKNOWN = "unknown"
"""``status`` of a row whose status word is in no table: it could not be evaluated."""


@dataclass(frozen=True)
class RegistryInfo:
    """What is known about a registry without looking anybody up; holds no personal value.

    ``sha256``: of the extract (of several: of their hashes in order), the same whether the
    extract is used directly or built. ``as_of``: the newest value of the column ``as_of``, null
    where the age is unknown. ``rows``: rows of the extract, identical ones counted once.
    ``numbers``: different usable numbers. ``conflicts``: numbers that stand for two different
    live rows or whose status is unknown. ``problems``: kind → how often
    (`validator.registry.problems`). ``format``: ``built``, ``csv``, ``tsv``, ``xlsx``, ``parquet``.
    ``built_with``: version of the program that built it, null if used directly.
    """

    sha256: str
    as_of: date | None
    rows: int
    numbers: int
    conflicts: int
    problems: dict[str, int]
    name: str
    format: str
    size_bytes: int
    built_with: str | None

    def age_days(self, today: date) -> int | None:
        """Days from ``as_of`` to ``today``; null where the age is unknown."""
        return None if self.as_of is None else (today - self.as_of).days


@runtime_checkable
class Registry(Protocol):
    """Residents, looked up by number."""

    @property
    def info(self) -> RegistryInfo:
        """What is known about the registry as a whole."""
        ...

    def holders(self, numbers: pl.Series, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """One row for each of ``numbers`` (Int64, distinct, no nulls) that is known.

        Columns: ``number`` Int64; the raw texts `RAW_COLUMNS` (String, null where blank;
        ``status`` as one of the contract's words, or ``unknown``); ``conflict`` Boolean: the
        number's rows could not be reduced to one person; the normal forms ``n_…``. Sorted by
        ``number``. ``columns`` restricts them (``number`` is always there), which is cheaper.
        Raises RegistryError if the registry turns out to be damaged.
        """
        ...

    def search(self, predicate: pl.Expr) -> pl.DataFrame:
        """Rows, all of them and not only the holders, for which ``predicate`` is true.

        Same columns as `holders`; ``number`` is null where the row has no usable one.
        """
        ...

    def find(self, keys: pl.DataFrame, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Rows, all of them and not only the holders, that may be the people of ``keys``.

        ``keys``: ``n_birth`` (Date) and the name keys ``n_kanji``, ``n_kana`` (String, null where
        there is none). A row may be one of them if it has the birth date and one of the two names
        of a key, or the birth date and a registered alias: normal forms of aliases are not
        stored. Whether a row is the person is for the caller to compare. Columns as of `holders`,
        restricted by ``columns`` likewise; no particular order, each row once.
        """
        ...


@dataclass(frozen=True)
class BuildReport:
    """What `validator.registry.build` made. Holds no personal value.

    ``rows_read`` counts every row of the sources; ``info.rows`` identical ones once.
    ``unknown_columns`` are headers that mean nothing to the registry and were left out.
    """

    info: RegistryInfo
    rows_read: int
    unknown_columns: tuple[str, ...]
    problems_file: str
