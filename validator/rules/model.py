"""What a rule is: a declaration. The engine runs it, the catalogue documents it.

A rule is a code that is never reused, texts in Japanese and English, its source, what it
cannot see, and an expression over the facts frame that is true where the rule is broken
(null counts as false: not applicable). Whoever adds a rule writes its declaration with
examples in a family module; docs, ``validator rules`` and the tests of the examples follow.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Severity(StrEnum):
    """How much a person must care."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Effect(StrEnum):
    """What a finding does to its record."""

    RETURN = "return"
    HOLD = "hold"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    ja: str
    en: str

    def get(self, lang: str) -> str:
        """The text in ``lang`` (ja or en)."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Cleared:
    """An earlier run held the record, and a clerk confirmed it to be the same person.

    ``record`` and ``registry``: how the two sides were then; ``days_ago``: when.
    """

    record: Mapping[str, str | None]
    registry: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    days_ago: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A record that breaks a rule (or keeps it), as differences from a clean record.

    ``record`` changes submitted columns, ``registry`` columns of its registry row (None: the
    registry does not know the number), ``others`` adds records to the batch. ``{valid:BODY}``
    stands for eleven digits with their right check digit, ``{wrong:BODY}`` with a wrong one.
    ``without_registry`` runs the form checks alone. ``cleared``: what the ledger knows of it.
    """

    record: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    registry: Mapping[str, str | None] | None = dataclasses.field(default_factory=dict)
    others: tuple[Mapping[str, str | None], ...] = ()
    without_registry: bool = False
    more_registry: tuple[Mapping[str, str | None], ...] = ()
    cleared: Cleared | None = None
    source: str = "table"  # or the layout of an electronic media file


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; ``when`` is true where it is broken.

    ``params`` fill {names} in the message: an expression, or a function of the language.
    """

    code: str
    slug: str
    field: str | None
    severity: Severity
    effect: Effect
    message: Text
    hint: Text
    why: Text
    source: tuple[str, ...]
    cannot_see: Text
    when: pl.Expr
    params: Mapping[str, pl.Expr | Callable[[str], pl.Expr]] = dataclasses.field(
        default_factory=dict
    )
    suggestion: pl.Expr | None = None
    bad: tuple[Example, ...]
    good: tuple[Example, ...] = ()
    needs_registry: bool = False
    inferred: bool = False
    since: str = "0.1.0"

    @property
    def family(self) -> str:
        """The letters in front of the number of the code."""
        return self.code.rstrip("0123456789")
