"""The level of a person's name as a whole (contract section 5)."""

from __future__ import annotations

import polars as pl

from validator.fields.levels import Level

_FAMILY_NAME = "FAMILY_NAME_DIFFERS"


def person_level(levels: pl.DataFrame) -> pl.DataFrame:
    """``level, level_kanji, level_kana, steps`` from the result of `compare_name_pairs`.

    ``same`` if both are, fine if both are fine; one fine and the other not is ``similar``;
    both not fine: ``similar`` only if both are explained as similar. A blank side is left out.
    """
    kanji, kana = pl.col("level_kanji"), pl.col("level_kana")
    fine = [Level.SAME.value, Level.EQUIVALENT.value, Level.UNDECIDABLE.value]

    def either(level: Level) -> pl.Expr:
        return (kanji == level.value) | (kana == level.value)

    one_blank = (kanji == Level.BLANK.value) | (kana == Level.BLANK.value)
    given = pl.when(kanji == Level.BLANK.value).then(kana).otherwise(kanji)
    both_parts_differ = (pl.col("steps_kanji") == "NAME_DIFFERS") & (kanji == Level.DIFFERENT.value)
    level = (
        pl.when(one_blank)
        .then(given)
        .when((kanji == Level.SAME.value) & (kana == Level.SAME.value))
        .then(pl.lit(Level.SAME.value))
        .when(kanji.is_in(fine) & kana.is_in(fine))
        .then(
            pl.when(either(Level.UNDECIDABLE))
            .then(pl.lit(Level.UNDECIDABLE.value))
            .otherwise(pl.lit(Level.EQUIVALENT.value))
        )
        .when(both_parts_differ)
        .then(pl.lit(Level.DIFFERENT.value))
        .when(kanji.is_in(fine) | kana.is_in(fine))
        .then(pl.lit(Level.SIMILAR.value))
        .when((kanji == Level.SIMILAR.value) & (kana == Level.SIMILAR.value))
        .then(pl.lit(Level.SIMILAR.value))
        # Another family name, the given name equal on both sides: a marriage, perhaps.
        .when((pl.col("steps_kanji") == _FAMILY_NAME) & (pl.col("steps_kana") == _FAMILY_NAME))
        .then(pl.lit(Level.SIMILAR.value))
        .otherwise(pl.lit(Level.DIFFERENT.value))
    )
    steps = pl.concat_str(
        pl.when(pl.col("steps_kanji") != "").then(pl.col("steps_kanji")),
        pl.when(pl.col("steps_kana") != "").then(pl.col("steps_kana")),
        separator="+",
        ignore_nulls=True,
    )
    return levels.select(
        level=level, level_kanji="level_kanji", level_kana="level_kana", steps=steps
    )
