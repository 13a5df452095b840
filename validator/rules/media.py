"""Items of electronic media lines as facts: ``m01`` … ``m37`` of 様式コード 2200700."""

from __future__ import annotations

import polars as pl

from validator.batch import Batch

FORM_CODE = "2200700"
ITEMS = 37


def item(number: int) -> pl.Expr:
    """Item ``number`` (項番, 1-based) as submitted; null where blank."""
    return pl.col(f"m{number:02d}")


def media_facts(part: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Add the items to ``part`` if the batch has electronic media lines of this form."""
    fields = batch.media_fields.get(FORM_CODE)
    if fields is None or fields.is_empty():
        return part
    present = [name for name in fields.columns if name.startswith("f") and name[1:].isdigit()]
    renamed = fields.select(
        "row", media_fields="fields", **{f"m{name[1:]}": pl.col(name) for name in present}
    )
    joined = part.join(renamed, on="row", how="left", maintain_order="left")
    missing = [f"m{n:02d}" for n in range(1, ITEMS + 1) if f"f{n:02d}" not in present]
    return joined.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)


def has_media_facts(facts: pl.DataFrame) -> bool:
    """True if `media_facts` added the items."""
    return "m01" in facts.columns
