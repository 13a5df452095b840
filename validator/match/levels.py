"""Levels of a record's items against the registry row of its number."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from validator.fields.address.compare import FORMS, compare_address_pairs
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.levels import Level
from validator.fields.name import compare_name_pairs

ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")
REGISTRY_TEXT = (
    "name_kanji",
    "name_kana",
    "birth_date",
    "sex",
    "address",
    "postal_code",
    "alias_kanji",
    "alias_kana",
    "former_name_kanji",
    "former_name_kana",
    "previous_address",
    "status",
)


def attach_holders(frame: pl.DataFrame, holders: pl.DataFrame) -> pl.DataFrame:
    """Left join of the registry rows (columns get the prefix ``r_``); adds ``known`` Boolean."""
    renamed = holders.rename({c: f"r_{c}" for c in holders.columns if c != "number"})
    return frame.join(
        renamed.with_columns(known=pl.lit(True)), on="number", how="left", maintain_order="left"
    ).with_columns(pl.col("known").fill_null(False))


def add_levels(
    frame: pl.DataFrame,
    *,
    has_registry: bool,
    glyph_exceptions: Sequence[str] = (),
    address_site: AddressSite = PACKAGED,
) -> pl.DataFrame:
    """Add ``level_my_number`` and, for each item, ``level_*`` and ``steps_*`` (String)."""
    frame = frame.with_columns(_number_level(has_registry))
    known = frame.get_column("known")
    blanks = {
        "name_kanji": pl.col("kanji_blank"),
        "name_kana": pl.col("kana_state") == "blank",
        "birth_date": pl.col("birth_state") == "blank",
        "sex": pl.col("sex_state") == "blank",
        "address": pl.col("address_blank"),
    }
    if has_registry and known.any():
        compared = _compare(frame, known, glyph_exceptions, address_site)
        frame = frame.join(compared, on="row", how="left", maintain_order="left")
    else:
        nothing = pl.lit(None, dtype=pl.String)
        frame = frame.with_columns(
            nothing.alias(f"{kind}_{item}") for kind in ("level", "steps") for item in ITEMS
        )
    return frame.with_columns(
        *(
            pl.when(blanks[item])
            .then(pl.lit(Level.BLANK.value))
            .otherwise(pl.coalesce(f"level_{item}", pl.lit(Level.NOT_CHECKED.value)))
            .alias(f"level_{item}")
            for item in ITEMS
        ),
        *(pl.col(f"steps_{item}").fill_null("") for item in ITEMS),
    )


def _number_level(has_registry: bool) -> pl.Expr:
    state = pl.col("number_state")
    usable = pl.col("number").is_not_null()
    expr = pl.when(state == "blank").then(pl.lit(Level.BLANK.value))
    if not has_registry:
        return (
            expr.when(~usable)
            .then(pl.lit(Level.DIFFERENT.value))
            .otherwise(pl.lit(Level.NOT_CHECKED.value))
            .alias("level_my_number")
        )
    return (
        expr.when(~usable | ~pl.col("known"))
        .then(pl.lit(Level.DIFFERENT.value))
        .when(state == "repaired")
        .then(pl.lit(Level.EQUIVALENT.value))
        .otherwise(pl.lit(Level.SAME.value))
        .alias("level_my_number")
    )


def _compare(
    frame: pl.DataFrame,
    known: pl.Series,
    glyph_exceptions: Sequence[str],
    address_site: AddressSite,
) -> pl.DataFrame:
    """Levels and steps of the rows that are ``known``."""
    names = compare_name_pairs(
        frame.select(
            s_kanji="name_kanji",
            s_kana="name_kana",
            r_kanji="r_name_kanji",
            r_kana="r_name_kana",
            r_alias_kanji="r_alias_kanji",
            r_alias_kana="r_alias_kana",
            r_former_kanji="r_former_name_kanji",
            r_former_kana="r_former_name_kana",
            k_s="key_kanji",
            n_s="key_kana",
            k_r="r_n_kanji",
            n_r="r_n_kana",
        ).filter(known),
        glyph_exceptions=glyph_exceptions,
    ).drop("whole")
    address = compare_address_pairs(
        frame.select(
            submitted="address", registry="r_address", **{f"r_{f}": f"r_n_{f}" for f in FORMS}
        ).filter(known),
        address_site,
    )
    plain = frame.select(
        "row",
        _plain_level("birth_date", "birth", "r_n_birth", "r_birth_date"),
        _plain_level("sex", "sex_code", "r_n_sex", "r_sex"),
        steps_birth_date=_plain_steps("birth_date", "birth", "r_n_birth", "r_birth_date"),
        steps_sex=_plain_steps("sex", "sex_code", "r_n_sex", "r_sex"),
    ).filter(known)
    return pl.concat(
        [
            plain,
            names.rename(
                {
                    "level_kanji": "level_name_kanji",
                    "level_kana": "level_name_kana",
                    "steps_kanji": "steps_name_kanji",
                    "steps_kana": "steps_name_kana",
                }
            ),
            address.rename({"level": "level_address", "steps": "steps_address"}),
        ],
        how="horizontal",
    )


def _plain_level(column: str, value: str, registry: str, registry_text: str) -> pl.Expr:
    """Birth date and sex: equal after conversion or not; there is no near miss."""
    return (
        pl.when(pl.col(registry).is_null())
        .then(pl.lit(Level.UNDECIDABLE.value))
        .when(pl.col(value).is_null() | (pl.col(value) != pl.col(registry)))
        .then(pl.lit(Level.DIFFERENT.value))
        .when(pl.col(column) == pl.col(registry_text))
        .then(pl.lit(Level.SAME.value))
        .otherwise(pl.lit(Level.EQUIVALENT.value))
        .alias(f"level_{column}")
    )


def _plain_steps(column: str, value: str, registry: str, registry_text: str) -> pl.Expr:
    code = "CALENDAR" if column == "birth_date" else "CODE"
    return (
        pl.when((pl.col(value) == pl.col(registry)) & (pl.col(column) != pl.col(registry_text)))
        .then(pl.lit(code))
        .otherwise(pl.lit(""))
    )
