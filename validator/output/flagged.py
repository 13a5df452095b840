"""The held and returned records with both sides, for what people read: report, list, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from validator.hold.explain import EVIDENCE_COLUMNS
from validator.match.levels import ITEMS
from validator.pipeline import RECORD_COLUMNS
from validator.privacy.mask import blot_numbers

if TYPE_CHECKING:
    from validator.checking import Checked

IDENTIFIERS = ("office_name", "insured_symbol", "insured_number", "branch_number", "member_kind")
SUBMITTED = (*ITEMS, "postal_code")
FLAGGED_COLUMNS = (
    *RECORD_COLUMNS,
    *EVIDENCE_COLUMNS,
    *IDENTIFIERS,
    *(f"submitted_{item}" for item in SUBMITTED),
    *(f"registry_{item}" for item in ITEMS),
)


def flagged_people(checked: Checked) -> pl.DataFrame:
    """One row a held or returned record, in the order of work (``queue_position``).

    Columns `FLAGGED_COLUMNS`, all String but those of records.parquet. ``submitted_*`` as written;
    ``registry_*`` null where nobody has the number or no registry was given. What looks like a My
    Number is blotted out in all of them: a number may stand in any column.
    """
    judged = checked.judged
    flagged = judged.records.filter(pl.col("verdict") != "pass")
    submitted = checked.batch.frame.select(
        "row",
        *IDENTIFIERS,
        *(pl.col(item).alias(f"submitted_{item}") for item in SUBMITTED),
    )
    clear = (
        *IDENTIFIERS,
        *(f"submitted_{i}" for i in SUBMITTED),
        *(f"registry_{i}" for i in ITEMS),
    )
    return (
        flagged.join(submitted, on="row", how="left", maintain_order="left")
        .join(judged.other_side, on="row", how="left", maintain_order="left")
        .sort("queue_position", nulls_last=True)
        .with_columns(blot_numbers(column) for column in clear)
        .select(FLAGGED_COLUMNS)
    )
