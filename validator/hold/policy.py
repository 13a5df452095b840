"""The policy: which differences hold a record, as a table (schemas/policies/)."""

from __future__ import annotations

import tomllib
from functools import reduce
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validator.errors import UsageError
from validator.fields.levels import differs
from validator.resources import schemas_dir

Item = Literal["name_kanji", "name_kana", "birth_date", "sex", "address"]
Condition = Literal["not_evaluated", "two_persons", "number_not_current"]
BUILT_IN = ("registration-2024", "classes-2023")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Title(_Strict):
    """A title in both languages."""

    ja: str
    en: str


class HoldClass(_Strict):
    """One row of the table: matches by a condition or by items that differ together."""

    id: str = Field(min_length=1, max_length=2)
    title: Title
    holds: bool
    condition: Condition | None = None
    differ: tuple[tuple[Item, ...], ...] = ()

    def matches(self, ignored: frozenset[str]) -> pl.Expr:
        """True where this row matches; items in ``ignored`` never count as differing."""
        if self.condition is not None:
            return pl.col(self.condition)
        groups = (
            reduce(lambda a, b: a & b, (_differs(item, ignored) for item in group))
            for group in self.differ
        )
        return reduce(lambda a, b: a | b, groups, pl.lit(False))


def _differs(item: str, ignored: frozenset[str]) -> pl.Expr:
    return pl.lit(False) if item in ignored else differs(f"level_{item}")


class Policy(_Strict):
    """The table, tried from top to bottom."""

    name: str
    title: Title
    classes: tuple[HoldClass, ...] = Field(alias="class")

    def hold_class(self, ignored: frozenset[str] = frozenset()) -> pl.Expr:
        """``hold_class``: id of the first row that matches, null if none does."""
        expression: pl.Expr = pl.lit(None, dtype=pl.String)
        for row in reversed(self.classes):
            expression = pl.when(row.matches(ignored)).then(pl.lit(row.id)).otherwise(expression)
        return expression

    @property
    def holding(self) -> tuple[str, ...]:
        """Ids of the classes that hold."""
        return tuple(row.id for row in self.classes if row.holds)


def load_policy(name_or_file: str | Path) -> Policy:
    """A built-in policy by name, or one from a TOML file; UsageError if it is neither."""
    name = str(name_or_file)
    path = schemas_dir() / "policies" / f"{name}.toml" if name in BUILT_IN else Path(name)
    try:
        return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        raise UsageError(
            f"方針ファイルを読めません。{' か '.join(BUILT_IN)}、または schemas/policies/ と同じ形の TOML ファイルを指定してください。",
            f"the policy cannot be read: give {' or '.join(BUILT_IN)}, or a TOML file of the same form",
            file=path.name,
        ) from None
