"""The level of a person's name as a whole (contract section 5)."""

from __future__ import annotations

import polars as pl

from validator.fields.levels import DIFFERS, FINE, Level


def person_level(levels: pl.DataFrame) -> pl.DataFrame:
    """``level, level_kanji, level_kana, steps`` from the result of `compare_name_pairs`.

    ``same`` if both are, fine if both are fine; what had to be explained brings the level of the
    whole with it. A blank side is left out.
    """
    kanji, kana = pl.col("level_kanji"), pl.col("level_kana")

    def either(level: Level) -> pl.Expr:
        return (kanji == level.value) | (kana == level.value)

    one_blank = (kanji == Level.BLANK.value) | (kana == Level.BLANK.value)
    given = pl.when(kanji == Level.BLANK.value).then(kana).otherwise(kanji)
    level = (
        pl.when(one_blank)
        .then(given)
        .when((kanji == Level.SAME.value) & (kana == Level.SAME.value))
        .then(pl.lit(Level.SAME.value))
        .when(kanji.is_in(FINE) & kana.is_in(FINE) & either(Level.UNDECIDABLE))
        .then(pl.lit(Level.UNDECIDABLE.value))
        .when(kanji.is_in(FINE) & kana.is_in(FINE))
        .then(pl.lit(Level.EQUIVALENT.value))
        .when(pl.col("whole").is_in(DIFFERS))
        .then(pl.col("whole"))
        # One is fine, or both are close: an eye decides.
        .when(
            (kanji == Level.DIFFERENT.value) | (kanji.is_in(FINE).not_() & either(Level.DIFFERENT))
        )
        .then(pl.lit(Level.DIFFERENT.value))
        .otherwise(pl.lit(Level.SIMILAR.value))
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
