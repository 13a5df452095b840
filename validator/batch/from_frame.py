"""A batch from a polars frame in memory (Python API); it has no file to hand over."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import polars as pl

from validator.batch.model import Batch
from validator.batch.opening import Submitted
from validator.batch.reader import batch_of_submitted
from validator.forms.load import Forms

_NAME = "frame.parquet"


def batch_of_frame(
    frame: pl.DataFrame,
    *,
    default_form: str,
    headers: Mapping[str, str] | None = None,
    received_on: str | None = None,
    expect_empty: bool = False,
    forms: Forms | None = None,
) -> Batch:
    """Read ``frame`` as if it were a Parquet file of the same content (lines from 2)."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    data = buffer.getvalue()
    submitted = Submitted(Path(_NAME), _NAME, data, sha256(data).hexdigest())
    return batch_of_submitted(
        [submitted],
        default_form=default_form,
        headers=headers,
        received_on=received_on,
        expect_empty=expect_empty,
        forms=forms,
    )
