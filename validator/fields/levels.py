"""The levels of a comparison (contract section 3), from equal to not comparable."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Level(StrEnum):
    """How one item of a record stands to the registry."""

    SAME = "same"
    EQUIVALENT = "equivalent"
    UNDECIDABLE = "undecidable"
    SIMILAR = "similar"
    DIFFERENT = "different"
    BLANK = "blank"
    NOT_CHECKED = "not_checked"


FINE = (Level.SAME.value, Level.EQUIVALENT.value, Level.UNDECIDABLE.value)
DIFFERS = (Level.SIMILAR.value, Level.DIFFERENT.value)


def differs(column: str) -> pl.Expr:
    """``similar`` and ``different`` both count as a difference."""
    return pl.col(column).is_in(DIFFERS)


def agrees(column: str) -> pl.Expr:
    """``same`` or ``equivalent``: nothing is left open."""
    return pl.col(column).is_in([Level.SAME.value, Level.EQUIVALENT.value])
