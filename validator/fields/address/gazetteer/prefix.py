"""Longest key that begins a text: binary search, then up the chain of shorter keys.

If P is the longest key that begins a text, every key sorted between P and the text begins with P.
So the last key not after the text is P or has P above it, and nothing else need be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# A key that ends in a number is found only where that number ends: 豊洲1 is neither in 豊洲12 nor
# in 豊洲1番.
_GOES_ON = "[0-9番号]"
# Nor is a town 一番 in 1番地.
_CLOSED = "[0-9番]$"
FIRST_OWNER = 0x10000


@dataclass(frozen=True)
class PrefixIndex:
    """Sorted keys of many owners (a key is looked up below one owner only).

    ``keys``: owner mark and key; ``up``: position of the next shorter key, or null; ``size``:
    characters of the key; ``start``, ``count``: its rows in the table behind the index.
    """

    keys: pl.Series
    up: pl.Series
    size: pl.Series
    start: pl.Series
    count: pl.Series
    numbered: pl.Series
    closed: pl.Series
    marks: pl.Series

    @classmethod
    def of(cls, table: pl.DataFrame, owner: str | None, owners: int) -> PrefixIndex:
        """Index over ``table`` (``key, up`` and the owner's number), which is sorted by them."""
        marks = pl.Series([chr(FIRST_OWNER + number) for number in range(owners)])
        own = marks.gather(table[owner]) if owner else pl.repeat(marks[0], table.height, eager=True)
        rows = table.select(key=own + pl.col("key"), up="up").with_row_index("row")
        first = rows.select(pl.col("key").ne_missing(pl.col("key").shift())).to_series()
        node = (first.cast(pl.UInt32).cum_sum() - 1).cast(pl.UInt32)
        heads = rows.filter(first)
        up = node.gather(heads.select((pl.col("row") - pl.col("up")).cast(pl.UInt32)).to_series())
        start = heads["row"]
        return cls(
            keys=heads["key"],
            up=up,
            size=heads["key"].str.len_chars() - 1,
            start=start,
            count=start.extend_constant(table.height, 1).diff().slice(1).cast(pl.UInt32),
            numbered=heads["key"].str.contains("[0-9]$"),
            closed=heads["key"].str.contains(_CLOSED),
            marks=marks,
        )

    def longest(self, owner: pl.Series | None, text: pl.Series) -> pl.Series:
        """Position of the longest key of ``owner`` that begins each text, or null."""
        own = self.marks.gather(owner) if owner is not None else pl.Series([self.marks[0]])
        asked = pl.select(pl.lit(own) + pl.lit(text)).to_series().fill_null("")
        place = self.keys.search_sorted(asked, side="right").cast(pl.Int64) - 1
        frame = pl.DataFrame({"asked": asked, "place": place}).with_row_index("row")
        frame = frame.filter(pl.col("place") >= 0).cast({"place": pl.UInt32})
        found: list[pl.DataFrame] = []
        while frame.height:
            at = frame["place"]
            frame = frame.with_columns(key=self.keys.gather(at))
            hit = frame.select(pl.col("asked").str.starts_with(pl.col("key"))).to_series()
            doubtful = (hit & self.closed.gather(at)).arg_true()
            if len(doubtful):
                hit = hit.scatter(doubtful, _ended(frame[doubtful]))
            found.append(frame.filter(hit).select("row", "place"))
            frame = frame.filter(~hit)
            frame = frame.with_columns(place=self.up.gather(frame["place"])).drop_nulls("place")
        result = pl.repeat(None, len(asked), dtype=pl.UInt32, eager=True)
        hits = pl.concat(found) if found else None
        return result if hits is None else result.scatter(hits["row"], hits["place"])


def _ended(frame: pl.DataFrame) -> pl.Series:
    """Whether the number or 番 that ends a key ends in the text too."""
    after = pl.col("asked").str.slice(pl.col("key").str.len_chars(), 1)
    number = pl.col("key").str.contains("[0-9]$")
    return frame.select(
        pl.when(number).then(~after.str.contains(_GOES_ON)).otherwise(after != "地")
    ).to_series()
