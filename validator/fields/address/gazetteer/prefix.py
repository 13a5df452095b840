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
_FIRST_SIGN = 0x10000
_PAGE = 1024
_FEW = 64
_SIGNS = pl.Series([chr(_FIRST_SIGN + place) for place in range(_PAGE)])


@dataclass(frozen=True)
class PrefixIndex:
    """Sorted keys of many owners (a key is looked up below one owner only).

    ``keys``: owner marks and key; ``nodes``: for each of them ``up`` (position of the next shorter
    key, or null), ``size`` (characters of the key), ``start`` and ``count`` (its rows in the table
    behind the index), ``numbered`` (it ends in a number).
    """

    keys: pl.Series
    nodes: pl.DataFrame
    steps: pl.DataFrame
    owned: bool

    @classmethod
    def of(cls, table: pl.DataFrame, owner: str | None) -> PrefixIndex:
        """Index over ``table`` (``key, up`` and the owner's number), which is sorted by them."""
        keys = table["key"] if owner is None else _marks(table[owner]) + table["key"]
        rows = pl.DataFrame({"key": keys, "up": table["up"]}).with_row_index("row")
        rows = rows.with_columns(first=pl.col("key").ne_missing(pl.col("key").shift()))
        node = (rows["first"].cast(pl.UInt32).cum_sum() - 1).cast(pl.UInt32)
        heads = rows.filter("first")
        lead = 0 if owner is None else 2
        nodes = heads.select(
            up=pl.lit(node).gather((pl.col("row") - pl.col("up")).cast(pl.UInt32)),
            size=pl.col("key").str.len_chars().cast(pl.Int64) - lead,
            start="row",
            count=pl.col("row").shift(-1, fill_value=table.height) - pl.col("row"),
            numbered=pl.col("key").str.contains("[0-9]$"),
            key="key",
            closed=pl.col("key").str.contains(_CLOSED),
        )
        return cls(
            keys=nodes["key"],
            nodes=nodes.drop("key", "closed"),
            steps=nodes.select("key", "up", "closed"),
            owned=owner is not None,
        )

    def longest(self, owner: pl.Series | None, text: pl.Series) -> pl.Series:
        """Position of the longest key of ``owner`` that begins each text, or null."""
        result = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(text))
        if not len(self.keys) or not len(text):
            return result
        asked = text if owner is None else _marks(owner) + text
        if asked.null_count():
            asked = asked.fill_null("")
        place = self.keys.search_sorted(asked, side="right").cast(pl.Int64) - 1
        frame = pl.DataFrame({"asked": asked, "place": place}).with_row_index("row")
        frame = frame.filter(place >= 0).cast({"place": pl.UInt32})
        while frame.height:
            step = self.steps[frame["place"]]
            frame = frame.hstack(step)
            hit = frame.select_seq(pl.col("asked").str.starts_with(pl.col("key"))).to_series()
            if (doubtful := hit & step["closed"]).any():
                at = doubtful.arg_true()
                hit = hit.scatter(at, _ended(frame[at]))
            if hit.all():
                return result.scatter(frame["row"], frame["place"])
            found = frame.filter(hit)
            result = result.scatter(found["row"], found["place"])
            frame = frame.filter(~hit & step["up"].is_not_null())
            frame = frame.select_seq("row", "asked", place="up")
        return result


def longest_beginnings(keys: list[str]) -> list[int | None]:
    """For each of the sorted ``keys``, the place of the longest other one that begins it."""
    found: list[int | None] = []
    open_keys: list[int] = []
    for place, name in enumerate(keys):
        while open_keys and not name.startswith(keys[open_keys[-1]]):
            open_keys.pop()
        found.append(open_keys[-1] if open_keys else None)
        open_keys.append(place)
    return found


def _marks(owner: pl.Series) -> pl.Series:
    """Two characters for an owner's number, in the order of the numbers."""
    if len(owner) <= _FEW and not owner.null_count():
        signs = [divmod(number, _PAGE) for number in owner]
        return pl.Series(
            [chr(_FIRST_SIGN + page) + chr(_FIRST_SIGN + place) for page, place in signs],
            dtype=pl.String,
        )
    return _SIGNS.gather(owner // _PAGE) + _SIGNS.gather(owner % _PAGE)


def _ended(frame: pl.DataFrame) -> pl.Series:
    """Whether the number or 番 that ends a key ends in the text too."""
    after = pl.col("asked").str.slice(pl.col("key").str.len_chars(), 1)
    number = pl.col("key").str.contains("[0-9]$")
    return frame.select(
        pl.when(number).then(~after.str.contains(_GOES_ON)).otherwise(after != "地")
    ).to_series()
