"""One text for one place, however its address is written: 豊洲2-2-27 and 豊洲二丁目2番27号.

For the few addresses that a decision of a clerk is about. Only what is read whole and for certain
has such a text; anything else is compared by the forms of the ladder, which know fewer notations.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse import parse_addresses
from validator.fields.text import HYPHENS, drop_spaces, fold_width

# Longer ones are not looked at to their end.
_LONGEST = 160
_PARTS = ("muni_code", "town", "street", "block")
_WRITTEN = ("building", "remark")
# The prefecture may be left out where the municipality has just one.
_CERTAIN = ("", "PREF_OMITTED")


def place_keys(addresses: pl.Series) -> pl.Series:
    """``addresses`` (String) as keys, null where one is not read whole and for certain.

    Two addresses have one key only if municipality, town, 丁目, street and numbers are the same,
    and the 方書 is but for width, spaces, hyphens and 号室.
    """
    distinct = addresses.unique().drop_nulls().alias("address")
    parsed = distinct.to_frame().hstack(parse_addresses(distinct))
    whole = (
        (pl.col("match_level") == "block")
        & ~pl.col("ambiguous")
        & pl.col("muni_code").is_not_null()
        & pl.col("reasons").is_in(_CERTAIN)
        & pl.col("dropped").str.contains("^-*$")
        & (pl.col("address").str.len_chars() <= _LONGEST)
    )
    written = [
        drop_spaces(fold_width(pl.col(part)))
        .str.replace_all(f"[{HYPHENS[1:]}]", "-")
        .str.to_uppercase()
        .str.replace("([0-9])(?:号室|号|室)$", "${1}")
        for part in _WRITTEN
    ]
    key = pl.concat_str(*_PARTS, *written, separator="\x1f")
    keyed = parsed.filter(whole).select("address", key=key)
    return (
        addresses.alias("address")
        .to_frame()
        .join(keyed, on="address", how="left", maintain_order="left")["key"]
    )
