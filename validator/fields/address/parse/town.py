"""Which town and which part of it (丁目, 小字) an address goes on with."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Towns
from validator.fields.address.parse.key import fine
from validator.fields.address.parse.marks import BORDER, GAP

LETTER = "(?:[ァ-ヺ甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]|[ぁ-ゖ])"
# What may follow a complete town: nothing, a number, a letter of a 番地.
CLEAN = f"^(?:$|[-ノ{GAP}{BORDER}]?[0-9]|[(]|{LETTER}{{1,2}}[-ノ]?[0-9]|無番|番外)"
_GOES_ON_AS_NAME = f"[^-0-9番号ノ({GAP}{BORDER}]"
_FOUND = ("town", "part", "part_count", "second", "shared", "town_used", "all_used")
_JOINER = f"-{GAP}"


def find_towns(readings: pl.DataFrame, places: Towns) -> pl.DataFrame:
    """``readings`` (``municipality, prefix, rest``, and ``written`` for spellings) with towns.

    Adds ``town``, ``part`` (rows of ``places``, or null), ``part_count`` (parts that share its
    key), ``second`` (why, if the town was found under a second name), ``town_used`` and
    ``all_used`` (characters of ``rest``), ``shared`` (other towns have the key), ``clean`` (what
    follows can follow a town). A reading yields one row for each town that shares the key.
    """
    found = _towns(readings, places)
    behind = pl.col("rest").str.slice(pl.col("town_used"))
    found = found.with_columns_seq(behind=behind, joined=behind.str.strip_chars_start(_JOINER))
    node = places.part_index.longest(found["town"], found["joined"])
    found = found.hstack(rows_at(places.part_nodes, node))
    if node.null_count() < len(node):
        found = _ended_part(found)
    else:
        found = found.with_columns_seq(all_used="town_used")
    # The hyphen behind a town that ends in a number is its number word.
    ended = pl.col("numbered") & pl.col("part").is_null() & pl.col("behind").str.starts_with("-")
    found = found.with_columns_seq(all_used=pl.col("all_used") + ended.fill_null(value=False))
    return found.select_seq(
        *readings.columns,
        *_FOUND,
        clean=pl.col("rest").str.slice(pl.col("all_used")).str.contains(CLEAN),
    )


def _ended_part(found: pl.DataFrame) -> pl.DataFrame:
    """``all_used`` with the parts in, and no part where its number belongs to a name."""
    end = (
        pl.col("town_used")
        + pl.col("behind").str.len_chars()
        - pl.col("joined").str.len_chars()
        + pl.col("part_size")
    ).cast(pl.Int64)
    found = found.with_columns_seq(end=end, after=pl.col("rest").str.slice(end, 1))
    numbered = pl.col("part_numbered")
    # 三田三田ハイツ: a numeral that a name goes on with is no 丁目.
    part = pl.when(~(numbered & pl.col("after").str.contains(_GOES_ON_AS_NAME))).then("part")
    # The hyphen behind a 丁目 is its number word.
    end = pl.col("end") + (numbered & (pl.col("after") == "-"))
    return found.with_columns_seq(
        part=part, all_used=pl.when(part.is_null()).then("town_used").otherwise(end)
    )


def _towns(readings: pl.DataFrame, places: Towns) -> pl.DataFrame:
    index = places.town_index
    asked = readings.select_seq(pl.col("prefix") + pl.col("rest")).to_series()
    node = index.longest(readings["municipality"], asked)
    found = _entries(readings, node, places)
    while len(at := _loose(found)):
        node = index.nodes["up"].gather(found["node"].gather(at))
        again = _entries(found[at].select(readings.columns), node, places)
        found = pl.concat([found.filter(_except(at, found.height)), again])
    return found


def _loose(found: pl.DataFrame) -> pl.Series:
    """A second name, or a 小字 that stands for a town, counts only if the town ends there."""
    doubtful = found["second"].is_not_null() | found["alone"]
    if not doubtful.any():
        return pl.Series([], dtype=pl.UInt32)
    at = doubtful.arg_true()
    behind = pl.col("rest").str.slice(pl.col("town_used"))
    return at.filter(found[at].select_seq(~behind.str.contains(CLEAN)).to_series())


def _except(at: pl.Series, height: int) -> pl.Series:
    return pl.Series([True]).new_from_index(0, height).scatter(at, values=False)


def rows_at(table: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """Rows of a table, null where ``at`` is null."""
    if not at.null_count():
        return table[at]
    if table.is_empty():
        return table.clear(len(at))
    return table.select_seq(pl.all().gather(at))


def _entries(readings: pl.DataFrame, node: pl.Series, places: Towns) -> pl.DataFrame:
    found = readings.with_columns(node=node).hstack(rows_at(places.town_index.nodes, node))
    used = pl.col("size") - pl.col("prefix").str.len_chars()
    found = found.with_columns_seq(town_used=used, nothing=used <= 0)
    # Nothing but today's prefix is no town.
    if found["nothing"].any():
        found = found.with_columns_seq(
            pl.when(~pl.col("nothing")).then(column).alias(column)
            for column in ("node", "town_used", "start", "count", "numbered")
        )
    several = found["count"] > 1
    if several.any():
        ranges = found.filter(several).with_columns(
            start=pl.int_ranges("start", pl.col("start") + pl.col("count"), dtype=pl.UInt32)
        )
        found = pl.concat([found.filter(several.ne_missing(True)), ranges.explode("start")])
    found = found.hstack(rows_at(places.entries, found["start"]))
    return found.select_seq(
        *readings.columns,
        "node",
        "numbered",
        "town",
        town_used=pl.when(pl.col("town_used").is_null())
        .then(0)
        .otherwise(pl.col("town_used") - pl.col("back"))
        .cast(pl.Int64),
        second=pl.when(pl.col("back") == 0).then("second"),
        alone=pl.col("alone").fill_null(value=False),
        shared=(pl.col("count") > 1).fill_null(value=False),
    )


def spelled_alike(names: pl.Series, written: pl.Series) -> pl.Series:
    """Whether what was written begins with the name as the gazetteer spells it.

    Asked where several towns or parts share a key.
    """
    return pl.DataFrame({"name": names, "written": written}).select_seq(
        fine(pl.col("written")).str.starts_with(fine(pl.col("name")))
    ).to_series()  # fmt: skip
