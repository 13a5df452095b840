"""Towns, 小字 and 丁目 that the gazetteer does not have: taken as written, up to the number."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.account import Account, scatter
from validator.fields.address.parse.marks import BORDER, GAP
from validator.fields.address.parse.town import LETTER

_NUMBER = "(?:[0-9]|無番|番外)"
_LONGEST = 20
# Everything up to the number, or to a letter in front of it.
_NAME = (
    f"^([^0-9{GAP}{BORDER}(（]{{1,{_LONGEST}}}?)(?:{LETTER}{{1,2}}[-ノ]?[0-9]|{_NUMBER}|[(（]|$)"
)
# A name in kana alone is no letter of the block.
_KANA = "^([ァ-ヺー]{3,20})(?:[0-9]|$)"
# 二十人町, 十番丁: a numeral that a name goes on with.
_COUNTED = (
    f"^([0-9]+(?:番[町丁]|[^-0-9番号ノ(（{GAP}{BORDER}])[^0-9{GAP}{BORDER}(（]{{0,{_LONGEST}}}?)"
    f"(?:{_NUMBER}|[(（]|$)"
)
_KANJI_HEAD = "^[〇一二三四五六七八九十百千]"
_NUMBERED = f"^[^0-9]{{1,{_LONGEST}}}[0-9]+(?:$|[-番号ノ(（{GAP}{BORDER}])"
BUILDING = (
    "[ァ-ヺA-Z]{3}|[荘寮館棟階宅社校所店舎室院様]$|ビル|病院|役[所場]|郵便|私書箱|局留|団地|住宅"
)


# Behind a written 字 everything up to the number is a 小字, 大舘 and 新荘 too. 十文字 is a name.
_MARK = r"(?:^|[^文])字[\s\u3000]*$"
_MARKED = f"^[^0-9]{{1,{_LONGEST}}}[0-9]"


def unlisted_names(tails: pl.Series, known: pl.Series, marked: pl.Series) -> pl.Series:
    """How many characters of each tail name a place that the gazetteer does not know (Int64).

    ``known``: a town was found, so that only a 小字 with a number behind it can follow;
    ``marked``: 字 is written in front of the tail.
    """
    koaza = pl.col("marked") & pl.col("tail").str.contains(_MARKED)
    return (
        pl.DataFrame({"tail": tails, "known": known, "marked": marked})
        .with_columns(name=pl.coalesce(pl.col("tail").str.extract(p, 1) for p in (_KANA, _NAME)))
        .select(
            pl.when(
                (pl.col("name").str.contains(BUILDING) & ~koaza)
                | pl.col("tail").str.contains("^(?:[官国]有)?(?:無番|番外)")
                | (pl.col("known") & ~koaza & ~pl.col("tail").str.contains(_NUMBERED))
            )
            .then(0)
            .otherwise(pl.col("name").str.len_chars().fill_null(0))
            .cast(pl.Int64)
        )
        .to_series()
    )


def _counted_names(
    rows: pl.DataFrame, sizes: pl.Series, at: pl.Series, account: Account
) -> pl.Series:
    """``sizes`` with the towns that begin with a kanji numeral."""
    asked = rows["town"].is_null() & (sizes == 0) & rows["tail"].str.contains(_COUNTED)
    if not asked.any():
        return sizes
    some = asked.arg_true()
    begin = rows["town_end"].gather(some)
    kanji = account.between(begin, at=at.gather(some)).str.contains(_KANJI_HEAD)
    some = some.filter(kanji)
    name = rows["tail"].gather(some).str.extract(_COUNTED, 1)
    some, name = (
        some.filter(~name.str.contains(BUILDING)),
        name.filter(~name.str.contains(BUILDING)),
    )
    return sizes.clone().scatter(some, name.str.len_chars().cast(pl.Int64))


CHOME, CHIWARI = "丁目", "地割"
_SAID = r"^[\s\-]*第?\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,4})[\s　]*([丁町]目|地割)"
_HEAD = f"^[-{GAP}]?([0-9]{{1,3}})-?"


def add_unlisted(frame: pl.DataFrame, account: Account) -> pl.DataFrame:
    """``unknown``, ``new_number`` and ``new_unit``, and ``tail`` without them.

    ``frame``: ``municipality, town, part, clean, town_end, tail``. ``unknown`` (Int64): characters
    of the key that name a place outside the gazetteer, behind ``town_end``; ``new_number``
    (Int16), ``new_unit``: a 丁目 or 地割 outside it that is written out; ``new_size`` (Int64): its
    characters, behind ``unknown``.
    """
    placed = pl.col("municipality").is_not_null()
    frame = frame.with_columns_seq(
        unknown=pl.lit(0, dtype=pl.Int64),
        new_number=pl.lit(None, dtype=pl.Int16),
        new_unit=pl.lit(None, dtype=pl.String),
        new_size=pl.lit(0, dtype=pl.Int64),
        loose=placed & (~pl.col("clean") | (pl.col("town").is_null() & (pl.col("tail") != ""))),
        said=placed & pl.col("part").is_null() & pl.col("full").str.contains("[丁町]目|地割"),
    )
    if (loose := frame["loose"]).any():
        at = loose.arg_true()
        rows = frame[at]
        before = account.between(rows["town_end"] - 1, rows["town_end"], at=at)
        size = unlisted_names(rows["tail"], rows["town"].is_not_null(), before.str.contains(_MARK))
        size = _counted_names(rows, size, at, account)
        tail = rows.select(pl.col("tail").str.slice(size))
        frame = scatter(frame, at, tail.with_columns(unknown=size))
    if (said := frame["said"]).any():
        at = said.arg_true()
        rows = frame[at]
        head = account.between(rows["town_end"] + rows["unknown"], at=at)
        unit = head.str.extract(_SAID, 1).str.replace("町目", CHOME)
        number = pl.when(unit.is_not_null()).then(pl.col("tail").str.extract(_HEAD, 1))
        read = rows.select("tail", number=number, unit=unit).with_columns(
            size=pl.when(pl.col("number").is_not_null())
            .then(pl.col("tail").str.extract(f"({_HEAD})", 1).str.len_chars())
            .otherwise(0)
            .cast(pl.Int64)
        )
        read = read.select(
            new_number=pl.col("number").cast(pl.Int16),
            new_unit=pl.when(pl.col("number").is_not_null()).then("unit"),
            new_size="size",
            tail=pl.col("tail").str.slice(pl.col("size")),
        )
        frame = scatter(frame, at, read)
    return frame
