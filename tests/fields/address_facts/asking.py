"""Facts of addresses, asked as `check` asks them."""

from __future__ import annotations

import polars as pl

from validator.fields.address.postal import postal_state
from validator.fields.address_facts import ADDRESS_FACTS, add_address_facts

Row = dict[str, object]


def facts_of(*rows: Row) -> list[Row]:
    """The facts of each row: ``address`` and whatever differs from a record nobody confirmed."""
    plain = {"postal_code": None, "office_name": None, "level_address": "not_checked",
             "address_blank": False, "address_excused": False}  # fmt: skip
    texts = {"address": pl.String, "postal_code": pl.String, "office_name": pl.String}
    frame = pl.DataFrame([{**plain, **row} for row in rows], schema_overrides=texts)
    frame = frame.with_row_index("row").with_columns(
        postal_state=postal_state(frame.select("postal_code", "address"))
    )
    return add_address_facts(frame).select(list(ADDRESS_FACTS)).to_dicts()


def facts(address: str, **more: object) -> Row:
    """The facts of one address."""
    return facts_of({"address": address, **more})[0]
