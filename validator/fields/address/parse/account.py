"""From places in the key to the written text."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.marks import ADDED, DROPPED, UNCOUNTED

_FEW = 64


class Account:
    """What each character of the keys stands for.

    ``written``: addresses from their front on; ``padded``: their folded texts (see key.py).
    """

    def __init__(self, written: pl.Series, padded: pl.Series) -> None:
        """Two String columns without nulls."""
        self._texts = pl.DataFrame({"written": written, "padded": padded})
        marked = self._texts.select_seq(
            pl.col("padded").str.contains(DROPPED, literal=True)
            | pl.col("padded").str.contains(ADDED, literal=True)
        ).to_series()
        # Elsewhere a place in the key is the same place in the text.
        self._marked = marked if marked.any() else None

    @property
    def marked(self) -> bool:
        """Whether any folded text has marks."""
        return self._marked is not None

    def holds(self, pattern: str, at: pl.Series) -> pl.Series:
        """Whether something that matches was written in each of the addresses ``at``."""
        holding = self._texts["written"].str.contains(pattern)
        if not holding.any():
            return pl.Series([False]).new_from_index(0, len(at))
        return holding.gather(at)

    def lengths(self, key_lengths: pl.Series, at: pl.Series | None = None) -> pl.Series:
        """How many written characters the first ``key_lengths`` of each key stand for (Int64).

        ``at``: the rows that are asked for, all by default. Marks behind the last character are
        counted with it.
        """
        if self._marked is None:
            return key_lengths
        marked = self._marked if at is None else self._marked.gather(at)
        if not marked.any():
            return key_lengths
        asked = marked.arg_true()
        rows = asked if at is None else at.gather(asked)
        found = _written_lengths(self._texts["padded"].gather(rows), key_lengths.gather(asked))
        return key_lengths.clone().scatter(asked, found)

    def between(
        self,
        begin: pl.Series | None,
        end: pl.Series | None = None,
        at: pl.Series | None = None,
    ) -> pl.Series:
        """What was written between two places of the key, from one on, or up to one."""
        texts = self._texts if at is None else self._texts[at]
        first = 0 if begin is None else self.lengths(begin, at)
        size = None if end is None else self.lengths(end, at) - first
        return texts.select_seq(pl.col("written").str.slice(first, size)).to_series()


def _written_length(padded: str, key_length: int) -> int:
    """For one text what `_written_lengths` does for a column."""
    counted = added = place = 0
    for place, character in enumerate(padded):
        if character not in UNCOUNTED:
            if counted == key_length:
                return place - 2 * added
            counted += 1
        elif character == ADDED:
            added += 1
    return len(padded) - 2 * added


def _written_lengths(padded: pl.Series, key_lengths: pl.Series) -> pl.Series:
    if len(padded) <= _FEW:
        pairs = zip(padded, key_lengths, strict=True)
        return pl.Series([_written_length(*pair) for pair in pairs], dtype=pl.Int64)
    frame = pl.DataFrame({"padded": padded, "key": key_lengths, "length": key_lengths})
    frame = frame.with_row_index("row")
    text, marks = pl.col("padded"), f"[{UNCOUNTED}]"
    result = key_lengths.clone()
    while True:
        longer = frame.select_seq(
            pl.col("key") + text.str.slice(0, pl.col("length")).str.count_matches(marks)
        ).to_series()
        steady = longer == frame["length"]
        done = frame if steady.all() else frame.filter(steady)
        # Marks behind the last character go with it; what was only added was never written.
        behind = text.str.slice(pl.col("length"))
        whole = pl.col("length") + (
            behind.str.len_chars() - behind.str.strip_chars_start(UNCOUNTED).str.len_chars()
        )
        if done.height:
            done = done.with_columns_seq(whole=whole.cast(pl.Int64))
            added = text.str.slice(0, pl.col("whole")).str.count_matches(ADDED, literal=True)
            found = done.select_seq((pl.col("whole") - 2 * added).cast(pl.Int64)).to_series()
            result = result.scatter(done["row"], found)
        if done.height == frame.height:
            return result
        frame = frame.with_columns(longer.cast(pl.Int64).alias("length")).filter(~steady)


def scatter(frame: pl.DataFrame, at: pl.Series, columns: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with some rows of some columns replaced."""
    return frame.with_columns(
        frame[name].clone().scatter(at, columns[name]) for name in columns.columns
    )
