"""Kanji name and kana name of each record against the registry: levels and steps.

The cheap rung (equal as written) runs on all rows, the keys on the rows still unequal, the
explanations on the distinct pairs that even the keys leave unequal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from validator.fields.kana.ladder import (
    KANA_RUNGS,
    SPACED_KANA_RUNGS,
    kana_key,
    kana_long_keys,
)
from validator.fields.ladder import Rung, climb, fold
from validator.fields.levels import Level
from validator.fields.name.ladder import KANJI_RUNGS, SPACED_RUNGS, kanji_key
from validator.fields.name.variants import fold_variants
from validator.fields.subset import first_given
from validator.fields.text import INVISIBLE, VARIATION_SELECTORS, drop_spaces

ALIAS, LONG, GLYPH_KEPT = "ALIAS", "LONG", "GLYPH_KEPT"
RESULT = ("level_kanji", "level_kana", "steps_kanji", "steps_kana", "whole")


def _equal_kanji(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return fold_variants(a) == fold_variants(b)


def _equal_kana(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    repeated_a, spelled_a = kana_long_keys(a)
    repeated_b, spelled_b = kana_long_keys(b)
    return (repeated_a == repeated_b) | (spelled_a == spelled_b)


_EQUAL = {"kanji": _equal_kanji, "kana": _equal_kana}


def _as_written(text: pl.Expr) -> pl.Expr:
    """The characters themselves: no spaces, selectors or invisible characters."""
    return drop_spaces(text.str.replace_all(VARIATION_SELECTORS, "").str.replace_all(INVISIBLE, ""))


def compare_name_pairs(
    pairs: pl.DataFrame, *, glyph_exceptions: Sequence[str] = ()
) -> pl.DataFrame:
    """Levels of names.

    ``pairs``: String columns ``s_kanji, s_kana`` (submitted), ``r_kanji, r_kana``,
    ``r_alias_kanji, r_alias_kana, r_former_kanji, r_former_kana`` (registry; all may be null) and,
    where they are known already, the keys ``k_s, n_s, k_r, n_r`` (kanji and kana of both sides).
    ``glyph_exceptions``: characters that this site keeps apart from their regular forms.
    Returns, row by row, ``level_kanji, level_kana`` (a `Level`), ``steps_kanji, steps_kana``
    (codes joined by "+"; steps of an equality, or the reasons of a difference) and ``whole`` (the
    level of the name as a whole where both had to be explained together, else null).
    """
    frame = pairs.with_row_index("pair").with_columns(
        level_kanji=_cheap("s_kanji", "r_kanji"),
        level_kana=_cheap("s_kana", "r_kana"),
        steps_kanji=pl.lit(""),
        steps_kana=pl.lit(""),
        whole=pl.lit(None, dtype=pl.String),
    )
    pending = frame.filter(pl.col("level_kanji").is_null() | pl.col("level_kana").is_null())
    if pending.is_empty():
        return frame.select(RESULT)
    solved = _solve(pending, "".join(glyph_exceptions))
    return frame.join(
        solved, on="pair", how="left", suffix="_solved", maintain_order="left"
    ).select(first_given(f"{name}_solved", name).alias(name) for name in RESULT)


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


def _solve(pending: pl.DataFrame, kept_glyphs: str) -> pl.DataFrame:
    keys = {
        "k_s": kanji_key(pl.col("s_kanji")),
        "k_r": kanji_key(pl.col("r_kanji")),
        "n_s": kana_key(pl.col("s_kana")),
        "n_r": kana_key(pl.col("r_kana")),
    }
    keyed = pending.with_columns(**{n: k for n, k in keys.items() if n not in pending.columns})
    keyed = keyed.with_columns(
        kanji_equal=pl.col("k_s") == pl.col("k_r"),
        kana_equal=pl.col("n_s") == pl.col("n_r"),
        kana_long=_equal_kana(pl.col("n_s"), pl.col("n_r")),
    )
    keyed = _name_steps(keyed, "kanji", KANJI_RUNGS, pl.col("kanji_equal"))
    keyed = _name_steps(keyed, "kana", KANA_RUNGS, pl.col("kana_equal") | pl.col("kana_long"))
    keyed = _explain(keyed)
    return (_keep_glyphs(keyed, kept_glyphs) if kept_glyphs else keyed).select("pair", *RESULT)


def _name_steps(
    frame: pl.DataFrame, item: str, rungs: tuple[Rung, ...], equal: pl.Expr
) -> pl.DataFrame:
    """Level and steps of the names whose keys are equal."""
    open_and_equal = pl.col(f"level_{item}").is_null() & equal
    some = frame.filter(open_and_equal).select("pair", submitted=f"s_{item}", registry=f"r_{item}")
    if some.is_empty():
        return frame
    named = some.select("pair").hstack(climb(some, rungs, _EQUAL[item]))
    beyond = _beyond_rungs(named, item)
    named = named.join(beyond, on=["a", "b"], how="left", maintain_order="left").select(
        "pair",
        level=pl.coalesce("level", "level_beyond"),
        steps=pl.when(pl.col("level").is_null() & (pl.col("steps") != ""))
        .then(pl.concat_str("steps", "codes", separator="+"))
        .when(pl.col("level").is_null())
        .then("codes")
        .otherwise("steps"),
    )
    return (
        frame.join(named, on="pair", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce(f"level_{item}", "level").alias(f"level_{item}"),
            pl.coalesce("steps", f"steps_{item}").alias(f"steps_{item}"),
        )
        .drop("level", "steps")
    )


def _beyond_rungs(named: pl.DataFrame, item: str) -> pl.DataFrame:
    """What the tables joined after the last rung, once for each distinct pair of folded names."""
    left = named.filter(pl.col("level").is_null()).select("a", "b").unique()
    if item == "kana":
        return left.with_columns(level_beyond=pl.lit(Level.EQUIVALENT.value), codes=pl.lit(LONG))
    # What explains single pairs is only loaded where one is left: most small batches have none.
    from validator.fields.name.explain import equal_steps

    codes = [equal_steps(a, b) for a, b in left.iter_rows()]
    return left.with_columns(
        level_beyond=pl.Series(
            [None if c is None else Level.EQUIVALENT.value for c in codes], dtype=pl.String
        ),
        codes=pl.Series([None if c is None else "+".join(c) for c in codes], dtype=pl.String),
    )


def _explain(frame: pl.DataFrame) -> pl.DataFrame:
    """Reasons for what is still open, once for each distinct pair of names."""
    some = frame.filter(pl.col("level_kanji").is_null() | pl.col("level_kana").is_null())
    if some.is_empty():
        return frame
    from validator.fields.name.whole import OpenPair, answer

    def kanji(column: str) -> pl.Expr:
        return fold(pl.col(column), SPACED_RUNGS)

    def kana(column: str) -> pl.Expr:
        return fold(pl.col(column), SPACED_KANA_RUNGS)

    facts = {
        "level_kanji": pl.col("level_kanji"),
        "level_kana": pl.col("level_kana"),
        "kanji_a": kanji("s_kanji"),
        "kanji_b": kanji("r_kanji"),
        "written_a": _as_written(pl.col("s_kanji")),
        "written_b": _as_written(pl.col("r_kanji")),
        "kana_a": kana("s_kana"),
        "kana_b": kana("r_kana"),
        "raw_kanji_a": pl.col("s_kanji"),
        "raw_kana_a": pl.col("s_kana"),
        "kanji_as_kana": kana("s_kanji"),
        "kana_as_kanji": kanji("s_kana"),
        "alias_kanji": kanji("r_alias_kanji"),
        "alias_written": _as_written(pl.col("r_alias_kanji")),
        "alias_kana": kana("r_alias_kana"),
        "former_kanji": kanji("r_former_kanji"),
        "former_written": _as_written(pl.col("r_former_kanji")),
        "former_kana": kana("r_former_kana"),
    }
    keys = some.select(*(facts[name].alias(name) for name in OpenPair._fields))
    distinct = keys.unique(maintain_order=True)
    found = [answer(OpenPair(*row)) for row in distinct.iter_rows()]
    names = ("lk", "sk", "ln", "sn", "lw")
    answers = pl.DataFrame(found, schema=dict.fromkeys(names, pl.String), orient="row")
    explained = (
        some.select("pair")
        .hstack(keys)
        .join(distinct.hstack(answers), on=OpenPair._fields, how="left", nulls_equal=True)
    )
    explained = explained.select("pair", *names)
    for item, level, steps, rungs in (
        ("kanji", "lk", "sk", KANJI_RUNGS),
        ("kana", "ln", "sn", KANA_RUNGS),
    ):
        explained = _name_rungs_too(frame, explained, item, level, steps, rungs)
    return frame.join(explained, on="pair", how="left", maintain_order="left").with_columns(
        level_kanji=pl.coalesce("lk", "level_kanji"),
        steps_kanji=pl.coalesce("sk", "steps_kanji"),
        level_kana=pl.coalesce("ln", "level_kana"),
        steps_kana=pl.coalesce("sn", "steps_kana"),
        whole=pl.coalesce("lw", "whole"),
    )


def _name_rungs_too(
    frame: pl.DataFrame,
    explained: pl.DataFrame,
    item: str,
    level: str,
    steps: str,
    rungs: tuple[Rung, ...],
) -> pl.DataFrame:
    """The rungs that an equality found by hand (佐佐木, オーノ) needs beside its own step."""
    own = pl.col(steps).str.contains("^(?:ITERATION|VARIANT|SIMPLIFIED|LONG)")
    some = explained.filter((pl.col(level) == Level.EQUIVALENT.value) & own).join(
        frame.select("pair", submitted=f"s_{item}", registry=f"r_{item}"), on="pair", how="left"
    )
    if some.is_empty():
        return explained
    climbed = climb(some, rungs, _EQUAL[item])
    named = some.select(
        "pair",
        named=pl.concat_str(
            pl.Series(climbed["steps"]).replace("", None),
            pl.col(steps),
            separator="+",
            ignore_nulls=True,
        )
        .str.split("+")
        .list.unique(maintain_order=True)
        .list.join("+"),
    )
    return (
        explained.join(named, on="pair", how="left", maintain_order="left")
        .with_columns(pl.coalesce("named", steps).alias(steps))
        .drop("named")
    )


def _keep_glyphs(frame: pl.DataFrame, glyphs: str) -> pl.DataFrame:
    """Equal but for a character that this site keeps: close, for an eye to see."""
    some = f"[{re.escape(''.join(sorted(set(glyphs))))}]"
    matched = (
        pl.when(pl.col("steps_kanji").str.starts_with(ALIAS))
        .then("r_alias_kanji")
        .otherwise("r_kanji")
    )
    other = pl.col("s_kanji").str.extract_all(some) != matched.str.extract_all(some)
    kept = (pl.col("level_kanji") == Level.EQUIVALENT.value) & other
    return frame.with_columns(
        level_kanji=pl.when(kept).then(pl.lit(Level.SIMILAR.value)).otherwise("level_kanji"),
        steps_kanji=pl.when(kept).then(pl.lit(GLYPH_KEPT)).otherwise("steps_kanji"),
        whole=pl.when(kept).then(None).otherwise("whole"),
    )
