"""Kanji name and kana name of each record against the registry: levels and steps.

The cheap rung (equal as written) runs on all rows, the keys on the rows still unequal, the
explanations on the distinct pairs that even the keys leave unequal.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from validator.fields.kana.ladder import KANA_RUNGS, kana_key, kana_long_keys
from validator.fields.ladder import Rung, climb, fold
from validator.fields.levels import FINE, Level
from validator.fields.name.explain import explain_kana, explain_kanji
from validator.fields.name.ladder import KANJI_RUNGS, kanji_key
from validator.fields.text import INVISIBLE, VARIATION_SELECTORS, drop_spaces, squeeze_spaces

ALIAS, FORMER, LONG, SWAPPED_COLUMNS = "ALIAS", "FORMER_NAME", "LONG", "SWAPPED_COLUMNS"


def _spaced(text: pl.Expr, rungs: tuple[Rung, ...]) -> pl.Expr:
    return fold(
        text, tuple(replace(r, apply=squeeze_spaces) if r.code == "SPACE" else r for r in rungs)
    )


def _as_written(text: pl.Expr) -> pl.Expr:
    """The characters themselves: no spaces, selectors or invisible characters."""
    return drop_spaces(text.str.replace_all(VARIATION_SELECTORS, "").str.replace_all(INVISIBLE, ""))


def compare_name_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """Levels of names.

    ``pairs``: String columns ``s_kanji, s_kana`` (submitted), ``r_kanji, r_kana``,
    ``r_alias_kanji, r_alias_kana, r_former_kanji, r_former_kana`` (registry; all may be null) and,
    where they are known already, the keys ``k_s, n_s, k_r, n_r`` (kanji and kana of both sides).
    Returns, row by row, ``level_kanji, level_kana`` (a `Level`) and ``steps_kanji, steps_kana``
    (codes joined by "+"; steps of an equality, or the reason of a difference).
    """
    frame = pairs.with_row_index("pair").with_columns(
        level_kanji=_cheap("s_kanji", "r_kanji"),
        level_kana=_cheap("s_kana", "r_kana"),
        steps_kanji=pl.lit(""),
        steps_kana=pl.lit(""),
    )
    pending = frame.filter(pl.col("level_kanji").is_null() | pl.col("level_kana").is_null())
    if pending.is_empty():
        return frame.select("level_kanji", "level_kana", "steps_kanji", "steps_kana")
    solved = _solve(pending)
    return frame.join(
        solved, on="pair", how="left", suffix="_solved", maintain_order="left"
    ).select(
        *(
            pl.coalesce(f"{name}_solved", name).alias(name)
            for name in ("level_kanji", "level_kana", "steps_kanji", "steps_kana")
        )
    )


def _cheap(submitted: str, registry: str) -> pl.Expr:
    return (
        pl.when(pl.col(submitted).is_null())
        .then(pl.lit(Level.BLANK.value))
        .when(pl.col(registry).is_null())
        .then(pl.lit(Level.UNDECIDABLE.value))
        .when(pl.col(submitted) == pl.col(registry))
        .then(pl.lit(Level.SAME.value))
        .otherwise(None)
    )


def _solve(pending: pl.DataFrame) -> pl.DataFrame:
    keys = {
        "k_s": kanji_key(pl.col("s_kanji")),
        "k_r": kanji_key(pl.col("r_kanji")),
        "n_s": kana_key(pl.col("s_kana")),
        "n_r": kana_key(pl.col("r_kana")),
    }
    keyed = pending.with_columns(**{n: k for n, k in keys.items() if n not in pending.columns})
    repeated_s, spelled_s = kana_long_keys(pl.col("n_s"))
    repeated_r, spelled_r = kana_long_keys(pl.col("n_r"))
    keyed = keyed.with_columns(
        kanji_equal=pl.col("k_s") == pl.col("k_r"),
        kana_equal=pl.col("n_s") == pl.col("n_r"),
        kana_long=(repeated_s == repeated_r) | (spelled_s == spelled_r),
    )
    keyed = _name_steps(keyed, "kanji", KANJI_RUNGS, pl.col("kanji_equal"))
    keyed = _name_steps(keyed, "kana", KANA_RUNGS, pl.col("kana_equal") | pl.col("kana_long"))
    keyed = _long_vowels(keyed)
    keyed = _other_names(keyed)
    keyed = _explain(keyed)
    return keyed.select("pair", "level_kanji", "level_kana", "steps_kanji", "steps_kana")


def _name_steps(
    frame: pl.DataFrame, item: str, rungs: tuple[Rung, ...], equal: pl.Expr
) -> pl.DataFrame:
    open_and_equal = pl.col(f"level_{item}").is_null() & equal
    some = frame.filter(open_and_equal).select("pair", submitted=f"s_{item}", registry=f"r_{item}")
    if some.is_empty():
        return frame
    named = pl.concat([some.select("pair"), climb(some, rungs)], how="horizontal")
    return (
        frame.join(named, on="pair", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce(f"level_{item}", "level").alias(f"level_{item}"),
            pl.coalesce("steps", f"steps_{item}").alias(f"steps_{item}"),
        )
        .drop("level", "steps")
    )


def _long_vowels(frame: pl.DataFrame) -> pl.DataFrame:
    reached = pl.col("level_kana").is_null() & pl.col("kana_long")
    steps = pl.concat_str(
        pl.when(pl.col("steps_kana") == "").then(None).otherwise(pl.col("steps_kana")),
        pl.lit(LONG),
        separator="+",
        ignore_nulls=True,
    )
    return frame.with_columns(
        steps_kana=pl.when(reached).then(steps).otherwise(pl.col("steps_kana")),
        level_kana=pl.when(reached)
        .then(pl.lit(Level.EQUIVALENT.value))
        .otherwise(pl.col("level_kana")),
    )


def _other_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Alias (equivalent, a finding follows) and former name (similar), where names are open."""
    open_kanji, open_kana = pl.col("level_kanji").is_null(), pl.col("level_kana").is_null()
    hit_alias = kanji_key(pl.col("r_alias_kanji")) == pl.col("k_s")
    hit_former = kanji_key(pl.col("r_former_kanji")) == pl.col("k_s")
    alias_kana = kana_key(pl.col("r_alias_kana")) == pl.col("n_s")
    former_kana = kana_key(pl.col("r_former_kana")) == pl.col("n_s")
    some = frame.filter(
        (open_kanji | open_kana)
        & (
            pl.col("r_alias_kanji").is_not_null()
            | pl.col("r_former_kanji").is_not_null()
            | pl.col("r_alias_kana").is_not_null()
            | pl.col("r_former_kana").is_not_null()
        )
    )
    if some.is_empty():
        return frame
    flags = some.select(
        "pair",
        alias_kanji=(open_kanji & hit_alias).fill_null(False),
        former_kanji=(open_kanji & hit_former).fill_null(False),
        alias_kana=(open_kana & alias_kana).fill_null(False),
        former_kana=(open_kana & former_kana).fill_null(False),
        # An alias without its kana in the registry leaves the kana open, not wrong.
        alias_silent=(
            open_kana & pl.col("r_alias_kana").is_null() & (hit_alias & open_kanji)
        ).fill_null(False),
    )
    joined = frame.join(flags, on="pair", how="left", maintain_order="left")
    for item in ("kanji", "kana"):
        level, steps = pl.col(f"level_{item}"), pl.col(f"steps_{item}")
        silent = pl.col("alias_silent") if item == "kana" else pl.lit(False)
        joined = joined.with_columns(
            pl.when(pl.col(f"alias_{item}"))
            .then(pl.lit(Level.EQUIVALENT.value))
            .when(silent)
            .then(pl.lit(Level.UNDECIDABLE.value))
            .when(pl.col(f"former_{item}"))
            .then(pl.lit(Level.SIMILAR.value))
            .otherwise(level)
            .alias(f"level_{item}"),
            pl.when(pl.col(f"alias_{item}") | silent)
            .then(pl.lit(ALIAS))
            .when(pl.col(f"former_{item}"))
            .then(pl.lit(FORMER))
            .otherwise(steps)
            .alias(f"steps_{item}"),
        )
    return joined.drop("alias_kanji", "former_kanji", "alias_kana", "former_kana", "alias_silent")


