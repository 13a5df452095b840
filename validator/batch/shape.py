"""The shape of the batch frame as a pandera schema, compiled from ``columns.toml``.

Importing pandera takes longer than reading a small batch, so ``read_batch``, whose readers make
only text columns, does not call this: it is for frames that come from elsewhere, and for tests.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from validator.batch.columns import canonical_columns
from validator.batch.model import PLACE_SCHEMA
from validator.errors import InputError

if TYPE_CHECKING:
    from pandera.polars import DataFrameSchema

_NULLABLE_PLACES = ("sheet", "block")


@cache
def batch_schema() -> DataFrameSchema:
    """Types of every column of ``Batch.frame``; canonical columns are text and may be null."""
    from pandera.polars import Column, DataFrameSchema

    places = {
        name: Column(kind, nullable=name in _NULLABLE_PLACES) for name, kind in PLACE_SCHEMA.items()
    }
    values = {name: Column(pl.String, nullable=True) for name in canonical_columns()}
    return DataFrameSchema({**places, **values}, strict=True)


def check_shape(frame: pl.DataFrame) -> None:
    """Raise InputError naming the columns of a collected frame that break the schema."""
    from pandera.errors import SchemaErrors

    try:
        batch_schema().validate(frame, lazy=True)
    except SchemaErrors as exc:
        # pandera's own text carries values: only the names of declared columns go on.
        known = {*PLACE_SCHEMA, *canonical_columns()}
        named = {str(error.schema.name) for error in exc.schema_errors if error.schema is not None}
        wrong = sorted(known & named | known - set(frame.columns)) or ["frame"]
        raise InputError(
            f"表の形が正しくありません({'、'.join(wrong)})。すべての項目を文字の列にしてください。",
            f"the frame has a wrong shape ({', '.join(wrong)}); make every item a text column.",
        ) from None
