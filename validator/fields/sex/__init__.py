"""性別: the notations read with certainty (contract section 2), everything else is unknown."""

from __future__ import annotations

import unicodedata

import polars as pl

from validator.resources import load_toml

UNKNOWN = 0


def read_sex(value: str, *, media: bool) -> int:
    """1 male, 2 female, 0 unknown. ``media``: 種別 codes of 2200700 apply."""
    if any(unicodedata.category(c) == "No" for c in value):
        # ① folds to 1, yet it is no width of it.
        return UNKNOWN
    folded = unicodedata.normalize("NFKC", value).strip().casefold()
    table = load_toml("codes/sex.toml")
    codes: dict[str, int] = table["media"] if media else table["words"]
    return codes.get(folded, UNKNOWN)


def sex_map(values: pl.Series, *, media: bool) -> pl.DataFrame:
    """Distinct raw ``values`` → frame ``raw`` (String), ``sex`` (Int8: 1, 2 or 0)."""
    distinct = values.drop_nulls().unique()
    return pl.DataFrame(
        {"raw": distinct, "sex": [read_sex(v, media=media) for v in distinct]},
        schema={"raw": pl.String, "sex": pl.Int8},
    )
