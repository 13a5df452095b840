"""Towns, 小字 and 丁目 that the gazetteer does not have: taken as written, up to the number."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.cut import scatter, written_between
from validator.fields.address.parse.marks import BORDER, GAP
from validator.fields.address.parse.town import LETTER

_NUMBER = "(?:[0-9]|無番|番外)"
_LONGEST = 20
# Everything up to the number, or to a letter in front of it.
_NAME = (
    f"^([^0-9{GAP}{BORDER}(（]{{1,{_LONGEST}}}?)(?:{LETTER}{{1,2}}[-ノ]?[0-9]|{_NUMBER}|[(（]|$)"
)
_NUMBERED = f"^[^0-9]{{1,{_LONGEST}}}[0-9]+(?:$|[-番号ノ(（{GAP}{BORDER}])"
_BUILDING = "[ァ-ヺA-Z]{3}|[荘寮館棟階宅社校所店舎室院様]$|ビル|病院|役[所場]|団地|住宅"


def unlisted_names(tails: pl.Series, known: pl.Series) -> pl.Series:
    """How many characters of each tail name a place that the gazetteer does not know (Int64).

    ``known``: a town was found, so that only a 小字 with a number behind it can follow.
    """
    return (
        pl.DataFrame({"tail": tails, "known": known})
        .with_columns(name=pl.col("tail").str.extract(_NAME, 1))
        .select(
            pl.when(
                pl.col("name").str.contains(_BUILDING)
                | (pl.col("known") & ~pl.col("tail").str.contains(_NUMBERED))
            )
            .then(0)
            .otherwise(pl.col("name").str.len_chars().fill_null(0))
            .cast(pl.Int64)
        )
        .to_series()
    )


_CHOME = r"^[\s\-]*([0-9０-９]{1,3}|[一二三四五六七八九十百]{1,4})[\s　]*[丁町]目"
_HEAD = f"^[-{GAP}]?([0-9]{{1,3}})-?"


def add_unlisted(frame: pl.DataFrame) -> pl.DataFrame:
    """``unknown`` and ``new_chome``, and ``tail`` without them.

    ``frame``: ``municipality, town, part, clean, town_end, tail, written, text``. ``unknown``
    (Int64): characters of the key that name a place outside the gazetteer, behind ``town_end``;
    ``new_chome`` (Int16): the number of a 丁目 outside it that is written out; ``chome_size``
    (Int64): its characters, behind ``unknown``.
    """
    frame = frame.with_columns(
        unknown=pl.lit(0, dtype=pl.Int64),
        new_chome=pl.lit(None, dtype=pl.Int16),
        chome_size=pl.lit(0, dtype=pl.Int64),
    )
    placed = pl.col("municipality").is_not_null()
    loose = _where(
        frame,
        placed & (~pl.col("clean") | (pl.col("town").is_null() & (pl.col("tail") != ""))),
    )
    if len(loose):
        rows = frame[loose]
        size = unlisted_names(rows["tail"], rows["town"].is_not_null())
        tail = rows.select(pl.col("tail").str.slice(pl.lit(size)))
        frame = scatter(frame, loose, tail.with_columns(unknown=size))
    said = _where(
        frame, placed & pl.col("part").is_null() & pl.col("written").str.contains("[丁町]目")
    )
    if len(said):
        rows = frame[said]
        begin = pl.col("town_end") + pl.col("unknown")
        head = written_between(rows, begin).str.contains(_CHOME)
        read = rows.select(
            "tail",
            number=pl.when(pl.lit(head)).then(pl.col("tail").str.extract(_HEAD, 1)),
            size=pl.col("tail").str.extract(f"({_HEAD})", 1).str.len_chars().cast(pl.Int64),
        ).select(
            new_chome=pl.col("number").cast(pl.Int16),
            chome_size=pl.when(pl.col("number").is_not_null()).then("size").otherwise(0),
            tail=pl.when(pl.col("number").is_not_null())
            .then(pl.col("tail").str.slice(pl.col("size")))
            .otherwise("tail"),
        )
        frame = scatter(frame, said, read)
    return frame


def _where(frame: pl.DataFrame, condition: pl.Expr) -> pl.Series:
    return frame.select(condition.fill_null(value=False)).to_series().arg_true()
