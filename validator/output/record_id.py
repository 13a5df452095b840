"""Names of records: batch hash, line and block.

The hash is written in letters, so that no run of digits in a report can look like part of a
My Number. The same content handed in twice in one call gets a suffix.
"""

from __future__ import annotations

import re
from collections import Counter

import polars as pl

from validator.batch import Batch
from validator.privacy.visible import mask_text

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_HASH_LETTERS = 12
_FORM = re.compile(r"[b-df-hj-np-t]{12}(?:-[0-9]{1,5})?-L[0-9]{1,10}(?:-[a-z0-9]{1,10})?")


def source_tokens(batch: Batch) -> dict[int, str]:
    """Source index → token, unique within the call."""
    seen: Counter[str] = Counter()
    tokens: dict[int, str] = {}
    for source in batch.sources:
        token = source.sha256[:_HASH_LETTERS].translate(_LETTERS)
        seen[token] += 1
        tokens[source.index] = token if seen[token] == 1 else f"{token}-{seen[token]}"
    return tokens


def is_record_id(text: str) -> bool:
    """Whether ``text`` has the form of a record's name."""
    return _FORM.fullmatch(text) is not None


def record_ids(batch: Batch) -> pl.DataFrame:
    """``row``, ``record_id`` and ``source_file`` for every record."""
    tokens = source_tokens(batch)
    sources = pl.DataFrame(
        {
            "source": list(tokens),
            "token": list(tokens.values()),
            "source_file": [mask_text(s.name) for s in batch.sources],
        },
        schema={"source": pl.UInt16, "token": pl.String, "source_file": pl.String},
    )
    return (
        batch.frame.select("row", "source", "line", "block")
        .join(sources, on="source", how="left", maintain_order="left")
        .select(
            "row",
            pl.concat_str(
                pl.col("token"),
                pl.lit("-L"),
                pl.col("line").cast(pl.String),
                pl.when(pl.col("block").is_not_null())
                .then(pl.lit("-") + pl.col("block"))
                .otherwise(pl.lit("")),
            ).alias("record_id"),
            "source_file",
        )
    )