def _explain(frame: pl.DataFrame) -> pl.DataFrame:
    """Reasons for what is still open, once for each distinct pair of names."""
    some = frame.filter(pl.col("level_kanji").is_null() | pl.col("level_kana").is_null())
    if some.is_empty():
        return frame
    keys = some.select(
        "level_kanji",
        "level_kana",
        a=_spaced(pl.col("s_kanji"), KANJI_RUNGS),
        b=_spaced(pl.col("r_kanji"), KANJI_RUNGS),
        plain_a=_as_written(pl.col("s_kanji")),
        plain_b=_as_written(pl.col("r_kanji")),
        kana_a=_spaced(pl.col("s_kana"), KANA_RUNGS),
        kana_b=_spaced(pl.col("r_kana"), KANA_RUNGS),
    )
    found = {row: _explain_row(*row) for row in keys.unique().iter_rows()}
    rows = [found[row] for row in keys.iter_rows()]
    explained = pl.DataFrame(
        {
            "pair": some["pair"],
            "lk": [r[0] for r in rows],
            "sk": [r[1] for r in rows],
            "ln": [r[2] for r in rows],
            "sn": [r[3] for r in rows],
        },
        schema={
            "pair": pl.UInt32,
            "lk": pl.String,
            "sk": pl.String,
            "ln": pl.String,
            "sn": pl.String,
        },
    )
    return frame.join(explained, on="pair", how="left", maintain_order="left").with_columns(
        level_kanji=pl.coalesce("lk", "level_kanji"),
        steps_kanji=pl.coalesce("sk", "steps_kanji"),
        level_kana=pl.coalesce("ln", "level_kana"),
        steps_kana=pl.coalesce("sn", "steps_kana"),
    )


def _explain_row(
    level_kanji: str | None,
    level_kana: str | None,
    a: str | None,
    b: str | None,
    plain_a: str | None,
    plain_b: str | None,
    kana_a: str | None,
    kana_b: str | None,
) -> tuple[str | None, str | None, str | None, str | None]:
    kanji: tuple[str | None, str | None] = (None, None)
    kana: tuple[str | None, str | None] = (None, None)
    swapped = bool(a) and a == kana_b and b == kana_a and a != b
    if level_kanji is None and a is not None and b is not None:
        if swapped:
            kanji = (Level.SIMILAR.value, SWAPPED_COLUMNS)
        else:
            fine = level_kana in (Level.SAME.value, Level.EQUIVALENT.value)
            level, reason = explain_kanji(a, b, plain_a or "", plain_b or "", kana_fine=fine)
            kanji = (level.value, reason)
    if level_kana is None and kana_a is not None and kana_b is not None:
        kanji_level = level_kanji or kanji[0]
        if swapped:
            kana = (Level.SIMILAR.value, SWAPPED_COLUMNS)
        else:
            level, reason = explain_kana(kana_a, kana_b, kanji_fine=kanji_level in FINE)
            kana = (level.value, reason)
    return (*kanji, *kana)
