"""Normal forms of a registry row, computed once when the registry is built.

The columns start with ``n_``: ``n_birth`` Date, ``n_sex`` Int8, keys of names, and the
comparison forms of the address. A built registry carries a fingerprint of them, so that one built
with other ladders is refused instead of being compared with other keys.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.ladder import address_forms
from validator.fields.birth_date import date_columns
from validator.fields.kana import kana_key
from validator.fields.name import kanji_key
from validator.fields.sex import sex_map


def add_normal_forms(frame: pl.DataFrame) -> pl.DataFrame:
    """Add all ``n_`` columns to ``frame`` with the raw registry columns (String)."""
    frame = date_columns(frame, "birth_date", "n_birth").drop("n_birth_state", "n_birth_hint")
    sexes = sex_map(frame.get_column("sex"), media=False).rename({"sex": "n_sex"})
    frame = frame.join(sexes, left_on="sex", right_on="raw", how="left", maintain_order="left")
    forms = address_forms(frame.get_column("address")).select(pl.all().name.prefix("n_"))
    return frame.hstack(forms).with_columns(
        pl.col("n_sex").replace(0, None),
        kanji_key(pl.col("name_kanji")).alias("n_kanji"),
        kana_key(pl.col("name_kana")).alias("n_kana"),
    )
