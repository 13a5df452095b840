"""The policy: which differences hold a record, as a table (schemas/policies/)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from validator.errors import UsageError
from validator.fields.levels import DIFFERS
from validator.resources import schemas_dir

Item = Literal["name_kanji", "name_kana", "birth_date", "sex", "address"]
Clear = Literal["no", "with_reason", "with_proof"]
# From the freest to the strictest.
_CLEARS = ("with_reason", "with_proof", "no")
Condition = Literal["not_evaluated", "two_persons", "number_not_current"]
BUILT_IN = ("registration-2024", "classes-2023")
NATIONAL_PRIOR = 0.9996
"""1.39 million records differed in 2023; 545 of them turned out to be another person's."""


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
    clear: Clear
    condition: Condition | None = None
    differ: tuple[tuple[Item, ...], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _careful(cls, row: Any) -> Any:  # noqa: ANN401 (whatever a file holds)
        """Where a site does not say so, only differences of items may be cleared."""
        if isinstance(row, dict) and "clear" not in row:
            return {**row, "clear": "no" if "condition" in row else "with_reason"}
        return row

    @model_validator(mode="after")
    def _one_kind(self) -> HoldClass:
        if (self.condition is None) == (not self.differ) or not all(self.differ):
            raise ValueError("a class has either a condition or groups of items")
        return self

    def matches(self, counting: Mapping[str, Collection[str]]) -> pl.Expr:
        """True where this row matches; an item differs at the levels that ``counting`` gives it."""
        if self.condition is not None:
            return pl.col(self.condition)
        groups = (
            reduce(lambda a, b: a & b, (_differs(item, counting) for item in group))
            for group in self.differ
        )
        return reduce(lambda a, b: a | b, groups, pl.lit(False))


def _differs(item: str, counting: Mapping[str, Collection[str]]) -> pl.Expr:
    return pl.col(f"level_{item}").is_in(list(counting.get(item, DIFFERS)))


class Policy(_Strict):
    """The table, tried from top to bottom."""

    name: str
    title: Title
    # Share of the held records that are the right person all the same, before anything is seen.
    same_person_prior: float = Field(default=NATIONAL_PRIOR, gt=0, lt=1)
    classes: tuple[HoldClass, ...] = Field(alias="class")

    @model_validator(mode="after")
    def _sound(self) -> Policy:
        ids = [row.id for row in self.classes]
        if len(set(ids)) != len(ids):
            raise ValueError("two classes have one id")
        if not any(row.condition == "not_evaluated" and row.holds for row in self.classes):
            # What could not be evaluated must never pass, whatever a site writes.
            raise ValueError("a holding class for not_evaluated is needed")
        if any(row.condition == "not_evaluated" and row.clear != "no" for row in self.classes):
            raise ValueError("what could not be evaluated cannot be cleared")
        return self

    def hold_class(self, counting: Mapping[str, Collection[str]] | None = None) -> pl.Expr:
        """``hold_class``: id of the first row that matches, null if none does.

        ``counting``: by item the levels that count as a difference (default: similar, different).
        """
        expression: pl.Expr = pl.lit(None, dtype=pl.String)
        for row in reversed(self.classes):
            expression = (
                pl.when(row.matches(counting or {})).then(pl.lit(row.id)).otherwise(expression)
            )
        return expression

    def clearing(self, counting: Mapping[str, Collection[str]] | None = None) -> pl.Expr:
        """``clear``: the strictest demand of all holding rows that match, not only of the first."""
        expression: pl.Expr = pl.lit(_CLEARS[0])
        for demand in _CLEARS[1:]:
            rows = [
                r.matches(counting or {}) for r in self.classes if r.holds and r.clear == demand
            ]
            if rows:
                expression = (
                    pl.when(pl.any_horizontal(rows)).then(pl.lit(demand)).otherwise(expression)
                )
        return expression.alias("clear")

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
            f"方針ファイルを読めません。{' か '.join(BUILT_IN)}、"
            "または schemas/policies/ と同じ形の TOML ファイルを指定してください。",
            f"the policy cannot be read: give {' or '.join(BUILT_IN)}, or a TOML file of that form",
            file=path.name,
        ) from None
