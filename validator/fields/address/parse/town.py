"""Which town and which part of it (丁目, 小字) an address goes on with."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.key import fine
from validator.fields.address.parse.marks import BORDER, GAP

LETTER = "(?:[ァ-ヺ甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]|[ぁ-ゖ])"
# What may follow a complete town: nothing, a number, a letter of a 番地.
CLEAN = f"^(?:$|[-ノ{GAP}{BORDER}]?[0-9]|[(]|{LETTER}{{1,2}}[-ノ]?[0-9]|無番|番外)"
_GOES_ON_AS_NAME = f"[^-0-9番号ノ({GAP}{BORDER}]"
_JOINER = f"-{GAP}"


def find_towns(readings: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """``readings`` (``municipality, prefix, rest``, and ``written`` for spellings) with towns.

    Adds ``town``, ``part`` (rows of the gazetteer, or null), ``second`` (why, if the town was found
    under a second name), ``town_used`` and ``all_used`` (characters of ``rest``), ``clean`` (what
    follows can follow a town). A reading yields one row for each town that shares the key.
    """
    found = _towns(readings, gazetteer)
    rest = found.select(
        rest=pl.col("rest").str.slice(pl.col("town_used")),
    ).to_series()
    joined = rest.str.strip_chars_start(_JOINER)
    gap = rest.str.len_chars().cast(pl.Int64) - joined.str.len_chars().cast(pl.Int64)
    known = found["town"].is_not_null()
    index = gazetteer.part_index
    node = index.longest(found["town"].fill_null(0), joined)
    part = index.start.gather(node).set(~known, None)
    end = index.size.gather(node).cast(pl.Int64) + gap + found["town_used"]
    numbered = index.numbered.gather(node).fill_null(value=False)
    after = found.select(pl.col("rest").str.slice(pl.lit(end), 1)).to_series().fill_null("")
    # 三田三田ハイツ: a numeral that a name goes on with is no 丁目.
    named = numbered & after.str.contains(_GOES_ON_AS_NAME)
    part = part.set(named, None)
    # The hyphen behind a 丁目 is its number word.
    end = (end + (numbered & (after == "-")).cast(pl.Int64)).set(part.is_null(), None)
    found = found.with_columns(part=part, all_used=pl.coalesce(pl.lit(end), "town_used"))
    # Likewise behind a town that ends in one.
    ended = found.select(
        pl.col("part").is_null()
        & (pl.col("rest").str.slice(pl.col("town_used"), 1) == "-")
        & pl.lit(gazetteer.town_index.numbered.gather(found["node"])).fill_null(value=False)
    ).to_series()
    found = found.with_columns(all_used=pl.col("all_used") + pl.lit(ended).cast(pl.Int64))
    return found.with_columns(
        clean=pl.col("rest").str.slice(pl.col("all_used")).str.contains(CLEAN)
    ).drop("node")


def _towns(readings: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    index = gazetteer.town_index
    asked = readings.select(text=pl.col("prefix") + pl.col("rest")).to_series()
    node = index.longest(readings["municipality"], asked)
    found = _entries(readings, node, gazetteer)
    # A second name, or a 小字 that stands for a town, counts only if the town ends there.
    loose = found.with_row_index("entry").filter(
        (pl.col("second").is_not_null() | pl.col("alone"))
        & ~pl.col("rest").str.slice(pl.col("town_used")).str.contains(CLEAN)
    )
    while loose.height:
        node = index.up.gather(loose["node"])
        again = _entries(loose.select(readings.columns), node, gazetteer)
        kept = found.with_row_index("entry").join(loose.select("entry"), on="entry", how="anti")
        found = pl.concat([kept.drop("entry"), again])
        loose = found.with_row_index("entry").filter(
            (pl.col("second").is_not_null() | pl.col("alone"))
            & ~pl.col("rest").str.slice(pl.col("town_used")).str.contains(CLEAN)
        )
    return found.drop("alone")


def _entries(readings: pl.DataFrame, node: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    index = gazetteer.town_index
    used = index.size.gather(node).cast(pl.Int64) - readings["prefix"].str.len_chars().cast(
        pl.Int64
    )
    # Nothing but today's prefix is no town.
    node = node.set(used <= 0, None)
    found = readings.with_columns(
        node=node,
        town_used=used.set(node.is_null(), 0),
        start=index.start.gather(node),
        count=index.count.gather(node).fill_null(1),
    )
    single = found.filter(pl.col("count") == 1).with_columns(entry="start")
    several = found.filter(pl.col("count") > 1)
    if several.height:
        several = several.with_columns(
            entry=pl.int_ranges("start", pl.col("start") + pl.col("count"))
        ).explode("entry")
        single = pl.concat([single, several.cast({"entry": pl.UInt32})])
    at = single["entry"]
    towns = gazetteer.towns
    return single.with_columns(
        town=towns["target"].gather(at),
        second=towns["second"].gather(at),
        alone=towns["alone"].gather(at).fill_null(value=False),
        shared=pl.col("count") > 1,
    ).drop("start", "count", "entry")


def spelled_alike(found: pl.DataFrame, gazetteer: Gazetteer) -> pl.Series:
    """Whether the town's name is spelled as in the address, where several share a key.

    ``found``: ``town`` and ``written`` (the address from its town on).
    """
    name = gazetteer.towns["name"].gather(found["town"])
    return (
        found.select(written="written")
        .with_columns(name=name)
        .select(fine(pl.col("written")).str.starts_with(fine(pl.col("name"))))
        .to_series()
    )
