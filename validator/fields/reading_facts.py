"""Whether the kana name can be read from the kanji name, as facts for the rules.

Asked where the registry does not confirm both names already: a name that it knows needs no guess.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import Level
from validator.fields.reading import reading_tiers

_CONFIRMED = (Level.SAME.value, Level.EQUIVALENT.value)


def add_reading_facts(
    facts: pl.DataFrame, *, has_registry: bool, voice: bool = True
) -> pl.DataFrame:
    """Add ``reading_tier`` and ``registry_reading_tier`` (String, null where nobody asked).

    Needs the names, ``kana_state``, the levels of both names and the registry's names (``r_``).
    Beside a registry the note only helps to explain, so pykakasi, which takes a second to load and
    is one voice more, is asked without one only, and only with ``voice``.
    """
    confirmed = pl.col("level_name_kanji").is_in(_CONFIRMED) & pl.col("level_name_kana").is_in(
        _CONFIRMED
    )
    asked = facts.filter((pl.col("kana_state") == "kana") & ~pl.col("kanji_blank") & ~confirmed)
    own = ("reading_tier", "name_kanji", "name_kana")
    facts = _tiers(facts, asked, *own, voice=voice and not has_registry)
    # The registry's own reading is only of interest beside one that differs.
    differs = asked.filter(
        pl.col("level_name_kana").is_in([Level.SIMILAR.value, Level.DIFFERENT.value])
    )
    theirs = ("registry_reading_tier", "r_name_kanji", "r_name_kana")
    return _tiers(facts, differs, *theirs, voice=False)


def _tiers(
    facts: pl.DataFrame, some: pl.DataFrame, name: str, kanji: str, kana: str, *, voice: bool
) -> pl.DataFrame:
    if some.is_empty():
        return facts.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    found = reading_tiers(some.select(kanji=kanji, kana=kana), voice=voice).alias(name)
    tiers = some.select("row").hstack([found])
    return facts.join(tiers, on="row", how="left", maintain_order="left")
